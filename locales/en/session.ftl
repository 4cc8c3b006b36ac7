### The queue of the first page, the page of one session, and what somebody else did meanwhile.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Seen before

seen-title = Seen before
seen-help = Other sessions of the same device, or with the same e-mail. A device that installs the app again gets a new session, and its old one stays behind.
seen-none = No other session in this app has this device or this e-mail.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] Same device as { $device }
    [email] Same e-mail as { $device }
   *[both] Same device and e-mail as { $device }
}: { $class ->
    [accepted] accepted
    [pending] pending
   *[other] “{ $status }”
}, changed { $ago }
seen-all-of-device = { $count ->
    [one] The one session of this device
   *[other] All { $count } sessions of this device
}
seen-all-of-email = { $count ->
    [one] The one session with this e-mail
   *[other] All { $count } sessions with this e-mail
}
seen-old = The old session
replace = Accept, delete the old one
replace-name = Accept { $name } and delete the old session { $old }
replace-accepted = Delete the old one
replace-accepted-name = Keep { $name } and delete the old session { $old }
replace-half-done = The new session is accepted. The old one was kept.
done-replaced-back = { $device } is pending again. { $olds }

## One session

state-title = Status
state-by = Set by
state-push = Push
state-accepted-by = Accepted by { $actor }, { $ago }.
state-pending-by = Set to pending by { $actor }, { $ago }.
state-other-by = Set by { $actor }, { $ago }.
state-restored-by = Restored by { $actor }, { $ago }.
state-accepted-outside = 4D, or somebody who edited the file. It was not accepted here.
state-pending-outside = 4D, or somebody who edited the file, { $ago }.
state-other-outside = 4D, or somebody who edited the file.
push-state-behind = Not pushed: 4D goes by what it has in memory.
push-state-pushed = Pushed { $ago }. No later change is waiting.
push-state-pushed-by = Pushed by { $actor }, { $ago }. No later change is waiting.
push-state-none = No change made here is waiting for a push.
push-state-refused = 4D did not take this file at the last push, { $ago }: the device is logged out and has to sign in again.
effect-refused = At the last push, 4D did not take the file and removed the session from memory: the device was logged out.
choice-status = Status
copy-name = Copy: { $name }
download-masked = Download the file
download-masked-help = With its secrets masked. The whole file is for tokens that may read secrets:
download-none = The secrets in this file cannot be told from the rest. The file is for tokens that may read secrets:
document-masked = { $count ->
    [one] This secret is masked:
   *[other] These secrets are masked:
}
no-document-too-large = The file is larger than the limit and was not read.
no-document-unreadable = The system refuses to read the file.
no-document-not-json = The file is not JSON, so there is no document to show.
no-document-beyond = The file holds a number, a text or a nesting that is valid JSON, but more than can be shown here. Download it to see it.
no-document-not-an-object = The file is JSON, but not an object in braces.

## What somebody else did meanwhile

conflict-title-old = The old session was changed since you looked
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = It was changed outside this panel, by 4D or by somebody who edited the file ({ $name }).
conflict-outside-too = The file was also written outside this panel, by 4D or by somebody who edited it ({ $name }).
conflict-nothing-written = Nothing of yours was written.
conflict-gone = deleted
conflict-own = Set my value anyway
conflict-own-delete = Delete it anyway
conflict-help-replace = Below is how both are now. Choose again to replace the old one anyway.
conflict-help-alone = There is nothing left to replace. Press Accept instead.
gone-title = Session { $name } is deleted
gone-outside = It was deleted outside this panel, by 4D or by somebody in the folder.
gone-help = Undo brings the file back as it was. If the delete was pushed already, the device must sign in again.
undo-look = Look at the session, to set the old value anyway

### Every word of the panel. A message holds no markup: what is stressed or linked comes in as an argument.
### Arguments: $count a number, $name a name, $device and $actor a name as it stands in a page.

## Frame

brand = Mobile Sessions
docs-title = Mobile Sessions: the API
docs-document = OpenAPI document
docs-subjects = Parts of the API
docs-types = Types
docs-parameters = Parameters
docs-required = required
docs-body = Body
docs-answers = Answers
docs-example = Example
docs-by-curl = By curl
docs-try = Try it
docs-try-help = The request is sent with your login and your rights, and it takes effect.
docs-send = Send
skip-to-content = Skip to the content
nav-main = Main
nav-overview = Overview
nav-sessions = Sessions
nav-changes = Changes
nav-administration = Administration
nav-waiting = { $count ->
    [one] 1 device is waiting
   *[other] { $count } devices are waiting
}
push-up-to-date = In sync with 4D
push-behind = { $count ->
    [one] 1 change not pushed
   *[other] { $count } changes not pushed
}
push-behind-help = These changes are in the files. They reach the devices when 4D runs MOBILE APP REFRESH SESSIONS.
push = Push
push-waits = { $count ->
    [one] The automatic push waits: 1 broken file would log its device out.
   *[other] The automatic push waits: { $count } broken files would log their devices out.
}
push-waits-elsewhere = The automatic push waits: broken files in other apps would log their devices out.
push-waits-help = It goes on by itself once 4D would log nobody out.
push-failed = The last push failed.
menu-account = Account of { $name }
log-in = Log in
log-out = Log out
undo = Undo
dismiss = Dismiss
folder-away = The MobileApps folder is unavailable.
folder-away-help = Lists come back by themselves when it can be read again. The system says: { $name }.
folder-reading = Reading the MobileApps folder: { $done } of { $total } files so far.
folder-reading-help = Lists show what was read until now. Load the page again to see more.
request-id = Request
role-viewer = Viewer: reads
role-operator = Operator: reads and changes
role-owner = Owner

## Words of lists

col-device = Device
col-status = Status
col-os = System
col-email = E-mail
col-app = App
col-ip = Address
col-changed = Last change
col-waiting = Waiting
col-actions = Actions
col-share = Accepted and pending
col-sessions = Sessions
col-problems = Problems
col-session = Session
col-outcome = Outcome
col-when = When
col-what = What
col-pushed = Pushed
col-action = Action
all-actions = All actions
col-actor = Who
status-accepted = Accepted
status-pending = Pending
status-none = No status
status-unreadable = Not readable
status-unknown = “{ $name }”
guest = guest
simulator = Simulator
not-pushed = Not pushed
sessions-accepted = Accepted
sessions-pending = Pending
sessions-other = Other
sessions-unpushed = Not pushed
count-sessions = { $count ->
    [one] 1 session
   *[other] { $count } sessions
}
count-pending = { $count } pending
count-noncompliant = { $count } with problems
count-problems = { $count ->
    [one] 1 problem
   *[other] { $count } problems
}
count-changes = { $count ->
    [one] 1 change
   *[other] { $count } changes
}
count-bytes = { $count ->
    [one] 1 byte
   *[other] { $count } bytes
}
number = { $count }
range = { $from }–{ $to } of { $total }
pages = Pages
first-page = First
previous-page = Previous
next-page = Next
yes = yes
no = no

## What can be done

accept = Accept
accept-name = Accept { $name }
accept-all = Accept all { $count }
accept-these = Accept these { $count }
set-pending = Set pending
set-pending-name = Set pending: { $name }
look = Details
look-name = Details of { $name }
delete = Delete
delete-more = Delete …
undo-name = Undo: { $name }
refresh = Refresh
search = Search
search-hint = Device, e-mail, id, address
save = Save
show = Show
back = Back

## Overview

waiting-title = { $count ->
    [one] 1 device is waiting
   *[other] { $count } devices are waiting
}
waiting-oldest = The first came { $name }. An accepted device is in after the next push.
waiting-caption = Devices that wait to be let in
waiting-all = { $count ->
    [one] The one that waits
   *[other] All { $count } that wait
}
nobody-waiting = Nobody is waiting
nobody-waiting-help = A device that needs approval appears here. A 4D developer asks for approval with { $line } in the database method { $method }.
no-apps = No apps yet
no-apps-help = When a device signs in for the first time, 4D writes a folder for its app into { $folder }, and it appears here.
apps = Apps
all-sessions = All sessions
latest-changes = Latest changes
all-changes = All changes
no-changes-yet = Nothing has been changed here yet. Every change appears here with who made it, and can be undone.

## Lists

filters = Filters
chip-all = All
chip-noncompliant = With problems
chip-quiet = Quiet for 90 days
chip-condition = { $key }: { $value }
no-results = Nothing fits these filters.
no-sessions-yet = No sessions yet. A device that signs in appears here.
clear-filters = Clear the filters
select-page = Select all on this page
select-name = Select { $name }
with-selected = With the selected:
all-that-match = Select all { $count } results
delete-ask = { $count ->
    [one] Delete 1 session?
   *[other] Delete { $count } sessions?
}
delete-ask-help = Their devices are logged out once 4D reads the files again. The files are kept, and the deletion can be undone.
delete-count = { $count ->
    [one] Delete 1 session
   *[other] Delete { $count } sessions
}
keep-them = Keep them
and-more = { $count ->
    [one] and 1 more
   *[other] and { $count } more
}
result-title = { $failed } of { $total } could not be changed
result-changed = { $count ->
    [0] Nothing was changed.
    [one] 1 session was changed. The others were left as they were.
   *[other] { $count } sessions were changed. The others were left as they were.
}
back-to-list = Back to the list

## One session

crumbs = Where this is
group-device = Device and user
group-app = App
group-file = File
field-model = Model
field-system = System
field-device-id = Device id
field-push-token = Push notifications
field-language = Language
field-app-name = Name
field-app-version = Version
field-app-id = Bundle id
field-team-id = Team
field-session-id = Session id
field-path = Path
field-size = Size
field-modified = Last changed
field-first-seen = First seen
not-given = not given
document = Document
change = Change
field-email = E-mail
field-reason = Reason
field-reason-help = For the journal. It is kept with the change that you make next.
optional = (optional)
invalid-email = This is neither an e-mail address nor a login name. Write 1 to 254 characters, without control characters, or leave the field empty for a guest.
invalid-status = Choose one of these: { $name } cannot be set.
invalid-reason = This has { $length } characters. At most { $longest } are kept: shorten it.
history = History
no-history = Nobody has changed this session here.
conflict-title = The session was changed since you loaded this page
conflict-now = Now
conflict-yours = Yours
conflict-wanted = Wanted
conflict-help = Below is the session as it is now. Choose again to set your value anyway.

## What 4D makes of a file

problems-title = { $count ->
    [one] 4D does not take this file
   *[other] 4D does not take this file, for { $count } reasons
}
problem-effect = What 4D does
problem-mend = How to mend it
assumed = assumed
assumed-help = A guess. 4D’s own schema is not public, and 4D probably treats names that differ only in letter case as the same.
code-named = { $title } (error { $code })
code-1 = The file is in the wrong place
    .effect = At the next push, 4D removes the session from memory: the device is logged out and must sign in again.
code-2 = The file is not well-formed JSON
    .effect = At the next push, 4D cannot read the file and removes the session from memory: the device is logged out.
code-3 = The file does not match the schema of sessions
    .effect = At the next push, 4D probably refuses the file and removes the session from memory: the device is logged out.
code-4 = The connection token does not match the content
    .effect = At the next push, 4D refuses the file and removes the session from memory: the device is logged out.
finding-wrong-folder = The folder’s name does not match the team id and bundle id in the file.
    .mend = Move the file into the folder of its own app, or delete it here: the device makes a new session when it signs in again.
finding-wrong-name = The file’s name does not match the session id in the file.
    .mend = Give the file the name that stands at { $pointer }. If it is a copy, delete it.
finding-unreadable = The system refuses to read the file: { $text }.
    .mend = Give the user that this program runs as the right to read the file.
finding-empty = The file is empty.
    .mend = If it stays so, delete it: the device makes a new session when it signs in again.
finding-too-large = The file is larger than the limit of { $number } bytes and was not read.
    .mend = If this really is a session, start the program with a higher limit. Else move the file out of the folder.
finding-not-utf8 = The file is not UTF-8 text: byte { $number } does not belong there.
    .mend = Save the file as UTF-8, or delete it: the device makes a new session when it signs in again.
finding-not-json = The file is not JSON: reading stopped at line { $number }, column { $text }.
    .mend = Look at that place in a text editor: often a comma, quote or bracket is missing there. Or delete the file.
finding-not-an-object = The file is JSON, but not an object in braces.
    .mend = Delete it: the device makes a new session when it signs in again.
finding-missing = The value { $pointer } is missing.
    .mend = { $field ->
        [status] Accept the session or set it to pending: the status is then added.
       *[other] Add the value in a text editor, or delete the file: the device makes a new session when it signs in again.
    }
finding-wrong-type = The value { $pointer } is not of type { $text }.
    .mend = { $field ->
        [status] Accept the session or set it to pending.
        [email] Save an e-mail address, or an empty one.
       *[other] Correct the value in a text editor, or delete the file: the device makes a new session when it signs in again.
    }
finding-schema-keyword = The value { $pointer } does not match the rule { $text } of the schema.
    .mend = Correct the value in a text editor.
finding-doubled = The key { $pointer } stands twice. Which of the two 4D reads is not known.
    .mend = Remove one of the two in a text editor. Until then, nothing in the file is changed here.
finding-token-unreadable = The connection token is not what 4D writes: base64 of an object with the three ids.
    .mend = Delete the session: the device gets a new token when it signs in again.
finding-token-disagrees = The connection token names another value than the one at { $pointer }.
    .mend = If { $pointer } was edited by hand, set it back. Else delete the session: the device gets a new token when it signs in again.

## Journal

since = From
until = To
newest = Newest
newer = Newer
older = Older
undone = undone
not-yet = not yet
overwritten = overwritten
overwritten-help = The program stopped in the middle of this change, and somebody else’s bytes stand there now.
action-set_status = Status
action-set_email = E-mail
action-edit = Status and e-mail
action-delete = Delete
action-restore = Restore
actor-token = token { $name }
actor-rule = rule { $name }
actor-link = link { $name }
actor-cli = the command line
did-accept = { $actor } accepted { $device }
did-pending = { $actor } set { $device } to pending
did-status = { $actor } set the status of { $device } to { $value }
did-no-status = { $actor } took the status of { $device } away
did-email = { $actor } set the e-mail of { $device } to { $value }
did-no-email = { $actor } removed the e-mail of { $device }
did-edit = { $actor } changed status and e-mail of { $device }
did-delete = { $actor } deleted { $device }
did-restore = { $actor } restored { $device }
done-accept = { $device } is accepted.
done-pending = { $device } is pending.
done-status = The status of { $device } is { $value }.
done-no-status = { $device } has no status any more.
done-email = The e-mail of { $device } is { $value }.
done-no-email = { $device } has no e-mail any more.
done-edit = Status and e-mail of { $device } are changed.
done-delete = { $device } is deleted.
done-restore = { $device } is restored.
done-many = { $count ->
    [one] 1 session is changed.
   *[other] { $count } sessions are changed.
}
done-nothing = Nothing was changed: these values were set already.

## Who comes in

log-in-help = Use the name and password that an owner of this panel gave you.
login-wrong = Name or password is wrong. Nothing was changed; try again.
setup = Welcome
setup-help = Create the first owner of this panel. This link works once; afterwards you log in with what you choose here.
setup-submit = Create owner and log in
field-name = Name
field-password = Password
field-password-help = At least 12 characters that are not easy to guess. A few unrelated words work best.
invalid-name = A name has 1 to 64 characters, none of them invisible, and no space at either end.
password-short = This password is too short: it needs at least 12 characters.
password-long = This password is too long: at most 1,024 bytes are taken.
password-control = This password holds a character that no keyboard can type. Leave it out.
password-name = This password is little more than the name. Add something that nobody would guess.
password-common = This is one of the passwords that everybody tries first. Choose another.
password-run = This password is a run or a repetition, which is soon guessed. Choose another.
too-many-tries = Too many wrong passwords. Your password was not checked this time: wait { $name }, then try again.
wait-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
wait-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}

## People and programs

nav-account = Your account
nav-users = Users
nav-tokens = API tokens
nav-access-log = Access log
nav-rules = Rules
role-name-viewer = Viewer
role-name-operator = Operator
role-name-owner = Owner
field-role = Role
field-apps = Apps
field-current-password = Current password
field-new-password = New password
apps-all = all apps
apps-help = App ids, one per line; { "*" } stands for any characters, ? for one. Empty: all apps.
apps-help-held = App ids, one per line; { "*" } stands for any characters, ? for one. Empty: all that you may see ({ $name }).
invalid-role = Choose one of the roles.
invalid-apps = One of these lines is not an app id: an id has 1 to 255 characters, none of them invisible. At most 100 lines are allowed.
never = never
never-expires = never
you = you
copy = Copy
copied = Copied
col-browser = Browser
col-last-use = Last use
col-logged-in = Logged in
col-last-login = Last login
col-state = State
col-made = Created
col-expires = Expires
col-made-by = Made by
col-given = Given
device-on = { $browser } on { $system }
device-unknown-on = Unknown browser on { $name }
device-unknown = Unknown browser

own-password = Your password
own-password-submit = Change password
own-password-effect = You stay logged in here; your other logins end.
wrong-current-password = This is not your password. Nothing was changed.
logins = Where you are logged in
this-one = this one
log-out-elsewhere = Log out everywhere else
no-login-elsewhere = You are logged in nowhere else.
told-own-password = Your password is changed. Your other logins have ended.
told-elsewhere = You are logged out everywhere else.

count-users = { $count ->
    [one] 1 user
   *[other] { $count } users
}
user-new = New user
user-create = Create user
password-or-made-up = At least 12 characters, and not easily guessed. Empty: one is generated and shown only once.
password-of-new = { $name } is created
password-of-known = { $name } has a new password
password-once = This password is shown only once. Copy it now, and pass it on in a safe way. The user must choose their own at the first login.
secret-kept = I have copied it
user-rights = What this user may do
user-rights-effect = A new role or other apps log this user out. They log in again with their new rights.
user-new-password = New password
user-new-password-submit = Set password
user-new-password-effect = The user is logged out everywhere. If this password is generated, they choose their own at the next login.
user-own-password = Change your own password in your account.
user-out = Keep out
user-is-disabled = disabled
user-is-enabled = enabled
user-disable = Disable
user-disable-effect = The user loses access at once: they are logged out, and the tokens they made are refused until the user is enabled again.
user-enable = Enable
user-enable-effect = They may log in again, and the tokens they made work again.
user-delete = Delete this user
user-delete-effect = The user loses access at once and for good, and so do the tokens they made. Changes keep their name.
user-delete-ask = Delete { $name }?
user-delete-ask-help = Their logins end at once, and so do the tokens they made. This cannot be undone; to keep somebody out for a while, disable them instead.
user-delete-ask-myself = This is you. You are logged out at once, and the tokens you made end. This cannot be undone.
user-delete-tokens = These tokens end too:
user-keep = Keep this user
last-owner = This is the last owner. The role can change once somebody else is an owner.
last-owner-stays = The last owner can be neither disabled nor deleted: nobody could let anybody in any more. Make somebody else an owner first.
last-owner-refused = Nothing was changed: this is the last owner, and without one nobody could let anybody in. Make somebody else an owner first.
told-user-created = The user is created, and can log in.
told-user-changed = What the user may do is changed.
told-user-password = The user has a new password. Their logins have ended.
told-user-disabled = The user is out. Their logins have ended, and their tokens are refused.
told-user-enabled = The user may log in again.
told-user-deleted = The user is deleted, with their logins and tokens.

count-tokens = { $count ->
    [one] 1 token
   *[other] { $count } tokens
}
no-tokens = A token lets a program use the API in place of a person. There is none yet.
token-new = New token
token-create = Create token
token-create-help = Its secret is shown once, on the next page. The token never has more rights than you.
token-reads-secrets = reads secrets
field-secrets = May read secrets
field-secrets-help = The devices’ own tokens, and whole session files. Only for programs that need them.
life-days = { $count ->
    [one] in 1 day
   *[other] in { $count } days
}
life-never = never: it works until it is revoked
invalid-life = Choose one of these times.
maker-cli = the command line
maker-unseen = an owner of other apps
token-soon = soon
token-over = expired
token-revoke = Revoke this token
token-revoke-more = Revoke …
token-revoke-name = Revoke { $name }
token-revoke-ask = Revoke { $name }?
token-revoke-ask-used = Programs that use it are refused at once, and it cannot be undone. It was last used { $name }.
token-revoke-ask-unused = Programs that use it are refused at once, and it cannot be undone. It was never used.
token-keep = Keep this token
token-made = Token { $name } is created
token-once = This secret is shown only once. Copy it now to where the program finds it: whoever has it can do what the token may.
token-secret = Secret
token-try = Try it
token-ends = The token { $token } expires on { $date }.
tokens-end = { $number } tokens expire within 14 days, the first of them { $token } on { $date }.
token-ends-todo = Make new ones in time
told-token-revoked = The token is revoked.

count-rules = { $count ->
    [0] no rules
    [one] 1 rule
   *[other] { $count } rules
}
rules-claims = E-mail, device, system, version, language and address are what the device told 4D. A rule on them trusts what your method On Mobile App Authentication checked of them.
rule-new = New rule
rule-create = Create rule
rule-order = Order
rule-known-help = A device is known if another session of it in the same app is accepted now.
rule-expires = Ends on
rule-note = Note
rule-note-help = Why there is this rule. It stands in the journal as the reason.
rule-enabled = Enabled
rule-is-enabled = enabled
rule-is-disabled = disabled
rule-enable = Enable
rule-disable = Disable
rule-enable-name = Enable { $name }
rule-disable-name = Disable { $name }
rule-over = expired
rule-preview = Preview
rule-preview-found = { $count ->
    [0] Nobody who is pending now matches
    [one] 1 of those who are pending now matches
   *[other] { $count } of those who are pending now match
}
rule-preview-more = { $count ->
    [one] And 1 more.
   *[other] And { $count } more.
}
rule-preview-accept = To let these in now, accept them in the list of sessions.
rule-delete = Delete this rule
rule-delete-ask = Delete { $name }?
rule-delete-help = Devices that it let in stay in. This cannot be undone; you can disable the rule instead.
rule-keep = Keep this rule
invalid-list = One of these lines has more than 255 characters, or an invisible one, or there are more than 100 lines.
invalid-networks = One of these lines is not a network or an address. Write them as 10.0.0.0/8, fd00::/8 or 192.0.2.1.
invalid-day = This is not a date. Write it as 2026-12-31, or leave the field empty.
invalid-filter = This list does not know this value. Give another, or leave the field empty.
told-rule-created = The rule is created. It acts on devices that arrive from now on.
told-rule-changed = The rule is changed. It acts on devices that arrive from now on.
told-rule-enabled = The rule is enabled. It acts on devices that arrive from now on.
told-rule-disabled = The rule is disabled.
told-rule-deleted = The rule is deleted.

link-make = Approval link
link-make-help = A link to send by mail or chat: whoever opens it can let this device in, once, without a login.
link-life = It works for
link-make-submit = Make approval link
life-hours = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
link-life-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
link-made = A link for { $name }
link-once = This link is shown only once. Whoever has it can let this device in, once, until { $name }. It ends earlier if you lose the right to let devices in.
link-address = Link
link-kept = I have the link
link-waiting = Let this device in?
link-waiting-help = This device asks to be let in. Let it in only if you know whose it is.
link-claims = Device, app and e-mail are what the device says of itself. The link works once.
link-accepted = The device is let in
link-accepted-help = It may use the app as soon as 4D has read the change.
link-already-in = The device is in already
link-already-in-help = Somebody let it in before. Nothing was changed, and there is nothing to do.
link-not-waiting = This device does not wait
link-not-waiting-help = Its status is neither pending nor accepted, so nothing was changed. Ask who sent you the link.
link-used = This link was used
link-used-help = It works once, and was used { $name }. Ask for a new one if another device waits.
link-expired = This link has ended
link-expired-help = It ended { $name }. Nothing was changed. Ask for a new one.
link-gone = This device is gone
link-gone-help = Its session was deleted, so there is nobody to let in. Nothing was changed.
link-revoked = This link does not work any more
link-revoked-help = Somebody revoked it, or its maker may not let devices in any more. Nothing was changed. Ask for a new one.
link-unknown = There is no such link
link-unknown-help = Perhaps it was cut in the mail. Copy the whole address, or ask for a new link.
link-wait = Too many wrong links
link-later = It did not work this time
link-folder-away = The folder with the sessions cannot be reached right now. Nothing was changed, and the link is as good as before: try it again in a moment.
link-failed = Nothing was changed, and the link is as good as before: try it again in a moment. If it goes on, tell who sent you the link.

count-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
}
given-no-end = without end
given-until = until { $name }
access-login = { $actor } logged in
access-login_failed = Somebody gave a wrong password for { $actor }
access-login_failed-nobody = Somebody tried to log in with a name that does not exist
access-logout = { $actor } logged out
access-logout_elsewhere = { $actor } logged out everywhere else
access-password_changed = { $actor } gave { $subject } a new password
access-password_changed-own = { $actor } changed their own password
access-user_created = { $actor } created the user { $subject }
access-user_created-own = { $actor } became the first owner
access-user_changed = { $actor } changed what the user { $subject } may do
access-user_deleted = { $actor } deleted the user { $subject }
access-token_created = { $actor } created the token { $subject }
access-token_revoked = { $actor } revoked the token { $subject }
access-rule_created = { $actor } created the rule { $subject }
access-rule_changed = { $actor } changed the rule { $subject }
access-rule_deleted = { $actor } deleted the rule { $subject }
access-link_created = { $actor } made an approval link for { $subject }
access-action-login = Login
access-action-login_failed = Failed login
access-action-logout = Logout
access-action-logout_elsewhere = Logout everywhere else
access-action-password_changed = New password
access-action-user_created = User created
access-action-user_changed = User changed
access-action-user_deleted = User deleted
access-action-token_created = Token created
access-action-token_revoked = Token revoked
access-webhook_created = { $actor } created the webhook { $subject }
access-webhook_changed = { $actor } changed the webhook { $subject }
access-webhook_secret_rotated = { $actor } gave the webhook { $subject } a new secret
access-webhook_deleted = { $actor } deleted the webhook { $subject }
access-action-webhook_created = Webhook created
access-action-webhook_changed = Webhook changed
access-action-webhook_secret_rotated = New secret of a webhook
access-action-webhook_deleted = Webhook deleted

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] 1 webhook
   *[other] { $count } webhooks
}
no-webhooks = A webhook tells another program what happens here: a device that waits, a change, a push. There is none yet.
webhook-new = New webhook
webhook-create = Create webhook
webhook-create-help = Its secret is shown once, on the next page. The receiver checks by it that a request comes from here.
field-url = Address
field-url-help = http or https, also within your own network. Each event is sent there as a POST.
invalid-url = This is not an address. Write it as https://hooks.example/path.
invalid-url-scheme = The address must begin with https:// or http://.
invalid-url-user = The address must hold no user name and no password: the signature proves who sends.
invalid-url-fragment = Leave out the part behind the #: it is never sent.
col-events = Events
col-to = Sends to
col-last-delivery = Last event
col-attempts = Attempts
col-answer = Answer
col-next-attempt = Next attempt
events-all = all events
events-help = None ticked: all events.
event-session-created = A session appears
event-session-changed = A session changes
event-session-deleted = A session goes
event-app-created = An app appears
event-app-deleted = An app goes
event-folder-unavailable = The MobileApps folder cannot be read
event-folder-available = The MobileApps folder is back
event-push-completed = A push has ended
webhook-is-on = on
webhook-is-off = switched off
webhook-fails = on, but failing
webhook-off = The webhook { $webhook } is switched off: its receiver stopped taking events.
webhooks-off = { $number } webhooks send nothing.
webhooks-off-todo = Look at the webhooks
webhook-off-failing = It was switched off: for three days, the receiver took nothing. Waiting events are kept. Repair the receiver, send a test, and switch the webhook on again.
webhook-off-gone = It was switched off: the receiver answered 410, so it wants no more events. Waiting events are kept. Delete the webhook, or switch it on again.
webhook-failing-since = Failing since
webhook-queued = Events waiting
webhook-both-until = Old secret also signs until
webhook-more = More
webhook-test = Send a test
webhook-test-effect = An event of type “test” goes out now, also while the webhook is switched off. It is not sent again.
webhook-tested = The receiver took the test: it answered { $status } after { $count } ms.
webhook-tested-failed = The receiver did not take the test. { $name }
webhook-switch-off = Switch off
webhook-switch-off-effect = Nothing more is sent. Waiting events are kept; what happens until it is on again is never sent.
webhook-switch-on = Switch on
webhook-switch-on-effect = Waiting events are sent at once.
webhook-rotate = New secret
webhook-rotate-effect = The old secret stays valid for 24 hours, and both sign until then. Change the receiver in that time.
webhook-delete = Delete this webhook
webhook-delete-effect = Events that still wait are deleted with it.
webhook-delete-ask = Delete { $name }?
webhook-delete-ask-help = { $count ->
    [0] Its receiver gets no more events. This cannot be undone; to pause it, switch it off instead.
    [one] 1 event that still waits is deleted with it. This cannot be undone; to pause it, switch it off instead.
   *[other] { $count } events that still wait are deleted with it. This cannot be undone; to pause it, switch it off instead.
}
webhook-keep = Keep this webhook
webhook-made = Webhook { $name } is created
webhook-rotated = { $name } has a new secret
webhook-once = This secret is shown only once. Copy it now to where the receiver finds it: whoever has it can send what seems to come from here.
webhook-check = Check signatures by it, as in Python
deliveries = Deliveries
no-deliveries = Nothing yet. Events from now on appear here.
delivery-pending = waiting
delivery-delivered = delivered
delivery-failed = given up
delivery-retry = Send again
delivery-retry-name = Send again: { $name }
failure-timed-out = The receiver did not answer in time.
failure-unreachable = The receiver cannot be reached: { $name }.
failure-tls = No secure connection to the receiver: { $name }.
failure-broken = The connection ended before an answer: { $name }.
failure-redirect = The receiver answered { $name }: redirects are not followed. Give the address that it leads to.
failure-status = The receiver answered { $name }.
failure-gone = The receiver answered 410: it wants nothing any more.
told-webhook-changed = The webhook is changed.
told-webhook-on = The webhook is on.
told-webhook-off = The webhook is switched off. Waiting events are kept.
told-webhook-deleted = The webhook is deleted.
told-delivery-retried = It is sent again, now.
access-action-rule_created = Rule created
access-action-rule_changed = Rule changed
access-action-rule_deleted = Rule deleted
access-action-link_created = Approval link made

## What programs are told of a problem

problem-status = HTTP status { $name }
to-panel = To the panel

## Times

date = { $day } { $month } { $year }
date-time = { $date }, { $time } { $zone }
day-1 = 1
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
ago-seconds = { $count ->
    [0] just now
   *[other] { $count } s
}
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
past-seconds = { $count ->
    [0] just now
   *[other] { $count } s ago
}
past-minutes = { $count } min ago
past-hours = { $count } h ago
past-days = { $count ->
    [one] 1 day ago
   *[other] { $count } days ago
}
past-date = on { $name }

## Errors: what happened (.what), what was kept (.kept), what to do (.todo)

error-invalid-query = This address is not understood
    .what = It holds something that this list does not know: { $detail }.
    .todo = Show the list without filters and choose them anew.
error-malformed-body = The form could not be read
    .what = What your browser sent was not complete, or held something twice.
    .kept = Nothing was changed.
    .todo = Go back and send it again.
error-invalid-value = A value is not acceptable
    .what = What was sent holds a value that cannot be taken.
    .kept = Nothing was changed.
    .todo = Go back and choose another value.
error-unauthenticated = You are not logged in
    .what = Your login has ended.
    .todo = Log in and try again.
error-forbidden = You may not do this
    .kept = Nothing was changed.
    .todo = Ask an owner of this panel for another role.
error-cross-origin = The form came from elsewhere
    .what = It did not come from a page that you opened with this login.
    .kept = Nothing was changed.
    .todo = Load the page again and repeat what you did.
error-unknown-host = This panel has another name
    .what = It does not answer under the host name in this address.
    .todo = Use the address that you were given, or ask whoever runs this program to add the name with --host.
error-not-found = Not here
    .what = What you look for is not here, or you may not see it.
    .todo = It may have been deleted: the changes say so. Check the address if you typed it.
error-method-not-allowed = This address is not for that
    .what = It does not take { $detail }.
    .todo = Go to the overview and on from there.
error-already-there = There is a file of this name again
    .what = The device has made a new session since.
    .kept = The new file was kept; the old one is kept aside.
    .todo = To bring the old one back, delete the new session first.
error-changed-since = Changed since
    .what = The value is no longer what the change made it: somebody changed it afterwards.
    .kept = The newer value was kept.
    .todo = Open the session to set the value that you want.
error-already-undone = Undone already
    .what = Somebody has undone this change before you.
    .kept = Nothing was changed now.
    .todo = Undo the undo to have the change back.
error-not-kept = Not kept any more
    .what = What this change took away is kept for a limited time, which is over.
    .kept = Nothing was changed.
    .todo = The device makes a new session when it signs in again.
error-owner-cannot-be-kept = Owner or rights of the file cannot be kept
    .what = The file belongs to { $detail }, not to the user that this program runs as.
    .kept = Nothing was written.
    .todo = Ask whoever runs this program to run it as that user.
error-not-writable = The file may not be written
    .what = The system refuses it: { $detail }.
    .kept = Nothing was changed.
    .todo = Ask whoever runs this program to give its user the right to write in the folder.
error-push-not-configured = No connection to 4D
    .what = None is set up, so nothing was pushed.
    .kept = All changes are in the files.
    .todo = Run MOBILE APP REFRESH SESSIONS in 4D to make them count.
error-push-would-drop-sessions = 4D would drop sessions
    .todo = Look at the page Push: it names the files, and what is wrong with each.
error-push-failed = 4D did not take the push
    .kept = Everything stays as not pushed.
error-conflict = This cannot be done now
    .kept = Nothing was changed.
    .todo = Look at it again and decide anew.
error-idempotency-running = It is still running
    .what = The same request was sent before and has not ended.
    .todo = Wait a moment and look again.
error-precondition-failed = Changed since you loaded the page
    .what = Somebody changed the session in the meantime.
    .kept = Nothing of yours was written.
    .todo = Load the page again and decide anew.
error-too-large = That is too much at once
    .what = What was sent is larger than this panel takes.
    .kept = Nothing was changed.
    .todo = Send less at once: in a list, select fewer, or use a filter and all that match.
error-unsupported-media-type = The form could not be read
    .what = What your browser sent is of a kind that this panel does not take.
    .kept = Nothing was changed.
    .todo = Go back and send it again.
error-duplicate-keys = A key stands twice in this file
    .what = It is { $detail }. Which of the two 4D reads is not known.
    .kept = Nothing was written.
    .todo = Remove one of the two in a text editor.
error-not-an-object = Nothing in this file can be changed
    .what = It is not a JSON object.
    .kept = The file was left as it is.
    .todo = It can be deleted: the device makes a new session when it signs in again.
error-idempotency-mismatch = Sent before
    .what = The same request was sent before with other contents.
    .kept = Nothing was changed.
error-too-many-requests = Too many requests
    .what = This panel takes only so many at once from one place.
    .todo = Try again in { $detail } s.
error-internal = A fault in this program
    .what = What you asked for could not be finished.
    .todo = Try again. If it fails again, give the line below to whoever runs this program: its log says more.
error-folder-unavailable = The MobileApps folder is unavailable
    .what = The system says: { $detail }.
    .kept = Sessions are hidden until the folder can be read again. The journal can still be read.
    .todo = Check the disk or the network share. The folder is looked at every second, and this page comes back with it by itself.
error-store-unavailable = The program's database cannot be written
    .what = The system says: { $detail }.
    .kept = Nothing was changed.
    .todo = Check the disk, and the rights of the data folder.
error-no-space = No space left on the disk
    .what = The change did not fit.
    .kept = Nothing was changed.
    .todo = Free some space and try again.

## Push

nav-push = Push
push-now = Push now
push-nothing = Nothing to push.
push-auto = { $count ->
    [one] Automatic push is on. The first change goes at once; further ones follow 1 second after the last change.
   *[other] Automatic push is on. The first change goes at once; further ones follow { $count } seconds after the last change.
}
push-stand-in = This is a demo: a stand-in answers here, not 4D. It keeps sessions in memory as 4D does.
push-not-connected = 4D keeps sessions in memory: a change made here reaches the devices when 4D runs MOBILE APP REFRESH SESSIONS. Once 4D is connected, you can make it do so from here.
push-refresh = { $count ->
    [one] 1 session was changed here
   *[other] { $count } sessions were changed here
}
    .help = 4D takes the new status and e-mail for devices that it knows.
push-remove = { $count ->
    [one] 1 session was deleted here
   *[other] { $count } sessions were deleted here
}
    .help = 4D forgets them: their devices are logged out.
push-outside = { $count ->
    [one] 1 session was changed by somebody else
   *[other] { $count } sessions were changed by somebody else
}
    .help = By 4D itself, or by somebody who edited the files. 4D reads these again, too.
push-dropped-help = 4D does not take these files. Their users have to sign in again.
push-allow = Push anyway: these devices are logged out
push-refused = Nothing was pushed. Mend or delete these files, or tick the box if their devices may be logged out.
push-refused-others = Nothing was pushed: 4D would also drop sessions in other apps. Ask somebody who may see all apps to push.
push-last = The last push
push-last-by = { $ago }, by { $actor }
push-ended-ok = 4D has read all of it
push-ended-errors = 4D did not take some files, and has read the rest
push-ended-failed = Failed
push-failed-kept = Everything stays as not pushed.
push-error = { $component } { $number }
connect = Connect 4D
connect-address = Address of 4D
connect-test = Test connection
connect-test-help = Asks 4D for an answer, and changes nothing.
connect-how = How 4D is connected
connect-secret-help = Make up a long secret, of letters and digits. Write it into a file { $file } beside 4D’s data file, alone in one line.
connect-code-help = Add this code to the project. The secret is not in it: the code reads it from that file.
connect-new = 4D 20 R8 and later
connect-new-help = If the project has a file HTTPHandlers.json already, add the entry to it. Scalable sessions must be on, in the settings under Web, Options: without them, 4D does not look at this file.
connect-old = 4D 18 to 20 R7
connect-old-help = Let the database method On Web Connection begin as below; what it holds now goes under Else. Add the two methods. If there is a database method On Web Authentication, let it accept this address.
connect-start-help = Start this program with the address, and with a file that holds the same secret. On one machine it can be the same file.
connect-end-help = Restart 4D’s web server, so that it reads its handlers again. Then test the connection here.
download = Download
told-pushed = Pushed: 4D has read the changes.
told-pushed-errors = Pushed. 4D did not take some files: see below.
told-push-tested = 4D answers, and knows the secret. Nothing was changed.

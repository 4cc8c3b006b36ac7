### Finding anybody: the search in every page's bar, over sessions that wait, are accepted or were deleted.

find = Find a session
find-hint = Find a device, e-mail, id
find-help = Type a part of a device’s name, an e-mail, an id or an address. Deleted sessions are found too, for as long as they can be restored.
# $count is a number of sessions that are there.
found = { $count ->
    [0] No sessions found
    [one] 1 session found
   *[other] { $count } sessions found
}
found-deleted = { $count ->
    [one] 1 deleted
   *[other] { $count } deleted
}
# $name is what was searched for.
found-none = Nothing fits “{ $name }”, and no deleted session does.
found-all = Show all { $count } in the list
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Deleted by { $actor } { $ago }
deleted-outside = Deleted outside this panel { $ago }
restore = Restore
restore-name = Restore { $name }
filter-list = Filter this list
key-find = Find a session
key-filter = Filter the list

## The journal, where a batch is one line

journal-hint = Device, e-mail, id
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor } changed { $count } sessions
did-many-accept = { $actor } accepted { $count } sessions
did-many-pending = { $actor } set { $count } sessions to pending
did-many-delete = { $actor } deleted { $count } sessions
did-many-restore = { $actor } restored { $count } sessions
did-many-undo = { $actor } undid a change of { $count } sessions
# $device is the old session.
did-replace = { $actor } accepted a new session in place of { $device }
# What stood there before a change.
value-before = before: { $name }
batch-open = Show each
batch-close = Show as one line
batch-all = All { $count }

## What one decides by, beside the list

app-version = App version
look-whole = Open the whole page
key-look = Details of the row

### What scripts add to the pages: what is told while a page is open, keys, notifications.

## What happens while a page is open

script-unreached = The server cannot be reached. This is what was known last. Try again in a moment.
live-off = Connection lost: trying again
live-out = You are logged out.
# $name is a number.
rows-waiting = Show what is new ({ $name })
rows-new = New in the list: { $name }
fate-deleted = Deleted
fate-gone = Not here any more
changed-meanwhile = Changed meanwhile
changed-meanwhile-to = Changed meanwhile: now { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = empty

## Keys

keys = Keyboard
keys-help = All of it also works by Tab and Enter. Keys do nothing while you type.
keys-off = Switch off single-key shortcuts
keys-close = Close
key-next = Next row
key-previous = Previous row
key-select = Select the row
key-accept = Accept
key-pending = Set pending
key-email = Edit the e-mail
# How the key is labelled on keyboards.
key-name-delete = Delete
key-delete = Delete
key-undo = Undo your last change; if its message is gone, show it first
key-refresh = Look at the folder again
key-help = Show these keys

## Notifications

notify = Notifications
notify-help = This browser can tell you when a device starts waiting, even while you look at something else. One page of the panel has to stay open.
notify-off = Tell me when a device waits
notify-on = Stop telling me
notify-denied = This browser refuses notifications of this panel. Allow them in its settings first.
notify-waits = A device is waiting to be let in

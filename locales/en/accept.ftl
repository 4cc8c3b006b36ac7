### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device } is in. 4D has read it; its user presses Login again.
accept-soon = { $device } is accepted. 4D reads it in a moment.
accept-not-yet = { $device } is accepted here, not in 4D yet.
accept-unconnected = { $device } is accepted in the file. 4D is not connected, so the phone is not in until somebody runs the refresh in 4D.
accept-many-in = { $count ->
    [one] 1 device is in. 4D has read it; its user presses Login again.
   *[other] { $count } devices are in. 4D has read them; their users press Login again.
}
accept-many-soon = { $count ->
    [one] 1 session is accepted. 4D reads it in a moment.
   *[other] { $count } sessions are accepted. 4D reads them in a moment.
}
accept-many-not-yet = { $count ->
    [one] 1 session is accepted here, not in 4D yet.
   *[other] { $count } sessions are accepted here, not in 4D yet.
}
accept-many-unconnected = { $count ->
    [one] 1 session is accepted in its file. 4D is not connected, so the phone is not in until somebody runs the refresh in 4D.
   *[other] { $count } sessions are accepted in their files. 4D is not connected, so the phones are not in until somebody runs the refresh in 4D.
}
accepted-in = 4D has read it; its user presses Login again.
accepted-soon = 4D reads the change in a moment.
accepted-not-yet = The change is not in 4D yet.
accepted-unconnected = 4D is not connected, so the phone is not in until somebody runs the refresh in 4D.
row-in = In
connect-short = Connect
already-by = { $what } { $ago }.
already-outside = { $device } needed no change: 4D, or somebody who edited the file, was faster.
already-accepted = { $count ->
    [one] 1 was already accepted.
   *[other] { $count } were already accepted.
}
already-pending = { $count ->
    [one] 1 was already pending.
   *[other] { $count } were already pending.
}
nothing-selected = Nothing was selected, so nothing was changed.

## The queue

queue-order = Order
queue-newest = Just now
queue-longest = Longest waiting
# A number.
accept-these-name = Accept these { $name }
known-device = Known device · { $accepted ->
    [0] none of { $more } accepted
   *[other] { $accepted } accepted{ $more ->
        [0] { "" }
       *[other] , { $more } more
    }
}
known-email = Known e-mail · { $accepted ->
    [0] none of { $more } accepted
   *[other] { $accepted } accepted{ $more ->
        [0] { "" }
       *[other] , { $more } more
    }
}
waiting-oldest-automatic = The first came { $name }. An accepted device is in at once.

## Replacing old sessions

replace-olds = Replace old
replace-olds-help = Accepts this session and deletes the older ones of the same device, after a question
replace-ask = { $count ->
    [one] Accept { $device } and delete its old session?
   *[other] Accept { $device } and delete its { $count } old sessions?
}
replace-ask-help = The old sessions are of the same device, in the same app. You can undo all of it at once.
replace-count = { $count ->
    [one] Accept, and delete the old session
   *[other] Accept, and delete { $count } old sessions
}
replace-changed = changed { $name }
replace-nothing = This device has no older session here. Press Accept instead.
olds-are-deleted = { $count ->
    [one] The old session is deleted.
   *[other] The { $count } old sessions are deleted.
}
olds-are-back = { $count ->
    [one] The old session is back.
   *[other] The { $count } old sessions are back.
}

## What a push does to broken files

push-in-sync = In sync with 4D.
push-logged-out = { $drops ->
    [one] 1 device will be logged out
   *[other] { $drops } devices will be logged out
}{ $more ->
    [0] { "" }
   *[other] , { $more } more may be
}

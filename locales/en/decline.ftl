### Sessions that somebody declines to let in: for 4D they stay pending, here they wait no more.
### Arguments: $device and $actor a name as it stands in a page, $ago a time, $count a number, $name a name.

status-declined = Declined
sessions-declined = Declined
count-declined = { $count } declined
chip-not-declined = Not declined
decline = Decline
decline-name = Decline { $name }
undecline = Back to the queue
conflict-not-to-be-declined = Only a pending session can be declined, and this one is not pending.
state-declined-by = Declined by { $actor }, { $ago }. For 4D the session stays pending.

## Many at once

decline-ask = { $count ->
    [one] Decline 1 session?
   *[other] Decline { $count } sessions?
}
decline-count = { $count ->
    [one] Decline 1 session
   *[other] Decline { $count } sessions
}
undecline-ask = { $count ->
    [one] Put 1 session back in the queue?
   *[other] Put { $count } sessions back in the queue?
}
undecline-count = { $count ->
    [one] Put 1 session back in the queue
   *[other] Put { $count } sessions back in the queue
}
done-many-decline = { $count ->
    [one] 1 session is declined.
   *[other] { $count } sessions are declined.
}
done-many-undecline = { $count ->
    [one] 1 session is back in the queue.
   *[other] { $count } sessions are back in the queue.
}

## In the journal

action-decline = Decline
action-undecline = Back to the queue
did-decline = { $actor } declined { $device }
did-undecline = { $actor } put { $device } back in the queue
did-many-decline = { $actor } declined { $count } sessions
did-many-undecline = { $actor } put { $count } sessions back in the queue
done-decline = { $device } is declined. For 4D it stays pending.
done-undecline = { $device } is back in the queue.
again-decline = { $device } is declined again
again-undecline = { $device } is back in the queue

## Elsewhere

event-session-declined = A session is declined
event-session-undeclined = A declined session is back in the queue
link-declined-help = Somebody declined this device. You can still let it in.
detail-declined = declined: { $name }

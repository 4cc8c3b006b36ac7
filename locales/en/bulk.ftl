### Many sessions at once, and the way to another app.

accept-ask = { $count ->
    [one] Accept 1 session?
   *[other] Accept { $count } sessions?
}
accept-count = { $count ->
    [one] Accept 1 session
   *[other] Accept { $count } sessions
}
pending-ask = { $count ->
    [one] Set 1 session to pending?
   *[other] Set { $count } sessions to pending?
}
pending-count = { $count ->
    [one] Set 1 session to pending
   *[other] Set { $count } sessions to pending
}
# $before and $now are numbers of sessions, written out as the language has them.
count-changed = Nothing was changed yet: there were { $before } when the page was shown, and now there are { $now }.
which-unsure = Nothing was changed yet: the list has changed so much that these may not be the sessions you saw.
not-shown = { $count ->
    [one] 1 of them was not shown: it stands first.
   *[other] { $count } of them were not shown: they stand first.
}
batch-title = { $count ->
    [0] Changing sessions
    [one] Changing 1 session
   *[other] Changing { $count } sessions
}
batch-looks = The sessions are being looked up.
# $done and $total are numbers of sessions, written out as the language has them.
batch-progress = { $done } of { $total } done
batch-leave = You can leave this page, and come back to it: the work goes on.
batch-interrupted = The program was stopped before all were changed
batch-interrupted-help = For those that are left, do the same again.
batch-undone = It was undone.
result-unchanged = { $count ->
    [one] 1 session needed no change.
   *[other] { $count } sessions needed no change.
}
choose-app = App
all-apps = All apps
show-app = Show
delete-name = Delete { $name }

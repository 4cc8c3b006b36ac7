### What is said of many sessions at once, of an undo, and of a part of a list.

which-changed = Nothing was changed yet: these are not the sessions you saw.
with-all-that-match = With all { $count } that match
done-many-accept = { $count ->
    [one] 1 session is accepted.
   *[other] { $count } sessions are accepted.
}
done-many-pending = { $count ->
    [one] 1 session is pending.
   *[other] { $count } sessions are pending.
}
done-many-delete = { $count ->
    [one] 1 session is deleted.
   *[other] { $count } sessions are deleted.
}
done-many-restore = { $count ->
    [one] 1 session is restored.
   *[other] { $count } sessions are restored.
}
# $what is what is so again: a message again-….
done-undone = Undone: { $what }.
# $what is a sentence of its own.
done-undone-many = Undone: { $what }
did-undo = { $actor } undid: { $what }
again-accept = { $device } is accepted again
again-pending = { $device } waits again
again-delete = { $device } is deleted again
again-restore = { $device } is back
again-status = the status of { $device } is { $value } again
again-no-status = { $device } has no status again
again-email = the e-mail of { $device } is { $value } again
again-no-email = { $device } has no e-mail again
again-edit = status and e-mail of { $device } are as before
# The mark of a change that was made to so many sessions at once.
batch-of = Batch of { $count }
undo-all-of = Undo all { $count }
# $found is a number, $total a number of sessions in words: "301 sessions".
found-of = { $found } of { $total }

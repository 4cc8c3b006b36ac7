### Batches that are stopped, and what stands against a batch.

batch-stop = Stop
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Stopped: { $changed } of { $total } changed
error-batch-stopped = Not changed: the batch was stopped
    .what = Somebody stopped the batch, or its caller lost the right to it, before it reached this session.
error-total-differs = The number of matching sessions has changed
    .what = More or fewer sessions match than were expected.
    .kept = Nothing was changed.
error-replay-withheld = The first answer is not shown again
    .what = Your rights have changed since.
    .kept = The request was not made again.

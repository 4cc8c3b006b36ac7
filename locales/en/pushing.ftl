error-push-running = A push is running
    .what = One runs, and the next one waits for it already.
    .kept = The push that waits tells 4D of your changes as well.
    .todo = Wait a moment and look again.
push-failure-stopped = mobile-sessions was stopped before 4D answered, so nobody knows what 4D has read: push again.

error-push-running = A push is running
    .what = A push is running, and another is already waiting.
    .kept = The waiting push tells 4D of your changes as well.
    .todo = Wait a moment and look again.
push-failure-stopped = mobile-sessions was stopped before 4D answered, so nobody knows what 4D has read: push again.

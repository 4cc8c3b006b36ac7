error-push-running = Eine Übertragung läuft
    .what = Eine Übertragung läuft, und die nächste wartet bereits.
    .kept = Mit der wartenden Übertragung erfährt 4D auch von Ihren Änderungen.
    .todo = Warten Sie einen Moment, und sehen Sie dann nach.
push-failure-stopped = mobile-sessions wurde beendet, bevor 4D geantwortet hat. Was 4D gelesen hat, ist nicht bekannt: Übertragen Sie noch einmal.

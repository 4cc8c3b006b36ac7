error-push-running = Ein Push läuft
    .what = Ein Push läuft, und der nächste wartet bereits.
    .kept = Der wartende Push überträgt auch Ihre Änderungen an 4D.
    .todo = Warten Sie einen Moment, und sehen Sie dann nach.
push-failure-stopped = mobile-sessions wurde beendet, bevor 4D geantwortet hat. Was 4D gelesen hat, ist nicht bekannt: Übertragen Sie erneut.

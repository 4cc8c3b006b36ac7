error-push-running = Un push est en cours
    .what = Un push est en cours, et le suivant attend déjà.
    .kept = Le push en attente transmettra aussi vos modifications à 4D.
    .todo = Attendez un instant, puis vérifiez.
push-failure-stopped = mobile-sessions a été arrêté avant la réponse de 4D : on ne sait pas ce que 4D a lu. Relancez un push.

error-push-running = Une transmission est en cours
    .what = Une transmission est en cours, et la suivante attend déjà.
    .kept = La transmission en attente inclura aussi vos modifications.
    .todo = Attendez un instant, puis vérifiez.
push-failure-stopped = mobile-sessions a été arrêté avant la réponse de 4D : on ne sait pas ce que 4D a lu. Transmettez de nouveau.

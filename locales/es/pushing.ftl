error-push-running = Hay un envío en curso
    .what = Hay un envío en curso y otro ya está en espera.
    .kept = El envío en espera comunicará también sus cambios a 4D.
    .todo = Espere un momento y compruébelo de nuevo.
push-failure-stopped = mobile-sessions se detuvo antes de que 4D respondiera, así que no se sabe qué ha leído 4D: envíe de nuevo.

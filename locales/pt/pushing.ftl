error-push-running = Um envio está em andamento
    .what = Um envio está em andamento e o próximo já espera.
    .kept = O envio que espera também transmitirá suas alterações ao 4D.
    .todo = Espere um momento e veja de novo.
push-failure-stopped = O mobile-sessions foi encerrado antes de o 4D responder, por isso não se sabe o que o 4D leu: envie de novo.

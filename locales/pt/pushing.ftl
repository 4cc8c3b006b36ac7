error-push-running = Uma transmissão está em andamento
    .what = Uma transmissão está em andamento, e a próxima já espera.
    .kept = A transmissão que espera também levará as suas alterações ao 4D.
    .todo = Espere um momento e veja de novo.
push-failure-stopped = O mobile-sessions foi encerrado antes de o 4D responder, por isso não se sabe o que o 4D leu: transmita de novo.

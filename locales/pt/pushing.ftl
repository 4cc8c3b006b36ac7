error-push-running = Uma transmissão está em andamento
    .what = Uma transmissão está em andamento, e outra já aguarda.
    .kept = A transmissão que aguarda também levará as suas alterações ao 4D.
    .todo = Aguarde um momento e veja de novo.
push-failure-stopped = O mobile-sessions foi encerrado antes de o 4D responder, por isso não se sabe o que o 4D leu: transmita de novo.

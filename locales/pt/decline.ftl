### Sessões que alguém recusa: para o 4D continuam pendentes; aqui não esperam mais.

status-declined = Recusada
sessions-declined = Recusadas
count-declined = { $count ->
    [one] { $count } recusada
   *[other] { $count } recusadas
}
chip-not-declined = Não recusadas
decline = Recusar
decline-name = Recusar { $name }
undecline = Devolver à fila
conflict-not-to-be-declined = Só é possível recusar uma sessão pendente, e esta não está pendente.
state-declined-by = Recusada por { $actor }, { $ago }. Para o 4D, a sessão continua pendente.

decline-ask = { $count ->
    [one] Recusar { $count } sessão?
   *[other] Recusar { $count } sessões?
}
decline-count = { $count ->
    [one] Recusar { $count } sessão
   *[other] Recusar { $count } sessões
}
undecline-ask = { $count ->
    [one] Devolver { $count } sessão à fila?
   *[other] Devolver { $count } sessões à fila?
}
undecline-count = { $count ->
    [one] Devolver { $count } sessão à fila
   *[other] Devolver { $count } sessões à fila
}
done-many-decline = { $count ->
    [one] { $count } sessão foi recusada.
   *[other] { $count } sessões foram recusadas.
}
done-many-undecline = { $count ->
    [one] { $count } sessão voltou à fila.
   *[other] { $count } sessões voltaram à fila.
}

action-decline = Recusa
action-undecline = Devolução à fila
did-decline = { $actor } recusou { $device }
did-undecline = { $actor } devolveu { $device } à fila
did-many-decline = { $actor } recusou { $count } sessões
did-many-undecline = { $actor } devolveu { $count } sessões à fila
done-decline = { $device } foi recusado. Para o 4D, a sessão continua pendente.
done-undecline = { $device } voltou à fila.
again-decline = { $device } está recusado de novo
again-undecline = { $device } voltou à fila

event-session-declined = Uma sessão é recusada
event-session-undeclined = Uma sessão recusada volta à fila
link-declined-help = Alguém recusou este dispositivo. Mesmo assim, você pode aceitá-lo.
detail-declined = recusada: { $name }

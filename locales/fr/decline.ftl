### Les sessions que quelqu’un refuse : pour 4D, elles restent en attente ; ici, elles n’attendent plus.

status-declined = Refusée
sessions-declined = Refusées
count-declined = { $count ->
    [one] { $count } refusée
   *[other] { $count } refusées
}
chip-not-declined = Non refusées
decline = Refuser
decline-name = Refuser { $name }
undecline = Remettre en attente
conflict-not-to-be-declined = Seule une session en attente peut être refusée, et celle-ci ne l’est pas.
state-declined-by = Refusée par { $actor }, { $ago }. Pour 4D, la session reste en attente.

decline-ask = { $count ->
    [one] Refuser { $count } session ?
   *[other] Refuser { $count } sessions ?
}
decline-count = { $count ->
    [one] Refuser { $count } session
   *[other] Refuser { $count } sessions
}
undecline-ask = { $count ->
    [one] Remettre { $count } session en attente ?
   *[other] Remettre { $count } sessions en attente ?
}
undecline-count = { $count ->
    [one] Remettre { $count } session en attente
   *[other] Remettre { $count } sessions en attente
}
done-many-decline = { $count ->
    [one] { $count } session est refusée.
   *[other] { $count } sessions sont refusées.
}
done-many-undecline = { $count ->
    [one] { $count } session est de nouveau en attente.
   *[other] { $count } sessions sont de nouveau en attente.
}

action-decline = Refus
action-undecline = Remise en attente
did-decline = { $actor } a refusé { $device }
did-undecline = { $actor } a remis { $device } en attente
did-many-decline = { $actor } a refusé { $count } sessions
did-many-undecline = { $actor } a remis { $count } sessions en attente
done-decline = { $device } est refusé. Pour 4D, la session reste en attente.
done-undecline = { $device } est de nouveau en attente.
again-decline = { $device } est de nouveau refusé
again-undecline = { $device } est de nouveau dans la file d’attente

event-session-declined = Une session est refusée
event-session-undeclined = Une session refusée est remise en attente
link-declined-help = Quelqu’un a refusé cet appareil. Vous pouvez tout de même l’accepter.
rule-declined = Seulement les sessions refusées
rule-declined-help = Si la case n’est pas cochée, la règle ne s’applique jamais à une session refusée.
rule-when-declined = refusée
detail-declined = refusée : { $name }

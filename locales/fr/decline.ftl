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
undecline = Remettre dans la file
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
    [one] Remettre { $count } session dans la file ?
   *[other] Remettre { $count } sessions dans la file ?
}
undecline-count = { $count ->
    [one] Remettre { $count } session dans la file
   *[other] Remettre { $count } sessions dans la file
}
done-many-decline = { $count ->
    [one] { $count } session refusée.
   *[other] { $count } sessions refusées.
}
done-many-undecline = { $count ->
    [one] { $count } session remise dans la file d’attente.
   *[other] { $count } sessions remises dans la file d’attente.
}

action-decline = Refus
action-undecline = Remise dans la file
did-decline = { $actor } a refusé { $device }
did-undecline = { $actor } a remis { $device } dans la file d’attente
did-many-decline = { $actor } a refusé { $count } sessions
did-many-undecline = { $actor } a remis { $count } sessions dans la file d’attente
done-decline = Session refusée : { $device }. Pour 4D, elle reste en attente.
done-undecline = Session remise dans la file d’attente : { $device }.
again-decline = session de nouveau refusée ({ $device })
again-undecline = session de nouveau dans la file d’attente ({ $device })

event-session-declined = Une session est refusée
event-session-undeclined = Une session refusée est remise dans la file d’attente
link-declined-help = Quelqu’un a refusé cet appareil. Vous pouvez tout de même l’accepter.
detail-declined = refusée : { $name }

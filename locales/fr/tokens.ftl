field-networks = Réseaux
field-networks-help = Réseaux ou adresses, un par ligne, par exemple 10.0.0.0/8. Depuis un autre endroit, le jeton est refusé. Vide : tous.
token-from = depuis { $name }
token-old-until = l’ancien secret fonctionne jusqu’au { $name }
token-rotate-more = Nouveau secret…
token-rotate-name = Nouveau secret pour { $name }
token-rotate-lead = Le programme a besoin du nouveau secret à la place de l’ancien. Le nom, le rôle et les apps restent.
token-grace = L’ancien secret
token-grace-help = Si l’ancien secret a pu fuiter, mettez-y fin immédiatement.
grace-none = prend fin immédiatement
grace-hours = { $count ->
    [one] fonctionne encore une heure
   *[other] fonctionne encore { $count } heures
}
grace-days = { $count ->
    [one] fonctionne encore un jour
   *[other] fonctionne encore { $count } jours
}
invalid-grace = Choisissez l’une de ces durées.
token-rotate = Créer un nouveau secret
token-rotated = Le jeton { $name } a un nouveau secret
access-token_rotated = { $actor } a donné un nouveau secret au jeton { $subject }
access-token_elsewhere = { $actor } a été refusé : il a été utilisé depuis un autre réseau
access-action-token_rotated = Nouveau secret de jeton
access-action-token_elsewhere = Jeton d’un autre réseau
detail-previous-until = ancien secret jusqu’au { $name }
conflict-token-expired = Le jeton a expiré et ne reçoit pas de nouveau secret. Créez-en un autre.
conflict-token-gives-more = Ce jeton lit les secrets, dure plus longtemps ou s’utilise depuis d’autres réseaux que le vôtre. Demandez son nouveau secret à un propriétaire.

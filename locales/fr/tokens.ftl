field-networks = Réseaux
field-networks-help = Réseaux ou adresses, un par ligne, par exemple 10.0.0.0/8. Depuis un autre réseau, le jeton est refusé. Vide : tous.
token-from = limité à { $name }
token-old-until = ancien secret valable jusqu’au { $name }
token-rotate-more = Nouveau secret…
token-rotate-name = Nouveau secret pour { $name }
token-rotate-lead = Le programme devra utiliser le nouveau secret à la place de l’ancien. Le nom, le rôle et les apps ne changent pas.
token-grace = Ancien secret
token-grace-help = Si l’ancien secret a pu être divulgué, mettez-y fin immédiatement.
grace-none = prend fin immédiatement
grace-hours = { $count ->
    [one] reste valable une heure
   *[other] reste valable { $count } heures
}
grace-days = { $count ->
    [one] reste valable un jour
   *[other] reste valable { $count } jours
}
invalid-grace = Choisissez l’une de ces durées.
token-rotate = Créer un nouveau secret
token-rotated = Le jeton { $name } a un nouveau secret
access-token_rotated = { $actor } a donné un nouveau secret au jeton { $subject }
access-token_elsewhere = { $actor } a été refusé : il a été utilisé depuis un autre réseau
access-action-token_rotated = Nouveau secret de jeton
access-action-token_elsewhere = Jeton refusé (autre réseau)
detail-previous-until = ancien secret valable jusqu’au { $name }
conflict-token-expired = Ce jeton a expiré et ne peut pas recevoir de nouveau secret. Créez un autre jeton.
conflict-token-gives-more = Ce jeton lit les secrets, expire plus tard que le vôtre ou s’utilise depuis d’autres réseaux. Demandez son nouveau secret à un propriétaire.

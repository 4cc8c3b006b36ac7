### Trouver n’importe qui : la recherche en haut de chaque page, parmi les sessions en attente, acceptées et supprimées.

find = Trouver une session
find-hint = Appareil, e-mail, identifiant
find-help = Saisissez une partie du nom de l’appareil, d’un e-mail, d’un identifiant ou d’une adresse. Les sessions supprimées sont trouvées aussi, tant qu’elles peuvent être restaurées.
# $count is a number of sessions that are there.
found = { $count ->
    [0] Aucune session trouvée
    [one] 1 session trouvée
   *[other] { $count } sessions trouvées
}
found-deleted = { $count ->
    [one] 1 supprimée
   *[other] { $count } supprimées
}
# $name is what was searched for.
found-none = Rien ne correspond à « { $name } », pas même une session supprimée.
found-all = Tout afficher dans la liste ({ $count })
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Supprimée par { $actor } { $ago }
deleted-outside = Supprimée hors de ce panneau { $ago }
restore = Restaurer
restore-name = Restaurer { $name }
filter-list = Filtrer cette liste
key-find = Trouver une session
key-filter = Filtrer la liste

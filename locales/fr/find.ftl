### Trouver n’importe qui : la recherche en haut de chaque page, parmi les sessions en attente, acceptées et supprimées.

find = Trouver une session
find-hint = Appareil, e-mail, ID
find-help = Saisissez une partie du nom de l’appareil, d’un e-mail, d’un ID ou d’une adresse. Les sessions supprimées apparaissent aussi, tant qu’elles peuvent être restaurées.
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
found-none = Rien ne correspond à « { $name } », pas même une session supprimée.
found-all = Tout afficher dans la liste ({ $count })
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Supprimée par { $actor } { $ago }
deleted-outside = Supprimée hors de ce panneau { $ago }
restore = Restaurer
restore-name = Restaurer { $name }
filter-list = Filtrer cette liste
key-find = Trouver une session
key-filter = Filtrer la liste

## The journal, where a batch is one line

journal-hint = Appareil, e-mail, ID
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor } a modifié { $count } sessions
did-many-accept = { $actor } a accepté { $count } sessions
did-many-pending = { $actor } a mis { $count } sessions en attente
did-many-delete = { $actor } a supprimé { $count } sessions
did-many-restore = { $actor } a restauré { $count } sessions
did-many-undo = { $actor } a annulé une modification portant sur { $count } sessions
# $device is the old session.
did-replace = { $actor } a accepté une nouvelle session à la place de { $device }
# What stood there before a change.
value-before = avant : { $name }
batch-open = Afficher une à une
batch-close = Afficher en une ligne
batch-all = Toutes ({ $count })

## What one decides by, beside the list

app-version = Version de l’app
look-whole = Ouvrir la page entière
key-look = Détails de la ligne

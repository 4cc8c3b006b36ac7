### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device } a maintenant accès. 4D l’a pris en compte ; il faut appuyer de nouveau sur Connexion dans l’app.
accept-soon = { $device } est accepté. 4D le prendra en compte dans un instant.
accept-not-yet = { $device } est accepté ici, pas encore dans 4D.
accept-unconnected = { $device } est accepté dans le fichier. 4D n’est pas connecté : l’appareil n’aura accès que lorsque quelqu’un lancera l’actualisation dans 4D.
accept-many-in = { $count ->
    [one] { $count } appareil a maintenant accès. 4D l’a pris en compte ; il faut appuyer de nouveau sur Connexion dans l’app.
   *[other] { $count } appareils ont maintenant accès. 4D les a pris en compte ; il faut appuyer de nouveau sur Connexion dans l’app.
}
accept-many-soon = { $count ->
    [one] { $count } session est acceptée. 4D la prendra en compte dans un instant.
   *[other] { $count } sessions sont acceptées. 4D les prendra en compte dans un instant.
}
accept-many-not-yet = { $count ->
    [one] { $count } session est acceptée ici, pas encore dans 4D.
   *[other] { $count } sessions sont acceptées ici, pas encore dans 4D.
}
accept-many-unconnected = { $count ->
    [one] { $count } session est acceptée dans son fichier. 4D n’est pas connecté : l’appareil n’aura accès que lorsque quelqu’un lancera l’actualisation dans 4D.
   *[other] { $count } sessions sont acceptées dans leurs fichiers. 4D n’est pas connecté : les appareils n’auront accès que lorsque quelqu’un lancera l’actualisation dans 4D.
}
accepted-in = Pris en compte par 4D ; il faut appuyer de nouveau sur Connexion dans l’app.
accepted-soon = 4D en tiendra compte dans un instant.
accepted-not-yet = Pas encore pris en compte par 4D.
accepted-unconnected = 4D n’est pas connecté : l’appareil n’aura accès que lorsque quelqu’un lancera l’actualisation dans 4D.
row-in = Accès ouvert
connect-short = Connecter
already-by = { $what } { $ago }.
already-outside = Rien à modifier pour { $device } : 4D, ou une modification directe du fichier, a été plus rapide.
already-accepted = { $count ->
    [one] { $count } était déjà acceptée.
   *[other] { $count } étaient déjà acceptées.
}
already-pending = { $count ->
    [one] { $count } était déjà en attente.
   *[other] { $count } étaient déjà en attente.
}
nothing-selected = Rien n’était sélectionné, donc rien n’a été modifié.

## The queue

queue-order = Ordre
queue-newest = Plus récents
queue-longest = Plus longue attente
# A number.
accept-these-name = Accepter ces { $name }
known-device = Appareil connu · { $accepted ->
    [0] aucune acceptée sur { $more }
    [one] { $accepted } acceptée{ $more ->
        [0] { "" }
        [one] , { $more } autre
       *[other] , { $more } autres
    }
   *[other] { $accepted } acceptées{ $more ->
        [0] { "" }
        [one] , { $more } autre
       *[other] , { $more } autres
    }
}
known-email = E-mail connu · { $accepted ->
    [0] aucune acceptée sur { $more }
    [one] { $accepted } acceptée{ $more ->
        [0] { "" }
        [one] , { $more } autre
       *[other] , { $more } autres
    }
   *[other] { $accepted } acceptées{ $more ->
        [0] { "" }
        [one] , { $more } autre
       *[other] , { $more } autres
    }
}
waiting-oldest-automatic = Le premier est arrivé { $name }. Un appareil accepté a accès aussitôt.

## Replacing old sessions

replace-olds = Remplacer l’ancienne
replace-olds-help = Accepte cette session et supprime, après confirmation, les plus anciennes du même appareil
replace-ask = { $count ->
    [one] Accepter { $device } et supprimer son ancienne session ?
   *[other] Accepter { $device } et supprimer ses { $count } anciennes sessions ?
}
replace-ask-help = Les anciennes sessions sont celles du même appareil, dans la même app. Le tout peut être annulé en une fois.
replace-count = { $count ->
    [one] Accepter et supprimer l’ancienne session
   *[other] Accepter et supprimer { $count } anciennes sessions
}
replace-changed = modifiée { $name }
replace-nothing = Cet appareil n’a pas de session plus ancienne ici : acceptez simplement celle-ci.
olds-are-deleted = { $count ->
    [one] L’ancienne session a été supprimée.
   *[other] Les { $count } anciennes sessions ont été supprimées.
}
olds-are-back = { $count ->
    [one] L’ancienne session a été restaurée.
   *[other] Les { $count } anciennes sessions ont été restaurées.
}

## What a push does to broken files

push-in-sync = Synchronisé avec 4D.
push-logged-out = { $drops ->
    [one] { $drops } appareil sera déconnecté
   *[other] { $drops } appareils seront déconnectés
}{ $more ->
    [0] { "" }
   *[other] , { $more } de plus peut-être
}

### La file de la première page, la page d’une session, et ce que quelqu’un d’autre a fait entre-temps.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Déjà vu

seen-title = Déjà vu
seen-help = Autres sessions du même appareil, ou avec le même e-mail. Un appareil où l’app est réinstallée reçoit une nouvelle session, et l’ancienne subsiste.
seen-none = Aucune autre session de cette app ne concerne cet appareil ou cet e-mail.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] Même appareil que { $device }
    [email] Même e-mail que { $device }
   *[both] Mêmes appareil et e-mail que { $device }
} : { $class ->
    [accepted] acceptée
    [pending] en attente
   *[other] « { $status } »
}, modifiée { $ago }
seen-all-of-device = { $count ->
    [one] La seule session de cet appareil
   *[other] Les { $count } sessions de cet appareil
}
seen-all-of-email = { $count ->
    [one] La seule session avec cet e-mail
   *[other] Les { $count } sessions avec cet e-mail
}
seen-old = L’ancienne session
replace = Accepter, supprimer l’ancienne
replace-name = Accepter { $name } et supprimer l’ancienne session { $old }
replace-accepted = Supprimer l’ancienne
replace-accepted-name = Conserver { $name } et supprimer l’ancienne session { $old }
replace-half-done = La nouvelle session est acceptée. L’ancienne a été conservée.
done-replaced-back = { $device } est de nouveau en attente. { $olds }

## Une session

state-title = Statut
state-by = Défini par
state-push = Transmission
state-accepted-by = Acceptée par { $actor }, { $ago }.
state-pending-by = Mise en attente par { $actor }, { $ago }.
state-other-by = Statut défini par { $actor }, { $ago }.
state-restored-by = Restaurée par { $actor }, { $ago }.
state-accepted-outside = 4D, ou une modification directe du fichier. La session n’a pas été acceptée ici.
state-pending-outside = 4D, ou une modification directe du fichier, { $ago }.
state-other-outside = 4D, ou une modification directe du fichier.
push-state-behind = Non transmise : 4D se fie à ce qu’il a en mémoire.
push-state-pushed = Transmise { $ago }. Aucune modification ultérieure en attente.
push-state-pushed-by = Transmise par { $actor }, { $ago }. Aucune modification ultérieure en attente.
push-state-none = Aucune modification faite ici n’attend d’être transmise.
push-state-refused = 4D a refusé ce fichier à la dernière transmission, { $ago } : l’appareil est déconnecté et doit s’identifier de nouveau.
effect-refused = À la dernière transmission, 4D a refusé le fichier et retiré la session de sa mémoire : l’appareil a été déconnecté.
choice-status = Statut
copy-name = Copier : { $name }
download-masked = Télécharger le fichier
download-masked-help = Avec ses secrets masqués. Le fichier entier est réservé aux jetons qui peuvent lire les secrets :
download-none = Les secrets de ce fichier ne peuvent pas être distingués du reste. Le fichier est réservé aux jetons qui peuvent lire les secrets :
document-masked = { $count ->
    [one] Ce secret est masqué :
   *[other] Ces secrets sont masqués :
}
no-document-too-large = Le fichier dépasse la limite et n’a pas été lu.
no-document-unreadable = Le système refuse la lecture du fichier.
no-document-not-json = Le fichier n’est pas du JSON : il n’y a pas de document à afficher.
no-document-beyond = Le fichier contient un nombre, un texte ou une imbrication en JSON valide, mais au-delà de ce qui peut être affiché ici. Téléchargez-le pour le voir.
no-document-not-an-object = Le fichier est du JSON, mais pas un objet entre accolades.

## Ce que quelqu’un d’autre a fait entre-temps

conflict-title-old = L’ancienne session a été modifiée depuis que vous l’avez vue
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = Elle a été modifiée hors de ce panneau, par 4D ou directement dans le fichier ({ $name }).
conflict-outside-too = Le fichier a aussi été modifié hors de ce panneau, par 4D ou directement ({ $name }).
conflict-nothing-written = Votre modification n’a pas été enregistrée.
conflict-gone = supprimée
conflict-own = Appliquer tout de même ma valeur
conflict-own-delete = Supprimer tout de même
conflict-help-replace = Les deux sessions ci-dessous sont dans leur état actuel. Choisissez de nouveau pour remplacer tout de même l’ancienne.
conflict-help-alone = Il n’y a plus rien à remplacer : acceptez la session seule.
gone-title = La session { $name } a été supprimée
gone-outside = Elle a été supprimée hors de ce panneau, par 4D ou directement dans le dossier.
gone-help = « Annuler » rétablit le fichier tel qu’il était. Si la suppression a déjà été transmise, l’appareil doit s’identifier de nouveau.
undo-look = Voir la session, pour rétablir tout de même l’ancienne valeur

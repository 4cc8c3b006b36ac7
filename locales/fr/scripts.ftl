### Ce que les scripts ajoutent aux pages : ce qui est annoncé pendant qu’une page est ouverte, touches, notifications.

## Ce qui se passe pendant qu’une page est ouverte

script-unreached = Le serveur est injoignable. Voici le dernier état connu. Réessayez dans un instant.
live-off = Connexion perdue, nouvelle tentative
live-out = Votre connexion a pris fin.
# $name is a number.
rows-waiting = Afficher les nouveautés ({ $name })
rows-new = Nouveau dans la liste : { $name }
fate-deleted = Supprimée
fate-gone = N’est plus ici
changed-meanwhile = Modifiée entre-temps
changed-meanwhile-to = Modifiée entre-temps : maintenant { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = vide

## Touches

keys = Clavier
keys-help = Tout se fait aussi avec Tab et Entrée. Les touches n’ont aucun effet pendant la saisie.
keys-off = Désactiver les raccourcis à une touche
keys-close = Fermer
key-next = Ligne suivante
key-previous = Ligne précédente
key-select = Sélectionner la ligne
key-accept = Accepter
key-pending = Mettre en attente
key-email = Modifier l’e-mail
# How the key is labelled on keyboards.
key-name-delete = Suppr
key-delete = Supprimer
key-undo = Annuler la dernière action ; si son message a disparu, l’afficher d’abord
key-refresh = Relire le dossier
key-help = Afficher ces touches

## Notifications

notify = Notifications
notify-help = Ce navigateur peut vous prévenir quand un appareil se met à attendre, même pendant que vous regardez autre chose. Une page du panneau doit rester ouverte.
notify-off = Me prévenir quand un appareil attend
notify-on = Ne plus me prévenir
notify-denied = Ce navigateur bloque les notifications de ce panneau. Autorisez-les d’abord dans ses réglages.
notify-waits = Un appareil attend d’être accepté

### La page de transmission et son état dans l’en-tête.

push-would-drop = { $count ->
    [one] { $count } fichier défectueux : la prochaine transmission déconnectera son appareil.
   *[other] { $count } fichiers défectueux : la prochaine transmission déconnectera ces appareils.
}
push-no-connection = non connecté
push-no-connection-help = 4D n’est pas connecté : rien ne peut être transmis d’ici.
push-folder-away = dossier indisponible
push-refused-unconnected = Rien n’a été transmis : 4D n’est pas connecté. La marche à suivre est expliquée ci-dessous.
push-refused-failed = La transmission a échoué, et tout reste non transmis. { $name }
push-which = Lesquelles
push-dropped-which = Lesquels, et pourquoi
push-test-ok = Connecté : 4D a répondu en { $count } ms.
push-complained = { $count ->
    [one] 4D a signalé { $count } erreur.
   *[other] 4D a signalé { $count } erreurs.
}
push-complained-unseen = Les fichiers ne sont indiqués qu’aux personnes qui peuvent voir toutes les apps.
told-pushed-errors-elsewhere = Transmis. 4D n’accepte pas certains fichiers : la page « Transmission à 4D » les indique.
told-push-test-failed = Le test de la connexion a échoué. { $name }

apps-unmatched = Introuvable pour l’instant : { $name }. Aucune app n’y correspond.
apps-here = Apps présentes ici
no-apps-held = Pas encore d’app pour vous
no-apps-held-help = Vous pouvez voir : { $apps }. Aucune app correspondante n’est présente ici pour l’instant. La personne qui vous a donné votre compte peut changer cela.
rule-preview-list = Les afficher dans la liste
folder-is = Dossier : { $folder }.

# What an installation needs before it is complete
checklist = Premiers pas
checklist-progress = { $done } sur { $all } terminées
checklist-dismiss = Masquer cette liste
told-checklist = La liste est masquée.
step-done = Terminé
step-open = À faire
step-folder = Trouver le dossier MobileApps
step-folder-help = Le dossier est illisible pour le moment. Le bandeau ci-dessus en indique la raison.
step-connect = Connecter 4D
step-connect-help = 4D ne lit les modifications que sur demande. La page « Transmission à 4D » contient le code pour votre projet 4D. Démarrez ensuite ce programme avec :
step-test = Tester la connexion
step-automatic = Transmettre automatiquement
step-automatic-help = Plus personne n’a besoin de lancer la transmission : un appareil accepté a aussitôt accès.
step-approval = Demander une approbation dans 4D
step-approval-help = Avec cette ligne dans { $method }, un nouvel appareil attend ici jusqu’à ce que vous l’acceptiez :
step-colleague = Ajouter un collègue
step-colleague-help = Chacun a son propre compte : vous voyez ainsi qui a fait quoi.

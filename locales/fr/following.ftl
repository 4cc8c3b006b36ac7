### Ce qui est dit pendant qu’une page est ouverte, quand quelque chose s’oppose à ce qu’on y fait.

gone-meanwhile = Supprimée entre-temps
script-unanswered = Aucune réponse n’est arrivée. Cette page montrera, une fois à jour, si l’action a eu lieu ; votre saisie est toujours là.
script-unsure = Pas de connexion : cette modification n’a peut-être pas été enregistrée.
script-check = Vérifier
told-not-saved = Connexion rétablie : votre dernière modification n’a pas été enregistrée. Refaites-la.
script-away = Non enregistré : le dossier est indisponible. Votre saisie est conservée.
script-away-deed = Rien n’a été fait : le dossier est indisponible. Réessayez quand il sera de nouveau disponible.
script-out = Votre connexion a pris fin. Rien n’a été modifié ; votre saisie est toujours là. Connectez-vous, puis réessayez ici.
# $name is what stood against it, a title of an error.
script-refused = Rien n’a été fait : { $name }. Votre saisie est conservée.
keys-selected = Tant que des lignes sont sélectionnées, les touches pour accepter, mettre en attente et supprimer agissent sur toutes ces lignes.

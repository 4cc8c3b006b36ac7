### Ce qu’il y a derrière une erreur : quel droit manque, ce qui s’y oppose, pourquoi une transmission a échoué.
error-line = { $title }. { $todo }

forbidden-read = Ceci ne vous est pas accessible.
forbidden-change = Pour modifier des sessions, il faut le rôle Opérateur ou Propriétaire.
forbidden-administer = Il faut pour cela le rôle Propriétaire.
forbidden-read-access-log = Il faut pour cela le rôle Propriétaire, et pour toutes les apps.
forbidden-read-metrics = Ceci compte toutes les apps et n’est donc pas accessible à qui n’en voit que certaines.
forbidden-read-secrets = Il faut pour cela un jeton qui peut lire les secrets (secrets:read).

conflict-file-too-large = Le fichier dépasse la limite et n’est donc pas lu.
conflict-file-unreadable = Le fichier ne peut pas être lu. Message du système : { $detail }.
conflict-too-many-rules = Il y a déjà 1 000 règles. Supprimez-en d’abord quelques-unes.
conflict-too-many-views = Vous avez déjà 50 vues enregistrées. Supprimez-en une d’abord.
conflict-webhook-off = Le webhook est désactivé, donc rien n’a été envoyé. Activez-le d’abord.
conflict-delivery-waits = Un envoi antérieur de la même session passe d’abord : celui-ci le suit de lui-même.
conflict-setup-link-spent = Le lien sert une seule fois, pendant une heure, et seul le dernier affiché est valable. Redémarrez le programme pour en obtenir un nouveau.
conflict-last-owner = C’est le dernier propriétaire. Nommez d’abord un autre propriétaire.
conflict-name-taken = Ce nom est déjà pris. Choisissez-en un autre.
conflict-token-has-no-password = Un jeton n’a pas de mot de passe : connectez-vous en tant que son utilisateur.

push-failure-no-such-host = Le nom d’hôte dans --push-url est inconnu : vérifiez son orthographe.
push-failure-refused = 4D a refusé la connexion : rien n’écoute à cette adresse et à ce port. Démarrez son serveur web, ou vérifiez --push-url.
push-failure-unreachable = 4D est injoignable ({ $detail }) : vérifiez le réseau et l’adresse dans --push-url.
push-failure-not-connecting = 4D est injoignable : vérifiez le réseau et l’adresse dans --push-url.
push-failure-timed-out = 4D n’a pas répondu à temps. Il est peut-être occupé, ou un pare-feu rejette la requête : vérifiez 4D, puis transmettez de nouveau.
push-failure-tls = La connexion chiffrée avec 4D a échoué ({ $detail }). Vérifiez le certificat de 4D, ou commencez --push-url par http si 4D ne chiffre pas.
push-failure-unknown-issuer = Cette machine ne fait pas confiance à l’émetteur du certificat de 4D. Donnez à 4D un certificat reconnu par cette machine, pour le nom d’hôte dans --push-url.
push-failure-bad-certificate = Le certificat de 4D n’est pas valable ({ $detail }). Donnez à 4D un certificat reconnu par cette machine, pour le nom d’hôte dans --push-url.
push-failure-no-tls = Ce qui répond là ne chiffre pas : activez TLS dans 4D, ou commencez --push-url par http.
push-failure-broken = La connexion avec 4D s’est interrompue avant la fin de la réponse : transmettez de nouveau.
push-failure-wrong-secret = 4D connaît un autre secret (401) : mettez le même dans le code de 4D et dans --push-secret-file.
push-failure-forbidden = 4D l’interdit (403) : autorisez cette requête dans On Web Authentication, ou dans les privilèges du projet.
push-failure-not-found = 4D n’a rien à cette adresse (404) : installez le code de « Connecter 4D », redémarrez le serveur web de 4D et vérifiez le chemin dans --push-url.
push-failure-redirect = 4D renvoie vers une autre adresse ({ $detail }), qui n’est pas suivie : mettez l’adresse finale dans --push-url.
push-failure-status = 4D a répondu avec le statut { $detail } : son propre journal dit pourquoi. Consultez-le, puis transmettez de nouveau.
push-failure-too-long = La réponse dépasse 1 Mio et ne vient donc pas du code de « Connecter 4D » : vérifiez --push-url.
push-failure-not-json = La réponse n’est pas du JSON et ne vient donc pas du code de « Connecter 4D » : installez-le et vérifiez --push-url.
push-failure-missing-field = La réponse est du JSON d’une autre forme (le champ { $detail } manque) : installez le code de « Connecter 4D » tel qu’il y figure.
push-failure-other-type = La réponse est du JSON d’une autre forme (une valeur est d’un autre type) : installez le code de « Connecter 4D » tel qu’il y figure.
push-failure-not-said = 4D a répondu que la commande a échoué, sans dire pourquoi : son propre journal en dit peut-être plus. Consultez-le, puis transmettez de nouveau.
push-failure-of-itself = La commande a échoué dans 4D pour une autre raison qu’un fichier non accepté. Consultez ses erreurs.
push-failure-other-folder = 4D se plaint d’un fichier de session, alors qu’ici tous les fichiers sont corrects : --push-url est-il bien le serveur 4D de ce dossier MobileApps ?
push-failure-told = { $detail }

### Tous les mots du panneau. Un message ne contient aucun balisage : ce qui est mis en valeur ou en lien arrive en argument.
### Arguments : $count un nombre, $name un nom, $device et $actor un nom tel qu’il figure dans une page.

## Cadre

brand = Mobile Sessions
docs-title = Mobile Sessions : l’API
docs-document = Document OpenAPI
docs-subjects = Parties de l’API
docs-types = Types
docs-parameters = Paramètres
docs-required = obligatoire
docs-body = Corps
docs-answers = Réponses
docs-example = Exemple
docs-by-curl = Avec curl
docs-try = Essayer
docs-try-help = La requête est envoyée sous votre connexion, avec vos droits. Ce n’est pas une simulation : ce qu’elle modifie est réellement modifié.
docs-send = Envoyer
skip-to-content = Aller au contenu
nav-main = Navigation principale
nav-overview = Vue d’ensemble
nav-sessions = Sessions
nav-changes = Modifications
nav-administration = Administration
nav-waiting = { $count ->
    [one] { $count } appareil en attente
   *[other] { $count } appareils en attente
}
push-up-to-date = Synchronisé avec 4D
push-behind = { $count ->
    [one] { $count } modification non transmise
   *[other] { $count } modifications non transmises
}
push-behind-help = Ces modifications sont dans les fichiers. Elles prennent effet pour les appareils quand 4D exécute MOBILE APP REFRESH SESSIONS.
push = Transmettre
push-waits = { $count ->
    [one] Transmission automatique suspendue : { $count } fichier défectueux déconnecterait son appareil.
   *[other] Transmission automatique suspendue : { $count } fichiers défectueux déconnecteraient leurs appareils.
}
push-waits-elsewhere = Transmission automatique suspendue : des fichiers défectueux d’autres apps déconnecteraient leurs appareils.
push-waits-help = Elle reprend d’elle-même dès qu’elle ne déconnecterait plus personne.
push-failed = La dernière transmission a échoué.
menu-account = Compte : { $name }
log-in = Se connecter
log-out = Se déconnecter
undo = Annuler
dismiss = Fermer
folder-away = Le dossier MobileApps est indisponible.
folder-away-help = Les listes reviennent d’elles-mêmes dès qu’il est de nouveau lisible. Message du système : { $name }.
folder-reading = Lecture du dossier MobileApps : { $done } fichiers sur { $total } pour l’instant.
folder-reading-help = Les listes montrent ce qui a été lu jusqu’ici. Rechargez la page pour en voir davantage.
request-id = Requête
role-viewer = Lecteur (lecture seule)
role-operator = Opérateur (lecture et modification)
role-owner = Propriétaire

## Mots des listes

col-device = Appareil
col-status = Statut
col-os = Système
col-email = E-mail
col-app = App
col-ip = Adresse IP
col-changed = Dernière modification
col-waiting = Attend depuis
col-actions = Actions
col-share = Acceptées et en attente
col-sessions = Sessions
col-problems = Problèmes
col-session = Session
col-outcome = Résultat
col-when = Quand
col-what = Quoi
col-pushed = Transmise
col-action = Action
all-actions = Toutes les actions
col-actor = Auteur
status-accepted = Acceptée
status-pending = En attente
status-none = Sans statut
status-unreadable = Illisible
status-unknown = « { $name } »
guest = invité
simulator = Simulateur
not-pushed = Non transmise
sessions-accepted = Acceptées
sessions-pending = En attente
sessions-other = Autres
sessions-unpushed = Non transmises
count-sessions = { $count ->
    [one] { $count } session
   *[other] { $count } sessions
}
count-pending = { $count } en attente
count-noncompliant = { $count } avec problèmes
count-problems = { $count ->
    [one] { $count } problème
   *[other] { $count } problèmes
}
count-changes = { $count ->
    [one] { $count } modification
   *[other] { $count } modifications
}
count-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
number = { $count }
range = { $from }–{ $to } sur { $total }
pages = Pages
first-page = Première
previous-page = Précédente
next-page = Suivante
yes = oui
no = non

## Ce que l’on peut faire

accept = Accepter
accept-name = Accepter { $name }
accept-all = Tout accepter ({ $count })
accept-these = Accepter ces { $count }
set-pending = Mettre en attente
set-pending-name = Mettre en attente : { $name }
look = Détails
look-name = Détails : { $name }
delete = Supprimer
delete-more = Supprimer…
undo-name = Annuler : { $name }
refresh = Actualiser
search = Rechercher
search-hint = Appareil, e-mail, ID, adresse
save = Enregistrer
show = Afficher
back = Retour

## Vue d’ensemble

waiting-title = { $count ->
    [one] { $count } appareil attend
   *[other] { $count } appareils attendent
}
waiting-oldest = Le premier est arrivé { $name }. Un appareil accepté aura accès après la prochaine transmission.
waiting-caption = Appareils en attente d’acceptation
waiting-all = { $count ->
    [one] L’appareil en attente
   *[other] Les { $count } en attente
}
nobody-waiting = Aucun appareil en attente
nobody-waiting-help = Les appareils à approuver apparaissent ici. Un développeur 4D demande l’approbation avec { $line } dans la méthode base { $method }.
no-apps = Aucune app pour l’instant
no-apps-help = Quand un appareil s’identifie pour la première fois, 4D crée un dossier pour son app dans { $folder }, et l’app apparaît ici.
apps = Apps
all-sessions = Toutes les sessions
latest-changes = Dernières modifications
all-changes = Toutes les modifications
no-changes-yet = Rien n’a encore été modifié ici. Chaque modification y figure avec son auteur et peut être annulée.

## Listes

filters = Filtres
chip-all = Toutes
chip-noncompliant = Avec problèmes
chip-quiet = Inchangées depuis 90 jours
chip-condition = { $key } : { $value }
no-results = Rien ne correspond à ces filtres.
no-sessions-yet = Aucune session pour l’instant. Un appareil qui s’identifie apparaît ici.
clear-filters = Effacer les filtres
select-page = Tout sélectionner sur cette page
select-name = Sélectionner { $name }
with-selected = Pour la sélection :
all-that-match = Sélectionner les { $count } résultats
delete-ask = { $count ->
    [one] Supprimer { $count } session ?
   *[other] Supprimer { $count } sessions ?
}
delete-ask-help = Leurs appareils seront déconnectés dès que 4D relira les fichiers. Les fichiers sont conservés, et la suppression peut être annulée.
delete-count = { $count ->
    [one] Supprimer { $count } session
   *[other] Supprimer { $count } sessions
}
keep-them = Conserver
and-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}
result-title = Modification impossible pour { $failed } sur { $total }
result-changed = { $count ->
    [0] Rien n’a été modifié.
    [one] { $count } session a été modifiée. Les autres sont restées telles quelles.
   *[other] { $count } sessions ont été modifiées. Les autres sont restées telles quelles.
}
back-to-list = Retour à la liste

## Une session

crumbs = Fil d’Ariane
group-device = Appareil et utilisateur
group-app = App
group-file = Fichier
field-model = Modèle
field-system = Système
field-device-id = ID de l’appareil
field-push-token = Notifications push
field-language = Langue
field-app-name = Nom
field-app-version = Version
field-app-id = Bundle ID
field-team-id = Équipe
field-session-id = ID de la session
field-path = Chemin
field-size = Taille
field-modified = Dernière modification
field-first-seen = Première apparition
not-given = non indiqué
document = Document
change = Modifier
field-email = E-mail
field-reason = Motif
field-reason-help = Pour le journal : il y figure avec votre prochaine modification.
optional = (facultatif)
invalid-email = Ce n’est ni une adresse e-mail ni un identifiant. Saisissez de 1 à 254 caractères, sans caractère de contrôle, ou laissez le champ vide pour un invité.
invalid-status = Choisissez l’une de ces valeurs : { $name } n’est pas possible.
invalid-reason = Ce texte compte { $length } caractères, pour un maximum de { $longest } : raccourcissez-le.
history = Historique
no-history = Personne n’a modifié cette session ici.
conflict-title = La session a été modifiée depuis le chargement de cette page
conflict-now = Actuel
conflict-yours = Le vôtre
conflict-wanted = Souhaité
conflict-help = La session ci-dessous est dans son état actuel. Choisissez de nouveau pour appliquer tout de même votre valeur.

## Ce que 4D fait d’un fichier

problems-title = { $count ->
    [one] 4D n’accepte pas ce fichier
   *[other] 4D n’accepte pas ce fichier, pour { $count } raisons
}
problem-effect = Ce que fait 4D
problem-mend = Comment corriger
assumed = supposé
assumed-help = Une supposition. Le schéma de 4D n’est pas public, et 4D considère sans doute comme identiques les noms qui ne diffèrent que par la casse.
code-named = { $title } (erreur { $code })
code-1 = Le fichier n’est pas au bon endroit
    .effect = À la prochaine transmission, 4D retire la session de sa mémoire : l’appareil est déconnecté et doit s’identifier de nouveau.
code-2 = Le fichier n’est pas du JSON bien formé
    .effect = À la prochaine transmission, 4D ne peut pas lire le fichier et retire la session de sa mémoire : l’appareil est déconnecté.
code-3 = Le fichier ne respecte pas le schéma des sessions
    .effect = À la prochaine transmission, 4D refuse probablement le fichier et retire la session de sa mémoire : l’appareil est déconnecté.
code-4 = Le jeton de connexion ne correspond pas au contenu
    .effect = À la prochaine transmission, 4D refuse le fichier et retire la session de sa mémoire : l’appareil est déconnecté.
finding-wrong-folder = Le nom du dossier ne correspond pas à l’ID d’équipe et au bundle ID inscrits dans le fichier.
    .mend = Déplacez le fichier dans le dossier de son app, ou supprimez-le ici : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
finding-wrong-name = Le nom du fichier n’est pas l’ID de session inscrit dans le fichier.
    .mend = Donnez au fichier le nom qui figure sous { $pointer }. Si c’est une copie, supprimez-le.
finding-unreadable = Le système refuse la lecture du fichier : { $text }.
    .mend = Donnez le droit de lire le fichier à l’utilisateur sous lequel ce programme s’exécute.
finding-empty = Le fichier est vide.
    .mend = S’il reste vide, supprimez-le : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
finding-too-large = Le fichier dépasse { $number } octets et n’a pas été lu.
    .mend = Si c’est vraiment une session, démarrez le programme avec une limite plus haute. Sinon, sortez le fichier du dossier.
finding-not-utf8 = Le fichier n’est pas du texte UTF-8 : l’octet { $number } n’y a pas sa place.
    .mend = Enregistrez le fichier en UTF-8, ou supprimez-le : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
finding-not-json = Le fichier n’est pas du JSON : la lecture s’est arrêtée ligne { $number }, colonne { $text }.
    .mend = Regardez cet endroit dans un éditeur de texte : il y manque souvent une virgule, un guillemet ou un crochet. Ou supprimez le fichier.
finding-not-an-object = Le fichier est du JSON, mais pas un objet entre accolades.
    .mend = Supprimez-le : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
finding-missing = La valeur { $pointer } manque.
    .mend = { $field ->
        [status] Acceptez la session ou mettez-la en attente : le statut est alors ajouté.
       *[other] Ajoutez la valeur dans un éditeur de texte, ou supprimez le fichier : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
    }
finding-wrong-type = La valeur { $pointer } n’est pas de type { $text }.
    .mend = { $field ->
        [status] Acceptez la session ou mettez-la en attente.
        [email] Enregistrez une adresse e-mail, éventuellement vide.
       *[other] Corrigez la valeur dans un éditeur de texte, ou supprimez le fichier : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
    }
finding-schema-keyword = La valeur { $pointer } ne respecte pas la règle { $text } du schéma.
    .mend = Corrigez la valeur dans un éditeur de texte.
finding-doubled = La clé { $pointer } figure deux fois. On ne sait pas laquelle des deux 4D lit.
    .mend = Retirez l’une des deux dans un éditeur de texte. D’ici là, rien n’est modifié ici dans ce fichier.
finding-token-unreadable = Le jeton de connexion n’est pas ce que 4D écrit : un objet avec les trois ID, codé en base64.
    .mend = Supprimez la session : l’appareil reçoit un nouveau jeton quand il s’identifie de nouveau.
finding-token-disagrees = Le jeton de connexion indique une autre valeur que celle de { $pointer }.
    .mend = Si { $pointer } a été modifié à la main, remettez l’ancienne valeur. Sinon, supprimez la session : l’appareil reçoit un nouveau jeton quand il s’identifie de nouveau.

## Journal

since = Du
until = Au
newest = Le plus récent
newer = Plus récent
older = Plus ancien
undone = annulée
not-yet = pas encore
overwritten = écrasée
overwritten-help = Le programme s’est arrêté au milieu de cette modification, et le fichier contient maintenant ce que quelqu’un d’autre y a écrit.
action-set_status = Statut
action-set_email = E-mail
action-edit = Statut et e-mail
action-delete = Suppression
action-restore = Restauration
actor-token = le jeton { $name }
actor-rule = la règle { $name }
actor-link = le lien { $name }
actor-cli = la ligne de commande
did-accept = { $actor } a accepté { $device }
did-pending = { $actor } a mis { $device } en attente
did-status = { $actor } a donné à { $device } le statut { $value }
did-no-status = { $actor } a retiré à { $device } son statut
did-email = { $actor } a donné à { $device } l’e-mail { $value }
did-no-email = { $actor } a retiré à { $device } son e-mail
did-edit = { $actor } a modifié le statut et l’e-mail pour { $device }
did-delete = { $actor } a supprimé { $device }
did-restore = { $actor } a restauré { $device }
done-accept = Session acceptée : { $device }.
done-pending = Session mise en attente : { $device }.
done-status = { $device } a maintenant le statut { $value }.
done-no-status = { $device } n’a plus de statut.
done-email = { $device } a maintenant l’e-mail { $value }.
done-no-email = { $device } n’a plus d’e-mail.
done-edit = Statut et e-mail modifiés : { $device }.
done-delete = Session supprimée : { $device }.
done-restore = Session restaurée : { $device }.
done-many = { $count ->
    [one] { $count } session modifiée.
   *[other] { $count } sessions modifiées.
}
done-nothing = Rien n’a été modifié : ces valeurs étaient déjà enregistrées.

## Qui entre

log-in-help = Utilisez le nom et le mot de passe reçus d’un propriétaire de ce panneau.
login-wrong = Nom ou mot de passe incorrect. Rien n’a été modifié ; réessayez.
setup = Bienvenue
setup-help = Créez le premier propriétaire de ce panneau. Ce lien sert une seule fois ; ensuite, vous vous connecterez avec le nom et le mot de passe choisis ici.
setup-submit = Créer le propriétaire et se connecter
field-name = Nom
field-password = Mot de passe
field-password-help = Au moins 12 caractères difficiles à deviner. L’idéal : quelques mots sans rapport entre eux.
invalid-name = Un nom compte de 1 à 64 caractères, tous visibles, sans espace au début ni à la fin.
password-short = Ce mot de passe est trop court : il faut au moins 12 caractères.
password-long = Ce mot de passe est trop long : 1 024 octets au plus.
password-control = Ce mot de passe contient un caractère qu’aucun clavier ne peut saisir. Retirez-le.
password-name = Ce mot de passe n’est guère plus que le nom. Ajoutez quelque chose que personne ne devinerait.
password-common = C’est l’un des mots de passe que tout le monde essaie d’abord. Choisissez-en un autre.
password-run = Ce mot de passe est une suite ou une répétition, vite devinée. Choisissez-en un autre.
too-many-tries = Trop de mots de passe incorrects. Le vôtre n’a pas été vérifié cette fois : attendez { $name }, puis réessayez.
wait-seconds = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}
wait-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}

## Personnes et programmes

nav-account = Votre compte
nav-users = Utilisateurs
nav-tokens = Jetons d’API
nav-access-log = Journal des accès
nav-rules = Règles
role-name-viewer = Lecteur
role-name-operator = Opérateur
role-name-owner = Propriétaire
field-role = Rôle
field-apps = Apps
field-current-password = Mot de passe actuel
field-new-password = Nouveau mot de passe
apps-all = toutes les apps
apps-help = ID d’apps, un par ligne ; { "*" } remplace n’importe quels caractères, { "?" } un seul. Vide : toutes les apps.
apps-help-held = ID d’apps, un par ligne ; { "*" } remplace n’importe quels caractères, { "?" } un seul. Vide : toutes celles que vous pouvez voir ({ $name }).
invalid-role = Choisissez l’un des rôles.
invalid-apps = L’une de ces lignes n’est pas un ID d’app : chacune compte de 1 à 255 caractères, tous visibles, et il y a 100 lignes au plus.
never = jamais
never-expires = jamais
you = vous
copy = Copier
copied = Copié
col-browser = Navigateur
col-last-use = Dernière utilisation
col-logged-in = Connexion
col-last-login = Dernière connexion
col-state = État
col-made = Création
col-expires = Expiration
col-made-by = Auteur
col-given = Droits
device-on = { $browser } sur { $system }
device-unknown-on = Navigateur inconnu sur { $name }
device-unknown = Navigateur inconnu

own-password = Votre mot de passe
own-password-submit = Changer le mot de passe
own-password-effect = Votre connexion actuelle reste ouverte ; les autres prennent fin.
wrong-current-password = Ce n’est pas votre mot de passe. Rien n’a été modifié.
logins = Vos connexions ouvertes
this-one = celle-ci
log-out-elsewhere = Se déconnecter partout ailleurs
no-login-elsewhere = Vous n’avez aucune autre connexion ouverte.
told-own-password = Votre mot de passe a été changé. Vos autres connexions ont pris fin.
told-elsewhere = Vos autres connexions ont pris fin.

count-users = { $count ->
    [one] { $count } utilisateur
   *[other] { $count } utilisateurs
}
user-new = Nouvel utilisateur
user-create = Créer l’utilisateur
password-or-made-up = Au moins 12 caractères, difficiles à deviner. Si le champ reste vide, un mot de passe est généré et affiché une seule fois.
password-of-new = { $name } : compte créé
password-of-known = { $name } : nouveau mot de passe
password-once = Ce mot de passe ne s’affiche que cette fois. Copiez-le maintenant et transmettez-le par une voie sûre. Cette personne devra choisir le sien à sa première connexion.
secret-kept = Je l’ai copié
user-rights = Droits de cet utilisateur
user-rights-effect = Changer le rôle ou les apps met fin aux connexions de cet utilisateur : il se reconnecte avec ses nouveaux droits.
user-new-password = Nouveau mot de passe
user-new-password-submit = Définir le mot de passe
user-new-password-effect = Les connexions de l’utilisateur prennent fin. Si ce mot de passe est généré, il devra choisir le sien à sa prochaine connexion.
user-own-password = Changez votre propre mot de passe dans votre compte.
user-out = Retirer l’accès
user-is-disabled = désactivé
user-is-enabled = actif
user-disable = Désactiver
user-disable-effect = L’accès cesse aussitôt : ses connexions prennent fin, et les jetons qu’il a créés sont refusés jusqu’à sa réactivation.
user-enable = Réactiver
user-enable-effect = Cet utilisateur peut se reconnecter, et les jetons qu’il a créés fonctionnent de nouveau.
user-delete = Supprimer cet utilisateur
user-delete-effect = L’accès cesse aussitôt et définitivement, et les jetons qu’il a créés disparaissent avec lui. Ses modifications gardent son nom.
user-delete-ask = Supprimer { $name } ?
user-delete-ask-help = Ses connexions prennent fin aussitôt, de même que les jetons qu’il a créés. C’est irréversible ; pour un retrait temporaire, désactivez plutôt cet utilisateur.
user-delete-ask-myself = C’est vous. Votre connexion prend fin aussitôt, et les jetons que vous avez créés disparaissent. C’est irréversible.
user-delete-tokens = Ces jetons disparaissent aussi :
user-keep = Conserver cet utilisateur
last-owner = C’est le dernier propriétaire. Son rôle pourra changer quand quelqu’un d’autre sera propriétaire.
last-owner-stays = Le dernier propriétaire ne peut être ni désactivé ni supprimé : plus personne ne pourrait donner d’accès. Nommez d’abord un autre propriétaire.
last-owner-refused = Rien n’a été modifié : c’est le dernier propriétaire, et sans lui personne ne pourrait donner d’accès. Nommez d’abord un autre propriétaire.
told-user-created = L’utilisateur a été créé et peut se connecter.
told-user-changed = Les droits de l’utilisateur ont été modifiés.
told-user-password = L’utilisateur a un nouveau mot de passe. Ses connexions ont pris fin.
told-user-disabled = L’utilisateur a été désactivé. Ses connexions ont pris fin, et ses jetons sont refusés.
told-user-enabled = L’utilisateur peut se reconnecter.
told-user-deleted = L’utilisateur a été supprimé, avec ses connexions et ses jetons.

count-tokens = { $count ->
    [one] { $count } jeton
   *[other] { $count } jetons
}
no-tokens = Un jeton permet à un programme d’utiliser l’API à la place d’une personne. Il n’y en a pas encore.
token-new = Nouveau jeton
token-create = Créer le jeton
token-create-help = Son secret s’affiche une seule fois, sur la page suivante. Le jeton n’a jamais plus de droits que vous.
token-reads-secrets = lit les secrets
field-secrets = Peut lire les secrets
field-secrets-help = Les jetons des appareils eux-mêmes et les fichiers de session entiers. À réserver aux programmes qui en ont besoin.
life-days = { $count ->
    [one] dans { $count } jour
   *[other] dans { $count } jours
}
life-never = jamais : il fonctionne jusqu’à sa révocation
invalid-life = Choisissez l’une de ces durées.
maker-cli = la ligne de commande
maker-unseen = un propriétaire d’autres apps
token-soon = bientôt
token-over = expiré
token-revoke = Révoquer ce jeton
token-revoke-more = Révoquer…
token-revoke-name = Révoquer { $name }
token-revoke-ask = Révoquer { $name } ?
token-revoke-ask-used = Les programmes qui l’utilisent sont aussitôt refusés, et c’est irréversible. Dernière utilisation : { $name }.
token-revoke-ask-unused = Les programmes qui l’utilisent sont aussitôt refusés, et c’est irréversible. Il n’a jamais servi.
token-keep = Conserver ce jeton
token-made = Jeton { $name } créé
token-once = Ce secret ne s’affiche que cette fois. Copiez-le maintenant là où le programme le trouvera : quiconque le possède peut faire ce que le jeton permet.
token-secret = Secret
token-try = Essayer
token-ends = Le jeton { $token } expire le { $date }.
tokens-end = { $number } jetons expirent d’ici 14 jours, le premier étant { $token }, le { $date }.
token-ends-todo = Créez-en de nouveaux à temps
told-token-revoked = Le jeton a été révoqué.

count-rules = { $count ->
    [0] aucune règle
    [one] { $count } règle
   *[other] { $count } règles
}
rules-claims = E-mail, appareil, système, version, langue et adresse sont ce que l’appareil a déclaré à 4D. Une règle qui s’y fie suppose que votre méthode On Mobile App Authentication les a vérifiés.
rule-new = Nouvelle règle
rule-create = Créer la règle
rule-order = Ordre
rule-known-help = Un appareil est connu quand une autre session de la même app est actuellement acceptée pour lui.
rule-expires = Expire le
rule-note = Note
rule-note-help = La raison d’être de cette règle. La note figure dans le journal comme motif.
rule-enabled = Activée
rule-is-enabled = activée
rule-is-disabled = désactivée
rule-enable = Activer
rule-disable = Désactiver
rule-enable-name = Activer { $name }
rule-disable-name = Désactiver { $name }
rule-over = expirée
rule-preview = Aperçu
rule-preview-found = { $count ->
    [0] Aucun appareil actuellement en attente ne correspond
    [one] { $count } appareil actuellement en attente correspond
   *[other] { $count } appareils actuellement en attente correspondent
}
rule-preview-more = { $count ->
    [one] Et { $count } autre.
   *[other] Et { $count } autres.
}
rule-preview-accept = Pour les accepter maintenant, passez par la liste des sessions.
rule-delete = Supprimer cette règle
rule-delete-ask = Supprimer { $name } ?
rule-delete-help = Les appareils qu’elle a acceptés le restent. C’est irréversible ; vous pouvez aussi désactiver la règle.
rule-keep = Conserver cette règle
invalid-list = L’une de ces lignes dépasse 255 caractères ou en contient un invisible, ou il y a plus de 100 lignes.
invalid-networks = L’une de ces lignes n’est ni un réseau ni une adresse. Écrivez-les sous la forme 10.0.0.0/8, fd00::/8 ou 192.0.2.1.
invalid-day = Ce n’est pas une date. Écrivez-la sous la forme 2026-12-31, ou laissez le champ vide.
invalid-filter = Cette liste ne connaît pas cette valeur. Indiquez-en une autre, ou laissez le champ vide.
told-rule-created = La règle a été créée. Elle agit sur les appareils qui arrivent à partir de maintenant.
told-rule-changed = La règle a été modifiée. Elle agit sur les appareils qui arrivent à partir de maintenant.
told-rule-enabled = La règle a été activée. Elle agit sur les appareils qui arrivent à partir de maintenant.
told-rule-disabled = La règle a été désactivée.
told-rule-deleted = La règle a été supprimée.

link-make = Lien d’approbation
link-make-help = Un lien à envoyer par e-mail ou messagerie : quiconque l’ouvre peut accepter cet appareil, une fois, sans se connecter.
link-life = Valable pendant
link-make-submit = Créer un lien d’approbation
life-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
link-life-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
link-made = Lien pour { $name }
link-once = Ce lien ne s’affiche que cette fois. Quiconque le possède peut accepter cet appareil, une fois, jusqu’au { $name }. Il expire plus tôt si vous perdez le droit d’accepter des appareils.
link-address = Lien
link-kept = J’ai le lien
link-waiting = Accepter cet appareil ?
link-waiting-help = Cet appareil demande l’accès. Ne l’acceptez que si vous savez à qui il appartient.
link-claims = Appareil, app et e-mail sont ce que l’appareil déclare de lui-même. Le lien sert une seule fois.
link-accepted = L’appareil est accepté
link-accepted-help = Il pourra utiliser l’app dès que 4D aura lu la modification.
link-already-in = L’appareil est déjà accepté
link-already-in-help = Quelqu’un l’a accepté avant vous. Rien n’a été modifié, et il n’y a rien à faire.
link-not-waiting = Cet appareil n’attend pas
link-not-waiting-help = Son statut n’est ni « en attente » ni « acceptée » : rien n’a donc été modifié. Demandez à la personne qui vous a envoyé le lien.
link-used = Ce lien a déjà servi
link-used-help = Il ne sert qu’une fois et a été utilisé { $name }. Demandez-en un nouveau si un autre appareil attend.
link-expired = Ce lien a expiré
link-expired-help = Il a expiré { $name }. Rien n’a été modifié. Demandez-en un nouveau.
link-gone = Cet appareil n’est plus là
link-gone-help = Sa session a été supprimée : il n’y a plus rien à accepter. Rien n’a été modifié.
link-revoked = Ce lien ne fonctionne plus
link-revoked-help = Quelqu’un l’a révoqué, ou la personne qui l’a créé ne peut plus accepter d’appareils. Rien n’a été modifié. Demandez un nouveau lien.
link-unknown = Ce lien n’existe pas
link-unknown-help = Il a peut-être été coupé dans l’e-mail. Copiez l’adresse entière, ou demandez un nouveau lien.
link-wait = Trop de liens incorrects
link-later = Cela n’a pas fonctionné cette fois
link-folder-away = Le dossier des sessions est injoignable pour l’instant. Rien n’a été modifié, et le lien reste valable : réessayez dans un instant.
link-failed = Rien n’a été modifié, et le lien reste valable : réessayez dans un instant. Si cela persiste, prévenez la personne qui vous a envoyé le lien.

count-entries = { $count ->
    [one] { $count } entrée
   *[other] { $count } entrées
}
given-no-end = sans échéance
given-until = jusqu’au { $name }
access-login = Connexion : { $actor }
access-login_failed = Mot de passe incorrect saisi pour { $actor }
access-login_failed-nobody = Tentative de connexion avec un nom inconnu
access-logout = Déconnexion : { $actor }
access-logout_elsewhere = Déconnexion partout ailleurs : { $actor }
access-password_changed = { $actor } a donné un nouveau mot de passe à { $subject }
access-password_changed-own = { $actor } a changé son propre mot de passe
access-user_created = { $actor } a créé l’utilisateur { $subject }
access-user_created-own = Création du premier propriétaire : { $actor }
access-user_changed = { $actor } a modifié les droits de l’utilisateur { $subject }
access-user_deleted = { $actor } a supprimé l’utilisateur { $subject }
access-token_created = { $actor } a créé le jeton { $subject }
access-token_revoked = { $actor } a révoqué le jeton { $subject }
access-rule_created = { $actor } a créé la règle { $subject }
access-rule_changed = { $actor } a modifié la règle { $subject }
access-rule_deleted = { $actor } a supprimé la règle { $subject }
access-link_created = { $actor } a créé un lien d’approbation pour { $subject }
access-action-login = Connexion
access-action-login_failed = Connexion échouée
access-action-logout = Déconnexion
access-action-logout_elsewhere = Déconnexion partout ailleurs
access-action-password_changed = Nouveau mot de passe
access-action-user_created = Utilisateur créé
access-action-user_changed = Utilisateur modifié
access-action-user_deleted = Utilisateur supprimé
access-action-token_created = Jeton créé
access-action-token_revoked = Jeton révoqué
access-webhook_created = { $actor } a créé le webhook { $subject }
access-webhook_changed = { $actor } a modifié le webhook { $subject }
access-webhook_secret_rotated = { $actor } a donné un nouveau secret au webhook { $subject }
access-webhook_deleted = { $actor } a supprimé le webhook { $subject }
access-action-webhook_created = Webhook créé
access-action-webhook_changed = Webhook modifié
access-action-webhook_secret_rotated = Nouveau secret de webhook
access-action-webhook_deleted = Webhook supprimé

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] { $count } webhook
   *[other] { $count } webhooks
}
no-webhooks = Un webhook prévient un autre programme de ce qui se passe ici : un appareil en attente, une modification, une transmission. Il n’y en a pas encore.
webhook-new = Nouveau webhook
webhook-create = Créer le webhook
webhook-create-help = Son secret s’affiche une seule fois, sur la page suivante. Il permet au destinataire de vérifier qu’une requête vient d’ici.
field-url = Adresse
field-url-help = http ou https, y compris dans votre propre réseau. Chaque événement y est envoyé en POST.
invalid-url = Ce n’est pas une adresse. Écrivez-la sous la forme https://hooks.example/path.
invalid-url-scheme = L’adresse doit commencer par https:// ou http://.
invalid-url-user = L’adresse ne doit contenir ni nom d’utilisateur ni mot de passe : la signature prouve qui envoie.
invalid-url-fragment = Retirez la partie après le # : elle n’est jamais envoyée.
col-events = Événements
col-to = Destination
col-last-delivery = Dernier événement
col-attempts = Tentatives
col-answer = Réponse
col-next-attempt = Prochaine tentative
events-all = tous les événements
events-help = Rien de coché : tous les événements.
event-session-created = Une session apparaît
event-session-changed = Une session change
event-session-deleted = Une session disparaît
event-app-created = Une app apparaît
event-app-deleted = Une app disparaît
event-folder-unavailable = Le dossier MobileApps est illisible
event-folder-available = Le dossier MobileApps est de retour
event-push-completed = Une transmission est terminée
webhook-is-on = actif
webhook-is-off = désactivé
webhook-fails = actif, mais en échec
webhook-off = Le webhook { $webhook } est désactivé : son destinataire n’acceptait plus les événements.
webhooks-off = { $number } webhooks n’envoient rien.
webhooks-off-todo = Voir les webhooks
webhook-off-failing = Il a été désactivé : pendant trois jours, le destinataire n’a rien accepté. Les événements en attente sont conservés. Réparez le destinataire, envoyez un test, puis réactivez le webhook.
webhook-off-gone = Il a été désactivé : le destinataire a répondu 410, c’est-à-dire qu’il ne veut plus rien recevoir. Les événements en attente sont conservés. Supprimez le webhook, ou réactivez-le.
webhook-failing-since = En échec depuis
webhook-queued = Événements en attente
webhook-both-until = Ancien secret valable jusqu’au
webhook-more = Autres actions
webhook-test = Envoyer un test
webhook-test-effect = Un événement de type « test » part maintenant, même si le webhook est désactivé. Il n’est pas renvoyé en cas d’échec.
webhook-tested = Le destinataire a accepté le test : il a répondu { $status } en { $count } ms.
webhook-tested-failed = Le destinataire n’a pas accepté le test. { $name }
webhook-switch-off = Désactiver
webhook-switch-off-effect = Plus rien n’est envoyé. Les événements en attente sont conservés ; ce qui se passe jusqu’à la réactivation ne sera jamais envoyé.
webhook-switch-on = Réactiver
webhook-switch-on-effect = Les événements en attente sont envoyés aussitôt.
webhook-rotate = Nouveau secret
webhook-rotate-effect = L’ancien secret reste valable 24 heures, et les deux signent jusque-là : mettez le destinataire à jour entre-temps.
webhook-delete = Supprimer ce webhook
webhook-delete-effect = Les événements encore à envoyer disparaissent avec lui.
webhook-delete-ask = Supprimer { $name } ?
webhook-delete-ask-help = { $count ->
    [0] Son destinataire ne reçoit plus rien. C’est irréversible ; pour une pause, désactivez-le plutôt.
    [one] { $count } événement encore à envoyer disparaît avec lui. C’est irréversible ; pour une pause, désactivez-le plutôt.
   *[other] { $count } événements encore à envoyer disparaissent avec lui. C’est irréversible ; pour une pause, désactivez-le plutôt.
}
webhook-keep = Conserver ce webhook
webhook-made = Webhook { $name } créé
webhook-rotated = { $name } a un nouveau secret
webhook-once = Ce secret ne s’affiche que cette fois. Copiez-le maintenant là où le destinataire le trouvera : quiconque le possède peut envoyer des requêtes qui semblent venir d’ici.
webhook-check = Pour vérifier les signatures, par exemple en Python
deliveries = Envois
no-deliveries = Aucun envoi pour l’instant. Les prochains événements apparaîtront ici.
delivery-pending = en attente
delivery-delivered = remis
delivery-failed = abandonné
delivery-retry = Renvoyer
delivery-retry-name = Renvoyer : { $name }
failure-timed-out = Le destinataire n’a pas répondu à temps.
failure-unreachable = Le destinataire est injoignable : { $name }.
failure-tls = Pas de connexion sécurisée avec le destinataire : { $name }.
failure-broken = La connexion s’est rompue avant la réponse : { $name }.
failure-redirect = Le destinataire a répondu { $name } : les redirections ne sont pas suivies. Indiquez l’adresse finale.
failure-status = Le destinataire a répondu { $name }.
failure-gone = Le destinataire a répondu 410 : il ne veut plus rien recevoir.
told-webhook-changed = Le webhook a été modifié.
told-webhook-on = Le webhook est actif.
told-webhook-off = Le webhook a été désactivé. Les événements en attente sont conservés.
told-webhook-deleted = Le webhook a été supprimé.
told-delivery-retried = Renvoi en cours.
access-action-rule_created = Règle créée
access-action-rule_changed = Règle modifiée
access-action-rule_deleted = Règle supprimée
access-action-link_created = Lien d’approbation créé

## Ce que les programmes apprennent d’un problème

problem-status = Statut HTTP { $name }
to-panel = Aller au panneau

## Dates et heures

date = { $day } { $month } { $year }
date-time = { $date } à { $time } { $zone }
day-1 = 1er
month-1 = janv.
month-2 = févr.
month-3 = mars
month-4 = avr.
month-5 = mai
month-6 = juin
month-7 = juil.
month-8 = août
month-9 = sept.
month-10 = oct.
month-11 = nov.
month-12 = déc.
ago-seconds = { $count ->
    [0] à l’instant
   *[other] { $count } s
}
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
past-seconds = { $count ->
    [0] à l’instant
   *[other] il y a { $count } s
}
past-minutes = il y a { $count } min
past-hours = il y a { $count } h
past-days = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}
past-date = le { $name }

## Erreurs : ce qui s’est passé (.what), ce qui a été conservé (.kept), que faire (.todo)

error-invalid-query = Cette adresse n’est pas reconnue
    .what = Elle contient un élément que cette liste ne connaît pas : { $detail }.
    .todo = Affichez la liste sans filtres, puis refaites votre choix.
error-malformed-body = Le formulaire n’a pas pu être lu
    .what = Ce que votre navigateur a envoyé était incomplet ou contenait un élément en double.
    .kept = Rien n’a été modifié.
    .todo = Revenez en arrière et renvoyez-le.
error-invalid-value = Une valeur ne convient pas
    .what = Ce qui a été envoyé contient une valeur qui ne peut pas être acceptée.
    .kept = Rien n’a été modifié.
    .todo = Revenez en arrière et choisissez une autre valeur.
error-unauthenticated = Connexion requise
    .what = Votre connexion a pris fin.
    .todo = Connectez-vous et réessayez.
error-forbidden = Vous n’avez pas le droit de faire cela
    .kept = Rien n’a été modifié.
    .todo = Demandez un autre rôle à un propriétaire de ce panneau.
error-cross-origin = Le formulaire venait d’ailleurs
    .what = Il n’a pas été envoyé depuis une page de votre connexion.
    .kept = Rien n’a été modifié.
    .todo = Rechargez la page et recommencez.
error-unknown-host = Ce panneau porte un autre nom
    .what = Il ne répond pas sous le nom d’hôte de cette adresse.
    .todo = Utilisez l’adresse que l’on vous a donnée, ou demandez à la personne qui gère ce programme d’ajouter ce nom avec --host.
error-not-found = Introuvable
    .what = Ce que vous cherchez n’est pas ici, ou vous n’avez pas le droit de le voir.
    .todo = L’élément a peut-être été supprimé : consultez les modifications. Vérifiez l’adresse si vous l’avez saisie.
error-method-not-allowed = Cette adresse ne le permet pas
    .what = Elle n’accepte pas { $detail }.
    .todo = Repartez de la vue d’ensemble.
error-already-there = Un fichier de ce nom existe de nouveau
    .what = L’appareil a créé une nouvelle session entre-temps.
    .kept = Le nouveau fichier a été conservé ; l’ancien est gardé à part.
    .todo = Pour restaurer l’ancienne session, supprimez d’abord la nouvelle.
error-changed-since = Valeur modifiée depuis
    .what = La valeur n’est plus celle que cette modification avait définie : quelqu’un l’a changée ensuite.
    .kept = La valeur la plus récente a été conservée.
    .todo = Ouvrez la session pour définir la valeur que vous voulez.
error-already-undone = Déjà annulée
    .what = Quelqu’un a annulé cette modification avant vous.
    .kept = Rien n’a été modifié cette fois.
    .todo = Annulez l’annulation pour retrouver la modification.
error-not-kept = N’est plus conservé
    .what = Ce que cette modification a retiré n’est conservé qu’un temps, désormais écoulé.
    .kept = Rien n’a été modifié.
    .todo = L’appareil crée une nouvelle session quand il s’identifie de nouveau.
error-owner-cannot-be-kept = Le propriétaire ou les droits du fichier ne peuvent pas être conservés
    .what = Le fichier appartient à { $detail }, et non à l’utilisateur sous lequel ce programme s’exécute.
    .kept = Rien n’a été écrit.
    .todo = Demandez à la personne qui gère ce programme de l’exécuter sous cet utilisateur.
error-not-writable = Le fichier n’est pas accessible en écriture
    .what = Le système refuse : { $detail }.
    .kept = Rien n’a été modifié.
    .todo = Demandez à la personne qui gère ce programme de donner à son utilisateur le droit d’écrire dans le dossier.
error-push-not-configured = Pas de connexion à 4D
    .what = Aucune n’est configurée : rien n’a donc été transmis.
    .kept = Toutes les modifications sont dans les fichiers.
    .todo = Exécutez MOBILE APP REFRESH SESSIONS dans 4D pour qu’elles prennent effet.
error-push-would-drop-sessions = 4D écarterait des sessions
    .todo = Consultez la page « Transmission à 4D » : elle indique les fichiers et le problème de chacun.
error-push-failed = 4D n’a pas accepté la transmission
    .kept = Tout reste non transmis.
error-conflict = Impossible pour le moment
    .kept = Rien n’a été modifié.
    .todo = Vérifiez, puis décidez de nouveau.
error-idempotency-running = Opération encore en cours
    .what = La même requête a déjà été envoyée et n’est pas terminée.
    .todo = Attendez un instant, puis vérifiez.
error-precondition-failed = Modifiée depuis le chargement de la page
    .what = Quelqu’un a modifié la session entre-temps.
    .kept = Votre modification n’a pas été enregistrée.
    .todo = Rechargez la page, puis décidez de nouveau.
error-too-large = Trop de données à la fois
    .what = Ce qui a été envoyé est plus grand que ce que ce panneau accepte.
    .kept = Rien n’a été modifié.
    .todo = Envoyez-en moins à la fois : dans une liste, réduisez la sélection, ou filtrez et sélectionnez tous les résultats.
error-unsupported-media-type = Le formulaire n’a pas pu être lu
    .what = Votre navigateur a envoyé quelque chose d’un type que ce panneau n’accepte pas.
    .kept = Rien n’a été modifié.
    .todo = Revenez en arrière et renvoyez-le.
error-duplicate-keys = Une clé figure deux fois dans ce fichier
    .what = C’est { $detail }. On ne sait pas laquelle des deux 4D lit.
    .kept = Rien n’a été écrit.
    .todo = Retirez l’une des deux dans un éditeur de texte.
error-not-an-object = Rien ne peut être modifié dans ce fichier
    .what = Ce n’est pas un objet JSON.
    .kept = Le fichier est resté tel quel.
    .todo = Il peut être supprimé : l’appareil crée une nouvelle session quand il s’identifie de nouveau.
error-idempotency-mismatch = Déjà envoyé
    .what = La même requête a déjà été envoyée avec un autre contenu.
    .kept = Rien n’a été modifié.
error-too-many-requests = Trop de requêtes
    .what = Ce panneau n’en accepte qu’un certain nombre à la fois d’un même endroit.
    .todo = Réessayez dans { $detail } s.
error-internal = Erreur dans ce programme
    .what = Ce que vous avez demandé n’a pas pu aboutir.
    .todo = Réessayez. Si cela persiste, donnez la ligne ci-dessous à la personne qui gère ce programme : le journal du programme en dit plus.
error-folder-unavailable = Le dossier MobileApps est indisponible
    .what = Message du système : { $detail }.
    .kept = Les sessions sont masquées jusqu’à ce que le dossier soit de nouveau lisible. Le journal reste lisible.
    .todo = Vérifiez le disque ou le partage réseau. Le dossier est vérifié chaque seconde ; cette page se rétablit d’elle-même avec lui.
error-store-unavailable = La base de données du programme n’est pas accessible en écriture
    .what = Message du système : { $detail }.
    .kept = Rien n’a été modifié.
    .todo = Vérifiez le disque et les droits du dossier de données.
error-no-space = Plus d’espace sur le disque
    .what = Il n’y avait pas assez de place pour la modification.
    .kept = Rien n’a été modifié.
    .todo = Libérez de l’espace, puis réessayez.

## Transmission

nav-push = Transmission à 4D
push-now = Transmettre maintenant
push-nothing = Rien à transmettre.
push-auto = { $count ->
    [one] La transmission automatique est activée : une modification part aussitôt, les suivantes { $count } seconde après la dernière.
   *[other] La transmission automatique est activée : une modification part aussitôt, les suivantes { $count } secondes après la dernière.
}
push-stand-in = Ceci est une démonstration : c’est un substitut qui répond, et non 4D. Comme 4D, il garde les sessions en mémoire.
push-not-connected = 4D garde les sessions en mémoire : une modification faite ici prend effet pour les appareils quand il exécute MOBILE APP REFRESH SESSIONS. Une fois 4D connecté, vous pourrez le lui demander d’ici.
push-refresh = { $count ->
    [one] { $count } session a été modifiée ici
   *[other] { $count } sessions ont été modifiées ici
}
    .help = 4D reprend le nouveau statut et le nouvel e-mail des appareils qu’il connaît.
push-remove = { $count ->
    [one] { $count } session a été supprimée ici
   *[other] { $count } sessions ont été supprimées ici
}
    .help = 4D les oublie : leurs appareils sont déconnectés.
push-outside = { $count ->
    [one] { $count } session a été modifiée par quelqu’un d’autre
   *[other] { $count } sessions ont été modifiées par quelqu’un d’autre
}
    .help = Par 4D lui-même, ou par une modification directe des fichiers. 4D les relit aussi.
push-dropped-help = 4D n’accepte pas ces fichiers. Leurs utilisateurs doivent s’identifier de nouveau.
push-allow = Transmettre quand même : ces appareils seront déconnectés
push-refused = Rien n’a été transmis. Corrigez ou supprimez ces fichiers, ou cochez la case si leurs appareils peuvent être déconnectés.
push-refused-others = Rien n’a été transmis : 4D écarterait aussi des sessions d’autres apps. Demandez la transmission à quelqu’un qui peut voir toutes les apps.
push-last = Dernière transmission
push-last-by = { $ago }, par { $actor }
push-ended-ok = 4D a tout lu
push-ended-errors = 4D n’a pas accepté certains fichiers et a lu le reste
push-ended-failed = Échec
push-failed-kept = Tout reste non transmis.
push-error = { $component } { $number }
connect = Connecter 4D
connect-address = Adresse où 4D est interrogé :
connect-test = Tester la connexion
connect-test-help = Demande une réponse à 4D et ne modifie rien.
connect-how = Comment connecter 4D
connect-secret-help = Choisissez un long secret, composé de lettres et de chiffres. Écrivez-le, seul sur une ligne, dans un fichier { $file } à côté du fichier de données de 4D.
connect-code-help = Ajoutez ce code au projet. Le secret n’y figure pas : le code le lit dans ce fichier.
connect-new = 4D 20 R8 et versions suivantes
connect-new-help = Si le projet a déjà un fichier HTTPHandlers.json, ajoutez-y l’entrée. Les sessions évolutives doivent être activées dans les propriétés, page Web, onglet Options : sans elles, 4D ne lit pas ce fichier.
connect-old = 4D 18 à 20 R7
connect-old-help = Faites commencer la méthode base On Web Connection comme ci-dessous ; son contenu actuel va sous Else. Ajoutez les deux méthodes. S’il existe une méthode base On Web Authentication, faites-lui accepter cette adresse.
connect-start-help = Démarrez ce programme avec l’adresse et un fichier qui contient le même secret. Sur une même machine, ce peut être le même fichier.
connect-end-help = Redémarrez le serveur web de 4D, pour qu’il relise ses gestionnaires. Puis testez la connexion ici.
download = Télécharger
told-pushed = Transmis : 4D a lu les modifications.
told-pushed-errors = Transmis. 4D n’a pas accepté certains fichiers : voir ci-dessous.
told-push-tested = 4D répond et connaît le secret. Rien n’a été modifié.

### Les règles en phrases, et le formulaire qui les compose.

rules-help = Une règle agit d’elle-même : elle accepte ou refuse des appareils, ou supprime des sessions. Sans durée d’attente, elle ne s’applique qu’aux nouvelles demandes, jamais à un appareil déjà en attente ou que quelqu’un a mis en attente. La première règle qui correspond s’applique. Chaque modification figure dans le journal et peut être annulée.
rule-paused = Elle ne fait rien : l’utilisateur ou le jeton dont elle a les droits n’existe plus, est désactivé ou n’est plus propriétaire. Enregistrez la règle pour la reprendre à votre compte.
rule-action-accept = Accepter
rule-action-decline = Refuser
rule-action-delete = Supprimer
rule-does = Action à effectuer
rule-says = Définition
rule-says-accept = Accepter si { $name }
rule-says-accept-all = Accepter tous les appareils
rule-says-decline = Refuser si { $name }
rule-says-decline-all = Refuser tous les appareils
rule-says-delete = Supprimer si { $name }, au plus { $most } par passage
rule-and = { $a } et { $b }
rule-or = { $a } ou { $b }
rule-no-email = vide
rule-if-apps = l’app est { $name }
rule-if-emails = l’e-mail est { $name }
rule-if-os = le système est { $name }
rule-if-versions = la version de l’app est { $name }
rule-if-languages = la langue est { $name }
rule-if-networks = l’adresse est dans { $name }
rule-if-simulator = c’est un simulateur
rule-if-no-simulator = ce n’est pas un simulateur
rule-if-jailbroken = l’appareil est débridé
rule-if-no-jailbroken = l’appareil n’est pas débridé
rule-if-known = l’appareil est connu
rule-if-unknown = l’appareil n’est pas connu
rule-if-declined = la session a été refusée
rule-if-waiting = la session attend depuis au moins { $name }
rule-if-quiet = la session est inchangée depuis au moins { $name }
rule-span-d = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
rule-span-h = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
rule-span-m = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
rule-span-s = { $count ->
    [one] { $count } seconde
   *[other] { $count } secondes
}

## Le formulaire

rule-conditions = Conditions
rule-condition = Condition n° { $count }
rule-condition-values = Valeurs de la condition n° { $count }
rule-condition-remove = Retirer la condition n° { $count }
rule-condition-add = Ajouter une condition
rule-conditions-help = Toutes les conditions doivent être remplies. Si plusieurs portent sur le même élément, une seule suffit. Saisissez une valeur par ligne ; { "*" } remplace n’importe quels caractères, comme dans { "*" }@example.com. Sans condition, la règle s’applique à tous les appareils.
rule-field-unset = Choisir…
rule-field-emails = L’e-mail est
rule-field-no-email = L’e-mail est vide
rule-field-os = Le système est
rule-field-versions = La version de l’app est
rule-field-languages = La langue est
rule-field-networks = L’adresse est dans
rule-field-simulator = C’est un simulateur
rule-field-no-simulator = Ce n’est pas un simulateur
rule-field-jailbroken = L’appareil est débridé
rule-field-no-jailbroken = L’appareil n’est pas débridé
rule-field-known = L’appareil est connu
rule-field-unknown = L’appareil n’est pas connu
rule-field-declined = La session a été refusée
rule-field-missing = Choisissez sur quoi portent ces valeurs.
rule-value-missing = Saisissez au moins une valeur, ou retirez cette condition.
rule-declined-already = Une session refusée ne peut pas être refusée de nouveau.
rule-quiet-for = Inchangée depuis au moins
rule-waiting-for = En attente depuis au moins
rule-unit = Unité
rule-unit-d = jours
rule-unit-h = heures
rule-unit-m = minutes
rule-unit-s = secondes
rule-span-missing = Une règle qui supprime exige une durée : session inchangée ou en attente depuis au moins une heure.
rule-span-short = Une règle ne supprime rien avant une heure. Indiquez au moins 1 heure.
invalid-span = Indiquez un nombre entier à partir de 1 ; la durée maximale est de 100 ans.
rule-at-most = Maximum par passage
rule-at-most-help = Le reste suit au passage suivant. Chaque passage s’annule en une fois.
invalid-at-most = Indiquez un nombre entier de 1 à 10 000.
rule-preview-help = L’aperçu montre sur quoi la règle agirait maintenant. Rien n’est enregistré ni modifié.
rule-preview-kept = Ceci est un aperçu. Rien n’a été enregistré ni modifié.
rule-preview-deletes = { $count ->
    [0] Aucune session ne serait supprimée maintenant
    [one] { $count } session serait supprimée maintenant
   *[other] { $count } sessions seraient supprimées maintenant
}
rule-switch-on = Activer et supprimer
rule-switch-on-help = Une fois activée, la règle agit aussitôt et supprime ce que vous voyez ici, sans jamais dépasser son maximum par passage. Chaque passage peut être annulé dans « Modifications ».
rule-recounted = Le nombre de sessions que la règle supprimerait a changé entre-temps. Vérifiez-les de nouveau.

## La liste

rule-try = Vérifier et activer
rule-move-up = Déplacer { $name } vers le haut
rule-move-down = Déplacer { $name } vers le bas
told-rule-off = La règle a été enregistrée, mais n’est pas activée. Vérifiez ce qu’elle supprimerait, puis activez-la.
told-rule-timed = La règle a été enregistrée. Elle agit dès qu’une session est en attente, ou inchangée, depuis assez longtemps.
told-rule-moved = La règle a été déplacée.

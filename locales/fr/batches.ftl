### Lots arrêtés, et ce qui s’oppose à un lot.

batch-stop = Arrêter
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Arrêté : { $changed } sur { $total } modifiées
error-batch-stopped = Non modifiée : le lot a été arrêté
    .what = Le lot a été arrêté, ou son auteur a perdu le droit de le lancer, avant le tour de cette session.
error-total-differs = Le nombre de sessions trouvées a changé
    .what = Les sessions trouvées sont plus ou moins nombreuses que prévu.
    .kept = Rien n’a été modifié.
error-replay-withheld = La première réponse n’est plus affichée
    .what = Vos droits ont changé depuis.
    .kept = La requête n’a pas été exécutée une seconde fois.

### Lots arrêtés, et ce qui s’oppose à un lot.

batch-stop = Arrêter
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Arrêté : { $changed } sur { $total } modifiées
error-batch-stopped = Laissée en l’état : le lot a été arrêté
    .what = Son tour n’était pas venu quand le lot a été arrêté, ou quand son auteur a perdu le droit de le lancer.
error-total-differs = Le nombre de sessions diffère
    .what = Le nombre de sessions trouvées n’est pas celui attendu.
    .kept = Rien n’a été modifié.
error-replay-withheld = La première réponse n’est plus affichée
    .what = Vos droits ont changé depuis.
    .kept = La demande n’a pas été refaite.

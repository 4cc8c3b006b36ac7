### Plusieurs sessions à la fois, et le chemin vers une autre app.

accept-ask = { $count ->
    [one] Accepter { $count } session ?
   *[other] Accepter { $count } sessions ?
}
accept-count = { $count ->
    [one] Accepter { $count } session
   *[other] Accepter { $count } sessions
}
pending-ask = { $count ->
    [one] Mettre { $count } session en attente ?
   *[other] Mettre { $count } sessions en attente ?
}
pending-count = { $count ->
    [one] Mettre { $count } session en attente
   *[other] Mettre { $count } sessions en attente
}
count-changed = Rien n’a encore été modifié : il y en avait { $before } à l’affichage de la page, il y en a maintenant { $now }.
which-unsure = Rien n’a encore été modifié : la liste a tellement changé que ces sessions ne sont peut-être plus celles que vous avez vues.
not-shown = { $count ->
    [one] { $count } d’entre elles n’était pas affichée : elle figure en premier.
   *[other] { $count } d’entre elles n’étaient pas affichées : elles figurent en premier.
}
batch-title = { $count ->
    [0] Modification de sessions en cours
    [one] Modification de { $count } session en cours
   *[other] Modification de { $count } sessions en cours
}
batch-looks = Recherche des sessions en cours.
batch-progress = { $done } sur { $total } traitées
batch-leave = Vous pouvez quitter cette page et y revenir : le travail continue.
batch-interrupted = Le programme a été arrêté avant que toutes ne soient modifiées
batch-interrupted-help = Pour celles qui restent, répétez l’opération.
batch-undone = L’opération a été annulée.
result-unchanged = { $count ->
    [one] { $count } session n’avait pas besoin d’être modifiée.
   *[other] { $count } sessions n’avaient pas besoin d’être modifiées.
}
choose-app = Choix de l’app
all-apps = Toutes les apps
show-app = Afficher
delete-name = Supprimer { $name }

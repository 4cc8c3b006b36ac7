### Les graphiques de la vue d’ensemble.

chart-systems = Systèmes et versions
chart-days = Premières apparitions, 30 derniers jours
chart-days-help = Les sessions présentes aujourd’hui, selon le jour (UTC) où chacune a été vue pour la première fois.
chart-days-summary = { $count ->
    [one] { $count } session, le { $day }.
   *[other] { $count } sessions, dont le plus grand nombre le { $day } : { $most }.
}
chart-no-days = Aucun appareil ne s’est identifié pour la première fois ces 30 derniers jours. Dès qu’un appareil le fera, ce jour aura sa colonne ici.
chart-other-systems = { $count ->
    [one] { $count } autre
   *[other] { $count } autres
}
chart-no-system = Non indiqué
chart-figures = Sous forme de tableau
chart-day = Jour

### Very many apps.
apps-every = Toutes les apps ({ $count })
apps-search-hint = Nom ou ID

## Apps to choose in a form

# $name has patterns.
apps-every-held = Toutes celles que vous pouvez voir ({ $name })
apps-every-one = Toutes les apps, y compris celles à venir
apps-pick-help = Si vous cochez certaines apps ou saisissez des motifs, seuls ceux-ci comptent.
apps-advanced = Options avancées
apps-patterns = Motifs
apps-patterns-help = Noms d’apps, un par ligne ; { "*" } remplace plusieurs caractères quelconques, { "?" } un seul.
invalid-apps-none = Cochez au moins une app, ou toutes les apps.

### Very many apps.
apps-every = Toutes les apps ({ $count })
apps-search-hint = Nom ou ID

## Apps to choose in a form

# $name has patterns.
apps-every-held = Toutes celles que vous pouvez voir ({ $name })
apps-every-one = Toutes les apps, présentes et à venir
apps-pick-help = Dès que vous cochez des apps ou saisissez des modèles d’ID, seuls ces choix comptent.
apps-advanced = Options avancées
apps-patterns = Modèles d’ID
apps-patterns-help = ID d’apps, un par ligne ; { "*" } remplace n’importe quels caractères, { "?" } un seul.
invalid-apps-none = Cochez au moins une app, ou toutes les apps.

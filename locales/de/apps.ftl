### Very many apps.
apps-every = Alle { $count } Apps
apps-search-hint = Name oder ID

## Apps to choose in a form

# $name has patterns.
apps-every-held = Alle, die Sie sehen dürfen ({ $name })
apps-every-one = Alle Apps, auch künftige
apps-pick-help = Wenn Sie einzelne Apps ankreuzen oder Muster angeben, gelten nur diese.
apps-advanced = Erweitert
apps-patterns = Muster
apps-patterns-help = Namen von Apps, einer pro Zeile; { "*" } steht für beliebige Zeichen, ? für eines.
invalid-apps-none = Kreuzen Sie mindestens eine App oder alle Apps an.

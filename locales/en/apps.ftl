### Very many apps.
apps-every = All { $count } apps
apps-search-hint = Name or id

## Apps to choose in a form

# $name has patterns.
apps-every-held = All that you may see ({ $name })
apps-every-one = All apps, including new ones
apps-pick-help = If you tick single apps or enter patterns, only those count.
apps-advanced = Advanced
apps-patterns = Patterns
apps-patterns-help = App ids, one per line; { "*" } stands for any characters, ? for one.
invalid-apps-none = Tick at least one app, or all apps.

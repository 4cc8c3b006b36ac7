### Very many apps.
apps-every = Todos os { $count } apps
apps-search-hint = Nome ou ID

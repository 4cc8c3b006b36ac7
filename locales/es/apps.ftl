### Very many apps.
apps-every = Las { $count } apps
apps-search-hint = Nombre o id

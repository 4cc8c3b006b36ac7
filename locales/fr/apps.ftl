### Very many apps.
apps-every = Les { $count } apps
apps-search-hint = Nom ou identifiant

### Very many apps.
apps-every = Toutes les apps ({ $count })
apps-search-hint = Nom ou ID

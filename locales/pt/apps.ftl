### Very many apps.
apps-every = Todos os apps ({ $count })
apps-search-hint = Nome ou ID

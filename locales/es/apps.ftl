### Very many apps.
apps-every = Todas las apps ({ $count })
apps-search-hint = Nombre o ID

### Very many apps.
apps-every = Alle { $count } Apps
apps-search-hint = Name oder ID

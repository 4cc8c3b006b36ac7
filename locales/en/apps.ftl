### Very many apps.
apps-every = All { $count } apps
apps-search-hint = Name or id

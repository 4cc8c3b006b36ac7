### Very many apps.
apps-every = すべてのアプリ（{ $count }件）
apps-search-hint = 名前またはID

### Saved views and columns of the list of sessions.

saved-views = Saved views
save-view = Save as a view
view-name = Name of the view
delete-view = Delete the view { $name }
columns = Columns
col-app-version = App version
told-view-saved = The view is saved.
told-view-deleted = The view is deleted.
view-name-wrong = Use 1 to 64 characters.

### Gespeicherte Ansichten und Spalten der Sitzungsliste.

saved-views = Gespeicherte Ansichten
save-view = Als Ansicht speichern
view-name = Name der Ansicht
delete-view = Ansicht { $name } löschen
columns = Spalten
col-app-version = App-Version
told-view-saved = Die Ansicht ist gespeichert.
told-view-deleted = Die Ansicht ist gelöscht.
view-name-wrong = Verwenden Sie 1 bis 64 Zeichen.

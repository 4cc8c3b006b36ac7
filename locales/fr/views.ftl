### Vues enregistrées et colonnes de la liste des sessions.

saved-views = Vues enregistrées
save-view = Enregistrer la vue
view-name = Nom de la vue
delete-view = Supprimer la vue { $name }
columns = Colonnes
col-app-version = Version de l’app
told-view-saved = La vue a été enregistrée.
told-view-deleted = La vue a été supprimée.
view-name-wrong = Utilisez de 1 à 64 caractères.

### Vistas guardadas y columnas de la lista de sesiones.

saved-views = Vistas guardadas
save-view = Guardar como vista
view-name = Nombre de la vista
delete-view = Eliminar la vista { $name }
columns = Columnas
col-app-version = Versión de la app
told-view-saved = La vista se ha guardado.
told-view-deleted = La vista se ha eliminado.
view-name-wrong = Use de 1 a 64 caracteres.

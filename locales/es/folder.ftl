### La carpeta MobileApps no es la misma de antes.
error-folder-changed = La carpeta MobileApps no es la misma de antes
    .kept = No se muestra nada y nada se da por eliminado. El registro de cambios se puede seguir leyendo.
    .todo = Monte el disco o el recurso de red correcto: las listas volverán por sí solas. Si esta carpeta es la correcta, un propietario de todas las apps lo confirma con el botón de arriba.
folder-changed-other-path = La carpeta de datos de este panel pertenece a una carpeta MobileApps que está en otra ruta.
folder-changed-other-disk = En su ruta está montado otro disco o recurso de red, con otras sesiones.
folder-changed-empty = La carpeta está vacía y antes contenía apps.
folder-changed-help = Nada se da por eliminado hasta que un propietario confirme que esta carpeta es la correcta.
folder-confirm = Esta es la carpeta correcta
access-folder_confirmed = { $actor } confirmó que { $subject } es la carpeta correcta
access-action-folder_confirmed = Carpeta confirmada

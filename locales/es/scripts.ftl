### What scripts add to the pages: what is told while a page is open, keys, notifications.

## What happens while a page is open

script-unreached = No se puede acceder al servidor. Esto es lo último que se supo. Inténtelo de nuevo en un momento.
live-off = Conexión perdida: reintentando
live-out = Su sesión en el panel se ha cerrado.
# $name is a number.
rows-waiting = Mostrar lo nuevo ({ $name })
rows-new = Nuevo en la lista: { $name }
fate-deleted = Eliminada
fate-gone = Ya no está aquí
changed-meanwhile = Cambiada entretanto
changed-meanwhile-to = Cambiada entretanto: ahora { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = vacío

## Keys

keys = Teclado
keys-help = Todo funciona también con Tab y Enter. Las teclas no hacen nada mientras escribe.
keys-off = Desactivar los atajos de una tecla
keys-close = Cerrar
key-next = Fila siguiente
key-previous = Fila anterior
key-select = Seleccionar la fila
key-accept = Aceptar
key-pending = Marcar como pendiente
key-email = Editar el correo
# How the key is labelled on keyboards.
key-name-delete = Supr
key-delete = Eliminar
key-undo = Deshacer lo último; si su mensaje ya no está, se muestra primero
key-refresh = Volver a leer la carpeta
key-help = Mostrar estas teclas

## Notifications

notify = Notificaciones
notify-help = Este navegador puede avisarle cuando un dispositivo empieza a esperar, aunque esté mirando otra cosa. Una página del panel debe quedar abierta.
notify-off = Avisarme cuando espere un dispositivo
notify-on = Dejar de avisarme
notify-denied = Este navegador bloquea las notificaciones de este panel. Permítalas antes en su configuración.
notify-waits = Un dispositivo espera acceso

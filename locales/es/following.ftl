### Lo que se dice mientras una página está abierta y algo impide lo que alguien hace en ella.

gone-meanwhile = Eliminada entretanto
script-unanswered = No llegó ninguna respuesta. Cuando esta página esté al día, se verá si el cambio se hizo; lo que escribió sigue aquí.
script-unsure = Sin conexión: es posible que esto no se haya guardado.
script-check = Comprobar
told-not-saved = Conexión restablecida: su último cambio no se guardó. Hágalo de nuevo.
script-away = No se guardó: la carpeta no está disponible. Lo que escribió se conserva.
script-away-deed = No se hizo: la carpeta no está disponible. Inténtelo de nuevo cuando vuelva a estar disponible.
script-out = Su sesión en el panel se ha cerrado. No se ha cambiado nada; lo que escribió sigue aquí. Inicie sesión y vuelva a intentarlo aquí.
# $name is what stood against it, a title of an error.
script-refused = No se hizo: { $name }. Lo que escribió se conserva.
keys-selected = Mientras haya filas seleccionadas, las teclas para aceptar, marcar como pendiente y eliminar actúan sobre todas ellas.

### La página de envío y su estado en la cabecera.

push-would-drop = { $count ->
    [one] 1 archivo defectuoso: el próximo envío desconecta su dispositivo.
   *[other] { $count } archivos defectuosos: el próximo envío desconecta estos dispositivos.
}
push-no-connection = no conectado
push-no-connection-help = 4D no está conectado: desde aquí no se puede enviar nada.
push-folder-away = carpeta no disponible
push-refused-unconnected = No se ha enviado nada: 4D no está conectado. Más abajo se explica cómo conectarlo.
push-refused-failed = El envío falló y todo queda sin enviar. { $name }
push-which = Cuáles
push-dropped-which = Cuáles, y por qué
push-test-ok = Conectado: 4D respondió en { $count } ms.
push-complained = { $count ->
    [one] 4D señaló 1 error.
   *[other] 4D señaló { $count } errores.
}
push-complained-unseen = Los archivos solo se indican a quienes pueden ver todas las apps.
told-pushed-errors-elsewhere = Enviado. Hay archivos que 4D no admite: la página «Envío» los nombra.
told-push-test-failed = La prueba de conexión falló. { $name }

apps-unmatched = No está aquí ahora: { $name }. No coincide con ninguna app.
apps-here = Apps que hay aquí
no-apps-held = Aún no hay apps para usted
no-apps-held-help = Usted puede ver: { $apps }. Ahora no hay aquí ninguna app que coincida. Quien le dio la cuenta puede cambiarlo.
rule-preview-list = Mostrarlos en la lista
folder-is = La carpeta es { $folder }.

### What is known of a push, and what is not.

push-none-waits = nada por enviar
push-unconnected = 4D no está conectado: aquí no se sabe qué ha leído.
push-may-drop = { $count ->
    [one] 4D podría descartar 1 sesión en el próximo envío.
   *[other] 4D podría descartar { $count } sesiones en el próximo envío.
}
push-may-drop-too = { $count ->
    [one] Podría descartar 1 más.
   *[other] Podría descartar { $count } más.
}
push-may-drop-help = El esquema de 4D no es público y esto es una suposición. Estos archivos no retienen ningún envío.
waiting-oldest-unconnected = El primero llegó { $name }. 4D no está conectado: un dispositivo aceptado entra cuando alguien ejecuta la actualización en 4D.

### What is known of a push, and what is not.

push-none-waits = nada por enviar
push-unconnected = 4D no está conectado: aquí no se sabe qué ha leído.
push-may-drop = { $count ->
    [one] 1 dispositivo quizá se desconecte
   *[other] { $count } dispositivos quizá se desconecten
}
push-may-drop-too = { $count ->
    [one] 1 dispositivo más quizá se desconecte.
   *[other] { $count } dispositivos más quizá se desconecten.
}
push-may-drop-help = El esquema de 4D no es público; esto es una suposición. Estos archivos no detienen ningún envío.
waiting-oldest-unconnected = El primero llegó { $name }. 4D no está conectado: un dispositivo aceptado entra cuando alguien ejecuta la actualización en 4D.

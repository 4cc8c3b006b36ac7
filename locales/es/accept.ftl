### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device } ya tiene acceso. 4D lo ha leído; su usuario debe volver a pulsar «Iniciar sesión» en la app.
accept-soon = { $device } está aceptado. 4D lo leerá en un momento.
accept-not-yet = { $device } está aceptado aquí, pero todavía no en 4D.
accept-unconnected = { $device } está aceptado en el archivo. 4D no está conectado: el teléfono no tendrá acceso hasta que alguien ejecute la actualización en 4D.
accept-many-in = { $count ->
    [one] 1 dispositivo ya tiene acceso. 4D lo ha leído; su usuario debe volver a pulsar «Iniciar sesión» en la app.
   *[other] { $count } dispositivos ya tienen acceso. 4D los ha leído; sus usuarios deben volver a pulsar «Iniciar sesión» en la app.
}
accept-many-soon = { $count ->
    [one] 1 sesión está aceptada. 4D la leerá en un momento.
   *[other] { $count } sesiones están aceptadas. 4D las leerá en un momento.
}
accept-many-not-yet = { $count ->
    [one] 1 sesión está aceptada aquí, pero todavía no en 4D.
   *[other] { $count } sesiones están aceptadas aquí, pero todavía no en 4D.
}
accept-many-unconnected = { $count ->
    [one] 1 sesión está aceptada en su archivo. 4D no está conectado: el teléfono no tendrá acceso hasta que alguien ejecute la actualización en 4D.
   *[other] { $count } sesiones están aceptadas en sus archivos. 4D no está conectado: los teléfonos no tendrán acceso hasta que alguien ejecute la actualización en 4D.
}
accepted-in = 4D lo ha leído; su usuario debe volver a pulsar «Iniciar sesión» en la app.
accepted-soon = 4D lo leerá en un momento.
accepted-not-yet = Todavía no está en 4D.
accepted-unconnected = 4D no está conectado: el teléfono no tendrá acceso hasta que alguien ejecute la actualización en 4D.
row-in = Con acceso
connect-short = Conectar
already-by = { $what } { $ago }.
already-outside = No hubo que cambiar { $device }: 4D, o una edición directa del archivo, se adelantó.
already-accepted = { $count ->
    [one] 1 ya estaba aceptada.
   *[other] { $count } ya estaban aceptadas.
}
already-pending = { $count ->
    [one] 1 ya estaba pendiente.
   *[other] { $count } ya estaban pendientes.
}
nothing-selected = No había nada seleccionado, así que no se cambió nada.

## The queue

queue-order = Orden
queue-newest = Recién llegados
queue-longest = Mayor espera
# A number.
accept-these-name = Aceptar estos ({ $name })
known-device = Dispositivo conocido · { $accepted ->
    [0] ninguna aceptada de { $more }
    [one] { $accepted } aceptada{ $more ->
        [0] { "" }
       *[other] , { $more } más
    }
   *[other] { $accepted } aceptadas{ $more ->
        [0] { "" }
       *[other] , { $more } más
    }
}
known-email = Correo conocido · { $accepted ->
    [0] ninguna aceptada de { $more }
    [one] { $accepted } aceptada{ $more ->
        [0] { "" }
       *[other] , { $more } más
    }
   *[other] { $accepted } aceptadas{ $more ->
        [0] { "" }
       *[other] , { $more } más
    }
}
waiting-oldest-automatic = El primero llegó { $name }. Un dispositivo aceptado tiene acceso enseguida.

## Replacing old sessions

replace-olds = Reemplazar anterior
replace-olds-help = Acepta esta sesión y, previa confirmación, elimina las anteriores del mismo dispositivo
replace-ask = { $count ->
    [one] ¿Aceptar { $device } y eliminar su sesión anterior?
   *[other] ¿Aceptar { $device } y eliminar sus { $count } sesiones anteriores?
}
replace-ask-help = Las sesiones anteriores son del mismo dispositivo, en la misma app. Todo se puede deshacer de una vez.
replace-count = { $count ->
    [one] Aceptar y eliminar la sesión anterior
   *[other] Aceptar y eliminar { $count } sesiones anteriores
}
replace-changed = último cambio { $name }
replace-nothing = Este dispositivo no tiene aquí ninguna sesión anterior: acéptelo sin reemplazar nada.
olds-are-deleted = { $count ->
    [one] La sesión anterior se eliminó.
   *[other] Las { $count } sesiones anteriores se eliminaron.
}
olds-are-back = { $count ->
    [one] La sesión anterior se restauró.
   *[other] Las { $count } sesiones anteriores se restauraron.
}

## What a push does to broken files

push-in-sync = Sincronizado con 4D.
push-logged-out = { $drops ->
    [one] 1 dispositivo se desconectará
   *[other] { $drops } dispositivos se desconectarán
}{ $more ->
    [0] { "" }
   *[other] , quizá { $more } más
}

### Las reglas como frases, y el formulario que las compone.

rules-help = Una regla da acceso a dispositivos, los rechaza o elimina sesiones por sí sola. Sin tiempo de espera actúa solo sobre solicitudes nuevas, nunca sobre un dispositivo que ya está pendiente o que una persona marcó como pendiente. Vale la primera regla que coincide. Cada cambio figura en el registro de cambios y se puede deshacer.
rule-paused = No hace nada: el usuario o el token con cuyos permisos actúa ya no existe, está desactivado o ya no es propietario. Guarde la regla para hacerse cargo de ella.
rule-action-accept = Dar acceso
rule-action-decline = Rechazar
rule-action-delete = Eliminar
rule-does = Qué hace
rule-says = Qué dice
rule-says-accept = Dar acceso cuando { $name }
rule-says-accept-all = Dar acceso a todos
rule-says-decline = Rechazar cuando { $name }
rule-says-decline-all = Rechazar a todos
rule-says-delete = Eliminar cuando { $name }, como máximo { $most } a la vez
rule-and = { $a } y { $b }
rule-or = { $a } o { $b }
rule-no-email = vacío
rule-if-apps = la app es { $name }
rule-if-emails = el correo es { $name }
rule-if-os = el sistema es { $name }
rule-if-versions = la versión de la app es { $name }
rule-if-languages = el idioma es { $name }
rule-if-networks = la dirección está en { $name }
rule-if-simulator = es un simulador
rule-if-no-simulator = no es un simulador
rule-if-jailbroken = el dispositivo tiene jailbreak
rule-if-no-jailbroken = el dispositivo no tiene jailbreak
rule-if-known = el dispositivo es conocido
rule-if-unknown = el dispositivo no es conocido
rule-if-declined = alguien rechazó la sesión
rule-if-waiting = lleva { $name } pendiente
rule-if-quiet = lleva { $name } sin cambios
rule-span-d = { $count ->
    [one] 1 día
   *[other] { $count } días
}
rule-span-h = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}
rule-span-m = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
rule-span-s = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}

## El formulario

rule-conditions = Cuando
rule-condition = Condición { $count }
rule-condition-values = Valores de la condición { $count }
rule-condition-remove = Quitar la condición { $count }
rule-condition-add = Añadir una condición
rule-conditions-help = Deben cumplirse todas las condiciones. De varias sobre lo mismo, basta una. Escriba un valor por línea; { "*" } equivale a cualquier texto, como en { "*" }@example.com. Sin condiciones, la regla vale para todos.
rule-field-unset = Elegir…
rule-field-emails = El correo es
rule-field-no-email = El correo está vacío
rule-field-os = El sistema es
rule-field-versions = La versión de la app es
rule-field-languages = El idioma es
rule-field-networks = La dirección está en
rule-field-simulator = Es un simulador
rule-field-no-simulator = No es un simulador
rule-field-jailbroken = Tiene jailbreak
rule-field-no-jailbroken = No tiene jailbreak
rule-field-known = El dispositivo es conocido
rule-field-unknown = El dispositivo no es conocido
rule-field-declined = Fue rechazada
rule-field-missing = Elija a qué se refieren estos valores.
rule-value-missing = Escriba al menos un valor o quite esta condición.
rule-declined-already = Una sesión rechazada no se puede rechazar de nuevo.
rule-quiet-for = Sin cambios desde hace al menos
rule-waiting-for = Pendiente desde hace al menos
rule-unit = Unidad
rule-unit-d = días
rule-unit-h = horas
rule-unit-m = minutos
rule-unit-s = segundos
rule-span-missing = Una regla que elimina necesita un tiempo: al menos una hora sin cambios o pendiente.
rule-span-short = Una regla no elimina nada antes de una hora. Indique al menos 1 hora.
invalid-span = Escriba un número entero a partir de 1; el tiempo máximo es de 100 años.
rule-at-most = Como máximo, a la vez
rule-at-most-help = El resto sigue en la próxima pasada. Cada pasada se deshace de una vez.
invalid-at-most = Escriba un número entero de 1 a 10 000.
rule-preview-help = La vista previa muestra sobre qué actuaría la regla ahora. No se guarda ni se cambia nada.
rule-preview-kept = Es una vista previa. No se ha guardado ni cambiado nada.
rule-preview-deletes = { $count ->
    [0] Ahora no se eliminaría ninguna sesión
    [one] Ahora se eliminaría 1 sesión
   *[other] Ahora se eliminarían { $count } sesiones
}
rule-switch-on = Activar y eliminar
rule-switch-on-help = En cuanto está activa, la regla empieza y elimina lo que ve aquí, nunca más a la vez de lo que dice. Cada pasada se puede deshacer en Cambios.
rule-recounted = Mientras tanto, la regla eliminaría otro número de sesiones. Revíselas de nuevo.

## La lista

rule-try = Revisar y activar
rule-move-up = Subir { $name }
rule-move-down = Bajar { $name }
told-rule-off = La regla está guardada y desactivada. Revise qué eliminaría y después actívela.
told-rule-timed = La regla está guardada. Actúa en cuanto una sesión lleva bastante tiempo pendiente o sin cambios.
told-rule-moved = Regla movida.

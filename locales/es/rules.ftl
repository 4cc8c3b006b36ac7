### Las reglas como frases, y el formulario que las compone.

rules-help = Una regla da acceso a dispositivos, los rechaza o elimina sesiones por sí sola. Si no indica un tiempo de espera, actúa solo sobre solicitudes nuevas, nunca sobre un dispositivo que ya está pendiente o que una persona marcó como pendiente. Se aplica la primera regla que coincide. Cada cambio figura en el registro de cambios y se puede deshacer.
rule-paused = La regla no hace nada: el usuario o el token con cuyos permisos actúa ya no existe, está desactivado o ya no es propietario. Guarde la regla para hacerse cargo de ella.
rule-action-accept = Dar acceso
rule-action-decline = Rechazar
rule-action-delete = Eliminar
rule-does = Acción
rule-says = Regla
rule-says-accept = Dar acceso si { $name }
rule-says-accept-all = Dar acceso a todos
rule-says-decline = Rechazar si { $name }
rule-says-decline-all = Rechazar a todos
rule-says-delete = Eliminar si { $name }, como máximo { $most } por ejecución
rule-and = { $a } y { $b }
rule-or = { $a } o { $b }
rule-no-email = (vacío)
rule-if-apps = la app es { $name }
rule-if-emails = el correo es { $name }
rule-if-os = el sistema es { $name }
rule-if-versions = la versión de la app es { $name }
rule-if-languages = el idioma es { $name }
rule-if-networks = la dirección está en { $name }
rule-if-simulator = el dispositivo es un simulador
rule-if-no-simulator = el dispositivo no es un simulador
rule-if-jailbroken = el dispositivo tiene jailbreak
rule-if-no-jailbroken = el dispositivo no tiene jailbreak
rule-if-known = el dispositivo es conocido
rule-if-unknown = el dispositivo no es conocido
rule-if-declined = alguien rechazó la sesión
rule-if-waiting = la sesión lleva { $name } pendiente
rule-if-quiet = la sesión lleva { $name } sin cambios
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

rule-conditions = Condiciones
rule-condition = Condición { $count }
rule-condition-values = Valores de la condición { $count }
rule-condition-remove = Quitar la condición { $count }
rule-condition-add = Añadir una condición
rule-conditions-help = Deben cumplirse todas las condiciones. Si varias se refieren a lo mismo, basta con que se cumpla una. Escriba un valor por línea; { "*" } equivale a cualquier texto, como en { "*" }@example.com. Sin condiciones, la regla vale para todos.
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
rule-field-declined = La sesión fue rechazada
rule-field-missing = Elija a qué se refieren estos valores.
rule-value-missing = Escriba al menos un valor o quite esta condición.
rule-declined-already = Una sesión rechazada no se puede rechazar de nuevo.
rule-quiet-for = Sin cambios durante al menos
rule-waiting-for = Pendiente durante al menos
rule-unit = Unidad
rule-unit-d = días
rule-unit-h = horas
rule-unit-m = minutos
rule-unit-s = segundos
rule-span-missing = Una regla que elimina sesiones necesita un plazo: al menos una hora sin cambios o pendiente.
rule-span-short = Ninguna regla elimina nada antes de una hora. Indique al menos 1 hora.
invalid-span = Escriba un número entero a partir de 1; el plazo máximo es de 100 años.
rule-at-most = Máximo por ejecución
rule-at-most-help = El resto se elimina en la siguiente ejecución. Cada ejecución se deshace de una vez.
invalid-at-most = Escriba un número entero de 1 a 10.000.
rule-preview-help = La vista previa muestra a qué sesiones afectaría la regla ahora. No se guarda ni se cambia nada.
rule-preview-kept = Es una vista previa. No se ha guardado ni cambiado nada.
rule-preview-deletes = { $count ->
    [0] Ahora no se eliminaría ninguna sesión
    [one] Ahora se eliminaría 1 sesión
   *[other] Ahora se eliminarían { $count } sesiones
}
rule-switch-on = Activar y eliminar
rule-switch-on-help = En cuanto se activa, la regla empieza a eliminar lo que usted ve aquí, sin superar nunca su máximo por ejecución. Cada ejecución se puede deshacer en Cambios.
rule-recounted = Entretanto ha cambiado el número de sesiones que la regla eliminaría. Revíselas de nuevo.

## La lista

rule-try = Revisar y activar
rule-move-up = Subir { $name }
rule-move-down = Bajar { $name }
told-rule-off = Regla guardada, pero aún sin activar. Revise qué eliminaría y, después, actívela.
told-rule-timed = Regla guardada. Actúa en cuanto una sesión lleve suficiente tiempo pendiente o sin cambios.
told-rule-moved = Regla movida.

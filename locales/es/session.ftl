### The queue of the first page, the page of one session, and what somebody else did meanwhile.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Seen before

seen-title = Visto antes
seen-help = Otras sesiones del mismo dispositivo o con el mismo correo. Un dispositivo que vuelve a instalar la app recibe una sesión nueva, y la anterior permanece aquí.
seen-none = Ninguna otra sesión de esta app tiene este dispositivo o este correo.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] Mismo dispositivo que { $device }
    [email] Mismo correo que { $device }
   *[both] Mismo dispositivo y correo que { $device }
}: { $class ->
    [accepted] aceptada
    [pending] pendiente
   *[other] «{ $status }»
}, último cambio { $ago }
seen-all-of-device = { $count ->
    [one] La única sesión de este dispositivo
   *[other] Las { $count } sesiones de este dispositivo
}
seen-all-of-email = { $count ->
    [one] La única sesión con este correo
   *[other] Las { $count } sesiones con este correo
}
seen-old = La sesión anterior
replace = Aceptar y eliminar la anterior
replace-name = Aceptar { $name } y eliminar la sesión anterior { $old }
replace-accepted = Eliminar la anterior
replace-accepted-name = Conservar { $name } y eliminar la sesión anterior { $old }
replace-half-done = La sesión nueva está aceptada. La anterior se conservó.
done-replaced-back = { $device } vuelve a estar pendiente. { $olds }

## One session

state-title = Estado
state-by = Establecido por
state-push = Envío
state-accepted-by = Aceptada por { $actor }, { $ago }.
state-pending-by = Marcada como pendiente por { $actor }, { $ago }.
state-other-by = Establecida por { $actor }, { $ago }.
state-restored-by = Restaurada por { $actor }, { $ago }.
state-accepted-outside = 4D, o una edición directa del archivo. No se aceptó aquí.
state-pending-outside = 4D, o una edición directa del archivo, { $ago }.
state-other-outside = 4D, o una edición directa del archivo.
push-state-behind = Sin enviar: 4D se guía por lo que tiene en memoria.
push-state-pushed = Enviada { $ago }. No hay cambios posteriores por enviar.
push-state-pushed-by = Enviada por { $actor }, { $ago }. No hay cambios posteriores por enviar.
push-state-none = Ningún cambio hecho aquí está por enviar.
push-state-refused = 4D no admitió este archivo en el último envío, { $ago }: el dispositivo está desconectado y debe volver a identificarse.
effect-refused = En el último envío, 4D no admitió el archivo y quitó la sesión de la memoria: el dispositivo se desconectó.
choice-status = Estado
copy-name = Copiar: { $name }
download-masked = Descargar el archivo
download-masked-help = Con sus secretos ocultos. El archivo completo es para tokens que pueden leer secretos:
download-none = En este archivo no se pueden distinguir los secretos del resto. El archivo es para tokens que pueden leer secretos:
document-masked = { $count ->
    [one] Este secreto está oculto:
   *[other] Estos secretos están ocultos:
}
no-document-too-large = El archivo supera el límite y no se ha leído.
no-document-unreadable = El sistema no permite leer el archivo.
no-document-not-json = El archivo no es JSON, así que no hay documento que mostrar.
no-document-beyond = El archivo contiene un número, un texto o un anidamiento que es JSON válido, pero excede lo que se puede mostrar aquí. Descárguelo para verlo.
no-document-not-an-object = El archivo es JSON, pero no un objeto entre llaves.

## What somebody else did meanwhile

conflict-title-old = La sesión anterior ha cambiado desde que usted la vio
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = Se cambió fuera de este panel: por 4D o por una edición directa del archivo ({ $name }).
conflict-outside-too = El archivo se escribió también fuera de este panel: por 4D o por una edición directa ({ $name }).
conflict-nothing-written = Su cambio no se ha escrito.
conflict-gone = eliminada
conflict-own = Usar mi valor de todos modos
conflict-own-delete = Eliminar de todos modos
conflict-help-replace = Abajo se ve cómo están ambas ahora. Elija de nuevo si aun así quiere reemplazar la anterior.
conflict-help-alone = Ya no queda nada que reemplazar: acepte solo esta sesión.
gone-title = La sesión { $name } se eliminó
gone-outside = Se eliminó fuera de este panel: por 4D o por alguien en la carpeta.
gone-help = «Deshacer» devuelve el archivo tal como era. Si la eliminación ya se envió a 4D, el dispositivo debe volver a identificarse.
undo-look = Ver la sesión para restablecer el valor anterior de todos modos

### Encontrar a cualquiera: la búsqueda en lo alto de cada página, entre sesiones pendientes, aceptadas y eliminadas.

find = Buscar una sesión
find-hint = Dispositivo, correo, ID
find-help = Escriba una parte del nombre del dispositivo, de un correo, de un ID o de una dirección. También se encuentran las sesiones eliminadas mientras se puedan restaurar.
# $count is a number of sessions that are there.
found = { $count ->
    [0] No se encontraron sesiones
    [one] 1 sesión encontrada
   *[other] { $count } sesiones encontradas
}
found-deleted = { $count ->
    [one] 1 eliminada
   *[other] { $count } eliminadas
}
# $name is what was searched for.
found-none = Nada coincide con «{ $name }», ni siquiera entre las sesiones eliminadas.
found-all = Mostrar las { $count } en la lista
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Eliminada por { $actor } { $ago }
deleted-outside = Eliminada fuera de este panel { $ago }
restore = Restaurar
restore-name = Restaurar { $name }
filter-list = Filtrar esta lista
key-find = Buscar una sesión
key-filter = Filtrar la lista

## The journal, where a batch is one line

journal-hint = Dispositivo, correo, ID
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor } cambió { $count } sesiones
did-many-accept = { $actor } aceptó { $count } sesiones
did-many-pending = { $actor } marcó { $count } sesiones como pendientes
did-many-delete = { $actor } eliminó { $count } sesiones
did-many-restore = { $actor } restauró { $count } sesiones
did-many-undo = { $actor } deshizo un cambio de { $count } sesiones
# $device is the old session.
did-replace = { $actor } aceptó una sesión nueva en lugar de { $device }
# What stood there before a change.
value-before = antes: { $name }
batch-open = Mostrar cada una
batch-close = Mostrar en una línea
batch-all = Las { $count }

## What one decides by, beside the list

app-version = Versión de la app
look-whole = Abrir la página completa
key-look = Detalles de la fila

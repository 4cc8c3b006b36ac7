### Encontrar a cualquiera: la búsqueda en lo alto de cada página, entre sesiones pendientes, aceptadas y eliminadas.

find = Buscar una sesión
find-hint = Dispositivo, correo, id
find-help = Escriba una parte del nombre del dispositivo, de un correo, de un id o de una dirección. También se encuentran las sesiones eliminadas mientras se puedan restaurar.
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
found-none = Nada coincide con «{ $name }», tampoco entre las sesiones eliminadas.
found-all = Mostrar las { $count } en la lista
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Eliminada por { $actor } { $ago }
deleted-outside = Eliminada fuera de este panel { $ago }
restore = Restaurar
restore-name = Restaurar { $name }
filter-list = Filtrar esta lista
key-find = Buscar una sesión
key-filter = Filtrar la lista

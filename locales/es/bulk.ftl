### Muchas sesiones a la vez, y el camino a otra app.

accept-ask = { $count ->
    [one] ¿Aceptar 1 sesión?
   *[other] ¿Aceptar { $count } sesiones?
}
accept-count = { $count ->
    [one] Aceptar 1 sesión
   *[other] Aceptar { $count } sesiones
}
pending-ask = { $count ->
    [one] ¿Marcar 1 sesión como pendiente?
   *[other] ¿Marcar { $count } sesiones como pendientes?
}
pending-count = { $count ->
    [one] Marcar 1 sesión como pendiente
   *[other] Marcar { $count } sesiones como pendientes
}
count-changed = Aún no se ha cambiado nada: al mostrar la página había { $before } y ahora hay { $now }.
which-unsure = Aún no se ha cambiado nada: la lista ha cambiado tanto que estas sesiones quizá no sean las que usted vio.
not-shown = { $count ->
    [one] 1 de ellas no se mostró: aparece en primer lugar.
   *[other] { $count } de ellas no se mostraron: aparecen en primer lugar.
}
batch-title = { $count ->
    [0] Cambiando sesiones
    [one] Cambiando 1 sesión
   *[other] Cambiando { $count } sesiones
}
batch-looks = Se están buscando las sesiones.
batch-progress = { $done } de { $total } terminadas
batch-leave = Puede salir de esta página y volver más tarde: el trabajo continúa.
batch-interrupted = El programa se detuvo antes de cambiarlas todas
batch-interrupted-help = Para las que faltan, repita la acción.
batch-undone = Se ha deshecho.
result-unchanged = { $count ->
    [one] 1 sesión ya estaba así.
   *[other] { $count } sesiones ya estaban así.
}
choose-app = Elegir app
all-apps = Todas las apps
show-app = Mostrar
delete-name = Eliminar { $name }

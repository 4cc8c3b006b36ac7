### Sesiones que alguien rechaza: para 4D siguen pendientes; aquí ya no esperan.

status-declined = Rechazada
sessions-declined = Rechazadas
count-declined = { $count ->
    [one] { $count } rechazada
   *[other] { $count } rechazadas
}
chip-not-declined = No rechazadas
decline = Rechazar
decline-name = Rechazar { $name }
undecline = Devolver a la cola
conflict-not-to-be-declined = Solo se puede rechazar una sesión pendiente, y esta no lo está.
state-declined-by = Rechazada por { $actor }, { $ago }. Para 4D, la sesión sigue pendiente.

decline-ask = { $count ->
    [one] ¿Rechazar 1 sesión?
   *[other] ¿Rechazar { $count } sesiones?
}
decline-count = { $count ->
    [one] Rechazar 1 sesión
   *[other] Rechazar { $count } sesiones
}
undecline-ask = { $count ->
    [one] ¿Devolver 1 sesión a la cola?
   *[other] ¿Devolver { $count } sesiones a la cola?
}
undecline-count = { $count ->
    [one] Devolver 1 sesión a la cola
   *[other] Devolver { $count } sesiones a la cola
}
done-many-decline = { $count ->
    [one] Queda rechazada 1 sesión.
   *[other] Quedan rechazadas { $count } sesiones.
}
done-many-undecline = { $count ->
    [one] 1 sesión vuelve a estar en la cola.
   *[other] { $count } sesiones vuelven a estar en la cola.
}

action-decline = Rechazo
action-undecline = Devolución a la cola
did-decline = { $actor } rechazó { $device }
did-undecline = { $actor } devolvió { $device } a la cola
did-many-decline = { $actor } rechazó { $count } sesiones
did-many-undecline = { $actor } devolvió { $count } sesiones a la cola
done-decline = { $device } está rechazado. Para 4D, la sesión sigue pendiente.
done-undecline = { $device } vuelve a estar en la cola.
again-decline = { $device } vuelve a estar rechazado
again-undecline = { $device } vuelve a estar en la cola

event-session-declined = Se rechaza una sesión
event-session-undeclined = Una sesión rechazada vuelve a la cola
link-declined-help = Alguien rechazó este dispositivo. Aun así, puede darle acceso.
detail-declined = rechazada: { $name }

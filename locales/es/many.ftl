### Lo que se dice de muchas sesiones a la vez, de deshacer y de una parte de una lista.

which-changed = Aún no se ha cambiado nada: estas sesiones no son las que se mostraron.
with-all-that-match = Con todo lo que coincide ({ $count }):
done-many-accept = { $count ->
    [one] Se aceptó 1 sesión.
   *[other] Se aceptaron { $count } sesiones.
}
done-many-pending = { $count ->
    [one] Queda pendiente 1 sesión.
   *[other] Quedan pendientes { $count } sesiones.
}
done-many-delete = { $count ->
    [one] Se eliminó 1 sesión.
   *[other] Se eliminaron { $count } sesiones.
}
done-many-restore = { $count ->
    [one] Se restauró 1 sesión.
   *[other] Se restauraron { $count } sesiones.
}
done-undone = Deshecho: { $what }.
done-undone-many = Deshecho: { $what }
did-undo = { $actor } deshizo un cambio: { $what }
again-accept = { $device } vuelve a tener acceso
again-pending = { $device } vuelve a esperar
again-delete = se eliminó de nuevo { $device }
again-restore = { $device } está de vuelta
again-status = el estado de { $device } vuelve a ser { $value }
again-no-status = { $device } vuelve a no tener estado
again-email = el correo de { $device } vuelve a ser { $value }
again-no-email = { $device } vuelve a no tener correo
again-edit = el estado y el correo de { $device } son los de antes
batch-of = { $count } a la vez
undo-all-of = Deshacer todo ({ $count })
found-of = { $found } de { $total }

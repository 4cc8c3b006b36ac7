### Lo que se dice de muchas sesiones a la vez, de deshacer y de una parte de una lista.

which-changed = Aún no se ha cambiado nada: estas sesiones no son las que usted vio.
with-all-that-match = Con todas las que coinciden ({ $count }):
done-many-accept = { $count ->
    [one] Queda aceptada 1 sesión.
   *[other] Quedan aceptadas { $count } sesiones.
}
done-many-pending = { $count ->
    [one] Queda pendiente 1 sesión.
   *[other] Quedan pendientes { $count } sesiones.
}
done-many-delete = { $count ->
    [one] Queda eliminada 1 sesión.
   *[other] Quedan eliminadas { $count } sesiones.
}
done-many-restore = { $count ->
    [one] Queda restaurada 1 sesión.
   *[other] Quedan restauradas { $count } sesiones.
}
done-undone = Deshecho: { $what }.
done-undone-many = Deshecho. { $what }
did-undo = { $actor } deshizo un cambio: { $what }
again-accept = la sesión de { $device } vuelve a estar aceptada
again-pending = { $device } vuelve a estar pendiente
again-delete = la sesión de { $device } vuelve a estar eliminada
again-restore = se restauró { $device }
again-status = el estado de { $device } vuelve a ser { $value }
again-no-status = { $device } vuelve a no tener estado
again-email = el correo de { $device } vuelve a ser { $value }
again-no-email = { $device } vuelve a no tener correo
again-edit = el estado y el correo de { $device } vuelven a ser los de antes
batch-of = lote de { $count }
undo-all-of = Deshacer todos ({ $count })
found-of = { $found } de { $total }

field-networks = Redes
field-networks-help = Redes o direcciones, una por línea, como 10.0.0.0/8. Desde otro lugar, el token se rechaza. Vacío: cualquiera.
token-from = solo desde { $name }
token-old-until = el secreto anterior funciona hasta el { $name }
token-rotate-more = Secreto nuevo…
token-rotate-name = Secreto nuevo para { $name }
token-rotate-lead = El programa necesita el secreto nuevo en lugar del que tiene. El nombre, el rol y las apps se mantienen.
token-grace = El secreto anterior
token-grace-help = Si es posible que el secreto anterior se haya filtrado, haga que deje de funcionar de inmediato.
grace-none = deja de funcionar de inmediato
grace-hours = { $count ->
    [one] funciona una hora más
   *[other] funciona { $count } horas más
}
grace-days = { $count ->
    [one] funciona un día más
   *[other] funciona { $count } días más
}
invalid-grace = Elija uno de estos plazos.
token-rotate = Generar secreto nuevo
token-rotated = El token { $name } tiene un secreto nuevo
access-token_rotated = { $actor } dio un secreto nuevo al token { $subject }
access-token_elsewhere = Se rechazó una solicitud de { $actor }: el token se usó desde otra red
access-action-token_rotated = Secreto nuevo de token
access-action-token_elsewhere = Token usado desde otra red
detail-previous-until = secreto anterior hasta el { $name }
conflict-token-expired = El token ha caducado y ya no puede recibir un secreto nuevo. Cree otro.
conflict-token-gives-more = Ese token lee secretos, caduca más tarde que el suyo o se puede usar desde otras redes. Pida a un propietario que genere el secreto nuevo.

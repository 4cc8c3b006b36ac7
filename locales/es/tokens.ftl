field-networks = Redes
field-networks-help = Redes o direcciones, una por línea, como 10.0.0.0/8. Desde otro lugar, el token se rechaza. Vacío: cualquiera.
token-from = desde { $name }
token-old-until = el secreto anterior funciona hasta { $name }
token-rotate-more = Nuevo secreto…
token-rotate-name = Nuevo secreto para { $name }
token-rotate-lead = El programa necesita el secreto nuevo en lugar del que tiene. El nombre, el rol y las apps se mantienen.
token-grace = El secreto anterior
token-grace-help = Si el secreto anterior pudo filtrarse, haga que termine de inmediato.
grace-none = termina de inmediato
grace-hours = { $count ->
    [one] funciona una hora más
   *[other] funciona { $count } horas más
}
grace-days = { $count ->
    [one] funciona un día más
   *[other] funciona { $count } días más
}
invalid-grace = Elija uno de estos plazos.
token-rotate = Crear un secreto nuevo
token-rotated = El token { $name } tiene un secreto nuevo
access-token_rotated = { $actor } dio un secreto nuevo al token { $subject }
access-token_elsewhere = { $actor } se rechazó: se usó desde otra red
access-action-token_rotated = Nuevo secreto de token
access-action-token_elsewhere = Token desde otra red
detail-previous-until = secreto anterior hasta { $name }
conflict-token-expired = El token ha caducado y no recibe un secreto nuevo. Cree otro.
conflict-token-gives-more = Ese token lee secretos, dura más o se usa desde otras redes que el suyo. Pida su secreto nuevo a un propietario.

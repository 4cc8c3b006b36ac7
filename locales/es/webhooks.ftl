## Webhooks: adónde envían y con qué derechos

webhook-owner = Envía con los permisos de
webhook-is-paused = en pausa
webhook-paused = No envía nada: el usuario o el token con cuyos permisos actúa ya no existe, está desactivado o ya no es propietario. Los eventos en espera se conservan. Guarde el webhook para hacerse cargo de él; entonces se enviarán.
webhook-paused-warning = El webhook { $webhook } no envía nada: el usuario o el token con cuyos permisos actúa ya no existe, está desactivado o ya no es propietario.
failure-out-of-reach = No se envía nada a { $name }. Se rechazan las direcciones de enlace local y de metadatos, y las privadas salvo si el propietario del webhook puede ver todas las apps; --allow-webhook-to abre una red.
failure-no-answer = El receptor no respondió. Compruebe su dirección; los webhooks de propietarios limitados a algunas apps solo se envían a direcciones públicas.
failure-ended = El webhook se modificó antes de este envío.
failure-not-allowed = El propietario del webhook ya no tiene permiso para ver esta app.
access-delivery_retried = { $actor } volvió a enviar una entrega del webhook { $subject }
access-action-delivery_retried = Entrega enviada de nuevo
rule-is-paused = en pausa

## Webhooks: adónde envían y con qué derechos

webhook-owner = Envía lo que puede ver
webhook-is-paused = en pausa
webhook-paused = No envía nada: a quien pertenecía ya no es propietario. Lo que espera se conserva. Guárdelo y será suyo: entonces se enviará lo que espera.
webhook-paused-warning = El webhook { $webhook } no envía nada: a quien pertenecía ya no es propietario.
failure-out-of-reach = No se envía nada a { $name }. Se rechazan las direcciones de enlace local y de metadatos, y las privadas salvo si el propietario del webhook puede ver todas las apps; --allow-webhook-to abre una red.
failure-no-answer = El receptor no respondió. Compruebe su dirección; los webhooks de propietarios limitados a algunas apps solo se envían a direcciones públicas.
failure-ended = El webhook se modificó antes de enviar esto.
failure-not-allowed = El propietario del webhook ya no puede ver esta app.
access-delivery_retried = { $actor } volvió a enviar una entrega del webhook { $subject }
access-action-delivery_retried = Entrega enviada de nuevo
rule-is-paused = en pausa
rule-paused = No da acceso a nadie: a quien pertenecía ya no es propietario. Guárdela y será suya: entonces dará acceso a quienes lleguen a partir de ahora.

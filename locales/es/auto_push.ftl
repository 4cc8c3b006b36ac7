### Automatic push, as an owner switches it.

auto-push-on = Activar el envío automático
auto-push-off = Desactivar el envío automático
auto-push-help = Nadie tiene que pulsar «Enviar a 4D»: el dispositivo aceptado entra de inmediato.
auto-push-by-option = El envío automático depende de la opción --auto-push con la que se inició este programa.
told-auto-push-on = El envío automático está activado.
told-auto-push-off = El envío automático está desactivado.
access-auto_push_on = { $actor } activó el envío automático
access-action-auto_push_on = Envío automático activado
access-auto_push_off = { $actor } desactivó el envío automático
access-action-auto_push_off = Envío automático desactivado

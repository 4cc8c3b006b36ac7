### Automatic push, as an owner switches it.

auto-push-on = Ativar a transmissão automática
auto-push-off = Desativar a transmissão automática
auto-push-help = Ninguém precisa clicar em “Transmitir”: o dispositivo aceito tem acesso na hora.
auto-push-by-option = A transmissão automática é definida pela opção --auto-push, com a qual este programa foi iniciado.
told-auto-push-on = A transmissão automática está ativada.
told-auto-push-off = A transmissão automática está desativada.
access-auto_push_on = { $actor } ativou a transmissão automática
access-action-auto_push_on = Transmissão automática ativada
access-auto_push_off = { $actor } desativou a transmissão automática
access-action-auto_push_off = Transmissão automática desativada

### Automatic push, as an owner switches it.

auto-push-on = Activer la transmission automatique
auto-push-off = Désactiver la transmission automatique
auto-push-help = Plus personne n’a besoin de lancer la transmission : un appareil accepté a aussitôt accès.
auto-push-by-option = La transmission automatique est définie par l’option --auto-push, avec laquelle ce programme a été démarré.
told-auto-push-on = La transmission automatique est activée.
told-auto-push-off = La transmission automatique est désactivée.
access-auto_push_on = { $actor } a activé la transmission automatique
access-action-auto_push_on = Transmission automatique activée
access-auto_push_off = { $actor } a désactivé la transmission automatique
access-action-auto_push_off = Transmission automatique désactivée

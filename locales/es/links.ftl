## Approval links in what a webhook is told

webhook-links = Incluir un enlace de aprobación en los eventos de dispositivos en espera
webhook-links-help = Quien tenga el enlace puede dar acceso al dispositivo, una vez y en un plazo de tres días, con los permisos del propietario que activó esto. Envíelo solo a donde todos los que lo lean puedan decidir.

## Enlaces de aprobación: rechazados, revocados

access-link_revoked = { $actor } revocó un enlace de aprobación para { $subject }
access-action-link_revoked = Enlace de aprobación revocado
conflict-session-accepted = La sesión ya está aceptada y no necesita enlace de aprobación: no se creó ninguno.
conflict-session-not-pending = La sesión no espera aprobación: no se creó ningún enlace. Márquela antes como pendiente.
links-live = Enlaces de aprobación activos
links-own-help = Dan acceso a dispositivos con los permisos de su cuenta.
link-until = Válido hasta
link-revoke = Revocar
link-revoke-name = Revocar el enlace válido hasta el { $name }
link-by-webhook = por el webhook { $name }
told-link-revoked = El enlace está revocado: ya no da acceso a nadie.

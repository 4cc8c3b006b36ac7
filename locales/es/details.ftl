### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = orden { $name }
detail-enabled = activada: { $name }
detail-apps = apps: { $name }
detail-emails = correos: { $name }
detail-os = sistemas: { $name }
detail-app-versions = versiones de la app: { $name }
detail-languages = idiomas: { $name }
detail-networks = redes: { $name }
detail-simulator = simulador: { $name }
detail-jailbroken = con jailbreak: { $name }
detail-known-device = dispositivo conocido: { $name }
detail-quiet-for = sin cambios desde hace { $name }
detail-waiting-for = pendiente desde hace { $name }
detail-action = acción: { $name }
detail-at-most = como máximo { $name } por ejecución
detail-url = envía a { $name }
detail-events = eventos: { $name }
detail-approval-links = con enlaces de aprobación: { $name }
detail-link = enlace { $name }
detail-webhook = webhook { $name }
detail-delivery = entrega { $name }
detail-expires-at = hasta { $name }

## Approval links in the journal

actor-link-by = enlace { $name } de { $maker }
reason-kept-aside = Otro programa escribió esta versión mientras un cambio estaba interrumpido, y después una más reciente. Se conserva aquí: al deshacer vuelve, una vez eliminada la más reciente.
reason-link = Enlace de aprobación { $link }, creado por { $maker } el { $date }, usado desde { $address }
reason-link-of-webhook = Enlace de aprobación { $link }, enviado por el webhook { $webhook } de { $maker } el { $date }, usado desde { $address }
unknown-address = una dirección desconocida

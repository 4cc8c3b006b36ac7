### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = order { $name }
detail-enabled = switched on: { $name }
detail-apps = apps: { $name }
detail-emails = e-mails: { $name }
detail-os = systems: { $name }
detail-app-versions = app versions: { $name }
detail-languages = languages: { $name }
detail-networks = networks: { $name }
detail-simulator = simulator: { $name }
detail-jailbroken = jailbroken: { $name }
detail-known-device = known device: { $name }
detail-quiet-for = quiet for { $name }
detail-waiting-for = waiting for { $name }
detail-action = action: { $name }
detail-at-most = at most { $name } at a time
detail-url = sends to { $name }
detail-events = events: { $name }
detail-approval-links = with approval links: { $name }
detail-link = link { $name }
detail-webhook = webhook { $name }
detail-delivery = delivery { $name }
detail-expires-at = until { $name }

## Approval links in the journal

actor-link-by = link { $name } by { $maker }
reason-kept-aside = Another program wrote this version while a change was interrupted, and a newer one after it. It is kept here: undo brings it back once the newer one is deleted.
reason-link = Approval link { $link }, made by { $maker } on { $date }, used from { $address }
reason-link-of-webhook = Approval link { $link }, sent by the webhook { $webhook } of { $maker } on { $date }, used from { $address }
unknown-address = an unknown address

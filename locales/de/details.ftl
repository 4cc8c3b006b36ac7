### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = Reihenfolge { $name }
detail-enabled = eingeschaltet: { $name }
detail-apps = Apps: { $name }
detail-emails = E-Mails: { $name }
detail-os = Systeme: { $name }
detail-app-versions = App-Versionen: { $name }
detail-languages = Sprachen: { $name }
detail-networks = Netze: { $name }
detail-simulator = Simulator: { $name }
detail-jailbroken = Jailbreak: { $name }
detail-known-device = bekanntes Gerät: { $name }
detail-quiet-for = unverändert seit { $name }
detail-waiting-for = ausstehend seit { $name }
detail-action = Aktion: { $name }
detail-at-most = höchstens { $name } auf einmal
detail-url = sendet an { $name }
detail-events = Ereignisse: { $name }
detail-approval-links = mit Freigabelinks: { $name }
detail-link = Link { $name }
detail-webhook = Webhook { $name }
detail-delivery = Zustellung { $name }
detail-expires-at = bis { $name }

## Approval links in the journal

actor-link-by = Link { $name } von { $maker }
reason-kept-aside = Ein anderes Programm hat diese Fassung geschrieben, während eine Änderung unterbrochen war, und danach eine neuere. Sie wird hier aufbewahrt: „Rückgängig“ bringt sie zurück, sobald die neuere gelöscht ist.
reason-link = Freigabelink { $link }, angelegt von { $maker } am { $date }, verwendet von { $address }
reason-link-of-webhook = Freigabelink { $link }, gesendet vom Webhook { $webhook } von { $maker } am { $date }, verwendet von { $address }
unknown-address = unbekannter Adresse

### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = ordre { $name }
detail-enabled = active : { $name }
detail-apps = apps : { $name }
detail-emails = e-mails : { $name }
detail-os = systèmes : { $name }
detail-app-versions = versions de l’app : { $name }
detail-languages = langues : { $name }
detail-networks = réseaux : { $name }
detail-simulator = simulateur : { $name }
detail-jailbroken = débridé : { $name }
detail-known-device = appareil connu : { $name }
detail-quiet-for = inchangée depuis { $name }
detail-waiting-for = en attente depuis { $name }
detail-action = action : { $name }
detail-at-most = au plus { $name } par passage
detail-url = envoie à { $name }
detail-events = événements : { $name }
detail-approval-links = avec liens d’approbation : { $name }
detail-link = lien { $name }
detail-webhook = webhook { $name }
detail-delivery = envoi { $name }
detail-expires-at = jusqu’au { $name }

## Approval links in the journal

actor-link-by = le lien { $name } créé par { $maker }
reason-kept-aside = Un autre programme a écrit cette version pendant qu’une modification était interrompue, puis une plus récente. Elle est conservée ici : « Annuler » la rétablit une fois la plus récente supprimée.
reason-link = Lien d’approbation { $link }, créé par { $maker } le { $date }, utilisé depuis { $address }
reason-link-of-webhook = Lien d’approbation { $link }, envoyé par le webhook { $webhook } de { $maker } le { $date }, utilisé depuis { $address }
unknown-address = une adresse inconnue

### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = ordem { $name }
detail-enabled = ativada: { $name }
detail-apps = apps: { $name }
detail-emails = e-mails: { $name }
detail-os = sistemas: { $name }
detail-app-versions = versões do app: { $name }
detail-languages = idiomas: { $name }
detail-networks = redes: { $name }
detail-simulator = simulador: { $name }
detail-jailbroken = com jailbreak: { $name }
detail-known-device = dispositivo conhecido: { $name }
detail-quiet-for = sem alterações há { $name }
detail-waiting-for = pendente há { $name }
detail-action = ação: { $name }
detail-at-most = no máximo { $name } por execução
detail-url = envia para { $name }
detail-events = eventos: { $name }
detail-approval-links = com links de aprovação: { $name }
detail-link = link { $name }
detail-webhook = webhook { $name }
detail-delivery = entrega { $name }
detail-expires-at = até { $name }

## Approval links in the journal

actor-link-by = link { $name }, de { $maker }
reason-kept-aside = Outro programa gravou esta versão enquanto uma alteração estava interrompida, e depois uma mais recente. Ela fica guardada aqui: desfazer a traz de volta depois que a mais recente for excluída.
reason-link = Link de aprovação { $link }, criado por { $maker } em { $date }, usado a partir de { $address }
reason-link-of-webhook = Link de aprovação { $link }, enviado pelo webhook { $webhook } de { $maker } em { $date }, usado a partir de { $address }
unknown-address = um endereço desconhecido

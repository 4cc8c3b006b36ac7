## Webhooks: para onde enviam e com que direitos

webhook-owner = Envia o que pode ser visto por
webhook-is-paused = em pausa
webhook-paused = Não envia nada: a quem pertencia já não é proprietário. O que espera é mantido. Salve-o e ele será seu: então o que espera será enviado.
webhook-paused-warning = O webhook { $webhook } não envia nada: a quem pertencia já não é proprietário.
failure-out-of-reach = Nada é enviado a { $name }. Endereços de enlace local e de metadados são recusados, e os privados também, a menos que o proprietário do webhook possa ver todos os apps; --allow-webhook-to abre uma rede.
failure-no-answer = O receptor não respondeu. Verifique o endereço; webhooks de proprietários limitados a alguns apps só são enviados a endereços públicos.
failure-ended = O webhook foi alterado antes deste envio.
failure-not-allowed = O proprietário do webhook já não pode ver este app.
access-delivery_retried = { $actor } reenviou uma entrega do webhook { $subject }
access-action-delivery_retried = Entrega reenviada
rule-is-paused = em pausa
rule-paused = Não aceita ninguém: a quem pertencia já não é proprietário. Salve-a e ela será sua: então aceitará quem chegar a partir de agora.

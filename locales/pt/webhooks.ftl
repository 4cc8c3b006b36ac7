## Webhooks: para onde enviam e com que direitos

webhook-owner = Envia com as permissões de
webhook-is-paused = em pausa
webhook-paused = Ele não envia nada: o usuário ou token cujas permissões ele tem não existe mais, está desativado ou não é mais proprietário. Os eventos em espera são mantidos. Salve o webhook para assumi-lo; eles serão enviados em seguida.
webhook-paused-warning = O webhook { $webhook } não envia nada: o usuário ou token cujas permissões ele tem não existe mais, está desativado ou não é mais proprietário.
failure-out-of-reach = Nada é enviado a { $name }. Endereços de enlace local e de metadados são recusados, e os privados também, a menos que o proprietário do webhook possa ver todos os apps; --allow-webhook-to abre uma rede.
failure-no-answer = O receptor não respondeu. Verifique o endereço; os webhooks de proprietários limitados a alguns apps só são enviados a endereços públicos.
failure-ended = O webhook foi alterado antes deste envio.
failure-not-allowed = O proprietário do webhook não pode mais ver este app.
access-delivery_retried = { $actor } reenviou uma entrega do webhook { $subject }
access-action-delivery_retried = Entrega reenviada
rule-is-paused = em pausa

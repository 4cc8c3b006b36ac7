## Links de aprovação no que é comunicado a um webhook

webhook-links = Incluir um link de aprovação nos eventos de dispositivos em espera
webhook-links-help = Quem tiver o link pode aceitar o dispositivo, uma vez, no prazo de três dias, com as permissões do proprietário que ativou esta opção. Envie-o apenas para onde todas as pessoas que o leem possam decidir.

## Links de aprovação: recusados, revogados

access-link_revoked = { $actor } revogou um link de aprovação para { $subject }
access-action-link_revoked = Link de aprovação revogado
conflict-session-accepted = A sessão já está aceita e não precisa de link de aprovação: nenhum foi criado.
conflict-session-not-pending = A sessão não aguarda aprovação: nenhum link foi criado. Mude primeiro o status dela para pendente.
links-live = Links de aprovação ativos
links-own-help = Eles aceitam dispositivos com as suas permissões.
link-until = Válido até
link-revoke = Revogar
link-revoke-name = Revogar o link válido até { $name }
link-by-webhook = pelo webhook { $name }
told-link-revoked = O link foi revogado: não dá mais acesso a ninguém.

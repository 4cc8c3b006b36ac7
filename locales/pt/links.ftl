## Links de aprovação no que é comunicado a um webhook

webhook-links = Incluir um link de aprovação no aviso de um dispositivo em espera
webhook-links-help = Quem tiver o link pode aceitar o dispositivo, uma vez, no prazo de três dias, com as permissões do proprietário que ativou esta opção. Envie-o apenas para onde todas as pessoas que o leem possam decidir.

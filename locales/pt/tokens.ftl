field-networks = Redes
field-networks-help = Redes ou endereços, um por linha, por exemplo 10.0.0.0/8. De outro lugar, o token é recusado. Vazio: todos.
token-from = de { $name }
token-old-until = o segredo anterior funciona até { $name }
token-rotate-more = Novo segredo…
token-rotate-name = Novo segredo para { $name }
token-rotate-lead = O programa precisa do novo segredo no lugar do que tem. O nome, o papel e os apps permanecem.
token-grace = O segredo anterior
token-grace-help = Se o segredo anterior pode ter vazado, encerre-o na hora.
grace-none = termina na hora
grace-hours = { $count ->
    [one] funciona por mais uma hora
   *[other] funciona por mais { $count } horas
}
grace-days = { $count ->
    [one] funciona por mais um dia
   *[other] funciona por mais { $count } dias
}
invalid-grace = Escolha um destes prazos.
token-rotate = Criar um novo segredo
token-rotated = O token { $name } tem um novo segredo
access-token_rotated = { $actor } deu um novo segredo ao token { $subject }
access-token_elsewhere = { $actor } foi recusado: foi usado de outra rede
access-action-token_rotated = Novo segredo de token
access-action-token_elsewhere = Token de outra rede
detail-previous-until = segredo anterior até { $name }
conflict-token-expired = O token expirou e não recebe um novo segredo. Crie outro.
conflict-token-gives-more = Esse token lê segredos, dura mais ou é usado de outras redes que o seu. Peça o novo segredo a um proprietário.

field-networks = Redes
field-networks-help = Redes ou endereços, um por linha, como 10.0.0.0/8. De outro lugar, o token é recusado. Vazio: de qualquer lugar.
token-from = só de { $name }
token-old-until = o segredo anterior funciona até { $name }
token-rotate-more = Novo segredo…
token-rotate-name = Novo segredo para { $name }
token-rotate-lead = O programa precisa do novo segredo no lugar do atual. O nome, a função e os apps permanecem.
token-grace = O segredo anterior
token-grace-help = Se o segredo anterior puder ter vazado, faça-o deixar de funcionar na hora.
grace-none = deixa de funcionar na hora
grace-hours = { $count ->
    [one] funciona por mais uma hora
   *[other] funciona por mais { $count } horas
}
grace-days = { $count ->
    [one] funciona por mais um dia
   *[other] funciona por mais { $count } dias
}
invalid-grace = Escolha um destes prazos.
token-rotate = Gerar novo segredo
token-rotated = O token { $name } tem um novo segredo
access-token_rotated = { $actor } gerou um novo segredo para o token { $subject }
access-token_elsewhere = Uma solicitação de { $actor } foi recusada: o token foi usado a partir de outra rede
access-action-token_rotated = Novo segredo de um token
access-action-token_elsewhere = Token usado em outra rede
detail-previous-until = segredo anterior até { $name }
conflict-token-expired = O token expirou e não pode mais receber um novo segredo. Crie outro.
conflict-token-gives-more = Esse token lê segredos, expira depois do seu ou pode ser usado a partir de outras redes. Peça a um proprietário que gere o novo segredo.

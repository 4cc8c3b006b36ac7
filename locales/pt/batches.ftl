### Lotes interrompidos, e o que impede um lote.

batch-stop = Parar
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Interrompido: { $changed } de { $total } alteradas
error-batch-stopped = Sem alteração: o lote foi interrompido
    .what = O lote foi interrompido, ou o autor perdeu a permissão, antes da vez desta sessão.
error-total-differs = O número de sessões encontradas mudou
    .what = Foram encontradas mais ou menos sessões do que o esperado.
    .kept = Nada foi alterado.
error-replay-withheld = A primeira resposta não é mais exibida
    .what = Suas permissões mudaram desde então.
    .kept = A solicitação não foi repetida.

### O que é dito enquanto uma página está aberta e algo impede o que alguém faz nela.

gone-meanwhile = Eliminada entretanto
script-unanswered = Não chegou nenhuma resposta. Quando esta página estiver atualizada, poderá ver se foi feito; o que escreveu continua aqui.
script-away = Não foi guardado: a pasta não está disponível. O que escreveu foi conservado.
script-away-deed = Não foi feito: a pasta não está disponível. Tente de novo quando voltar a estar disponível.
script-out = O seu acesso terminou. Nada foi alterado; o que escreveu continua aqui. Entre e tente de novo aqui.
# $name is what stood against it, a title of an error.
script-refused = Não foi feito: { $name }. O que escreveu foi conservado.
keys-selected = Enquanto houver linhas selecionadas, as teclas para aceitar, tornar pendente e eliminar agem sobre todas elas.

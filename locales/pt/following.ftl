### O que é dito enquanto uma página está aberta e algo impede o que alguém faz nela.

gone-meanwhile = Excluída nesse meio-tempo
script-unanswered = Nenhuma resposta chegou. Quando esta página estiver atualizada, ela mostrará se a alteração foi feita; o que você digitou continua aqui.
script-unsure = Sem conexão: talvez isto não tenha sido salvo.
script-check = Verificar
told-not-saved = Conexão restabelecida: sua última alteração não foi salva. Faça-a de novo.
script-away = Não foi salvo: a pasta não está disponível. O que você digitou foi mantido.
script-away-deed = Não foi feito: a pasta não está disponível. Tente de novo quando ela voltar.
script-out = O seu acesso foi encerrado. Nada foi alterado; o que você digitou continua aqui. Entre e tente de novo aqui.
# $name is what stood against it, a title of an error.
script-refused = Não foi feito: { $name }. O que você digitou foi mantido.
keys-selected = Enquanto houver linhas selecionadas, as teclas para aceitar, marcar como pendente e excluir agem sobre todas elas.

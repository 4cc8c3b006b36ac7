### O que os scripts acrescentam às páginas: o que é dito enquanto uma página está aberta, teclas, notificações.

## O que acontece enquanto uma página está aberta

script-unreached = Não é possível contactar o servidor. Este é o último estado conhecido. Tente de novo dentro de momentos.
live-off = Sem atualização em direto: a tentar de novo
live-out = O seu acesso terminou.
# $name is a number.
rows-waiting = Mostrar as novidades ({ $name })
rows-new = Novo na lista: { $name }
fate-deleted = Eliminada
fate-gone = Já não está aqui
changed-meanwhile = Alterada entretanto
changed-meanwhile-to = Alterada entretanto: agora { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = vazio

## Teclas

keys = Teclado
keys-help = Também é possível fazer tudo com Tab e Enter. As teclas não fazem nada durante a escrita.
keys-off = Desativar as teclas simples
keys-close = Fechar
key-search = Procurar
key-next = Linha seguinte
key-previous = Linha anterior
key-select = Selecionar a linha
key-accept = Aceitar
key-pending = Tornar pendente
key-email = Editar o e-mail
# How the key is labelled on keyboards.
key-name-delete = Delete
key-delete = Eliminar
key-undo = Desfazer a última ação; se a sua mensagem já desapareceu, mostrá-la primeiro
key-refresh = Reler a pasta
key-help = Mostrar estas teclas

## Notificações

notify = Notificações
notify-help = Este navegador pode avisar quando um dispositivo fica à espera, mesmo enquanto vê outra coisa. Uma página do painel tem de ficar aberta.
notify-off = Avisar quando um dispositivo espera
notify-on = Deixar de avisar
notify-denied = Este navegador recusa as notificações deste painel. Permita-as primeiro nas definições dele.
notify-waits = Um dispositivo espera ser aceite

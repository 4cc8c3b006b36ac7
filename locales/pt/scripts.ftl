### O que os scripts acrescentam às páginas: o que é dito enquanto uma página está aberta, teclas, notificações.

## O que acontece enquanto uma página está aberta

script-unreached = Não é possível contatar o servidor. Este é o último estado conhecido. Tente de novo em alguns instantes.
live-off = Conexão perdida: tentando de novo
live-out = O seu acesso foi encerrado.
# $name is a number.
rows-waiting = Mostrar as novidades ({ $name })
rows-new = Novo na lista: { $name }
fate-deleted = Excluída
fate-gone = Não está mais aqui
changed-meanwhile = Alterada nesse meio-tempo
changed-meanwhile-to = Alterada nesse meio-tempo: agora { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = vazio

## Teclas

keys = Teclado
keys-help = Tudo isso também funciona com Tab e Enter. As teclas não fazem nada enquanto você digita.
keys-off = Desativar os atalhos de uma só tecla
keys-close = Fechar
key-next = Próxima linha
key-previous = Linha anterior
key-select = Selecionar a linha
key-accept = Aceitar
key-pending = Marcar como pendente
key-email = Editar o e-mail
# How the key is labelled on keyboards.
key-name-delete = Delete
key-delete = Excluir
key-undo = Desfazer a última ação; se a sua mensagem já desapareceu, mostrá-la primeiro
key-refresh = Reler a pasta
key-help = Mostrar estas teclas

## Notificações

notify = Notificações
notify-help = Este navegador pode avisar você quando um dispositivo passa a aguardar aprovação, mesmo enquanto você vê outra coisa. Uma página do painel precisa ficar aberta.
notify-off = Avisar sobre dispositivos em espera
notify-on = Parar de avisar
notify-denied = Este navegador recusa as notificações deste painel. Permita-as primeiro nas configurações dele.
notify-waits = Um dispositivo aguarda aprovação

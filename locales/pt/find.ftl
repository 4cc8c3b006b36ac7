### Encontrar qualquer pessoa: a busca no alto de cada página, entre sessões pendentes, aceitas e excluídas.

find = Encontrar uma sessão
find-hint = Dispositivo, e-mail, ID
find-help = Digite parte do nome do dispositivo, de um e-mail, de um ID ou de um endereço. As sessões excluídas também são encontradas, enquanto puderem ser restauradas.
# $count is a number of sessions that are there.
found = { $count ->
    [0] Nenhuma sessão encontrada
    [one] { $count } sessão encontrada
   *[other] { $count } sessões encontradas
}
found-deleted = { $count ->
    [one] { $count } excluída
   *[other] { $count } excluídas
}
# $name is what was searched for.
found-none = Nada corresponde a “{ $name }”, nem entre as sessões excluídas.
found-all = Mostrar todas as { $count } na lista
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Excluída por { $actor } { $ago }
deleted-outside = Excluída fora deste painel { $ago }
restore = Restaurar
restore-name = Restaurar { $name }
filter-list = Filtrar esta lista
key-find = Encontrar uma sessão
key-filter = Filtrar a lista

## The journal, where a batch is one line

journal-hint = Dispositivo, e-mail, ID
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor } alterou { $count } sessões
did-many-accept = { $actor } aceitou { $count } sessões
did-many-pending = { $actor } marcou { $count } sessões como pendentes
did-many-delete = { $actor } excluiu { $count } sessões
did-many-restore = { $actor } restaurou { $count } sessões
did-many-undo = { $actor } desfez uma alteração de { $count } sessões
# $device is the old session.
did-replace = { $actor } aceitou uma nova sessão no lugar de { $device }
# What stood there before a change.
value-before = antes: { $name }
batch-open = Mostrar cada uma
batch-close = Mostrar em uma linha
batch-all = Todas as { $count }

## What one decides by, beside the list

app-version = Versão do app
look-whole = Abrir a página inteira
key-look = Detalhes da linha

### A fila da primeira página, a página de uma sessão, e o que outra pessoa fez nesse meio-tempo.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Já visto

seen-title = Já visto
seen-help = Outras sessões do mesmo dispositivo, ou com o mesmo e-mail. Um dispositivo que reinstala o app recebe uma nova sessão, e a antiga fica para trás.
seen-none = Nenhuma outra sessão deste app tem este dispositivo ou este e-mail.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] Mesmo dispositivo que { $device }
    [email] Mesmo e-mail que { $device }
   *[both] Mesmo dispositivo e e-mail que { $device }
}: { $class ->
    [accepted] aceita
    [pending] pendente
   *[other] “{ $status }”
}, alterada { $ago }
seen-all-of-device = { $count ->
    [one] A única sessão deste dispositivo
   *[other] As { $count } sessões deste dispositivo
}
seen-all-of-email = { $count ->
    [one] A única sessão com este e-mail
   *[other] As { $count } sessões com este e-mail
}
seen-old = A sessão antiga
replace = Aceitar, excluir a antiga
replace-name = Aceitar { $name } e excluir a sessão antiga { $old }
replace-accepted = Excluir a antiga
replace-accepted-name = Manter { $name } e excluir a sessão antiga { $old }
replace-half-done = A nova sessão foi aceita. A antiga foi mantida.
done-replaced-back = { $device } está pendente de novo. { $olds }

## Uma sessão

state-title = Status atual
state-by = Definido por
state-push = Transmissão
state-accepted-by = Aceita por { $actor }, { $ago }.
state-pending-by = Marcada como pendente por { $actor }, { $ago }.
state-other-by = Definido por { $actor }, { $ago }.
state-restored-by = Restaurada por { $actor }, { $ago }.
state-accepted-outside = O 4D, ou alguém que editou o arquivo. Não foi aceita aqui.
state-pending-outside = O 4D, ou alguém que editou o arquivo, { $ago }.
state-other-outside = O 4D, ou alguém que editou o arquivo.
push-state-behind = Não transmitida: o 4D se guia pelo que tem na memória.
push-state-pushed = Transmitida { $ago }. Não há alteração posterior a transmitir.
push-state-pushed-by = Transmitida por { $actor }, { $ago }. Não há alteração posterior a transmitir.
push-state-none = Nenhuma alteração feita aqui aguarda transmissão.
push-state-refused = O 4D recusou este arquivo na última transmissão, { $ago }: o dispositivo está desconectado e precisa fazer login de novo.
effect-refused = Na última transmissão, o 4D recusou o arquivo e removeu a sessão da memória: o dispositivo foi desconectado.
choice-status = Status
copy-name = Copiar: { $name }
download-masked = Baixar o arquivo
download-masked-help = Com os segredos ocultos. O arquivo completo é para tokens que podem ler segredos:
download-none = Não é possível distinguir os segredos deste arquivo do resto. O arquivo é para tokens que podem ler segredos:
document-masked = { $count ->
    [one] Este segredo está oculto:
   *[other] Estes segredos estão ocultos:
}
no-document-too-large = O arquivo excede o limite e não foi lido.
no-document-unreadable = O sistema recusa a leitura do arquivo.
no-document-not-json = O arquivo não é JSON, por isso não há documento a mostrar.
no-document-beyond = O arquivo contém um número, um texto ou um aninhamento que é JSON válido, mas vai além do que pode ser mostrado aqui. Baixe-o para ver.
no-document-not-an-object = O arquivo é JSON, mas não um objeto entre chaves.

## O que outra pessoa fez nesse meio-tempo

conflict-title-old = A sessão antiga foi alterada desde que você a viu
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = Foi alterada fora deste painel, pelo 4D ou por alguém que editou o arquivo ({ $name }).
conflict-outside-too = O arquivo também foi gravado fora deste painel, pelo 4D ou por alguém que o editou ({ $name }).
conflict-nothing-written = Nada do que você pediu foi gravado.
conflict-gone = excluída
conflict-own = Definir o meu valor mesmo assim
conflict-own-delete = Excluir mesmo assim
conflict-help-replace = Abaixo está como as duas estão agora. Escolha de novo para substituir a antiga mesmo assim.
conflict-help-alone = Não há mais nada a substituir: aceite apenas esta sessão.
gone-title = A sessão { $name } foi excluída
gone-outside = Foi excluída fora deste painel, pelo 4D ou por alguém na pasta.
gone-help = “Desfazer” traz o arquivo de volta como era. Se a exclusão já foi transmitida, o dispositivo precisa fazer login de novo.
undo-look = Ver a sessão, para definir o valor antigo mesmo assim

### A fila da primeira página, a página de uma sessão, e o que outra pessoa fez entretanto.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Já visto

seen-title = Já visto
seen-help = Outras sessões do mesmo dispositivo, ou com o mesmo e-mail. Um dispositivo que reinstala a app recebe uma nova sessão, e a antiga fica para trás.
seen-none = Nenhuma outra sessão desta app tem este dispositivo ou este e-mail.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-short = { $same ->
    [device] Mesmo dispositivo que { $device }
    [email] Mesmo e-mail que { $device }
   *[both] Mesmo dispositivo e e-mail que { $device }
}: { $class ->
    [accepted] aceite
    [pending] pendente
   *[other] «{ $status }»
}
seen-mark = { seen-short }, alterada { $ago }
seen-more = e outras
seen-all-of-device = { $count ->
    [one] A única sessão deste dispositivo
   *[other] As { $count } sessões deste dispositivo
}
seen-all-of-email = { $count ->
    [one] A única sessão com este e-mail
   *[other] As { $count } sessões com este e-mail
}
seen-old = A sessão antiga
replace = Aceitar, eliminar a antiga
replace-name = Aceitar { $name } e eliminar a sessão antiga { $old }
replace-accepted = Eliminar a antiga
replace-accepted-name = Manter { $name } e eliminar a sessão antiga { $old }
replace-half-done = A nova sessão está aceite. A antiga foi mantida.
done-replaced = Sessão aceite, sessão antiga eliminada: { $device }.
done-replaced-back = Sessão de novo pendente, sessão antiga restaurada: { $device }.

## Uma sessão

state-title = Situação atual
state-by = Por quem
state-push = Transmissão
state-accepted-by = Aceite por { $actor }, { $ago }.
state-pending-by = Tornada pendente por { $actor }, { $ago }.
state-other-by = Estado definido por { $actor }, { $ago }.
state-restored-by = Restaurada por { $actor }, { $ago }.
state-accepted-outside = O 4D, ou alguém nos ficheiros. Não foi aceite aqui.
state-pending-outside = O 4D, ou alguém nos ficheiros, { $ago }.
state-other-outside = O 4D, ou alguém nos ficheiros.
push-state-behind = Não transmitida: o 4D se guia pelo que tem na memória.
push-state-pushed = Transmitida { $ago }. Nada do que foi alterado aqui desde então está à espera.
push-state-pushed-by = Transmitida por { $actor }, { $ago }. Nada do que foi alterado aqui desde então está à espera.
push-state-none = Nada do que foi alterado aqui espera transmissão.
push-state-refused = O 4D recusou este ficheiro na última transmissão, { $ago }: o dispositivo está desconectado e tem de iniciar sessão de novo.
effect-refused = Na última transmissão, o 4D recusou o ficheiro e retirou a sessão da memória: o dispositivo foi desconectado.
choice-status = Estado
copy-name = Copiar: { $name }
download-masked = Transferir o ficheiro
download-masked-help = Com os segredos ocultos. O ficheiro completo é para tokens que podem ler segredos:
download-none = Não é possível distinguir do resto os segredos deste ficheiro. O ficheiro é para tokens que podem ler segredos:
document-masked = { $count ->
    [one] Este segredo está oculto:
   *[other] Estes segredos estão ocultos:
}
no-document-too-large = O ficheiro excede o limite e não foi lido.
no-document-unreadable = O sistema recusa a leitura do ficheiro.
no-document-not-json = O ficheiro não é JSON, por isso não há documento a mostrar.
no-document-beyond = O ficheiro contém um número, um texto ou um aninhamento que é JSON válido, mas ultrapassa o que pode ser mostrado aqui. Transfira-o para o ver.
no-document-not-an-object = O ficheiro é JSON, mas não um objeto entre chavetas.

## O que outra pessoa fez entretanto

conflict-title-old = A sessão antiga foi alterada desde que a viu
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = Foi alterada fora deste painel, pelo 4D ou por alguém nos ficheiros ({ $name }).
conflict-outside-too = O ficheiro foi também escrito fora deste painel, pelo 4D ou por alguém nos ficheiros ({ $name }).
conflict-nothing-written = Nada do que pediu foi escrito.
conflict-gone = eliminada
conflict-own = Definir o meu valor mesmo assim
conflict-own-delete = Eliminar mesmo assim
conflict-help-replace = Abaixo está a situação atual de ambas. Escolha de novo para substituir a antiga mesmo assim.
conflict-help-alone = Já não há nada a substituir: aceite apenas esta sessão.
gone-title = A sessão { $name } foi eliminada
gone-outside = Foi eliminada fora deste painel, pelo 4D ou por alguém nos ficheiros.
gone-help = «Desfazer» repõe o ficheiro tal como estava. Se a eliminação já foi transmitida, o dispositivo tem de iniciar sessão de novo.
undo-look = Ver a sessão, para repor o valor antigo mesmo assim

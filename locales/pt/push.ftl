### A página de transmissão e o seu estado no cabeçalho.

push-would-drop = { $count ->
    [one] O 4D descartaria { $count } sessão na próxima transmissão.
   *[other] O 4D descartaria { $count } sessões na próxima transmissão.
}
push-no-connection = não ligado
push-no-connection-help = O 4D não está ligado: nada pode ser transmitido daqui.
push-folder-away = pasta indisponível
push-refused-unconnected = Nada foi transmitido: o 4D não está ligado. Abaixo explica-se como o ligar.
push-refused-failed = A transmissão falhou e tudo fica por transmitir. { $name }
push-which = Quais
push-dropped-which = Quais, e porquê
push-test-ok = Funciona
push-complained = { $count ->
    [one] O 4D assinalou { $count } erro.
   *[other] O 4D assinalou { $count } erros.
}
push-complained-unseen = Os ficheiros só são indicados a quem pode ver todas as apps.
told-pushed-errors-elsewhere = Transmitido. Há ficheiros que o 4D não aceita: a página «Transmissão ao 4D» indica-os.
told-push-test-failed = O teste da ligação falhou. { $name }

apps-unmatched = Não está aqui agora: { $name }. Nenhuma app corresponde.
apps-here = Apps que estão aqui
no-apps-held = Ainda não há apps para si
no-apps-held-help = Pode ver: { $apps }. De momento não há aqui nenhuma app que corresponda. Quem lhe deu a conta pode mudar isso.
rule-preview-list = Mostrá-los na lista
folder-is = A pasta é { $folder }.

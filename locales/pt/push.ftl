### A página de transmissão e o seu status no cabeçalho.

push-would-drop = { $count ->
    [one] { $count } arquivo inválido: a próxima transmissão desconecta o dispositivo.
   *[other] { $count } arquivos inválidos: a próxima transmissão desconecta estes dispositivos.
}
push-no-connection = não conectado
push-no-connection-help = O 4D não está conectado: nada pode ser transmitido daqui.
push-folder-away = pasta indisponível
push-refused-unconnected = Nada foi transmitido: o 4D não está conectado. Veja abaixo como conectá-lo.
push-refused-failed = A transmissão falhou, e tudo continua não transmitido. { $name }
push-which = Quais
push-dropped-which = Quais, e por quê
push-test-ok = Conectado: o 4D respondeu em { $count } ms.
push-complained = { $count ->
    [one] O 4D apontou { $count } erro.
   *[other] O 4D apontou { $count } erros.
}
push-complained-unseen = Os arquivos só são indicados a quem pode ver todos os apps.
told-pushed-errors-elsewhere = Transmitido. Há arquivos que o 4D não aceita: a página “Transmissão ao 4D” mostra quais são.
told-push-test-failed = O teste da conexão falhou. { $name }

apps-unmatched = Não está aqui agora: { $name }. Nenhum app corresponde.
apps-here = Apps que estão aqui
no-apps-held = Ainda não há apps para você
no-apps-held-help = Você pode ver: { $apps }. No momento, não há aqui nenhum desses apps. Quem criou a sua conta pode mudar isso.
rule-preview-list = Mostrá-los na lista
folder-is = A pasta é { $folder }.

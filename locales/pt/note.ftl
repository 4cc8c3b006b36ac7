### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = Nome e nota
note-name = Nome do dispositivo
note-text = Nota
note-help = Ficam guardados aqui, não no arquivo do 4D, para todas as sessões deste dispositivo neste app. A pesquisa encontra os dois.
invalid-note = É longo demais ou contém um caractere de controle. Use no máximo { $longest } caracteres.

## In the journal

action-set_note = Nota
did-name = { $actor } chamou { $device } de “{ $value }”
did-note = { $actor } escreveu uma nota em { $device }: “{ $value }”
did-no-note = { $actor } removeu a nota de { $device }
done-name = { $device } agora se chama “{ $value }”.
done-note = A nota de { $device } foi salva.
done-no-note = A nota de { $device } foi removida.
again-name = { $device } voltou a se chamar “{ $value }”
again-note = a nota de { $device } voltou a ser “{ $value }”
again-no-note = { $device } voltou a ficar sem nota

## Elsewhere

event-session-noted = Um dispositivo recebe um nome ou uma nota

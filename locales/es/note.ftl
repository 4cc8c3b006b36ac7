### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = Nombre y nota
note-name = Nombre del dispositivo
note-text = Nota
note-help = Se guardan aquí, no en el archivo de 4D, para todas las sesiones de este dispositivo en esta app. La búsqueda encuentra ambos.
invalid-note = Es demasiado largo o contiene un carácter de control. Use { $longest } caracteres como máximo.

## In the journal

action-set_note = Nota
did-name = { $actor } dio a { $device } el nombre «{ $value }»
did-note = { $actor } escribió una nota en { $device }: «{ $value }»
did-no-note = { $actor } quitó la nota de { $device }
done-name = { $device } se llama ahora «{ $value }».
done-note = Se guardó la nota de { $device }.
done-no-note = Se quitó la nota de { $device }.
again-name = { $device } vuelve a llamarse «{ $value }»
again-note = la nota de { $device } vuelve a ser «{ $value }»
again-no-note = { $device } vuelve a no tener nota

## Elsewhere

event-session-noted = Un dispositivo recibe un nombre o una nota

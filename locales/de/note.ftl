### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = Name und Notiz
note-name = Name des Geräts
note-text = Notiz
note-help = Wird hier gespeichert, nicht in der Datei von 4D, und gilt für jede Sitzung dieses Geräts in dieser App. Die Suche findet beides.
invalid-note = Das ist zu lang oder enthält ein Steuerzeichen: Höchstens { $longest } Zeichen sind möglich.

## In the journal

action-set_note = Notiz
did-name = { $actor } hat { $device } „{ $value }“ genannt
did-note = { $actor } hat zu { $device } notiert: „{ $value }“
did-no-note = { $actor } hat die Notiz zu { $device } entfernt
done-name = { $device } heißt jetzt „{ $value }“.
done-note = Die Notiz zu { $device } ist gespeichert.
done-no-note = Die Notiz zu { $device } ist entfernt.
again-name = { $device } heißt wieder „{ $value }“
again-note = die Notiz zu { $device } ist wieder „{ $value }“
again-no-note = { $device } hat wieder keine Notiz

## Elsewhere

event-session-noted = Ein Gerät bekommt einen Namen oder eine Notiz

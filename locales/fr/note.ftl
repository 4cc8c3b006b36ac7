### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = Nom et note
note-name = Nom de l’appareil
note-text = Note
note-help = Conservés ici et non dans le fichier de 4D, pour toutes les sessions de cet appareil dans cette app. La recherche en tient compte.
invalid-note = Texte trop long, ou contenant un caractère de contrôle : { $longest } caractères au plus.

## In the journal

action-set_note = Note
did-name = { $actor } a nommé { $device } « { $value } »
did-note = { $actor } a écrit une note sur { $device } : « { $value } »
did-no-note = { $actor } a supprimé la note sur { $device }
done-name = { $device } s’appelle maintenant « { $value } ».
done-note = La note sur { $device } a été enregistrée.
done-no-note = La note sur { $device } a été supprimée.
again-name = { $device } s’appelle de nouveau « { $value } »
again-note = la note sur { $device } est de nouveau « { $value } »
again-no-note = { $device } n’a de nouveau plus de note

## Elsewhere

event-session-noted = Un appareil reçoit un nom ou une note

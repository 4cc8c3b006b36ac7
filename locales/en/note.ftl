### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = Name and note
note-name = Name of the device
note-text = Note
note-help = Stored here, not in 4D’s file. Every session of this device in this app has them, and search finds them.
invalid-note = This is too long or has a control character. Use at most { $longest } characters.

## In the journal

action-set_note = Note
did-name = { $actor } named { $device } “{ $value }”
did-note = { $actor } wrote a note on { $device }: “{ $value }”
did-no-note = { $actor } removed the note on { $device }
done-name = { $device } is now named “{ $value }”.
done-note = The note on { $device } is saved.
done-no-note = The note on { $device } is removed.
again-name = { $device } is named “{ $value }” again
again-note = the note on { $device } is “{ $value }” again
again-no-note = { $device } has no note again

## Elsewhere

event-session-noted = A device gets a name or a note

### Was in den Zeilen einer Liste möglich ist, und ihre Filter.

set = Setzen
cancel = Abbrechen
status-of = Status von { $name }
email-of = E-Mail von { $name }
edit-email-of = E-Mail von { $name } bearbeiten
csv = Als CSV herunterladen
chip-no-simulator = Ohne Simulatoren
chip-simulator = Simulatoren
chip-compliant = Ohne Probleme
chip-pushed = Übertragen
# $name is a date.
chip-since = Geändert seit { $name }
# $name is a date.
chip-before = Unverändert seit { $name }

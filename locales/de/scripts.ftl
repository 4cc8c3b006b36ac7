### Was Skripte den Seiten hinzufügen: Hinweise, während eine Seite offen ist, Tasten, Benachrichtigungen.

## Was geschieht, während eine Seite offen ist

script-unreached = Der Server ist nicht erreichbar. Dies ist der zuletzt bekannte Stand. Versuchen Sie es gleich noch einmal.
live-off = Verbindung verloren: neuer Versuch läuft
live-out = Sie sind abgemeldet.
# $name is a number.
rows-waiting = Neues anzeigen ({ $name })
rows-new = Neu in der Liste: { $name }
fate-deleted = Gelöscht
fate-gone = Nicht mehr hier
changed-meanwhile = Inzwischen geändert
changed-meanwhile-to = Inzwischen geändert: jetzt { $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = leer

## Tasten

keys = Tastatur
keys-help = Alles geht auch mit Tab- und Eingabetaste. Während Sie tippen, haben die Tasten keine Wirkung.
keys-off = Einzeltasten ausschalten
keys-close = Schließen
key-next = Nächste Zeile
key-previous = Vorige Zeile
key-select = Zeile auswählen
key-accept = Zulassen
key-pending = Zurückstellen
key-email = E-Mail bearbeiten
# How the key is labelled on keyboards.
key-name-delete = Entf
key-delete = Löschen
key-undo = Letzte Aktion rückgängig machen; ist die Meldung dazu schon verschwunden, sie zuerst wieder anzeigen
key-refresh = Ordner neu lesen
key-help = Diese Tasten anzeigen

## Benachrichtigungen

notify = Benachrichtigungen
notify-help = Dieser Browser kann Ihnen melden, wenn ein Gerät zu warten beginnt, auch während Sie etwas anderes ansehen. Eine Seite des Panels muss offen bleiben.
notify-off = Melden, wenn ein Gerät wartet
notify-on = Nicht mehr melden
notify-denied = Dieser Browser lehnt Benachrichtigungen dieses Panels ab. Erlauben Sie sie zuerst in seinen Einstellungen.
notify-waits = Ein Gerät wartet auf Zulassung

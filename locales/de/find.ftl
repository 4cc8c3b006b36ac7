### Suche nach irgendwem: das Feld oben auf jeder Seite, über ausstehende, akzeptierte und gelöschte Sitzungen.

find = Sitzung finden
find-hint = Gerät, E-Mail, ID finden
find-help = Geben Sie einen Teil des Gerätenamens, einer E-Mail, einer ID oder einer IP-Adresse ein. Auch gelöschte Sitzungen werden gefunden, solange sie sich wiederherstellen lassen.
# $count is a number of sessions that are there.
found = { $count ->
    [0] Keine Sitzungen gefunden
    [one] 1 Sitzung gefunden
   *[other] { $count } Sitzungen gefunden
}
found-deleted = { $count ->
    [one] 1 gelöschte
   *[other] { $count } gelöschte
}
# $name is what was searched for.
found-none = Nichts passt zu „{ $name }“, auch keine gelöschte Sitzung.
found-all = Alle { $count } in der Liste anzeigen
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = Gelöscht von { $actor }, { $ago }
deleted-outside = Außerhalb dieses Panels gelöscht, { $ago }
restore = Wiederherstellen
restore-name = { $name } wiederherstellen
filter-list = Diese Liste filtern
key-find = Sitzung finden
key-filter = Liste filtern

## The journal, where a batch is one line

journal-hint = Gerät, E-Mail, ID
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor } hat { $count } Sitzungen geändert
did-many-accept = { $actor } hat { $count } Sitzungen zugelassen
did-many-pending = { $actor } hat { $count } Sitzungen zurückgestellt
did-many-delete = { $actor } hat { $count } Sitzungen gelöscht
did-many-restore = { $actor } hat { $count } Sitzungen wiederhergestellt
did-many-undo = { $actor } hat eine Änderung an { $count } Sitzungen rückgängig gemacht
# $device is the old session.
did-replace = { $actor } hat anstelle von { $device } eine neue Sitzung zugelassen
# What stood there before a change.
value-before = vorher: { $name }
batch-open = Einzeln anzeigen
batch-close = Als eine Zeile anzeigen
batch-all = Alle { $count }

## What one decides by, beside the list

app-version = App-Version
look-whole = Ganze Seite öffnen
key-look = Details der Zeile

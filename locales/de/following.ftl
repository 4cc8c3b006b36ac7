### Was gesagt wird, während eine Seite offen ist und etwas dem entgegensteht, was jemand dort tut.

gone-meanwhile = Inzwischen gelöscht
script-unanswered = Es kam keine Antwort. Ob die Änderung vorgenommen wurde, zeigt sich, sobald diese Seite wieder aktuell ist; Ihre Eingabe ist noch da.
script-unsure = Keine Verbindung: Möglicherweise wurde dies nicht gespeichert.
script-check = Prüfen
told-not-saved = Wieder verbunden: Ihre letzte Änderung wurde nicht gespeichert. Nehmen Sie sie noch einmal vor.
script-away = Nicht gespeichert: Der Ordner ist nicht verfügbar. Ihre Eingabe bleibt erhalten.
script-away-deed = Nicht ausgeführt: Der Ordner ist nicht verfügbar. Versuchen Sie es noch einmal, wenn er wieder da ist.
script-out = Sie sind abgemeldet. Es wurde nichts geändert; Ihre Eingabe ist noch da. Melden Sie sich an und versuchen Sie es dann hier noch einmal.
# $name is what stood against it, a title of an error.
script-refused = Nicht ausgeführt: { $name }. Ihre Eingabe bleibt erhalten.
keys-selected = Solange Zeilen ausgewählt sind, gelten die Tasten zum Zulassen, Zurückstellen und Löschen für alle ausgewählten.

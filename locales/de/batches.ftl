### Stapel, die angehalten werden, und was gegen einen Stapel spricht.

batch-stop = Stoppen
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Gestoppt: { $changed } von { $total } geändert
error-batch-stopped = Unverändert: Der Vorgang wurde gestoppt
    .what = Der Vorgang wurde gestoppt, oder die Berechtigung dazu entfiel, bevor diese Sitzung an der Reihe war.
error-total-differs = Die Zahl der passenden Sitzungen hat sich geändert
    .what = Es passen mehr oder weniger Sitzungen als erwartet.
    .kept = Es wurde nichts geändert.
error-replay-withheld = Die erste Antwort wird nicht mehr angezeigt
    .what = Ihre Rechte haben sich seitdem geändert.
    .kept = Die Anfrage wurde nicht noch einmal ausgeführt.

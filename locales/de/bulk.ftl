### Viele Sitzungen auf einmal, und der Weg zu einer anderen App.

accept-ask = { $count ->
    [one] 1 Sitzung zulassen?
   *[other] { $count } Sitzungen zulassen?
}
accept-count = { $count ->
    [one] 1 Sitzung zulassen
   *[other] { $count } Sitzungen zulassen
}
pending-ask = { $count ->
    [one] 1 Sitzung zurückstellen?
   *[other] { $count } Sitzungen zurückstellen?
}
pending-count = { $count ->
    [one] 1 Sitzung zurückstellen
   *[other] { $count } Sitzungen zurückstellen
}
count-changed = Noch wurde nichts geändert: Als die Seite gezeigt wurde, waren es { $before }, jetzt sind es { $now }.
which-unsure = Noch wurde nichts geändert: Die Liste hat sich so stark geändert, dass es andere Sitzungen sein können als die gezeigten.
not-shown = { $count ->
    [one] 1 davon wurde nicht gezeigt und steht an erster Stelle.
   *[other] { $count } davon wurden nicht gezeigt und stehen am Anfang.
}
batch-title = { $count ->
    [0] Sitzungen werden geändert
    [one] 1 Sitzung wird geändert
   *[other] { $count } Sitzungen werden geändert
}
batch-looks = Die Sitzungen werden herausgesucht.
batch-progress = { $done } von { $total } fertig
batch-leave = Sie können diese Seite verlassen und später wiederkommen: Der Vorgang läuft weiter.
batch-interrupted = Das Programm wurde beendet, bevor alle geändert waren
batch-interrupted-help = Wiederholen Sie den Vorgang für die übrigen.
batch-undone = Der Vorgang wurde rückgängig gemacht.
result-unchanged = { $count ->
    [one] Bei 1 Sitzung war nichts zu ändern.
   *[other] Bei { $count } Sitzungen war nichts zu ändern.
}
choose-app = Welche App
all-apps = Alle Apps
show-app = Anzeigen
delete-name = { $name } löschen

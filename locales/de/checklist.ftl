# What an installation needs before it is complete
checklist = Erste Schritte
checklist-progress = { $done } von { $all } erledigt
checklist-dismiss = Diese Liste ausblenden
told-checklist = Die Liste ist ausgeblendet.
step-done = Erledigt
step-open = Offen
step-folder = Den Ordner MobileApps finden
step-folder-help = Der Ordner ist gerade nicht lesbar. Die Leiste oben nennt den Grund.
step-connect = 4D verbinden
step-connect-help = 4D liest Änderungen nur, wenn es dazu aufgefordert wird. Den Code für Ihr 4D-Projekt finden Sie auf der Seite „Übertragung an 4D“. Starten Sie danach dieses Programm mit:
step-test = Die Verbindung testen
step-automatic = Automatisch übertragen
step-automatic-help = Dann muss niemand auf „Übertragen“ drücken: Wer zugelassen wird, hat sofort Zugang.
step-approval = In 4D eine Freigabe verlangen
step-approval-help = Mit dieser Zeile in { $method } wartet ein neues Gerät hier, bis Sie es zulassen:
step-colleague = Eine weitere Person hinzufügen
step-colleague-help = Alle haben ihre eigene Anmeldung. So sehen Sie, wer was getan hat.

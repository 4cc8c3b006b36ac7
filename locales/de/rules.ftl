### Regeln als Sätze, und das Formular, das sie baut.

rules-help = Eine Regel lässt Geräte von selbst zu, lehnt sie ab oder löscht Sitzungen. Ohne Wartezeit gilt sie nur für neue Anfragen, nie für ein Gerät, das schon ausstehend ist oder von einem Menschen zurückgestellt wurde. Es gilt die erste Regel, die passt. Jede Änderung steht im Journal und lässt sich rückgängig machen.
rule-paused = Sie tut nichts: Der Benutzer oder das Token, dessen Rechte sie hat, besteht nicht mehr, ist gesperrt oder hat nicht mehr die Rolle Inhaber. Speichern Sie die Regel, um sie zu übernehmen.
rule-action-accept = Zulassen
rule-action-decline = Ablehnen
rule-action-delete = Löschen
rule-does = Aktion
rule-says = Wortlaut
rule-says-accept = Zulassen, wenn { $name }
rule-says-accept-all = Alle zulassen
rule-says-decline = Ablehnen, wenn { $name }
rule-says-decline-all = Alle ablehnen
rule-says-delete = Löschen, wenn { $name }, höchstens { $most } auf einmal
rule-and = { $a } und { $b }
rule-or = { $a } oder { $b }
rule-no-email = leer
rule-if-apps = die App { $name } ist
rule-if-emails = die E-Mail { $name } ist
rule-if-os = das System { $name } ist
rule-if-versions = die App-Version { $name } ist
rule-if-languages = die Sprache { $name } ist
rule-if-networks = die Adresse in { $name } liegt
rule-if-simulator = das Gerät ein Simulator ist
rule-if-no-simulator = das Gerät kein Simulator ist
rule-if-jailbroken = das Gerät einen Jailbreak hat
rule-if-no-jailbroken = das Gerät keinen Jailbreak hat
rule-if-known = das Gerät bekannt ist
rule-if-unknown = das Gerät nicht bekannt ist
rule-if-declined = jemand die Sitzung abgelehnt hat
rule-if-waiting = die Sitzung seit { $name } aussteht
rule-if-quiet = die Sitzung seit { $name } unverändert ist
rule-span-d = { $count ->
    [one] 1 Tag
   *[other] { $count } Tagen
}
rule-span-h = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
rule-span-m = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
rule-span-s = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}

## Das Formular

rule-conditions = Wenn
rule-condition = Bedingung { $count }
rule-condition-values = Werte der Bedingung { $count }
rule-condition-remove = Bedingung { $count } entfernen
rule-condition-add = Bedingung hinzufügen
rule-conditions-help = Alle Bedingungen müssen erfüllt sein. Von mehreren zum selben Feld genügt eine. Geben Sie einen Wert pro Zeile an; { "*" } steht für beliebige Zeichen, etwa { "*" }@example.com. Ohne Bedingung gilt die Regel für alle.
rule-field-unset = Auswählen …
rule-field-emails = E-Mail ist
rule-field-no-email = E-Mail ist leer
rule-field-os = System ist
rule-field-versions = App-Version ist
rule-field-languages = Sprache ist
rule-field-networks = Adresse liegt in
rule-field-simulator = Ist ein Simulator
rule-field-no-simulator = Ist kein Simulator
rule-field-jailbroken = Hat einen Jailbreak
rule-field-no-jailbroken = Hat keinen Jailbreak
rule-field-known = Gerät ist bekannt
rule-field-unknown = Gerät ist nicht bekannt
rule-field-declined = Wurde abgelehnt
rule-field-missing = Wählen Sie, worauf sich diese Werte beziehen.
rule-value-missing = Geben Sie mindestens einen Wert an, oder entfernen Sie diese Bedingung.
rule-declined-already = Eine abgelehnte Sitzung kann nicht noch einmal abgelehnt werden.
rule-quiet-for = Unverändert seit mindestens
rule-waiting-for = Ausstehend seit mindestens
rule-unit = Einheit
rule-unit-d = Tagen
rule-unit-h = Stunden
rule-unit-m = Minuten
rule-unit-s = Sekunden
rule-span-missing = Eine Regel, die löscht, braucht eine Zeitangabe: seit mindestens einer Stunde unverändert oder ausstehend.
rule-span-short = Eine Regel löscht frühestens nach einer Stunde. Geben Sie mindestens 1 Stunde an.
invalid-span = Geben Sie eine ganze Zahl ab 1 an; möglich sind höchstens 100 Jahre.
rule-at-most = Höchstens auf einmal
rule-at-most-help = Der Rest folgt beim nächsten Durchgang. Jeder Durchgang lässt sich als Ganzes rückgängig machen.
invalid-at-most = Geben Sie eine ganze Zahl von 1 bis 10.000 an.
rule-preview-help = Die Vorschau zeigt, worauf die Regel jetzt wirken würde. Dabei wird nichts gespeichert oder geändert.
rule-preview-kept = Das ist eine Vorschau. Es wurde nichts gespeichert oder geändert.
rule-preview-deletes = { $count ->
    [0] Jetzt würde keine Sitzung gelöscht
    [one] Jetzt würde 1 Sitzung gelöscht
   *[other] Jetzt würden { $count } Sitzungen gelöscht
}
rule-switch-on = Aktivieren und löschen
rule-switch-on-help = Nach dem Aktivieren beginnt die Regel sofort: Sie löscht, was Sie hier sehen, aber nie mehr auf einmal, als in ihr festgelegt ist. Jeden Durchgang können Sie unter „Änderungen“ rückgängig machen.
rule-recounted = Inzwischen würde die Regel eine andere Zahl von Sitzungen löschen. Prüfen Sie die Liste noch einmal.

## Die Liste

rule-try = Prüfen und aktivieren
rule-move-up = { $name } nach oben
rule-move-down = { $name } nach unten
told-rule-off = Die Regel ist gespeichert, aber noch deaktiviert. Prüfen Sie, was sie löschen würde, und aktivieren Sie sie dann.
told-rule-timed = Die Regel ist gespeichert. Sie wirkt, sobald eine Sitzung lange genug ausstehend oder unverändert ist.
told-rule-moved = Die Regel ist verschoben.

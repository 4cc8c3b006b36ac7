### Die Warteschlange der ersten Seite, die Seite einer Sitzung, und was jemand anders inzwischen getan hat.
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## Schon gesehen

seen-title = Frühere Sitzungen
seen-help = Andere Sitzungen desselben Geräts oder mit derselben E-Mail. Wird die App auf einem Gerät neu installiert, bekommt es eine neue Sitzung, und die alte bleibt zurück.
seen-none = Keine andere Sitzung dieser App hat dieses Gerät oder diese E-Mail.
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] Dasselbe Gerät wie { $device }
    [email] Dieselbe E-Mail wie { $device }
   *[both] Dasselbe Gerät und dieselbe E-Mail wie { $device }
}: { $class ->
    [accepted] zugelassen
    [pending] ausstehend
   *[other] „{ $status }“
}, geändert { $ago }
seen-all-of-device = { $count ->
    [one] Die eine Sitzung dieses Geräts
   *[other] Alle { $count } Sitzungen dieses Geräts
}
seen-all-of-email = { $count ->
    [one] Die eine Sitzung mit dieser E-Mail
   *[other] Alle { $count } Sitzungen mit dieser E-Mail
}
seen-old = Die alte Sitzung
replace = Zulassen, alte löschen
replace-name = { $name } zulassen und die alte Sitzung { $old } löschen
replace-accepted = Alte löschen
replace-accepted-name = { $name } behalten und die alte Sitzung { $old } löschen
replace-half-done = Die neue Sitzung ist zugelassen. Die alte blieb erhalten.
done-replaced-back = { $device } ist wieder ausstehend. { $olds }

## Eine Sitzung

state-title = Aktueller Status
state-by = Gesetzt von
state-push = Übertragung
state-accepted-by = Von { $actor } zugelassen, { $ago }.
state-pending-by = Von { $actor } zurückgestellt, { $ago }.
state-other-by = Von { $actor } gesetzt, { $ago }.
state-restored-by = Von { $actor } wiederhergestellt, { $ago }.
state-accepted-outside = 4D oder jemand direkt in den Dateien. Hier wurde sie nicht zugelassen.
state-pending-outside = 4D oder jemand direkt in den Dateien, { $ago }.
state-other-outside = 4D oder jemand direkt in den Dateien.
push-state-behind = Nicht übertragen: Für 4D gilt, was es im Speicher hat.
push-state-pushed = Übertragen { $ago }. Es wartet keine spätere Änderung.
push-state-pushed-by = Von { $actor } übertragen, { $ago }. Es wartet keine spätere Änderung.
push-state-none = Keine hier vorgenommene Änderung wartet auf die Übertragung.
push-state-refused = 4D hat diese Datei bei der letzten Übertragung abgelehnt, { $ago }: Das Gerät ist abgemeldet und muss sich neu anmelden.
effect-refused = Bei der letzten Übertragung hat 4D die Datei abgelehnt und die Sitzung aus dem Speicher entfernt: Das Gerät wurde abgemeldet.
choice-status = Status
copy-name = Kopieren: { $name }
download-masked = Datei herunterladen
download-masked-help = Mit verdeckten Geheimnissen. Die ganze Datei bekommen Tokens, die Geheimnisse lesen dürfen:
download-none = Die Geheimnisse in dieser Datei lassen sich nicht vom Rest unterscheiden. Die Datei bekommen Tokens, die Geheimnisse lesen dürfen:
document-masked = { $count ->
    [one] Dieses Geheimnis ist verdeckt:
   *[other] Diese Geheimnisse sind verdeckt:
}
no-document-too-large = Die Datei ist größer als die Grenze und wurde nicht gelesen.
no-document-unreadable = Das System verweigert das Lesen der Datei.
no-document-not-json = Die Datei ist kein JSON, darum lässt sich kein Dokument anzeigen.
no-document-beyond = Die Datei enthält eine Zahl, einen Text oder eine Verschachtelung, die gültiges JSON ist, aber hier nicht angezeigt werden kann. Laden Sie sie herunter, um sie zu sehen.
no-document-not-an-object = Die Datei ist JSON, aber kein Objekt in geschweiften Klammern.

## Was jemand anders inzwischen getan hat

conflict-title-old = Die alte Sitzung wurde geändert, seit Sie sie angesehen haben
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }, { $ago }.
conflict-by-outside = Sie wurde außerhalb dieses Panels geändert, von 4D oder direkt in der Datei ({ $name }).
conflict-outside-too = Die Datei wurde auch außerhalb dieses Panels geschrieben, von 4D oder von jemandem, der sie bearbeitet hat ({ $name }).
conflict-nothing-written = Ihre Änderung wurde nicht gespeichert.
conflict-gone = gelöscht
conflict-own = Trotzdem meinen Wert setzen
conflict-own-delete = Trotzdem löschen
conflict-help-replace = Unten steht, wie beide jetzt sind. Wählen Sie noch einmal, um die alte trotzdem zu ersetzen.
conflict-help-alone = Es gibt nichts mehr zu ersetzen: Lassen Sie nur diese Sitzung zu.
gone-title = Sitzung { $name } ist gelöscht
gone-outside = Sie wurde außerhalb dieses Panels gelöscht, von 4D oder direkt in den Dateien.
gone-help = „Rückgängig“ bringt die Datei zurück, wie sie war. Wurde das Löschen schon übertragen, muss sich das Gerät neu anmelden.
undo-look = Sitzung ansehen, um den alten Wert trotzdem zu setzen

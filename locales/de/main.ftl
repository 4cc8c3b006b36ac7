### Alle Texte des Panels auf Deutsch. Eine Meldung enthält keine Auszeichnung: Betontes und Verlinktes kommt als Argument.
### Eingesetzte Namen stehen so, dass kein Artikel und kein Fall von ihnen abhängt: { $actor } kann auch „Token x“ sein.

## Rahmen

brand = Mobile Sessions
docs-title = Mobile Sessions: die API
docs-document = OpenAPI-Dokument
docs-subjects = Teile der API
docs-types = Typen
docs-parameters = Parameter
docs-required = erforderlich
docs-body = Inhalt
docs-answers = Antworten
docs-example = Beispiel
docs-by-curl = Mit curl
docs-try = Ausprobieren
docs-try-help = Wird mit Ihrer Anmeldung und Ihren Rechten gesendet. Das ist keine Probe: Was die Anfrage ändert, ist geändert.
docs-send = Senden
skip-to-content = Zum Inhalt springen
nav-main = Hauptnavigation
nav-overview = Übersicht
nav-sessions = Sitzungen
nav-changes = Änderungen
nav-administration = Verwaltung
nav-waiting = { $count ->
    [one] 1 Gerät wartet
   *[other] { $count } Geräte warten
}
push-up-to-date = Mit 4D abgeglichen
push-behind = { $count ->
    [one] 1 Änderung nicht übertragen
   *[other] { $count } Änderungen nicht übertragen
}
push-behind-help = Diese Änderungen stehen in den Dateien. Auf die Geräte wirken sie, sobald 4D MOBILE APP REFRESH SESSIONS ausführt.
push = Übertragen
push-waits = { $count ->
    [one] Die automatische Übertragung wartet: 1 defekte Datei würde das zugehörige Gerät abmelden.
   *[other] Die automatische Übertragung wartet: { $count } defekte Dateien würden ihre Geräte abmelden.
}
push-waits-elsewhere = Die automatische Übertragung wartet: Defekte Dateien anderer Apps würden ihre Geräte abmelden.
push-waits-help = Sie läuft von selbst weiter, sobald 4D dabei niemanden mehr abmelden würde.
push-failed = Die letzte Übertragung ist fehlgeschlagen.
menu-account = Konto von { $name }
log-in = Anmelden
log-out = Abmelden
undo = Rückgängig
dismiss = Schließen
folder-away = Der Ordner MobileApps ist nicht verfügbar.
folder-away-help = Die Listen erscheinen von selbst wieder, sobald er lesbar ist. Das System meldet: { $name }.
folder-reading = Der Ordner MobileApps wird gelesen: bisher { $done } von { $total } Dateien.
folder-reading-help = Die Listen zeigen, was bis jetzt gelesen wurde. Laden Sie die Seite neu, um mehr zu sehen.
request-id = Anfrage
role-viewer = Betrachter: liest
role-operator = Bearbeiter: liest und ändert
role-owner = Inhaber

## Wörter der Listen

col-device = Gerät
col-status = Status
col-os = System
col-email = E-Mail
col-app = App
col-ip = IP-Adresse
col-changed = Letzte Änderung
col-waiting = Wartezeit
col-actions = Aktionen
col-share = Zugelassen und ausstehend
col-sessions = Sitzungen
col-problems = Probleme
col-session = Sitzung
col-outcome = Ergebnis
col-when = Wann
col-what = Was
col-pushed = Übertragen
col-action = Aktion
all-actions = Alle Aktionen
col-actor = Wer
status-accepted = Zugelassen
status-pending = Ausstehend
status-none = Kein Status
status-unreadable = Nicht lesbar
status-unknown = „{ $name }“
guest = Gast
simulator = Simulator
not-pushed = Nicht übertragen
sessions-accepted = Zugelassen
sessions-pending = Ausstehend
sessions-other = Andere
sessions-unpushed = Nicht übertragen
count-sessions = { $count ->
    [one] 1 Sitzung
   *[other] { $count } Sitzungen
}
count-pending = { $count } ausstehend
count-noncompliant = { $count } mit Problemen
count-problems = { $count ->
    [one] 1 Problem
   *[other] { $count } Probleme
}
count-changes = { $count ->
    [one] 1 Änderung
   *[other] { $count } Änderungen
}
count-bytes = { $count ->
    [one] 1 Byte
   *[other] { $count } Byte
}
number = { $count }
range = { $from }–{ $to } von { $total }
pages = Seiten
first-page = Erste
previous-page = Zurück
next-page = Weiter
yes = ja
no = nein

## Was man tun kann

accept = Zulassen
accept-name = { $name } zulassen
accept-all = Alle { $count } zulassen
accept-these = Diese { $count } zulassen
set-pending = Zurückstellen
set-pending-name = Zurückstellen: { $name }
look = Details
look-name = Details zu { $name }
delete = Löschen
delete-more = Löschen …
undo-name = Rückgängig: { $name }
refresh = Aktualisieren
search = Suchen
search-hint = Gerät, E-Mail, ID, Adresse
save = Speichern
show = Anzeigen
back = Zurück

## Übersicht

waiting-title = { $count ->
    [one] 1 Gerät wartet
   *[other] { $count } Geräte warten
}
waiting-oldest = Das erste ist { $name } eingetroffen. Ein zugelassenes Gerät hat nach der nächsten Übertragung Zugang.
waiting-caption = Geräte, die auf Zulassung warten
waiting-all = { $count ->
    [one] Das wartende Gerät
   *[other] Alle { $count } wartenden Geräte
}
nobody-waiting = Niemand wartet
nobody-waiting-help = Hier erscheint jedes Gerät, das erst zugelassen werden muss. In 4D verlangt man das mit { $line } in der Datenbankmethode { $method }.
no-apps = Noch keine Apps
no-apps-help = Wenn sich ein Gerät zum ersten Mal anmeldet, legt 4D für seine App einen Ordner in { $folder } an, und die App erscheint hier.
apps = Apps
all-sessions = Alle Sitzungen
latest-changes = Letzte Änderungen
all-changes = Alle Änderungen
no-changes-yet = Hier wurde noch nichts geändert. Jede Änderung steht hier mit ihrem Urheber und lässt sich rückgängig machen.

## Listen

filters = Filter
chip-all = Alle
chip-noncompliant = Mit Problemen
chip-quiet = Seit 90 Tagen unverändert
chip-condition = { $key }: { $value }
no-results = Zu diesen Filtern passt nichts.
no-sessions-yet = Noch keine Sitzungen. Ein Gerät, das sich anmeldet, erscheint hier.
clear-filters = Filter zurücksetzen
select-page = Alle auf dieser Seite auswählen
select-name = { $name } auswählen
with-selected = Auswahl:
all-that-match = Alle { $count } Treffer auswählen
delete-ask = { $count ->
    [one] 1 Sitzung löschen?
   *[other] { $count } Sitzungen löschen?
}
delete-ask-help = Die betroffenen Geräte werden abgemeldet, sobald 4D die Dateien wieder liest. Die Dateien werden aufbewahrt, und das Löschen lässt sich rückgängig machen.
delete-count = { $count ->
    [one] 1 Sitzung löschen
   *[other] { $count } Sitzungen löschen
}
keep-them = Behalten
and-more = { $count ->
    [one] und 1 weitere
   *[other] und { $count } weitere
}
result-title = Nicht geändert: { $failed } von { $total }
result-changed = { $count ->
    [0] Es wurde nichts geändert.
    [one] 1 Sitzung wurde geändert. Die anderen blieben unverändert.
   *[other] { $count } Sitzungen wurden geändert. Die anderen blieben unverändert.
}
back-to-list = Zurück zur Liste

## Eine Sitzung

crumbs = Sie sind hier
group-device = Gerät und Benutzer
group-app = App
group-file = Datei
field-model = Modell
field-system = System
field-device-id = Geräte-ID
field-push-token = Push-Mitteilungen
field-language = Sprache
field-app-name = Name
field-app-version = Version
field-app-id = Bundle-ID
field-team-id = Team-ID
field-session-id = Sitzungs-ID
field-path = Pfad
field-size = Größe
field-modified = Zuletzt geändert
field-first-seen = Zuerst gesehen
not-given = keine Angabe
document = Dokument
change = Ändern
field-email = E-Mail
field-reason = Grund
field-reason-help = Für das Journal. Der Grund wird mit Ihrer nächsten Änderung festgehalten.
optional = (optional)
invalid-email = Das ist keine E-Mail-Adresse und kein Anmeldename. Geben Sie 1 bis 254 Zeichen ohne Steuerzeichen ein, oder lassen Sie das Feld für einen Gast leer.
invalid-status = Wählen Sie eines davon: { $name } lässt sich nicht setzen.
invalid-reason = Das sind { $length } Zeichen. Höchstens { $longest } werden aufbewahrt: bitte kürzen.
history = Verlauf
no-history = Diese Sitzung wurde hier noch nicht geändert.
conflict-title = Die Sitzung wurde geändert, seit Sie diese Seite geladen haben
conflict-now = Jetzt
conflict-yours = Ihr Wert
conflict-wanted = Gewünscht
conflict-help = Unten steht die Sitzung, wie sie jetzt ist. Wählen Sie noch einmal, wenn Ihr Wert trotzdem gelten soll.

## Was 4D von einer Datei hält

problems-title = { $count ->
    [one] 4D nimmt diese Datei nicht an
   *[other] 4D nimmt diese Datei aus { $count } Gründen nicht an
}
problem-effect = Was 4D tut
problem-mend = Abhilfe
assumed = vermutet
assumed-help = Eine Vermutung. Das Schema von 4D ist nicht öffentlich, und Namen, die sich nur in Groß- und Kleinschreibung unterscheiden, hält 4D wahrscheinlich für gleich.
code-named = { $title } (Fehler { $code })
code-1 = Die Datei liegt am falschen Ort
    .effect = Bei der nächsten Übertragung entfernt 4D die Sitzung aus dem Speicher: Das Gerät wird abgemeldet und muss sich neu anmelden.
code-2 = Die Datei ist kein wohlgeformtes JSON
    .effect = Bei der nächsten Übertragung kann 4D die Datei nicht lesen und entfernt die Sitzung aus dem Speicher: Das Gerät wird abgemeldet.
code-3 = Die Datei entspricht nicht dem Schema für Sitzungen
    .effect = Bei der nächsten Übertragung lehnt 4D die Datei wahrscheinlich ab und entfernt die Sitzung aus dem Speicher: Das Gerät wird abgemeldet.
code-4 = Das Verbindungstoken passt nicht zum Inhalt
    .effect = Bei der nächsten Übertragung lehnt 4D die Datei ab und entfernt die Sitzung aus dem Speicher: Das Gerät wird abgemeldet.
finding-wrong-folder = Der Name des Ordners entspricht nicht der Team-ID und der Bundle-ID in der Datei.
    .mend = Verschieben Sie die Datei in den Ordner ihrer App, oder löschen Sie sie hier: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
finding-wrong-name = Der Dateiname ist nicht die Sitzungs-ID in der Datei.
    .mend = Geben Sie der Datei den Namen, der bei { $pointer } steht. Ist sie eine Kopie, löschen Sie sie.
finding-unreadable = Das System verweigert das Lesen der Datei: { $text }.
    .mend = Geben Sie dem Benutzer, unter dem dieses Programm läuft, das Recht, die Datei zu lesen.
finding-empty = Die Datei ist leer.
    .mend = Bleibt sie leer, löschen Sie sie: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
finding-too-large = Die Datei ist größer als { $number } Byte und wurde nicht gelesen.
    .mend = Ist sie wirklich eine Sitzung, starten Sie das Programm mit einer höheren Grenze. Sonst verschieben Sie die Datei aus dem Ordner.
finding-not-utf8 = Die Datei ist kein UTF-8-Text: Byte { $number } gehört dort nicht hin.
    .mend = Speichern Sie die Datei als UTF-8, oder löschen Sie sie: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
finding-not-json = Die Datei ist kein JSON: Das Lesen endete in Zeile { $number }, Spalte { $text }.
    .mend = Sehen Sie sich die Stelle in einem Texteditor an: Oft fehlt dort ein Komma, ein Anführungszeichen oder eine Klammer. Oder löschen Sie die Datei.
finding-not-an-object = Die Datei ist JSON, aber kein Objekt in geschweiften Klammern.
    .mend = Löschen Sie sie: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
finding-missing = Der Wert { $pointer } fehlt.
    .mend = { $field ->
        [status] Lassen Sie die Sitzung zu oder stellen Sie sie zurück: Dabei wird der Status ergänzt.
       *[other] Ergänzen Sie den Wert in einem Texteditor, oder löschen Sie die Datei: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
    }
finding-wrong-type = Der Wert { $pointer } ist nicht vom Typ { $text }.
    .mend = { $field ->
        [status] Lassen Sie die Sitzung zu oder stellen Sie sie zurück.
        [email] Speichern Sie eine E-Mail-Adresse oder eine leere.
       *[other] Berichtigen Sie den Wert in einem Texteditor, oder löschen Sie die Datei: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
    }
finding-schema-keyword = Der Wert { $pointer } verletzt die Vorgabe { $text } des Schemas.
    .mend = Berichtigen Sie den Wert in einem Texteditor.
finding-doubled = Der Schlüssel { $pointer } kommt zweimal vor. Welchen der beiden 4D liest, ist nicht bekannt.
    .mend = Entfernen Sie einen der beiden in einem Texteditor. Bis dahin wird hier nichts an der Datei geändert.
finding-token-unreadable = Das Verbindungstoken ist nicht so, wie 4D es schreibt: Base64 eines Objekts mit den drei IDs.
    .mend = Löschen Sie die Sitzung: Das Gerät bekommt bei der nächsten Anmeldung ein neues Token.
finding-token-disagrees = Das Verbindungstoken nennt einen anderen Wert als den bei { $pointer }.
    .mend = Wurde { $pointer } von Hand geändert, stellen Sie den alten Wert wieder her. Sonst löschen Sie die Sitzung: Das Gerät bekommt bei der nächsten Anmeldung ein neues Token.

## Journal

since = Ab
until = Bis
newest = Neueste
newer = Neuere
older = Ältere
undone = rückgängig gemacht
not-yet = noch nicht
overwritten = überschrieben
overwritten-help = Das Programm wurde mitten in dieser Änderung beendet, und jetzt steht dort, was jemand anders geschrieben hat.
action-set_status = Status
action-set_email = E-Mail
action-edit = Status und E-Mail
action-delete = Löschen
action-restore = Wiederherstellen
actor-token = Token { $name }
actor-rule = Regel { $name }
actor-link = Link { $name }
actor-cli = Befehlszeile
did-accept = { $actor } hat { $device } zugelassen
did-pending = { $actor } hat { $device } zurückgestellt
did-status = { $actor } hat den Status von { $device } auf { $value } gesetzt
did-no-status = { $actor } hat den Status von { $device } entfernt
did-email = { $actor } hat die E-Mail von { $device } auf { $value } gesetzt
did-no-email = { $actor } hat die E-Mail von { $device } entfernt
did-edit = { $actor } hat Status und E-Mail von { $device } geändert
did-delete = { $actor } hat { $device } gelöscht
did-restore = { $actor } hat { $device } wiederhergestellt
done-accept = { $device } ist zugelassen.
done-pending = { $device } ist ausstehend.
done-status = Der Status von { $device } ist { $value }.
done-no-status = { $device } hat keinen Status mehr.
done-email = Die E-Mail von { $device } ist { $value }.
done-no-email = { $device } hat keine E-Mail mehr.
done-edit = Status und E-Mail von { $device } sind geändert.
done-delete = { $device } ist gelöscht.
done-restore = { $device } ist wiederhergestellt.
done-many = { $count ->
    [one] 1 Sitzung ist geändert.
   *[other] { $count } Sitzungen sind geändert.
}
done-nothing = Nichts wurde geändert: Diese Werte waren bereits gesetzt.

## Wer hereinkommt

log-in-help = Verwenden Sie den Namen und das Passwort, die Sie von einem Inhaber dieses Panels bekommen haben.
login-wrong = Name oder Passwort ist falsch. Es wurde nichts geändert; bitte versuchen Sie es noch einmal.
setup = Willkommen
setup-help = Legen Sie den ersten Inhaber dieses Panels an. Dieser Link gilt nur einmal; danach melden Sie sich mit dem Namen und dem Passwort an, die Sie hier wählen.
setup-submit = Inhaber anlegen und anmelden
field-name = Name
field-password = Passwort
field-password-help = Mindestens 12 Zeichen, die nicht leicht zu erraten sind. Am besten einige Wörter ohne Zusammenhang.
invalid-name = Ein Name hat 1 bis 64 Zeichen, keine unsichtbaren und keine Leerzeichen am Anfang oder Ende.
password-short = Dieses Passwort ist zu kurz: Es braucht mindestens 12 Zeichen.
password-long = Dieses Passwort ist zu lang: Höchstens 1.024 Byte sind möglich.
password-control = Dieses Passwort enthält ein Zeichen, das sich auf keiner Tastatur tippen lässt. Lassen Sie es weg.
password-name = Dieses Passwort ist kaum mehr als der Name. Fügen Sie etwas hinzu, das niemand erraten würde.
password-common = Dies ist eines der Passwörter, die alle zuerst versuchen. Wählen Sie ein anderes.
password-run = Dieses Passwort ist eine Folge oder Wiederholung und schnell erraten. Wählen Sie ein anderes.
too-many-tries = Zu viele falsche Passwörter. Ihr Passwort wurde diesmal nicht geprüft: Warten Sie { $name }, und versuchen Sie es dann noch einmal.
wait-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}
wait-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}

## Menschen und Programme

nav-account = Ihr Konto
nav-users = Benutzer
nav-tokens = API-Tokens
nav-access-log = Zugriffsprotokoll
nav-rules = Regeln
role-name-viewer = Betrachter
role-name-operator = Bearbeiter
role-name-owner = Inhaber
field-role = Rolle
field-apps = Apps
field-current-password = Aktuelles Passwort
field-new-password = Neues Passwort
apps-all = alle Apps
apps-help = Namen von Apps, einer pro Zeile; { "*" } steht für beliebige Zeichen, ? für eines. Leer: alle Apps.
apps-help-held = Namen von Apps, einer pro Zeile; { "*" } steht für beliebige Zeichen, ? für eines. Leer: alle, die Sie sehen dürfen ({ $name }).
invalid-role = Wählen Sie eine der Rollen.
invalid-apps = Eine dieser Zeilen ist kein App-Name: Ein Name hat 1 bis 255 Zeichen, keine unsichtbaren. Höchstens 100 Zeilen sind möglich.
never = nie
never-expires = nie
you = Sie
copy = Kopieren
copied = Kopiert
col-browser = Browser
col-last-use = Zuletzt verwendet
col-logged-in = Angemeldet
col-last-login = Letzte Anmeldung
col-state = Zustand
col-made = Angelegt
col-expires = Läuft ab
col-made-by = Angelegt von
col-given = Erteilt
device-on = { $browser } auf { $system }
device-unknown-on = Unbekannter Browser auf { $name }
device-unknown = Unbekannter Browser

own-password = Ihr Passwort
own-password-submit = Passwort ändern
own-password-effect = Hier bleiben Sie angemeldet; Ihre anderen Anmeldungen enden.
wrong-current-password = Das ist nicht Ihr Passwort. Es wurde nichts geändert.
logins = Wo Sie angemeldet sind
this-one = diese
log-out-elsewhere = Überall sonst abmelden
no-login-elsewhere = Sie sind sonst nirgends angemeldet.
told-own-password = Ihr Passwort ist geändert. Ihre anderen Anmeldungen sind beendet.
told-elsewhere = Sie sind überall sonst abgemeldet.

count-users = { $count ->
    [one] 1 Benutzer
   *[other] { $count } Benutzer
}
user-new = Neuer Benutzer
user-create = Benutzer anlegen
password-or-made-up = Mindestens 12 Zeichen und nicht leicht zu erraten. Bleibt das Feld leer, wird ein Passwort erzeugt und einmal angezeigt.
password-of-new = { $name } ist angelegt
password-of-known = { $name } hat ein neues Passwort
password-once = Dieses Passwort wird nur dieses eine Mal angezeigt. Kopieren Sie es jetzt, und geben Sie es auf sicherem Weg weiter. Bei der ersten Anmeldung muss der Benutzer ein eigenes wählen.
secret-kept = Ich habe es kopiert
user-rights = Was dieser Benutzer darf
user-rights-effect = Eine andere Rolle oder andere Apps beenden die Anmeldungen dieses Benutzers: Nach der nächsten Anmeldung gelten die neuen Rechte.
user-new-password = Neues Passwort
user-new-password-submit = Passwort setzen
user-new-password-effect = Die Anmeldungen des Benutzers enden. Ein erzeugtes Passwort wird bei der nächsten Anmeldung durch ein eigenes ersetzt.
user-own-password = Ihr eigenes Passwort ändern Sie in Ihrem Konto.
user-out = Zugang sperren
user-is-disabled = gesperrt
user-is-enabled = aktiv
user-disable = Sperren
user-disable-effect = Der Benutzer verliert sofort den Zugang: Er wird abgemeldet, und die von ihm angelegten Tokens werden abgelehnt, bis er wieder entsperrt ist.
user-enable = Entsperren
user-enable-effect = Der Benutzer darf sich wieder anmelden, und die von ihm angelegten Tokens gelten wieder.
user-delete = Diesen Benutzer löschen
user-delete-effect = Der Benutzer verliert sofort und endgültig den Zugang, ebenso gelten die von ihm angelegten Tokens nicht mehr. An seinen Änderungen bleibt der Name stehen.
user-delete-ask = { $name } löschen?
user-delete-ask-help = Die Anmeldungen des Benutzers enden sofort, ebenso die von ihm angelegten Tokens. Das lässt sich nicht rückgängig machen; soll der Zugang nur eine Zeit lang ruhen, sperren Sie den Benutzer stattdessen.
user-delete-ask-myself = Das sind Sie selbst. Sie werden sofort abgemeldet, und die von Ihnen angelegten Tokens enden. Das lässt sich nicht rückgängig machen.
user-delete-tokens = Auch diese Tokens enden:
user-keep = Diesen Benutzer behalten
last-owner = Dies ist der letzte Inhaber. Die Rolle lässt sich ändern, sobald es einen weiteren gibt.
last-owner-stays = Der letzte Inhaber lässt sich weder sperren noch löschen: Niemand könnte mehr Zugang geben. Machen Sie zuerst jemand anderen zum Inhaber.
last-owner-refused = Es wurde nichts geändert: Dies ist der letzte Inhaber, und ohne ihn könnte niemand mehr Zugang geben. Machen Sie zuerst jemand anderen zum Inhaber.
told-user-created = Der Benutzer ist angelegt und kann sich anmelden.
told-user-changed = Die Rechte des Benutzers sind geändert.
told-user-password = Der Benutzer hat ein neues Passwort. Seine Anmeldungen sind beendet.
told-user-disabled = Der Benutzer ist gesperrt. Seine Anmeldungen sind beendet, und seine Tokens werden abgelehnt.
told-user-enabled = Der Benutzer darf sich wieder anmelden.
told-user-deleted = Der Benutzer ist gelöscht, ebenso seine Anmeldungen und Tokens.

count-tokens = { $count ->
    [one] 1 Token
   *[other] { $count } Tokens
}
no-tokens = Mit einem Token kann ein Programm die API anstelle eines Menschen nutzen. Es gibt noch keines.
token-new = Neues Token
token-create = Token anlegen
token-create-help = Das Geheimnis wird einmal angezeigt, auf der nächsten Seite. Das Token hat nie mehr Rechte als Sie selbst.
token-reads-secrets = liest Geheimnisse
field-secrets = Darf Geheimnisse lesen
field-secrets-help = Die Tokens der Geräte selbst und vollständige Sitzungsdateien. Geben Sie dieses Recht nur Programmen, die es brauchen.
life-days = { $count ->
    [one] in 1 Tag
   *[other] in { $count } Tagen
}
life-never = nie: Es gilt, bis es widerrufen wird
invalid-life = Wählen Sie eine dieser Zeiten.
maker-cli = Befehlszeile
maker-unseen = ein Inhaber anderer Apps
token-soon = bald
token-over = abgelaufen
token-revoke = Dieses Token widerrufen
token-revoke-more = Widerrufen …
token-revoke-name = { $name } widerrufen
token-revoke-ask = { $name } widerrufen?
token-revoke-ask-used = Programme, die es verwenden, werden sofort abgewiesen; das lässt sich nicht rückgängig machen. Es wurde zuletzt { $name } verwendet.
token-revoke-ask-unused = Programme, die es verwenden, werden sofort abgewiesen; das lässt sich nicht rückgängig machen. Es wurde noch nie verwendet.
token-keep = Dieses Token behalten
token-made = Token { $name } ist angelegt
token-once = Dieses Geheimnis wird nur dieses eine Mal angezeigt. Kopieren Sie es jetzt dorthin, wo das Programm es findet: Wer es hat, kann alles, was das Token darf.
token-secret = Geheimnis
token-try = Ausprobieren
token-ends = Das Token { $token } läuft am { $date } ab.
tokens-end = { $number } Tokens laufen in den nächsten 14 Tagen ab, als erstes { $token } am { $date }.
token-ends-todo = Rechtzeitig neue anlegen
told-token-revoked = Das Token ist widerrufen.

count-rules = { $count ->
    [0] keine Regeln
    [one] 1 Regel
   *[other] { $count } Regeln
}
rules-claims = E-Mail, Gerät, System, Version, Sprache und Adresse sind Angaben des Geräts gegenüber 4D. Eine Regel darüber verlässt sich auf das, was Ihre Methode On Mobile App Authentication davon geprüft hat.
rule-new = Neue Regel
rule-create = Regel anlegen
rule-order = Reihenfolge
rule-known-help = Ein Gerät ist bekannt, wenn in derselben App zurzeit eine andere Sitzung von ihm zugelassen ist.
rule-expires = Endet am
rule-note = Notiz
rule-note-help = Warum es diese Regel gibt. Das steht als Grund im Journal.
rule-enabled = Aktiviert
rule-is-enabled = aktiviert
rule-is-disabled = deaktiviert
rule-enable = Aktivieren
rule-disable = Deaktivieren
rule-enable-name = { $name } aktivieren
rule-disable-name = { $name } deaktivieren
rule-over = abgelaufen
rule-preview = Vorschau
rule-preview-found = { $count ->
    [0] Keines der jetzt ausstehenden Geräte passt
    [one] 1 der jetzt ausstehenden Geräte passt
   *[other] { $count } der jetzt ausstehenden Geräte passen
}
rule-preview-more = { $count ->
    [one] Und 1 weiteres.
   *[other] Und { $count } weitere.
}
rule-preview-accept = Um diese jetzt zuzulassen, gehen Sie in die Liste der Sitzungen.
rule-delete = Diese Regel löschen
rule-delete-ask = { $name } löschen?
rule-delete-help = Geräte, die sie zugelassen hat, bleiben zugelassen. Das Löschen lässt sich nicht rückgängig machen; Sie können die Regel stattdessen deaktivieren.
rule-keep = Diese Regel behalten
invalid-list = Eine dieser Zeilen hat mehr als 255 Zeichen oder ein unsichtbares, oder es sind mehr als 100 Zeilen.
invalid-networks = Eine dieser Zeilen ist weder Netz noch Adresse. Schreiben Sie zum Beispiel 10.0.0.0/8, fd00::/8 oder 192.0.2.1.
invalid-day = Das ist kein Datum. Schreiben Sie es in der Form 2026-12-31, oder lassen Sie das Feld leer.
invalid-filter = Diesen Wert kennt die Liste nicht. Geben Sie einen anderen an, oder lassen Sie das Feld leer.
told-rule-created = Die Regel ist angelegt. Sie gilt für Geräte, die von jetzt an eintreffen.
told-rule-changed = Die Regel ist geändert. Sie gilt für Geräte, die von jetzt an eintreffen.
told-rule-enabled = Die Regel ist aktiviert. Sie gilt für Geräte, die von jetzt an eintreffen.
told-rule-disabled = Die Regel ist deaktiviert.
told-rule-deleted = Die Regel ist gelöscht.

link-make = Freigabelink
link-make-help = Ein Link zum Versenden per E-Mail oder Chat: Wer ihn öffnet, kann dieses Gerät einmal zulassen, ohne Anmeldung.
link-life = Gültig für
link-make-submit = Freigabelink anlegen
life-hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
link-life-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
link-made = Ein Link für { $name }
link-once = Dieser Link wird nur dieses eine Mal angezeigt. Wer ihn hat, kann dieses Gerät bis { $name } einmal zulassen. Er endet früher, wenn Sie selbst keine Geräte mehr zulassen dürfen.
link-address = Link
link-kept = Ich habe den Link
link-waiting = Dieses Gerät zulassen?
link-waiting-help = Dieses Gerät bittet um Zulassung. Lassen Sie es nur zu, wenn Sie wissen, wem es gehört.
link-claims = Gerät, App und E-Mail sind Angaben des Geräts selbst. Der Link gilt nur einmal.
link-accepted = Das Gerät ist zugelassen
link-accepted-help = Es kann die App nutzen, sobald 4D die Änderung gelesen hat.
link-already-in = Das Gerät ist schon zugelassen
link-already-in-help = Jemand war schneller. Es wurde nichts geändert, und es ist nichts zu tun.
link-not-waiting = Dieses Gerät wartet nicht
link-not-waiting-help = Sein Status ist weder ausstehend noch zugelassen; darum wurde nichts geändert. Fragen Sie die Person, die Ihnen den Link geschickt hat.
link-used = Dieser Link wurde schon verwendet
link-used-help = Er gilt nur einmal und wurde { $name } verwendet. Bitten Sie um einen neuen, wenn ein weiteres Gerät wartet.
link-expired = Dieser Link ist abgelaufen
link-expired-help = Er ist { $name } abgelaufen. Es wurde nichts geändert. Bitten Sie um einen neuen.
link-gone = Dieses Gerät gibt es nicht mehr
link-gone-help = Seine Sitzung wurde gelöscht, es gibt also nichts zuzulassen. Es wurde nichts geändert.
link-revoked = Dieser Link gilt nicht mehr
link-revoked-help = Jemand hat ihn widerrufen, oder wer ihn angelegt hat, darf keine Geräte mehr zulassen. Es wurde nichts geändert. Bitten Sie um einen neuen.
link-unknown = Diesen Link gibt es nicht
link-unknown-help = Vielleicht wurde er in der E-Mail abgeschnitten. Kopieren Sie die ganze Adresse, oder bitten Sie um einen neuen Link.
link-wait = Zu viele ungültige Links
link-later = Das hat diesmal nicht funktioniert
link-folder-away = Der Ordner mit den Sitzungen ist gerade nicht erreichbar. Es wurde nichts geändert, und der Link gilt weiter: Versuchen Sie es gleich noch einmal.
link-failed = Es wurde nichts geändert, und der Link gilt weiter: Versuchen Sie es gleich noch einmal. Bleibt es dabei, sagen Sie es der Person, die Ihnen den Link geschickt hat.

count-entries = { $count ->
    [one] 1 Eintrag
   *[other] { $count } Einträge
}
given-no-end = ohne Ablauf
given-until = bis { $name }
access-login = { $actor } hat sich angemeldet
access-login_failed = Jemand hat für { $actor } ein falsches Passwort eingegeben
access-login_failed-nobody = Jemand wollte sich mit einem Namen anmelden, den es nicht gibt
access-logout = { $actor } hat sich abgemeldet
access-logout_elsewhere = { $actor } hat sich überall sonst abgemeldet
access-password_changed = { $actor } hat { $subject } ein neues Passwort gegeben
access-password_changed-own = { $actor } hat das eigene Passwort geändert
access-user_created = { $actor } hat den Benutzer { $subject } angelegt
access-user_created-own = { $actor } ist erster Inhaber geworden
access-user_changed = { $actor } hat die Rechte des Benutzers { $subject } geändert
access-user_deleted = { $actor } hat den Benutzer { $subject } gelöscht
access-token_created = { $actor } hat das Token { $subject } angelegt
access-token_revoked = { $actor } hat das Token { $subject } widerrufen
access-rule_created = { $actor } hat die Regel { $subject } angelegt
access-rule_changed = { $actor } hat die Regel { $subject } geändert
access-rule_deleted = { $actor } hat die Regel { $subject } gelöscht
access-link_created = { $actor } hat einen Freigabelink für { $subject } angelegt
access-action-login = Anmeldung
access-action-login_failed = Fehlgeschlagene Anmeldung
access-action-logout = Abmeldung
access-action-logout_elsewhere = Abmeldung überall sonst
access-action-password_changed = Neues Passwort
access-action-user_created = Benutzer angelegt
access-action-user_changed = Benutzer geändert
access-action-user_deleted = Benutzer gelöscht
access-action-token_created = Token angelegt
access-action-token_revoked = Token widerrufen
access-webhook_created = { $actor } hat den Webhook { $subject } angelegt
access-webhook_changed = { $actor } hat den Webhook { $subject } geändert
access-webhook_secret_rotated = { $actor } hat dem Webhook { $subject } ein neues Geheimnis gegeben
access-webhook_deleted = { $actor } hat den Webhook { $subject } gelöscht
access-action-webhook_created = Webhook angelegt
access-action-webhook_changed = Webhook geändert
access-action-webhook_secret_rotated = Neues Geheimnis eines Webhooks
access-action-webhook_deleted = Webhook gelöscht

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] 1 Webhook
   *[other] { $count } Webhooks
}
no-webhooks = Ein Webhook meldet einem anderen Programm, was hier geschieht: ein wartendes Gerät, eine Änderung, eine Übertragung. Es gibt noch keinen.
webhook-new = Neuer Webhook
webhook-create = Webhook anlegen
webhook-create-help = Sein Geheimnis wird einmal angezeigt, auf der nächsten Seite. Daran prüft der Empfänger, dass eine Anfrage von hier kommt.
field-url = Adresse
field-url-help = http oder https, auch im eigenen Netz. Jedes Ereignis wird als POST dorthin gesendet.
invalid-url = Das ist keine Adresse. Schreiben Sie sie in der Form https://hooks.example/path.
invalid-url-scheme = Die Adresse muss mit https:// oder http:// beginnen.
invalid-url-user = Die Adresse darf weder Benutzernamen noch Passwort enthalten: Die Signatur beweist, wer sendet.
invalid-url-fragment = Lassen Sie den Teil hinter dem # weg: Er wird nie gesendet.
col-events = Ereignisse
col-to = Sendet an
col-last-delivery = Letztes Ereignis
col-attempts = Versuche
col-answer = Antwort
col-next-attempt = Nächster Versuch
events-all = alle Ereignisse
events-help = Nichts angekreuzt: alle Ereignisse.
event-session-created = Eine Sitzung erscheint
event-session-changed = Eine Sitzung ändert sich
event-session-deleted = Eine Sitzung verschwindet
event-app-created = Eine App erscheint
event-app-deleted = Eine App verschwindet
event-folder-unavailable = Der Ordner MobileApps ist nicht lesbar
event-folder-available = Der Ordner MobileApps ist wieder da
event-push-completed = Eine Übertragung ist beendet
webhook-is-on = eingeschaltet
webhook-is-off = ausgeschaltet
webhook-fails = eingeschaltet, aber gestört
webhook-off = Der Webhook { $webhook } ist ausgeschaltet: Sein Empfänger nahm keine Ereignisse mehr an.
webhooks-off = { $number } Webhooks senden nichts.
webhooks-off-todo = Webhooks ansehen
webhook-off-failing = Er wurde ausgeschaltet: Drei Tage lang nahm der Empfänger nichts an. Wartende Ereignisse bleiben erhalten. Beheben Sie den Fehler beim Empfänger, senden Sie einen Test, und schalten Sie den Webhook wieder ein.
webhook-off-gone = Er wurde ausgeschaltet: Der Empfänger antwortete mit 410, will also keine Ereignisse mehr. Wartende Ereignisse bleiben erhalten. Löschen Sie den Webhook, oder schalten Sie ihn wieder ein.
webhook-failing-since = Gestört seit
webhook-queued = Wartende Ereignisse
webhook-both-until = Altes Geheimnis gilt bis
webhook-more = Mehr
webhook-test = Test senden
webhook-test-effect = Ein Ereignis vom Typ „test“ wird jetzt gesendet, auch wenn der Webhook ausgeschaltet ist. Es wird nicht wiederholt.
webhook-tested = Der Empfänger hat den Test angenommen: Er antwortete nach { $count } ms mit { $status }.
webhook-tested-failed = Der Empfänger hat den Test nicht angenommen. { $name }
webhook-switch-off = Ausschalten
webhook-switch-off-effect = Es wird nichts mehr gesendet. Wartende Ereignisse bleiben erhalten; was bis zum Einschalten geschieht, wird nie gemeldet.
webhook-switch-on = Einschalten
webhook-switch-on-effect = Wartende Ereignisse werden sofort gesendet.
webhook-rotate = Neues Geheimnis
webhook-rotate-effect = Das alte Geheimnis bleibt 24 Stunden gültig, und so lange wird mit beiden signiert. Stellen Sie in dieser Zeit den Empfänger um.
webhook-delete = Diesen Webhook löschen
webhook-delete-effect = Noch wartende Ereignisse werden mit ihm gelöscht.
webhook-delete-ask = { $name } löschen?
webhook-delete-ask-help = { $count ->
    [0] Sein Empfänger erhält keine Ereignisse mehr. Das lässt sich nicht rückgängig machen; für eine Pause schalten Sie ihn stattdessen aus.
    [one] 1 noch wartendes Ereignis wird mit ihm gelöscht. Das lässt sich nicht rückgängig machen; für eine Pause schalten Sie ihn stattdessen aus.
   *[other] { $count } noch wartende Ereignisse werden mit ihm gelöscht. Das lässt sich nicht rückgängig machen; für eine Pause schalten Sie ihn stattdessen aus.
}
webhook-keep = Diesen Webhook behalten
webhook-made = Webhook { $name } ist angelegt
webhook-rotated = { $name } hat ein neues Geheimnis
webhook-once = Dieses Geheimnis wird nur dieses eine Mal angezeigt. Kopieren Sie es jetzt dorthin, wo der Empfänger es findet: Wer es hat, kann senden, was aussieht, als käme es von hier.
webhook-check = Signaturen damit prüfen, etwa in Python
deliveries = Zustellungen
no-deliveries = Noch keine. Ereignisse von jetzt an erscheinen hier.
delivery-pending = wartet
delivery-delivered = zugestellt
delivery-failed = aufgegeben
delivery-retry = Erneut senden
delivery-retry-name = Erneut senden: { $name }
failure-timed-out = Der Empfänger hat nicht rechtzeitig geantwortet.
failure-unreachable = Der Empfänger ist nicht erreichbar: { $name }.
failure-tls = Keine sichere Verbindung zum Empfänger: { $name }.
failure-broken = Die Verbindung brach vor einer Antwort ab: { $name }.
failure-redirect = Der Empfänger antwortete mit { $name }: Weiterleitungen werden nicht verfolgt. Geben Sie die Zieladresse an.
failure-status = Der Empfänger antwortete mit { $name }.
failure-gone = Der Empfänger antwortete mit 410: Er will keine Ereignisse mehr.
told-webhook-changed = Der Webhook ist geändert.
told-webhook-on = Der Webhook ist eingeschaltet.
told-webhook-off = Der Webhook ist ausgeschaltet. Wartende Ereignisse bleiben erhalten.
told-webhook-deleted = Der Webhook ist gelöscht.
told-delivery-retried = Es wird jetzt erneut gesendet.
access-action-rule_created = Regel angelegt
access-action-rule_changed = Regel geändert
access-action-rule_deleted = Regel gelöscht
access-action-link_created = Freigabelink angelegt

## Was Programme über ein Problem erfahren

problem-status = HTTP-Status { $name }
to-panel = Zum Panel

## Zeiten

date = { $day }. { $month } { $year }
date-time = { $date }, { $time } { $zone }
day-1 = 1
month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sept.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.
# Abgekürzt für schmale Spalten.
ago-seconds = { $count ->
    [0] gerade eben
   *[other] { $count } s
}
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
past-seconds = { $count ->
    [0] gerade eben
   *[other] vor { $count } s
}
past-minutes = vor { $count } min
past-hours = vor { $count } h
past-days = { $count ->
    [one] vor 1 Tag
   *[other] vor { $count } Tagen
}
past-date = am { $name }

## Fehler: was geschah (.what), was erhalten blieb (.kept), was zu tun ist (.todo)

error-invalid-query = Diese Adresse ist nicht verständlich
    .what = Sie enthält etwas, das diese Liste nicht kennt: { $detail }.
    .todo = Zeigen Sie die Liste ohne Filter an, und wählen Sie die Filter neu.
error-malformed-body = Das Formular konnte nicht gelesen werden
    .what = Was Ihr Browser gesendet hat, war unvollständig oder enthielt etwas doppelt.
    .kept = Es wurde nichts geändert.
    .todo = Gehen Sie zurück, und senden Sie es noch einmal.
error-invalid-value = Ein Wert ist nicht zulässig
    .what = Das Gesendete enthält einen Wert, der nicht angenommen werden kann.
    .kept = Es wurde nichts geändert.
    .todo = Gehen Sie zurück, und wählen Sie einen anderen Wert.
error-unauthenticated = Sie sind nicht angemeldet
    .what = Ihre Anmeldung ist beendet.
    .todo = Melden Sie sich an, und versuchen Sie es noch einmal.
error-forbidden = Dazu fehlt Ihnen das Recht
    .kept = Es wurde nichts geändert.
    .todo = Bitten Sie einen Inhaber dieses Panels um eine andere Rolle.
error-cross-origin = Das Formular kam von anderswo
    .what = Es wurde nicht von einer Seite Ihrer Anmeldung gesendet.
    .kept = Es wurde nichts geändert.
    .todo = Laden Sie die Seite neu, und wiederholen Sie, was Sie getan haben.
error-unknown-host = Dieses Panel heißt anders
    .what = Unter dem Hostnamen in dieser Adresse antwortet es nicht.
    .todo = Verwenden Sie die Adresse, die Sie bekommen haben, oder bitten Sie den Betreiber dieses Programms, den Namen mit --host hinzuzufügen.
error-not-found = Nicht gefunden
    .what = Was Sie suchen, ist nicht hier, oder Sie dürfen es nicht sehen.
    .todo = Vielleicht wurde es gelöscht: Das steht dann unter „Änderungen“. Prüfen Sie die Adresse, falls Sie sie eingetippt haben.
error-method-not-allowed = Dafür ist diese Adresse nicht da
    .what = Sie nimmt { $detail } nicht an.
    .todo = Gehen Sie zur Übersicht und von dort weiter.
error-already-there = Es gibt wieder eine Datei dieses Namens
    .what = Das Gerät hat inzwischen eine neue Sitzung angelegt.
    .kept = Die neue Datei blieb bestehen; die alte bleibt aufbewahrt.
    .todo = Löschen Sie zuerst die neue Sitzung, wenn die alte zurückkommen soll.
error-changed-since = Seither geändert
    .what = Der Wert ist nicht mehr der, den die Änderung gesetzt hat: Jemand hat ihn danach geändert.
    .kept = Der neuere Wert blieb bestehen.
    .todo = Öffnen Sie die Sitzung, um den gewünschten Wert zu setzen.
error-already-undone = Schon rückgängig gemacht
    .what = Jemand hat diese Änderung vor Ihnen rückgängig gemacht.
    .kept = Jetzt wurde nichts geändert.
    .todo = Soll die Änderung wieder gelten, machen Sie auch diesen Schritt rückgängig.
error-not-kept = Nicht mehr aufbewahrt
    .what = Was diese Änderung entfernt hat, wird nur eine begrenzte Zeit aufbewahrt, und die ist vorbei.
    .kept = Es wurde nichts geändert.
    .todo = Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
error-owner-cannot-be-kept = Eigentümer oder Rechte der Datei lassen sich nicht erhalten
    .what = Die Datei gehört dem Benutzer { $detail } und nicht dem, unter dem dieses Programm läuft.
    .kept = Es wurde nichts geschrieben.
    .todo = Bitten Sie den Betreiber dieses Programms, es unter diesem Benutzer auszuführen.
error-not-writable = Die Datei ist nicht beschreibbar
    .what = Das System verweigert es: { $detail }.
    .kept = Es wurde nichts geändert.
    .todo = Bitten Sie den Betreiber dieses Programms, dessen Benutzer das Schreiben in diesem Ordner zu erlauben.
error-push-not-configured = Keine Verbindung zu 4D
    .what = Es ist keine eingerichtet, darum wurde nichts übertragen.
    .kept = Alle Änderungen stehen in den Dateien.
    .todo = Führen Sie in 4D MOBILE APP REFRESH SESSIONS aus, damit sie gelten.
error-push-would-drop-sessions = 4D würde Sitzungen verwerfen
    .todo = Sehen Sie auf der Seite „Übertragung an 4D“ nach: Dort stehen die Dateien und was an jeder falsch ist.
error-push-failed = 4D hat die Übertragung nicht angenommen
    .kept = Alles gilt weiter als nicht übertragen.
error-conflict = Das ist jetzt nicht möglich
    .kept = Es wurde nichts geändert.
    .todo = Sehen Sie es sich noch einmal an, und entscheiden Sie neu.
error-idempotency-running = Es läuft noch
    .what = Dieselbe Anfrage wurde schon gesendet und ist noch nicht beendet.
    .todo = Warten Sie einen Moment, und sehen Sie dann nach.
error-precondition-failed = Geändert, seit Sie die Seite geladen haben
    .what = Jemand hat die Sitzung inzwischen geändert.
    .kept = Ihre Änderung wurde nicht gespeichert.
    .todo = Laden Sie die Seite neu, und entscheiden Sie neu.
error-too-large = Das ist zu viel auf einmal
    .what = Das Gesendete ist größer, als dieses Panel annimmt.
    .kept = Es wurde nichts geändert.
    .todo = Senden Sie weniger auf einmal: Wählen Sie in einer Liste weniger aus, oder nehmen Sie einen Filter und alle Treffer.
error-unsupported-media-type = Das Formular konnte nicht gelesen werden
    .what = Ihr Browser hat etwas gesendet, das dieses Panel in dieser Form nicht annimmt.
    .kept = Es wurde nichts geändert.
    .todo = Gehen Sie zurück, und senden Sie es noch einmal.
error-duplicate-keys = Ein Schlüssel kommt in dieser Datei zweimal vor
    .what = Es ist { $detail }. Welchen der beiden 4D liest, ist nicht bekannt.
    .kept = Es wurde nichts geschrieben.
    .todo = Entfernen Sie einen der beiden in einem Texteditor.
error-not-an-object = In dieser Datei lässt sich nichts ändern
    .what = Sie ist kein JSON-Objekt.
    .kept = Die Datei blieb, wie sie ist.
    .todo = Sie lässt sich löschen: Das Gerät legt bei der nächsten Anmeldung eine neue Sitzung an.
error-idempotency-mismatch = Schon gesendet
    .what = Dieselbe Anfrage wurde schon mit anderem Inhalt gesendet.
    .kept = Es wurde nichts geändert.
error-too-many-requests = Zu viele Anfragen
    .what = Dieses Panel nimmt von einer Adresse nur eine begrenzte Zahl auf einmal an.
    .todo = Versuchen Sie es in { $detail } s noch einmal.
error-internal = Ein Fehler in diesem Programm
    .what = Ihre Anfrage ließ sich nicht zu Ende führen.
    .todo = Versuchen Sie es noch einmal. Bleibt es dabei, geben Sie die Zeile unten an den Betreiber dieses Programms weiter: Im Protokoll des Programms steht mehr.
error-folder-unavailable = Der Ordner MobileApps ist nicht verfügbar
    .what = Das System meldet: { $detail }.
    .kept = Sitzungen werden erst wieder angezeigt, wenn sich der Ordner lesen lässt. Das Journal bleibt lesbar.
    .todo = Prüfen Sie den Datenträger oder die Netzwerkfreigabe. Der Ordner wird jede Sekunde geprüft; sobald er wieder da ist, erscheint auch diese Seite von selbst wieder.
error-store-unavailable = Die Datenbank des Programms ist nicht beschreibbar
    .what = Das System meldet: { $detail }.
    .kept = Es wurde nichts geändert.
    .todo = Prüfen Sie den Datenträger und die Rechte des Datenordners.
error-no-space = Kein Platz mehr auf dem Datenträger
    .what = Die Änderung passte nicht mehr darauf.
    .kept = Es wurde nichts geändert.
    .todo = Schaffen Sie Platz, und versuchen Sie es noch einmal.

## Push

nav-push = Übertragung an 4D
push-now = Jetzt übertragen
push-nothing = Nichts zu übertragen.
push-auto = { $count ->
    [one] Die automatische Übertragung ist an: Eine Änderung wird sofort übertragen, die folgenden 1 Sekunde nach der letzten.
   *[other] Die automatische Übertragung ist an: Eine Änderung wird sofort übertragen, die folgenden { $count } Sekunden nach der letzten.
}
push-stand-in = Dies ist eine Demo: Was hier antwortet, ist ein Ersatz und kein 4D. Es hält Sitzungen wie 4D im Speicher.
push-not-connected = 4D hält Sitzungen im Speicher: Eine Änderung hier gilt für Geräte erst, wenn 4D MOBILE APP REFRESH SESSIONS ausführt. Sobald 4D verbunden ist, lässt sich das von hier aus anstoßen.
push-refresh = { $count ->
    [one] 1 Sitzung wurde hier geändert
   *[other] { $count } Sitzungen wurden hier geändert
}
    .help = 4D übernimmt Status und E-Mail für Geräte, die es kennt.
push-remove = { $count ->
    [one] 1 Sitzung wurde hier gelöscht
   *[other] { $count } Sitzungen wurden hier gelöscht
}
    .help = 4D vergisst sie: Die Geräte werden abgemeldet.
push-outside = { $count ->
    [one] 1 Sitzung wurde anderswo geändert
   *[other] { $count } Sitzungen wurden anderswo geändert
}
    .help = Von 4D selbst oder direkt in den Dateien. Auch diese liest 4D neu.
push-dropped-help = 4D nimmt diese Dateien nicht an. Die Benutzer dieser Geräte müssen sich neu anmelden.
push-allow = Trotzdem übertragen: Diese Geräte werden abgemeldet
push-refused = Es wurde nichts übertragen. Berichtigen oder löschen Sie diese Dateien, oder aktivieren Sie das Kontrollkästchen, wenn die Geräte abgemeldet werden dürfen.
push-refused-others = Es wurde nichts übertragen: 4D würde auch Sitzungen anderer Apps verwerfen. Bitten Sie jemanden, der alle Apps sehen darf, zu übertragen.
push-last = Die letzte Übertragung
push-last-by = { $ago }, durch { $actor }
push-ended-ok = 4D hat alles gelesen
push-ended-errors = 4D hat einige Dateien nicht angenommen und die übrigen gelesen
push-ended-failed = Fehlgeschlagen
push-failed-kept = Alles gilt weiter als nicht übertragen.
push-error = { $component } { $number }
connect = 4D verbinden
connect-address = 4D wird angesprochen unter
connect-test = Verbindung testen
connect-test-help = Fragt 4D nach einer Antwort und ändert nichts.
connect-how = So wird 4D verbunden
connect-secret-help = Überlegen Sie sich ein langes Geheimnis aus Buchstaben und Ziffern. Schreiben Sie es in eine Datei { $file } neben der Datendatei von 4D, allein in einer Zeile.
connect-code-help = Fügen Sie dem Projekt diesen Code hinzu. Das Geheimnis steht nicht darin: Der Code liest es aus dieser Datei.
connect-new = 4D 20 R8 und neuer
connect-new-help = Hat das Projekt schon eine Datei HTTPHandlers.json, ergänzen Sie darin den Eintrag. In den Einstellungen unter Web, Optionen müssen skalierbare Sitzungen eingeschaltet sein: Ohne sie beachtet 4D diese Datei nicht.
connect-old = 4D 18 bis 20 R7
connect-old-help = Lassen Sie die Datenbankmethode On Web Connection so beginnen wie unten; was sie jetzt enthält, kommt unter Else. Fügen Sie die beiden Methoden hinzu. Gibt es eine Datenbankmethode On Web Authentication, muss sie diese Adresse zulassen.
connect-start-help = Starten Sie dieses Programm mit der Adresse und mit einer Datei, die dasselbe Geheimnis enthält. Auf demselben Rechner kann es dieselbe Datei sein.
connect-end-help = Starten Sie den Webserver von 4D neu, damit er seine Handler neu liest. Testen Sie dann hier die Verbindung.
download = Herunterladen
told-pushed = Übertragen: 4D hat die Änderungen gelesen.
told-pushed-errors = Übertragen. 4D hat einige Dateien nicht angenommen: siehe unten.
told-push-tested = 4D antwortet und kennt das Geheimnis. Es wurde nichts geändert.

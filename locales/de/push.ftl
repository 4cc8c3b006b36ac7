### Die Push-Seite und der Stand des Pushs im Kopf.

push-would-drop = { $count ->
    [one] 1 defekte Datei: Die nächste Übertragung meldet das Gerät ab.
   *[other] { $count } defekte Dateien: Die nächste Übertragung meldet diese Geräte ab.
}
push-no-connection = nicht verbunden
push-no-connection-help = 4D ist nicht verbunden: Von hier aus lässt sich nichts übertragen.
push-folder-away = Ordner nicht verfügbar
push-refused-unconnected = Es wurde nichts übertragen: 4D ist nicht verbunden. Wie man es verbindet, steht unten.
push-refused-failed = Die Übertragung ist fehlgeschlagen, und alles gilt weiter als nicht übertragen. { $name }
push-which = Welche
push-dropped-which = Welche, und warum
push-test-ok = Verbunden: 4D hat in { $count } ms geantwortet.
push-complained = { $count ->
    [one] 4D hatte 1 Beanstandung.
   *[other] 4D hatte { $count } Beanstandungen.
}
push-complained-unseen = Welche Dateien es sind, erfährt nur, wer alle Apps sehen darf.
told-pushed-errors-elsewhere = Übertragen. Es gibt Dateien, die 4D nicht annimmt: Die Seite „Übertragung an 4D“ nennt sie.
told-push-test-failed = Der Test der Verbindung ist fehlgeschlagen. { $name }

apps-unmatched = Zurzeit nicht vorhanden: { $name }. Keine App passt dazu.
apps-here = Vorhandene Apps
no-apps-held = Noch keine App für Sie
no-apps-held-help = Sie dürfen sehen: { $apps }. Eine solche App ist zurzeit nicht vorhanden. Wer Ihnen das Konto gegeben hat, kann das ändern.
rule-preview-list = Diese in der Liste anzeigen
folder-is = Der Ordner ist { $folder }.

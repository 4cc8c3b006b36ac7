### Was hinter einem Fehler steht: welches Recht fehlt, was im Weg ist, warum ein Push fehlschlug.
error-line = { $title }. { $todo }

forbidden-read = Sie dürfen das nicht sehen.
forbidden-change = Wer Sitzungen ändern will, braucht die Rolle Bearbeiter oder Inhaber.
forbidden-administer = Dafür braucht man die Rolle Inhaber.
forbidden-read-access-log = Dafür braucht man die Rolle Inhaber, und zwar für alle Apps.
forbidden-read-metrics = Hier werden alle Apps gezählt. Wer nur einige sehen darf, sieht es deshalb nicht.
forbidden-read-secrets = Dafür braucht man ein Token, das Geheimnisse lesen darf (secrets:read).

conflict-file-too-large = Die Datei ist größer als die Grenze und wird deshalb nicht gelesen.
conflict-file-unreadable = Die Datei ist nicht lesbar. Das System meldet: { $detail }.
conflict-too-many-rules = Es gibt schon 1.000 Regeln. Löschen Sie zuerst einige.
conflict-too-many-views = Sie haben bereits 50 gespeicherte Ansichten. Löschen Sie zuerst eine.
conflict-webhook-off = Der Webhook ist ausgeschaltet, deshalb wurde nichts gesendet. Schalten Sie ihn zuerst ein.
conflict-delivery-waits = Eine frühere Zustellung derselben Sitzung kommt zuerst: Diese folgt ihr von selbst.
conflict-setup-link-spent = Der Link gilt nur einmal, eine Stunde lang, und nur der zuletzt ausgegebene. Starten Sie das Programm neu, um einen neuen zu erhalten.
conflict-last-owner = Dies ist der letzte Inhaber. Machen Sie zuerst jemand anderen zum Inhaber.
conflict-name-taken = Dieser Name ist schon vergeben. Wählen Sie einen anderen.
conflict-token-has-no-password = Ein Token hat kein Passwort: Melden Sie sich als sein Benutzer an.

push-failure-no-such-host = Der Hostname in --push-url ist nicht bekannt: Prüfen Sie die Schreibweise.
push-failure-refused = 4D hat die Verbindung abgelehnt: Unter dieser Adresse und diesem Port antwortet nichts. Starten Sie den Webserver von 4D, oder prüfen Sie --push-url.
push-failure-unreachable = 4D ist nicht erreichbar ({ $detail }): Prüfen Sie das Netz und die Adresse in --push-url.
push-failure-not-connecting = 4D ist nicht erreichbar: Prüfen Sie das Netz und die Adresse in --push-url.
push-failure-timed-out = 4D hat nicht rechtzeitig geantwortet. Vielleicht ist es ausgelastet, oder eine Firewall verwirft die Anfrage: Sehen Sie in 4D nach, und übertragen Sie noch einmal.
push-failure-tls = Die verschlüsselte Verbindung zu 4D ist fehlgeschlagen ({ $detail }). Prüfen Sie das Zertifikat von 4D, oder beginnen Sie --push-url mit http, wenn 4D nicht verschlüsselt.
push-failure-unknown-issuer = Dieser Rechner vertraut dem Aussteller des Zertifikats von 4D nicht. Geben Sie 4D ein Zertifikat, dem dieser Rechner vertraut, für den Hostnamen in --push-url.
push-failure-bad-certificate = Das Zertifikat von 4D ist nicht in Ordnung ({ $detail }). Geben Sie 4D ein Zertifikat, dem dieser Rechner vertraut, für den Hostnamen in --push-url.
push-failure-no-tls = Was dort antwortet, verschlüsselt nicht: Schalten Sie in 4D TLS ein, oder beginnen Sie --push-url mit http.
push-failure-broken = Die Verbindung zu 4D brach ab, bevor die ganze Antwort da war: Übertragen Sie noch einmal.
push-failure-wrong-secret = 4D kennt ein anderes Geheimnis (401): Tragen Sie dasselbe in den Code in 4D und in --push-secret-file ein.
push-failure-forbidden = 4D verbietet es (403): Erlauben Sie diese Anfrage in On Web Authentication oder in den Berechtigungen des Projekts.
push-failure-not-found = 4D hat unter dieser Adresse nichts (404): Installieren Sie den Code aus „4D verbinden“, starten Sie den Webserver von 4D neu, und prüfen Sie den Pfad in --push-url.
push-failure-redirect = 4D verweist auf eine andere Adresse ({ $detail }), der nicht gefolgt wird: Tragen Sie die endgültige Adresse in --push-url ein.
push-failure-status = 4D hat mit dem Status { $detail } geantwortet: Das Protokoll von 4D sagt, warum. Sehen Sie dort nach, und übertragen Sie noch einmal.
push-failure-too-long = Die Antwort ist länger als 1 MiB, stammt also nicht vom Code aus „4D verbinden“: Prüfen Sie --push-url.
push-failure-not-json = Die Antwort ist kein JSON, stammt also nicht vom Code aus „4D verbinden“: Installieren Sie ihn, und prüfen Sie --push-url.
push-failure-missing-field = Die Antwort ist JSON von anderem Aufbau (das Feld { $detail } fehlt): Installieren Sie den Code aus „4D verbinden“ genau so, wie er dort steht.
push-failure-other-type = Die Antwort ist JSON von anderem Aufbau (ein Wert hat einen anderen Typ): Installieren Sie den Code aus „4D verbinden“ genau so, wie er dort steht.
push-failure-not-said = 4D hat geantwortet, dass der Befehl fehlschlug, aber nicht, warum: Vielleicht sagt das Protokoll von 4D mehr. Sehen Sie dort nach, und übertragen Sie noch einmal.
push-failure-of-itself = Der Befehl ist in 4D fehlgeschlagen, aus anderen Gründen als einer Datei, die 4D nicht annimmt. Sehen Sie sich die Fehler von 4D an.
push-failure-other-folder = 4D bemängelt eine Sitzungsdatei, obwohl hier alle Dateien in Ordnung sind: Ist --push-url der 4D-Server genau dieses Ordners MobileApps?
push-failure-told = { $detail }

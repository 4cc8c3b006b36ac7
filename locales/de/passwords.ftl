### Passwörter, nach denen noch einmal gefragt wird, die neu gewählt werden oder zu leicht zu erraten sind; und was ein Konto angelegt hat.
invalid-user-name = Ein Name hat 1 bis 64 Zeichen: Buchstaben und Ziffern einer Schrift. Dazwischen dürfen Leerzeichen und . _ - @ ' stehen.
password-guessable = Dieses Passwort ist zu leicht zu erraten. Fügen Sie ein oder zwei Wörter hinzu, auf die niemand käme.
password-same = Das ist bereits Ihr Passwort. Wählen Sie ein anderes.

confirm-title = Bestätigen Sie Ihr Passwort
confirm-lead = Diese Änderung erteilt oder entzieht Rechte. Geben Sie deshalb Ihr Passwort noch einmal ein. Noch wurde nichts geändert.
confirm-new-password = Das neue Passwort noch einmal
confirm-new-password-help = Passwörter werden nicht an die Seite zurückgeschickt: Geben Sie auch das neue noch einmal ein.
confirm-submit = Weiter
confirm-cancel = Nichts ändern

choose-password = Wählen Sie Ihr eigenes Passwort
choose-password-lead = Das Passwort, mit dem Sie sich angemeldet haben, wurde für Sie erzeugt, und jemand anders hat es gesehen. Wählen Sie ein eigenes, um fortzufahren.
choose-password-given = Das Passwort, mit dem Sie sich angemeldet haben

revoke-made = Auch diese beenden: Sie wurden in diesem Konto angelegt und gelten ohne sein Passwort
revoke-token = Token
revoke-link = Freigabelink
revoke-webhook = Webhook, der ausgeschaltet wird:
revoke-rule = Regel, die deaktiviert wird:
own-link = { $device }, bis { $date }
own-made = Ihre Tokens
own-made-help = Sie wurden in Ihrem Konto angelegt und gelten ohne Ihr Passwort.

access-token_changed = { $actor } hat das Token { $subject } geändert
access-action-token_changed = Token geändert

error-password-needed = Geben Sie Ihr Passwort noch einmal ein
    .what = Ihre letzte Passworteingabe ist zu lange her, um Rechte zu erteilen oder zu entziehen.
    .kept = Es wurde nichts geändert.
    .todo = Melden Sie sich noch einmal an.
error-password-change-needed = Wählen Sie zuerst Ihr eigenes Passwort
    .what = Das Passwort, mit dem Sie sich angemeldet haben, wurde für Sie erzeugt.
    .todo = Wählen Sie ein eigenes; danach steht Ihnen alles andere offen.

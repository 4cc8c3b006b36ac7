### Passwörter, nach denen noch einmal gefragt wird, die neu gewählt werden oder zu leicht zu erraten sind; und was ein Konto angelegt hat.
invalid-user-name = Ein Name hat 1 bis 64 Zeichen: Buchstaben und Ziffern einer Schrift. Dazwischen dürfen Leerzeichen und . _ - @ ' stehen.
password-guessable = Dieses Passwort ist zu leicht zu erraten. Fügen Sie ein oder zwei Wörter hinzu, auf die niemand käme.
password-same = Dieses Passwort haben Sie schon. Wählen Sie ein anderes.

confirm-title = Bitte noch einmal Ihr Passwort
confirm-lead = Sie sind dabei, Rechte zu geben oder zu nehmen, und Ihr Passwort haben Sie vor einer Weile eingegeben. Noch wurde nichts geändert.
confirm-new-password = Noch einmal das neue Passwort
confirm-new-password-help = Passwörter werden nicht an die Seite zurückgeschickt: Geben Sie auch das neue noch einmal ein.
confirm-submit = Weiter
confirm-cancel = Nichts ändern

choose-password = Wählen Sie Ihr eigenes Passwort
choose-password-lead = Das Passwort, mit dem Sie hereinkamen, wurde für Sie erzeugt, und jemand anderes hat es gesehen. Alles andere wartet, bis Sie ein eigenes haben.
choose-password-given = Das Passwort, mit dem Sie hereinkamen

revoke-made = Auch diese beenden: Sie wurden in diesem Konto angelegt und gelten ohne sein Passwort
revoke-token = Token
revoke-link = Freigabelink
revoke-webhook = Webhook, der ausgeschaltet wird:
revoke-rule = Regel, die ausgeschaltet wird:
own-link = { $device }, bis { $date }
own-made = Ihre Tokens
own-made-help = Sie wurden in Ihrem Konto angelegt und gelten ohne Ihr Passwort.

access-token_changed = { $actor } hat das Token { $subject } geändert
access-action-token_changed = Token geändert

error-password-needed = Das Passwort wird noch einmal gebraucht
    .what = Ihr Passwort haben Sie vor einer Weile eingegeben, und dies gibt oder nimmt Rechte.
    .kept = Es wurde nichts geändert.
    .todo = Melden Sie sich noch einmal an.
error-password-change-needed = Wählen Sie zuerst Ihr eigenes Passwort
    .what = Das Passwort, mit dem Sie hereinkamen, wurde für Sie erzeugt.
    .todo = Wählen Sie ein eigenes; danach ist alles andere da.

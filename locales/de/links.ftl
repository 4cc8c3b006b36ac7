## Freigabelinks in dem, was ein Webhook meldet

webhook-links = Bei wartenden Geräten einen Freigabelink mitsenden
webhook-links-help = Wer den Link hat, kann das Gerät einmal zulassen, innerhalb von drei Tagen und mit den Rechten des Inhabers, der dies eingeschaltet hat. Senden Sie ihn nur dorthin, wo alle, die ihn lesen, das entscheiden dürfen.

## Freigabelinks: abgelehnt, widerrufen

access-link_revoked = { $actor } hat einen Freigabelink für { $subject } widerrufen
access-action-link_revoked = Freigabelink widerrufen
conflict-session-accepted = Die Sitzung ist schon zugelassen und braucht keinen Freigabelink; es wurde keiner angelegt.
conflict-session-not-pending = Die Sitzung wartet nicht auf Zulassung; es wurde kein Freigabelink angelegt. Stellen Sie die Sitzung zuerst zurück.
links-live = Gültige Freigabelinks
links-own-help = Sie lassen Geräte mit Ihren Rechten zu.
link-until = Gültig bis
link-revoke = Widerrufen
link-revoke-name = Den Link widerrufen, der bis { $name } gültig ist
link-by-webhook = durch den Webhook { $name }
told-link-revoked = Der Link ist widerrufen: Er lässt niemanden mehr zu.

## Freigabelinks in dem, was ein Webhook meldet

webhook-links = Bei wartenden Geräten einen Freigabelink mitsenden
webhook-links-help = Wer den Link hat, kann das Gerät einmal zulassen, innerhalb von drei Tagen und mit den Rechten des Inhabers, der dies eingeschaltet hat. Senden Sie ihn nur dorthin, wo alle, die ihn lesen, das entscheiden dürfen.

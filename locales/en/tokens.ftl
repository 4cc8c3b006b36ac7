field-networks = Networks
field-networks-help = Networks or addresses, one a line, as 10.0.0.0/8. From elsewhere, the token is refused. Left empty: any.
token-from = from { $name }
token-old-until = old secret works until { $name }
token-rotate-more = New secret …
token-rotate-name = New secret for { $name }
token-rotate-lead = The program needs the new secret in place of the one it has. Name, role and apps stay.
token-grace = The old secret
token-grace-help = If the old secret may have leaked, let it end at once.
grace-none = ends at once
grace-hours = { $count ->
    [one] works for another hour
   *[other] works for another { $count } hours
}
grace-days = { $count ->
    [one] works for another day
   *[other] works for another { $count } days
}
invalid-grace = Choose one of these times.
token-rotate = Make a new secret
token-rotated = Token { $name } has a new secret
access-token_rotated = { $actor } gave the token { $subject } a new secret
access-token_elsewhere = { $actor } was refused: it was used from another network
access-action-token_rotated = New token secret
access-action-token_elsewhere = Token from another network
detail-previous-until = old secret until { $name }
conflict-token-expired = The token has expired and gets no new secret. Create another one.
conflict-token-gives-more = That token reads secrets, lives longer, or is used from other networks than yours. Ask an owner for its new secret.

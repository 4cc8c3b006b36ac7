field-networks = Networks
field-networks-help = Networks or addresses, one per line, such as 10.0.0.0/8. The token is refused from any other address. Empty: any.
token-from = from { $name }
token-old-until = old secret works until { $name }
token-rotate-more = New secret …
token-rotate-name = New secret for { $name }
token-rotate-lead = Give the new secret to the program, in place of the old one. The token keeps its name, role and apps.
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
conflict-token-expired = The token has expired and cannot get a new secret. Create another one.
conflict-token-gives-more = That token may read secrets, lives longer than yours, or may be used from other networks. Ask an owner to make its new secret.

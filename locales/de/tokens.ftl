field-networks = Netze
field-networks-help = Netze oder Adressen, eine Angabe pro Zeile, etwa 10.0.0.0/8. Aus anderen Netzen wird das Token abgewiesen. Leer: alle.
token-from = aus { $name }
token-old-until = altes Geheimnis gilt bis { $name }
token-rotate-more = Neues Geheimnis …
token-rotate-name = Neues Geheimnis für { $name }
token-rotate-lead = Das Programm braucht das neue Geheimnis anstelle des bisherigen. Name, Rolle und Apps bleiben gleich.
token-grace = Altes Geheimnis
token-grace-help = Wenn das alte Geheimnis bekannt geworden sein könnte, lassen Sie es sofort enden.
grace-none = endet sofort
grace-hours = { $count ->
    [one] gilt noch eine Stunde
   *[other] gilt noch { $count } Stunden
}
grace-days = { $count ->
    [one] gilt noch einen Tag
   *[other] gilt noch { $count } Tage
}
invalid-grace = Wählen Sie eine dieser Zeiten.
token-rotate = Neues Geheimnis erzeugen
token-rotated = Token { $name } hat ein neues Geheimnis
access-token_rotated = { $actor } hat dem Token { $subject } ein neues Geheimnis gegeben
access-token_elsewhere = { $actor } wurde abgewiesen: Verwendung aus einem anderen Netz
access-action-token_rotated = Neues Token-Geheimnis
access-action-token_elsewhere = Token aus anderem Netz
detail-previous-until = altes Geheimnis bis { $name }
conflict-token-expired = Das Token ist abgelaufen und bekommt kein neues Geheimnis. Legen Sie ein neues Token an.
conflict-token-gives-more = Dieses Token darf Geheimnisse lesen, gilt länger oder wird aus anderen Netzen verwendet als Ihres. Bitten Sie einen Inhaber um das neue Geheimnis.

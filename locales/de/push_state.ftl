### What is known of a push, and what is not.

push-none-waits = nichts zu übertragen
push-unconnected = 4D ist nicht verbunden: Was es gelesen hat, ist hier nicht bekannt.
push-may-drop = { $count ->
    [one] 1 Gerät wird vielleicht abgemeldet
   *[other] { $count } Geräte werden vielleicht abgemeldet
}
push-may-drop-too = { $count ->
    [one] Vielleicht wird 1 weiteres Gerät abgemeldet.
   *[other] Vielleicht werden { $count } weitere Geräte abgemeldet.
}
push-may-drop-help = Das Schema von 4D ist nicht öffentlich; dies ist eine Vermutung. Diese Dateien halten keine Übertragung auf.
waiting-oldest-unconnected = Das erste ist { $name } eingetroffen. 4D ist nicht verbunden: Ein zugelassenes Gerät kommt hinein, sobald jemand die Aktualisierung in 4D ausführt.

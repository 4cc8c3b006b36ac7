### What is known of a push, and what is not.

push-none-waits = nichts zu übertragen
push-unconnected = 4D ist nicht verbunden: Was es gelesen hat, ist hier nicht bekannt.
push-may-drop = { $count ->
    [one] 4D verwirft beim nächsten Push vielleicht 1 Sitzung.
   *[other] 4D verwirft beim nächsten Push vielleicht { $count } Sitzungen.
}
push-may-drop-too = { $count ->
    [one] Vielleicht verwirft es 1 weitere.
   *[other] Vielleicht verwirft es { $count } weitere.
}
push-may-drop-help = Das Schema von 4D ist nicht öffentlich, dies ist eine Vermutung. Diese Dateien halten keinen Push auf.
waiting-oldest-unconnected = Das erste ist { $name } eingetroffen. 4D ist nicht verbunden: Ein zugelassenes Gerät kommt hinein, sobald jemand die Aktualisierung in 4D ausführt.

### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device } hat Zugang. 4D hat die Änderung gelesen; am Gerät muss noch einmal auf „Anmelden“ getippt werden.
accept-soon = { $device } ist zugelassen. 4D liest die Änderung gleich.
accept-not-yet = { $device } ist hier zugelassen, in 4D noch nicht.
accept-unconnected = { $device } ist in der Datei zugelassen. 4D ist nicht verbunden: Das Gerät hat erst Zugang, wenn jemand die Aktualisierung in 4D ausführt.
accept-many-in = { $count ->
    [one] 1 Gerät hat Zugang. 4D hat die Änderung gelesen; am Gerät muss noch einmal auf „Anmelden“ getippt werden.
   *[other] { $count } Geräte haben Zugang. 4D hat die Änderungen gelesen; an den Geräten muss noch einmal auf „Anmelden“ getippt werden.
}
accept-many-soon = { $count ->
    [one] 1 Sitzung ist zugelassen. 4D liest sie gleich.
   *[other] { $count } Sitzungen sind zugelassen. 4D liest sie gleich.
}
accept-many-not-yet = { $count ->
    [one] 1 Sitzung ist hier zugelassen, in 4D noch nicht.
   *[other] { $count } Sitzungen sind hier zugelassen, in 4D noch nicht.
}
accept-many-unconnected = { $count ->
    [one] 1 Sitzung ist in ihrer Datei zugelassen. 4D ist nicht verbunden: Das Gerät hat erst Zugang, wenn jemand die Aktualisierung in 4D ausführt.
   *[other] { $count } Sitzungen sind in ihren Dateien zugelassen. 4D ist nicht verbunden: Die Geräte haben erst Zugang, wenn jemand die Aktualisierung in 4D ausführt.
}
accepted-in = 4D hat die Änderung gelesen; am Gerät muss noch einmal auf „Anmelden“ getippt werden.
accepted-soon = 4D liest die Änderung gleich.
accepted-not-yet = In 4D gilt das noch nicht.
accepted-unconnected = 4D ist nicht verbunden: Das Gerät hat erst Zugang, wenn jemand die Aktualisierung in 4D ausführt.
row-in = Hat Zugang
connect-short = Verbinden
already-by = { $what }, { $ago }.
already-outside = Bei { $device } war nichts zu ändern: 4D oder eine direkte Änderung der Datei war schneller.
already-accepted = { $count ->
    [one] 1 war bereits zugelassen.
   *[other] { $count } waren bereits zugelassen.
}
already-pending = { $count ->
    [one] 1 war bereits ausstehend.
   *[other] { $count } waren bereits ausstehend.
}
nothing-selected = Es war nichts ausgewählt, also wurde nichts geändert.

## The queue

queue-order = Reihenfolge
queue-newest = Neueste zuerst
queue-longest = Längste Wartezeit
# A number.
accept-these-name = Diese { $name } zulassen
known-device = Bekanntes Gerät · { $accepted ->
    [0] keine von { $more } zugelassen
   *[other] { $accepted } zugelassen{ $more ->
        [0] { "" }
       *[other] , { $more } weitere
    }
}
known-email = Bekannte E-Mail · { $accepted ->
    [0] keine von { $more } zugelassen
   *[other] { $accepted } zugelassen{ $more ->
        [0] { "" }
       *[other] , { $more } weitere
    }
}
waiting-oldest-automatic = Das erste ist { $name } eingetroffen. Ein zugelassenes Gerät hat sofort Zugang.

## Replacing old sessions

replace-olds = Alte ersetzen
replace-olds-help = Lässt diese Sitzung zu und löscht nach einer Rückfrage die älteren desselben Geräts
replace-ask = { $count ->
    [one] { $device } zulassen und die alte Sitzung löschen?
   *[other] { $device } zulassen und { $count } alte Sitzungen löschen?
}
replace-ask-help = Die alten Sitzungen gehören zum selben Gerät, in derselben App. Sie können alles auf einmal rückgängig machen.
replace-count = { $count ->
    [one] Zulassen und die alte Sitzung löschen
   *[other] Zulassen und { $count } alte Sitzungen löschen
}
replace-changed = geändert { $name }
replace-nothing = Dieses Gerät hat hier keine ältere Sitzung: Lassen Sie nur diese zu.
olds-are-deleted = { $count ->
    [one] Die alte Sitzung ist gelöscht.
   *[other] Die { $count } alten Sitzungen sind gelöscht.
}
olds-are-back = { $count ->
    [one] Die alte Sitzung ist zurück.
   *[other] Die { $count } alten Sitzungen sind zurück.
}

## What a push does to broken files

push-in-sync = Mit 4D abgeglichen.
push-logged-out = { $drops ->
    [one] 1 Gerät wird abgemeldet
   *[other] { $drops } Geräte werden abgemeldet
}{ $more ->
    [0] { "" }
   *[other] , { $more } weitere vielleicht
}

### Sitzungen, die jemand ablehnt: Für 4D bleiben sie ausstehend, hier warten sie nicht mehr.

status-declined = Abgelehnt
sessions-declined = Abgelehnt
count-declined = { $count } abgelehnt
chip-not-declined = Nicht abgelehnt
decline = Ablehnen
decline-name = { $name } ablehnen
undecline = Zurück in die Warteschlange
conflict-not-to-be-declined = Nur eine ausstehende Sitzung kann abgelehnt werden, und diese ist nicht ausstehend.
state-declined-by = Abgelehnt von { $actor }, { $ago }. Für 4D bleibt die Sitzung ausstehend.

decline-ask = { $count ->
    [one] 1 Sitzung ablehnen?
   *[other] { $count } Sitzungen ablehnen?
}
decline-count = { $count ->
    [one] 1 Sitzung ablehnen
   *[other] { $count } Sitzungen ablehnen
}
undecline-ask = { $count ->
    [one] 1 Sitzung zurück in die Warteschlange?
   *[other] { $count } Sitzungen zurück in die Warteschlange?
}
undecline-count = { $count ->
    [one] 1 Sitzung zurück in die Warteschlange
   *[other] { $count } Sitzungen zurück in die Warteschlange
}
done-many-decline = { $count ->
    [one] 1 Sitzung ist abgelehnt.
   *[other] { $count } Sitzungen sind abgelehnt.
}
done-many-undecline = { $count ->
    [one] 1 Sitzung ist wieder in der Warteschlange.
   *[other] { $count } Sitzungen sind wieder in der Warteschlange.
}

action-decline = Ablehnen
action-undecline = Ablehnung aufheben
did-decline = { $actor } hat { $device } abgelehnt
did-undecline = { $actor } hat die Ablehnung von { $device } aufgehoben
did-many-decline = { $actor } hat { $count } Sitzungen abgelehnt
did-many-undecline = { $actor } hat die Ablehnung von { $count } Sitzungen aufgehoben
done-decline = { $device } ist abgelehnt. Für 4D bleibt die Sitzung ausstehend.
done-undecline = { $device } ist wieder in der Warteschlange.
again-decline = { $device } ist wieder abgelehnt
again-undecline = { $device } ist wieder in der Warteschlange

event-session-declined = Eine Sitzung wird abgelehnt
event-session-undeclined = Eine abgelehnte Sitzung ist wieder in der Warteschlange
link-declined-help = Jemand hat dieses Gerät abgelehnt. Sie können es trotzdem zulassen.
detail-declined = abgelehnt: { $name }

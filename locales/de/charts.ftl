### Die Diagramme der Übersicht.

chart-systems = Systeme und Versionen
chart-days = Zuerst gesehen, letzte 30 Tage
chart-days-help = Sitzungen, die jetzt da sind, nach dem Tag (UTC), an dem jede zuerst gesehen wurde.
chart-days-summary = { $count ->
    [one] 1 Sitzung, am { $day }.
   *[other] { $count } Sitzungen, die meisten am { $day }: { $most }.
}
chart-no-days = In den letzten 30 Tagen hat sich kein Gerät zum ersten Mal angemeldet. Sobald eines es tut, bekommt sein Tag hier eine Säule.
chart-other-systems = { $count ->
    [one] 1 weiteres
   *[other] { $count } weitere
}
chart-no-system = Nicht angegeben
chart-figures = Als Tabelle
chart-day = Tag

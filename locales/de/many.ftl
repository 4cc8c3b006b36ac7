### Was von vielen Sitzungen auf einmal gesagt wird, von einem Rückgängigmachen, und von einem Teil einer Liste.

which-changed = Noch wurde nichts geändert: Dies sind andere Sitzungen als die gezeigten.
with-all-that-match = Alle { $count } Treffer:
done-many-accept = { $count ->
    [one] 1 Sitzung ist zugelassen.
   *[other] { $count } Sitzungen sind zugelassen.
}
done-many-pending = { $count ->
    [one] 1 Sitzung ist ausstehend.
   *[other] { $count } Sitzungen sind ausstehend.
}
done-many-delete = { $count ->
    [one] 1 Sitzung ist gelöscht.
   *[other] { $count } Sitzungen sind gelöscht.
}
done-many-restore = { $count ->
    [one] 1 Sitzung ist wiederhergestellt.
   *[other] { $count } Sitzungen sind wiederhergestellt.
}
done-undone = Rückgängig gemacht: { $what }.
done-undone-many = Rückgängig gemacht: { $what }
did-undo = { $actor } hat rückgängig gemacht: { $what }
again-accept = { $device } ist wieder zugelassen
again-pending = { $device } wartet wieder
again-delete = { $device } ist wieder gelöscht
again-restore = { $device } ist wieder da
again-status = der Status von { $device } ist wieder { $value }
again-no-status = { $device } hat wieder keinen Status
again-email = die E-Mail von { $device } ist wieder { $value }
again-no-email = { $device } hat wieder keine E-Mail
again-edit = Status und E-Mail von { $device } sind wie zuvor
batch-of = { $count } auf einmal
undo-all-of = Alle { $count } rückgängig
found-of = { $found } von { $total }

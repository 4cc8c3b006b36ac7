### Ce qui est dit de plusieurs sessions à la fois, d’une annulation et d’une partie de liste.

which-changed = Rien n’a encore été modifié : ce ne sont pas les sessions que vous avez vues.
with-all-that-match = Pour les { $count } résultats :
done-many-accept = { $count ->
    [one] { $count } session acceptée.
   *[other] { $count } sessions acceptées.
}
done-many-pending = { $count ->
    [one] { $count } session mise en attente.
   *[other] { $count } sessions mises en attente.
}
done-many-delete = { $count ->
    [one] { $count } session supprimée.
   *[other] { $count } sessions supprimées.
}
done-many-restore = { $count ->
    [one] { $count } session restaurée.
   *[other] { $count } sessions restaurées.
}
done-undone = Annulé : { $what }.
done-undone-many = Annulé : { $what }
did-undo = { $actor } a annulé : { $what }
again-accept = session de nouveau acceptée ({ $device })
again-pending = session de nouveau en attente ({ $device })
again-delete = session de nouveau supprimée ({ $device })
again-restore = session de nouveau restaurée ({ $device })
again-status = { $device } a de nouveau le statut { $value }
again-no-status = { $device } n’a de nouveau plus de statut
again-email = { $device } a de nouveau l’e-mail { $value }
again-no-email = { $device } n’a de nouveau plus d’e-mail
again-edit = { $device } a le même statut et le même e-mail qu’avant
batch-of = lot de { $count }
undo-all-of = Tout annuler ({ $count })
found-of = { $found } sur { $total }

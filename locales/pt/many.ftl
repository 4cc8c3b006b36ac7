### O que se diz de muitas sessões de uma vez, de desfazer e de uma parte de uma lista.

which-changed = Ainda nada foi alterado: estas sessões não são as que foram mostradas.
with-all-that-match = Com as { $count } que correspondem:
done-many-accept = { $count ->
    [one] { $count } sessão aceite.
   *[other] { $count } sessões aceites.
}
done-many-pending = { $count ->
    [one] { $count } sessão pendente.
   *[other] { $count } sessões pendentes.
}
done-many-delete = { $count ->
    [one] { $count } sessão eliminada.
   *[other] { $count } sessões eliminadas.
}
done-many-restore = { $count ->
    [one] { $count } sessão restaurada.
   *[other] { $count } sessões restauradas.
}
done-undone = Desfeito: { $what }.
done-undone-many = Desfeito. Resultado: { $what }
did-undo = { $actor } desfez uma alteração: { $what }
again-accept = sessão de novo aceite ({ $device })
again-pending = sessão de novo pendente ({ $device })
again-delete = sessão de novo eliminada ({ $device })
again-restore = sessão de volta ({ $device })
again-status = o estado de { $device } é de novo { $value }
again-no-status = { $device } está de novo sem estado
again-email = o e-mail de { $device } é de novo { $value }
again-no-email = { $device } está de novo sem e-mail
again-edit = o estado e o e-mail de { $device } são os de antes
batch-of = { $count } de uma vez
undo-all-of = Desfazer as { $count }
found-of = { $found } de um total de { $total }

### O que se diz de muitas sessões de uma vez, de desfazer e de uma parte de uma lista.

which-changed = Nada foi alterado ainda: estas sessões não são as que foram mostradas.
with-all-that-match = Com todos os { $count } resultados:
done-many-accept = { $count ->
    [one] { $count } sessão aceita.
   *[other] { $count } sessões aceitas.
}
done-many-pending = { $count ->
    [one] { $count } sessão pendente.
   *[other] { $count } sessões pendentes.
}
done-many-delete = { $count ->
    [one] { $count } sessão excluída.
   *[other] { $count } sessões excluídas.
}
done-many-restore = { $count ->
    [one] { $count } sessão restaurada.
   *[other] { $count } sessões restauradas.
}
done-undone = Desfeito: { $what }.
done-undone-many = Desfeito. Resultado: { $what }
did-undo = { $actor } desfez uma alteração: { $what }
again-accept = sessão aceita de novo ({ $device })
again-pending = sessão de novo pendente ({ $device })
again-delete = sessão de novo excluída ({ $device })
again-restore = sessão de volta ({ $device })
again-status = o status de { $device } é de novo { $value }
again-no-status = { $device } está de novo sem status
again-email = o e-mail de { $device } é de novo { $value }
again-no-email = { $device } está de novo sem e-mail
again-edit = o status e o e-mail de { $device } são os de antes
batch-of = { $count } de uma vez
undo-all-of = Desfazer as { $count }
found-of = { $found } de um total de { $total }

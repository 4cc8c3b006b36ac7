### Muitas sessões de uma vez, e o caminho para outra app.

accept-ask = { $count ->
    [one] Aceitar { $count } sessão?
   *[other] Aceitar { $count } sessões?
}
accept-count = { $count ->
    [one] Aceitar { $count } sessão
   *[other] Aceitar { $count } sessões
}
pending-ask = { $count ->
    [one] Marcar { $count } sessão como pendente?
   *[other] Marcar { $count } sessões como pendentes?
}
pending-count = { $count ->
    [one] Marcar { $count } sessão como pendente
   *[other] Marcar { $count } sessões como pendentes
}
count-changed = Nada foi alterado ainda: quando a página foi mostrada havia { $before }, agora há { $now }.
which-unsure = Nada foi alterado ainda: a lista mudou tanto que estas sessões podem não ser as que você viu.
not-shown = { $count ->
    [one] { $count } delas não foi mostrada: aparece em primeiro lugar.
   *[other] { $count } delas não foram mostradas: aparecem em primeiro lugar.
}
batch-title = { $count ->
    [0] Alterando sessões
    [one] Alterando { $count } sessão
   *[other] Alterando { $count } sessões
}
batch-looks = As sessões estão sendo procuradas.
batch-progress = { $done } de { $total } concluídas.
batch-leave = Você pode sair desta página e voltar mais tarde: o trabalho continua.
batch-interrupted = O programa parou antes de alterar todas
batch-interrupted-help = Para as que faltam, repita a mesma ação.
batch-undone = Foi desfeito.
result-unchanged = { $count ->
    [one] { $count } sessão já estava assim.
   *[other] { $count } sessões já estavam assim.
}
choose-app = Escolher app
all-apps = Todos os apps
show-app = Mostrar
delete-name = Excluir { $name }

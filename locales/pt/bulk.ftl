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
    [one] Tornar pendente { $count } sessão?
   *[other] Tornar pendentes { $count } sessões?
}
pending-count = { $count ->
    [one] Tornar pendente { $count } sessão
   *[other] Tornar pendentes { $count } sessões
}
count-changed = Ainda nada foi alterado: quando a página foi mostrada havia { $before }, agora há { $now }.
which-unsure = Ainda nada foi alterado: aconteceu tanto entretanto que estas sessões podem não ser as que foram mostradas.
not-shown = { $count ->
    [one] { $count } delas não foi mostrada: aparece em primeiro lugar.
   *[other] { $count } delas não foram mostradas: aparecem em primeiro lugar.
}
batch-title = { $count ->
    [0] A alterar sessões
    [one] A alterar { $count } sessão
   *[other] A alterar { $count } sessões
}
batch-looks = As sessões estão a ser procuradas.
batch-progress = { $done } de { $total } concluídas.
batch-leave = Pode sair desta página e voltar mais tarde: o trabalho continua.
batch-interrupted = O programa parou antes de todas serem alteradas
batch-interrupted-help = Para as que faltam, repita o mesmo.
batch-undone = Foi desfeito.
result-unchanged = { $count ->
    [one] { $count } sessão já estava assim.
   *[other] { $count } sessões já estavam assim.
}
choose-app = Escolher app
all-apps = Todas as apps
show-app = Mostrar
delete-name = Eliminar { $name }

### Os gráficos da visão geral.

chart-systems = Sistemas e versões
chart-days = Vistas pela primeira vez, últimos 30 dias
chart-days-help = As sessões presentes agora, pelo dia (UTC) em que cada uma foi vista pela primeira vez.
chart-days-summary = { $count ->
    [one] { $count } sessão, em { $day }.
   *[other] { $count } sessões; o dia com mais foi { $day }: { $most }.
}
chart-no-days = Nenhum dispositivo fez login pela primeira vez nos últimos 30 dias. Quando isso acontecer, o dia aparecerá aqui como uma coluna.
chart-other-systems = { $count ->
    [one] mais { $count }
   *[other] mais { $count }
}
chart-no-system = Não informado
chart-figures = Como tabela
chart-day = Dia

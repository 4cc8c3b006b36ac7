### Los gráficos del resumen.

chart-systems = Sistemas y versiones
chart-days = Vistas por primera vez, últimos 30 días
chart-days-help = Las sesiones presentes ahora, según el día (UTC) en que cada una se vio por primera vez.
chart-days-summary = { $count ->
    [one] { $count } sesión, el { $day }.
   *[other] { $count } sesiones; el día con más fue el { $day }: { $most }.
}
chart-no-days = Ningún dispositivo se ha identificado por primera vez en los últimos 30 días. Cuando uno lo haga, su día tendrá aquí una columna.
chart-other-systems = { $count ->
    [one] { $count } más
   *[other] { $count } más
}
chart-no-system = No indicado
chart-figures = Como tabla
chart-day = Día

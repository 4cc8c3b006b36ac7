### Very many apps.
apps-every = Todas las apps ({ $count })
apps-search-hint = Nombre o ID

## Apps to choose in a form

# $name has patterns.
apps-every-held = Todas las que usted puede ver ({ $name })
apps-every-one = Todas las apps, también las futuras
apps-pick-help = Si marca apps concretas o escribe patrones, solo se aplica esa selección.
apps-advanced = Opciones avanzadas
apps-patterns = Patrones
apps-patterns-help = ID de apps, uno por línea; { "*" } equivale a cualquier texto, ? a un carácter.
invalid-apps-none = Marque al menos una app, o todas.

### Very many apps.
apps-every = Todos os apps ({ $count })
apps-search-hint = Nome ou ID

## Apps to choose in a form

# $name has patterns.
apps-every-held = Todos os que você pode ver ({ $name })
apps-every-one = Todos os apps, inclusive os futuros
apps-pick-help = Se você marcar apps específicos ou informar padrões, só essa seleção vale.
apps-advanced = Avançado
apps-patterns = Padrões
apps-patterns-help = IDs de apps, um por linha; { "*" } representa quaisquer caracteres, { "?" } apenas um.
invalid-apps-none = Marque pelo menos um app, ou todos.

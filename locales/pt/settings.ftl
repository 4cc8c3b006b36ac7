## Como se quer ver o painel

settings = Idioma e cores
field-panel-language = Idioma
field-theme = Cores
language-name = Português
language-browser = Igual ao navegador
theme-system = Igual ao sistema
theme-light = Claro
theme-dark = Escuro
field-bold-accepted = Sessões aceitas em negrito
field-bold-accepted-help = Caso contrário, as sessões pendentes ficam em negrito. A ferramenta de desktop mostra as aceitas em negrito.
told-settings = Salvo. Vale em qualquer lugar onde você entrar.
no-such-choice = Essa opção não existe. Nada foi salvo: escolha uma da lista.

## Como se quer ver o painel

settings = Idioma e cores
field-panel-language = Idioma
field-theme = Cores
language-name = Português
language-browser = Como o navegador
theme-system = Como o sistema
theme-light = Claro
theme-dark = Escuro
told-settings = Guardado. Vale em qualquer lugar onde entrar.
no-such-choice = Essa opção não existe. Nada foi guardado: escolha uma da lista.

## How one wants to see the panel

settings = Idioma y colores
field-panel-language = Idioma
field-theme = Colores
language-name = Español
language-browser = Según el navegador
theme-system = Según el sistema
theme-light = Claro
theme-dark = Oscuro
field-bold-accepted = Sesiones aceptadas en negrita
field-bold-accepted-help = Si no, van en negrita las sesiones pendientes. La herramienta de escritorio pone en negrita las aceptadas.
told-settings = Guardado. Se aplica dondequiera que inicie sesión.
no-such-choice = Esa opción no existe. No se ha guardado nada: elija una de la lista.

## How one wants to see the panel

settings = Idioma y colores
field-panel-language = Idioma
field-theme = Colores
language-name = Español
language-browser = Como el navegador
theme-system = Como el sistema
theme-light = Claro
theme-dark = Oscuro
told-settings = Guardado. Vale en todos sus accesos.
no-such-choice = Esa opción no existe. No se ha guardado nada: elija una de la lista.

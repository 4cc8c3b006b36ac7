## How one wants to see the panel

settings = Language and colours
field-panel-language = Language
field-theme = Colours
language-name = English
language-browser = As the browser
theme-system = As the system
theme-light = Light
theme-dark = Dark
field-bold-accepted = Accepted sessions in bold
field-bold-accepted-help = Otherwise, pending sessions are bold. The desktop tool shows accepted ones in bold.
told-settings = Saved for every browser that you use.
no-such-choice = There is no such choice. Nothing was saved: choose one that the list shows.

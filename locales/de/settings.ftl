## Wie man das Panel sehen möchte

settings = Sprache und Farben
field-panel-language = Sprache
field-theme = Farben
language-name = Deutsch
language-browser = Wie der Browser
theme-system = Wie das System
theme-light = Hell
theme-dark = Dunkel
field-bold-accepted = Zugelassene Sitzungen fett
field-bold-accepted-help = Normalerweise sind wartende Sitzungen fett. Im Desktop-Programm ist es umgekehrt.
told-settings = Gespeichert. Das gilt überall, wo Sie sich anmelden.
no-such-choice = Diese Auswahl gibt es nicht. Nichts wurde gespeichert: Wählen Sie eine aus der Liste.

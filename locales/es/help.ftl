nav-help = Ayuda
help-chapters = Capítulos del manual

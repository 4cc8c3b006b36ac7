nav-help = Ajuda
help-chapters = Capítulos do manual

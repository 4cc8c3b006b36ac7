nav-help = Hilfe
help-chapters = Kapitel des Handbuchs

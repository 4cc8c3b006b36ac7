nav-help = Aide
help-chapters = Chapitres du manuel

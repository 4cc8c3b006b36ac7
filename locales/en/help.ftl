nav-help = Help
help-chapters = Chapters of the manual

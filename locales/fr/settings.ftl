## Comment on souhaite voir le panneau

settings = Langue et couleurs
field-panel-language = Langue
field-theme = Couleurs
language-name = Français
language-browser = Comme le navigateur
theme-system = Comme le système
theme-light = Clair
theme-dark = Sombre
field-bold-accepted = Sessions acceptées en gras
field-bold-accepted-help = D’ordinaire, le gras signale les sessions en attente. Dans l’application de bureau, c’est l’inverse.
told-settings = Enregistré. Ce choix vaut partout où vous vous connectez.
no-such-choice = Ce choix n’existe pas. Rien n’a été enregistré : choisissez-en un dans la liste.

### Le dossier MobileApps n’est plus le même.
error-folder-changed = Le dossier MobileApps n’est plus le même
    .kept = Rien n’est affiché et rien n’est considéré comme supprimé. Le journal reste lisible.
    .todo = Montez le bon disque ou le bon partage : les listes reviennent d’elles-mêmes. Si ce dossier est le bon, un propriétaire de toutes les apps le confirme avec le bouton ci-dessus.
folder-changed-other-path = Le dossier de données de ce panneau correspond à un dossier MobileApps situé à un autre chemin.
folder-changed-other-disk = Un autre disque ou partage est monté à ce chemin, avec d’autres sessions.
folder-changed-empty = Le dossier est vide, alors qu’il contenait des apps.
folder-changed-help = Rien n’est considéré comme supprimé tant qu’un propriétaire n’a pas confirmé que ce dossier est le bon.
folder-confirm = C’est le bon dossier
access-folder_confirmed = { $actor } a confirmé que { $subject } est le bon dossier
access-action-folder_confirmed = Dossier confirmé

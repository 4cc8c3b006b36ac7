### Der Ordner MobileApps ist ein anderer als vorher.
error-folder-changed = Der Ordner MobileApps ist ein anderer als vorher
    .kept = Es wird nichts angezeigt, und nichts gilt als gelöscht. Das Journal bleibt lesbar.
    .todo = Hängen Sie den richtigen Datenträger oder die richtige Freigabe ein: Die Listen erscheinen dann von selbst wieder. Ist dieser Ordner der richtige, bestätigt ein Inhaber aller Apps das mit der Schaltfläche oben.
folder-changed-other-path = Der Datenordner dieses Panels gehört zu einem Ordner MobileApps mit anderem Pfad.
folder-changed-other-disk = Unter seinem Pfad ist ein anderer Datenträger oder eine andere Freigabe eingehängt, mit anderen Sitzungen.
folder-changed-empty = Der Ordner ist leer, und vorher waren Apps darin.
folder-changed-help = Nichts gilt als gelöscht, bis ein Inhaber bestätigt, dass dieser Ordner der richtige ist.
folder-confirm = Das ist der richtige Ordner
access-folder_confirmed = { $actor } hat bestätigt, dass { $subject } der richtige Ordner ist
access-action-folder_confirmed = Ordner bestätigt

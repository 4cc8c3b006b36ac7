### The MobileApps folder is another one than before.
error-folder-changed = This is not the same MobileApps folder as before
    .kept = Nothing is shown, and nothing counts as deleted. The journal can still be read.
    .todo = Mount the right disk or share: the lists come back by themselves. If this folder is the right one, an owner of all apps confirms it with the button above.
folder-changed-other-path = The data folder of this panel belongs to a MobileApps folder at another path.
folder-changed-other-disk = Another disk or share is mounted at its path, with other sessions.
folder-changed-empty = The folder is empty, and there were apps in it before.
folder-changed-help = Nothing counts as deleted until an owner confirms that this folder is the right one.
folder-confirm = This is the right folder
access-folder_confirmed = { $actor } confirmed that { $subject } is the right folder
access-action-folder_confirmed = Folder confirmed

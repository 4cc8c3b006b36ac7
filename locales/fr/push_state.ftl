### What is known of a push, and what is not.

push-none-waits = rien à transmettre
push-unconnected = 4D n’est pas connecté : on ignore ici ce qu’il a lu.
push-may-drop = { $count ->
    [one] { $count } appareil sera peut-être déconnecté
   *[other] { $count } appareils seront peut-être déconnectés
}
push-may-drop-too = { $count ->
    [one] { $count } appareil de plus sera peut-être déconnecté.
   *[other] { $count } appareils de plus seront peut-être déconnectés.
}
push-may-drop-help = Le schéma de 4D n’est pas public ; ceci est une supposition. Ces fichiers ne bloquent aucune transmission.
waiting-oldest-unconnected = Le premier est arrivé { $name }. 4D n’est pas connecté : un appareil accepté obtient l’accès dès que quelqu’un lance l’actualisation dans 4D.

### What is known of a push, and what is not.

push-none-waits = rien à transmettre
push-unconnected = 4D n’est pas connecté : on ignore ici ce qu’il a lu.
push-may-drop = { $count ->
    [one] 4D pourrait écarter { $count } session à la prochaine transmission.
   *[other] 4D pourrait écarter { $count } sessions à la prochaine transmission.
}
push-may-drop-too = { $count ->
    [one] Il pourrait en écarter { $count } de plus.
   *[other] Il pourrait en écarter { $count } de plus.
}
push-may-drop-help = Le schéma de 4D n’est pas public : ceci est une supposition. Ces fichiers ne retiennent aucune transmission.
waiting-oldest-unconnected = Le premier est arrivé { $name }. 4D n’est pas connecté : un appareil accepté obtient l’accès dès que quelqu’un lance l’actualisation dans 4D.

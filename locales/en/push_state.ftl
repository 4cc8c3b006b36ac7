### What is known of a push, and what is not.

push-none-waits = nothing to push
push-unconnected = 4D is not connected, so what it has read is not known here.
push-may-drop = { $count ->
    [one] 1 device may be logged out
   *[other] { $count } devices may be logged out
}
push-may-drop-too = { $count ->
    [one] 1 more device may be logged out.
   *[other] { $count } more devices may be logged out.
}
push-may-drop-help = 4D’s schema is not public, and this is a guess at it. These files hold up no push.
waiting-oldest-unconnected = The first came { $name }. 4D is not connected: an accepted device gets in once somebody runs the refresh in 4D.

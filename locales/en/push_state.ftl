### What is known of a push, and what is not.

push-none-waits = nothing to push
push-unconnected = 4D is not connected, so what it has read is not known here.
push-may-drop = { $count ->
    [one] 4D may drop 1 session at the next push.
   *[other] 4D may drop { $count } sessions at the next push.
}
push-may-drop-too = { $count ->
    [one] It may drop 1 more.
   *[other] It may drop { $count } more.
}
push-may-drop-help = 4D’s schema is not public, and this is a guess at it. These files hold up no push.
waiting-oldest-unconnected = The first came { $name }. 4D is not connected: an accepted device gets in once somebody runs the refresh in 4D.

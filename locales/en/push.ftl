### The push page and the push state in the header.

push-would-drop = { $count ->
    [one] 1 broken file: the next push logs its device out.
   *[other] { $count } broken files: the next push logs these devices out.
}
push-no-connection = not connected
push-no-connection-help = 4D is not connected: nothing can be pushed from here.
push-folder-away = folder unavailable
push-refused-unconnected = Nothing was pushed: 4D is not connected. See below how to connect it.
push-refused-failed = The push failed, and everything stays as not pushed. { $name }
push-which = Which ones
push-dropped-which = Which ones, and why
push-test-ok = Connected: 4D answered in { $count } ms.
push-complained = { $count ->
    [one] 4D had 1 complaint.
   *[other] 4D had { $count } complaints.
}
push-complained-unseen = Only those who may see all apps are told which files they are.
told-pushed-errors-elsewhere = Pushed. There are files that 4D does not take: the page “Push” names them.
told-push-test-failed = The test of the connection failed. { $name }

apps-unmatched = Not here now: { $name }. No app matches it.
apps-here = Apps that are here
no-apps-held = No app for you yet
no-apps-held-help = You may see: { $apps }. There is no such app here now. Whoever gave you your account can change that.
rule-preview-list = Show these in the list
folder-is = The folder is { $folder }.

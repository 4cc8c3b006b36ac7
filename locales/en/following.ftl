### What is told while a page is open and something stands against what somebody does there.

gone-meanwhile = Deleted meanwhile
script-unanswered = No answer came. Once this page is up to date, it shows whether the change was made; what you typed is still here.
script-unsure = No connection: this may not have been saved.
script-check = Check
told-not-saved = Connected again: your last change was not saved. Make it again.
script-away = Not saved: the folder is away. What you typed is kept.
script-away-deed = Not done: the folder is away. Try again when it is back.
script-out = You are logged out. Nothing was changed; what you typed is still here. Log in, then try again here.
# $name is what stood against it, a title of an error.
script-refused = Not done: { $name }. What you typed is kept.
keys-selected = While rows are selected, the keys for accepting, setting pending and deleting act on all of them.

### Automatic push, as an owner switches it.

auto-push-on = Switch automatic push on
auto-push-off = Switch automatic push off
auto-push-help = Nobody has to press Push: accepted devices get in at once.
auto-push-by-option = Automatic push is set by the option --auto-push, with which this program was started.
told-auto-push-on = Automatic push is on.
told-auto-push-off = Automatic push is off.
access-auto_push_on = { $actor } switched automatic push on
access-action-auto_push_on = Automatic push on
access-auto_push_off = { $actor } switched automatic push off
access-action-auto_push_off = Automatic push off

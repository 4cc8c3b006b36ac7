### Automatic push, as an owner switches it.

auto-push-on = Automatische Übertragung einschalten
auto-push-off = Automatische Übertragung ausschalten
auto-push-help = Niemand muss auf „Übertragen“ drücken: Wer zugelassen wird, hat sofort Zugang.
auto-push-by-option = Die automatische Übertragung ist durch die Option --auto-push festgelegt, mit der dieses Programm gestartet wurde.
told-auto-push-on = Die automatische Übertragung ist eingeschaltet.
told-auto-push-off = Die automatische Übertragung ist ausgeschaltet.
access-auto_push_on = { $actor } hat die automatische Übertragung eingeschaltet
access-action-auto_push_on = Automatische Übertragung ein
access-auto_push_off = { $actor } hat die automatische Übertragung ausgeschaltet
access-action-auto_push_off = Automatische Übertragung aus

### Automatic push, as an owner switches it.

auto-push-on = Automatisches Übertragen einschalten
auto-push-off = Automatisches Übertragen ausschalten
auto-push-help = Niemand muss auf „Übertragen“ drücken: Wer zugelassen wird, hat sofort Zugang.
auto-push-by-option = Das automatische Übertragen ist durch die Option --auto-push festgelegt, mit der dieses Programm gestartet wurde.
told-auto-push-on = Automatisches Übertragen ist eingeschaltet.
told-auto-push-off = Automatisches Übertragen ist ausgeschaltet.
access-auto_push_on = { $actor } hat das automatische Übertragen eingeschaltet
access-action-auto_push_on = Automatisches Übertragen ein
access-auto_push_off = { $actor } hat das automatische Übertragen ausgeschaltet
access-action-auto_push_off = Automatisches Übertragen aus

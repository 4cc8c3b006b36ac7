### Rules as sentences, and the form that builds one.

rules-help = A rule lets devices in, declines them or deletes sessions automatically. Without a waiting time, it acts on new requests only: never on a device that is already pending, or that a person set to pending. If several rules match, the first one counts. You can undo everything that a rule does, in Changes.
rule-paused = It does nothing: the user or token whose rights it has is gone, disabled or no longer an owner. Save the rule to take it over.
rule-action-accept = Let in
rule-action-decline = Decline
rule-action-delete = Delete
rule-does = Action
rule-says = Rule
rule-says-accept = Let in when { $name }
rule-says-accept-all = Let everybody in
rule-says-decline = Decline when { $name }
rule-says-decline-all = Decline everybody
rule-says-delete = Delete when { $name }, at most { $most } at a time
rule-and = { $a } and { $b }
rule-or = { $a } or { $b }
rule-no-email = empty
rule-if-apps = the app is { $name }
rule-if-emails = the e-mail is { $name }
rule-if-os = the system is { $name }
rule-if-versions = the app version is { $name }
rule-if-languages = the language is { $name }
rule-if-networks = the address is in { $name }
rule-if-simulator = it is a simulator
rule-if-no-simulator = it is not a simulator
rule-if-jailbroken = the device is jailbroken
rule-if-no-jailbroken = the device is not jailbroken
rule-if-known = the device is known
rule-if-unknown = the device is not known
rule-if-declined = somebody declined it
rule-if-waiting = it has been waiting for { $name }
rule-if-quiet = it has been quiet for { $name }
rule-span-d = { $count ->
    [one] 1 day
   *[other] { $count } days
}
rule-span-h = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
rule-span-m = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
rule-span-s = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}

## The form

rule-conditions = When
rule-condition = Condition { $count }
rule-condition-values = Values of condition { $count }
rule-condition-remove = Remove condition { $count }
rule-condition-add = Add a condition
rule-conditions-help = All conditions must hold. If several are about the same thing, one of them is enough. Write one value per line; { "*" } stands for any characters, as in { "*" }@example.com. Without conditions, the rule applies to everybody.
rule-field-unset = Choose…
rule-field-emails = E-mail is
rule-field-no-email = E-mail is empty
rule-field-os = System is
rule-field-versions = App version is
rule-field-languages = Language is
rule-field-networks = Address is in
rule-field-simulator = Is a simulator
rule-field-no-simulator = Is not a simulator
rule-field-jailbroken = Is jailbroken
rule-field-no-jailbroken = Is not jailbroken
rule-field-known = Device is known
rule-field-unknown = Device is not known
rule-field-declined = Was declined
rule-field-missing = Choose what these values are about.
rule-value-missing = Write at least one value, or remove this condition.
rule-declined-already = A declined session cannot be declined again.
rule-quiet-for = Quiet for at least
rule-waiting-for = Waiting for at least
rule-unit = Unit
rule-unit-d = days
rule-unit-h = hours
rule-unit-m = minutes
rule-unit-s = seconds
rule-span-missing = A rule that deletes needs a time. Say how long a session must be quiet or waiting: at least an hour.
rule-span-short = This is too short for a rule that deletes. Give at least 1 hour.
invalid-span = Write a whole number, at least 1. The longest time is 100 years.
rule-at-most = At most per run
rule-at-most-help = The rest follows in the next run. You undo a run as a whole.
invalid-at-most = Write a whole number from 1 to 10,000.
rule-preview-help = The preview shows what the rule would act on now. Nothing is saved or changed.
rule-preview-kept = This is a preview. Nothing was saved or changed.
rule-preview-deletes = { $count ->
    [0] No session would be deleted now
    [one] 1 session would be deleted now
   *[other] { $count } sessions would be deleted now
}
rule-switch-on = Switch on and delete
rule-switch-on-help = The rule starts at once and deletes the sessions that you see here, in each run at most as many as you set. You can undo each run in Changes.
rule-recounted = By now the rule would delete another number of sessions. Look at them again.

## The list

rule-try = Look and switch on
rule-move-up = Move { $name } up
rule-move-down = Move { $name } down
told-rule-off = The rule is saved, but not switched on yet. Look at what it would delete, then switch it on.
told-rule-timed = The rule is saved. It acts as soon as a session has waited, or has been quiet, for long enough.
told-rule-moved = The rule is moved.

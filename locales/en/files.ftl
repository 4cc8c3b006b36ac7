### What 4D’s files say of a device.

jailbroken = Jailbroken
chip-jailbroken = Jailbroken
chip-no-jailbroken = Not jailbroken
rule-when-jailbroken = Jailbroken devices alone
rule-when-no-jailbroken = No jailbroken devices
# Links to an app's other folders follow.
also-in = also in

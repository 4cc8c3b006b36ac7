### What 4D’s files say of a device.

jailbroken = Jailbroken
chip-jailbroken = Jailbroken
chip-no-jailbroken = Not jailbroken
# In the place of a team, where an app has a folder with one and a folder without.
no-team = no team
# Links to an app's other folders follow.
also-in = also in
# Of a finding that is a matter of letter case.
case-aside-effect = Probably nothing: 4D treats names that differ only in letter case or accents as the same.
case-aside-mend = You need not do anything while the device gets in.

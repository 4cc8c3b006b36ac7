### Was 4Ds Dateien über ein Gerät sagen.

jailbroken = Jailbreak
chip-jailbroken = Mit Jailbreak
chip-no-jailbroken = Ohne Jailbreak
# In the place of a team, where an app has a folder with one and a folder without.
no-team = ohne Team
# Links to an app's other folders follow.
also-in = auch in
# Of a finding that is a matter of letter case.
case-aside-effect = Wahrscheinlich nichts: 4D hält Namen, die sich nur in Groß- und Kleinschreibung oder Akzenten unterscheiden, für gleich.
case-aside-mend = Solange das Gerät hineinkommt, ist nichts zu tun.

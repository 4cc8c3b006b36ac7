### Was 4Ds Dateien über ein Gerät sagen.

jailbroken = Jailbreak
chip-jailbroken = Mit Jailbreak
chip-no-jailbroken = Ohne Jailbreak
rule-when-jailbroken = Nur Geräte mit Jailbreak
rule-when-no-jailbroken = Keine Geräte mit Jailbreak
# Links to an app's other folders follow.
also-in = auch in

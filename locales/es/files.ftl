### Lo que los archivos de 4D dicen de un dispositivo.

jailbroken = Con jailbreak
chip-jailbroken = Con jailbreak
chip-no-jailbroken = Sin jailbreak
rule-when-jailbroken = Solo dispositivos con jailbreak
rule-when-no-jailbroken = Ningún dispositivo con jailbreak
# Links to an app's other folders follow.
also-in = también en

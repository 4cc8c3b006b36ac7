### Ce que les fichiers de 4D disent d’un appareil.

jailbroken = Débridé
chip-jailbroken = Débridés
chip-no-jailbroken = Non débridés
rule-when-jailbroken = Appareils débridés uniquement
rule-when-no-jailbroken = Aucun appareil débridé
# Links to an app's other folders follow.
also-in = aussi dans

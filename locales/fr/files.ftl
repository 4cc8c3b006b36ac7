### Ce que les fichiers de 4D disent d’un appareil.

jailbroken = Débridé
chip-jailbroken = Débridés
chip-no-jailbroken = Non débridés
# In the place of a team, where an app has a folder with one and a folder without.
no-team = sans équipe
# Links to an app's other folders follow.
also-in = aussi dans
# Of a finding that is a matter of letter case.
case-aside-effect = Sans doute rien : 4D considère comme identiques les noms qui ne diffèrent que par la casse ou les accents.
case-aside-mend = Il n’y a rien à faire tant que l’appareil a accès.

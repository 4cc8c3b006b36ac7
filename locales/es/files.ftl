### Lo que los archivos de 4D dicen de un dispositivo.

jailbroken = Con jailbreak
chip-jailbroken = Con jailbreak
chip-no-jailbroken = Sin jailbreak
# In the place of a team, where an app has a folder with one and a folder without.
no-team = sin equipo
# Links to an app's other folders follow.
also-in = también en
# Of a finding that is a matter of letter case.
case-aside-effect = Probablemente nada: 4D toma por iguales los nombres que solo difieren en mayúsculas, minúsculas o acentos.
case-aside-mend = No hay que hacer nada mientras el dispositivo pueda entrar.

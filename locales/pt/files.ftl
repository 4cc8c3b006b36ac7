### O que os arquivos do 4D dizem de um aparelho.

jailbroken = Com jailbreak
chip-jailbroken = Com jailbreak
chip-no-jailbroken = Sem jailbreak
# In the place of a team, where an app has a folder with one and a folder without.
no-team = sem equipe
# Links to an app's other folders follow.
also-in = também em
# Of a finding that is a matter of letter case.
case-aside-effect = Provavelmente nada: o 4D considera iguais os nomes que diferem apenas em maiúsculas, minúsculas ou acentos.
case-aside-mend = Nada precisa ser feito enquanto o dispositivo tiver acesso.

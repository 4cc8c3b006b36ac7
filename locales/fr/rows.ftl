### Ce que l’on peut faire dans les lignes d’une liste, et ses filtres.

set = Définir
cancel = Abandonner
status-of = Statut de { $name }
email-of = E-mail de { $name }
edit-email-of = Modifier l’e-mail de { $name }
csv = Télécharger en CSV
chip-no-simulator = Hors simulateurs
chip-simulator = Simulateurs
chip-compliant = Sans problème
chip-pushed = Transmises
# $name is a date.
chip-since = Modifiées depuis le { $name }
# $name is a date.
chip-before = Inchangées depuis le { $name }

### Ce que l’on peut faire dans les lignes d’une liste, et ses filtres.

set = Appliquer
cancel = Annuler
status-of = Statut : { $name }
email-of = E-mail : { $name }
edit-email-of = Modifier l’e-mail : { $name }
csv = Télécharger en CSV
chip-no-simulator = Hors simulateurs
chip-simulator = Simulateurs
chip-compliant = Sans problème
chip-pushed = Transmises
# $name is a date.
chip-since = Modifiées depuis le { $name }
# $name is a date.
chip-before = Inchangées depuis le { $name }

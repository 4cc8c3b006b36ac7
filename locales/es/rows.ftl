### What can be done in the rows of a list, and its filters.

set = Aplicar
cancel = Cancelar
status-of = Estado de { $name }
email-of = Correo de { $name }
edit-email-of = Editar el correo de { $name }
csv = Descargar como CSV
chip-no-simulator = Sin simuladores
chip-simulator = Simuladores
chip-compliant = Sin problemas
chip-pushed = Enviadas
# $name is a date.
chip-since = Con cambios desde el { $name }
# $name is a date.
chip-before = Sin cambios desde el { $name }

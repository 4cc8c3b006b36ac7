### O que se pode fazer nas linhas de uma lista, e os seus filtros.

set = Definir
cancel = Cancelar
status-of = Status de { $name }
email-of = E-mail de { $name }
edit-email-of = Editar o e-mail de { $name }
csv = Baixar em CSV
chip-no-simulator = Sem simuladores
chip-simulator = Simuladores
chip-compliant = Sem problemas
chip-pushed = Transmitidas
# $name is a date.
chip-since = Alteradas desde { $name }
# $name is a date.
chip-before = Sem alterações desde { $name }

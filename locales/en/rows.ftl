### What can be done in the rows of a list, and its filters.

set = Set
cancel = Cancel
status-of = Status of { $name }
email-of = E-mail of { $name }
edit-email-of = Edit the e-mail of { $name }
csv = Download as CSV
chip-no-simulator = No simulator
chip-simulator = Simulators
chip-compliant = Without problems
chip-pushed = Pushed
# $name is a date.
chip-since = Changed since { $name }
# $name is a date.
chip-before = Not changed since { $name }

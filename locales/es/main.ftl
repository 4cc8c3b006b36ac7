### Every word of the panel. A message holds no markup: what is stressed or linked comes in as an argument.
### Arguments: $count a number, $name a name, $device and $actor a name as it stands in a page.

## Frame

brand = Mobile Sessions
docs-title = Mobile Sessions: la API
docs-document = Documento OpenAPI
docs-subjects = Partes de la API
docs-types = Tipos
docs-parameters = Parámetros
docs-required = obligatorio
docs-body = Cuerpo
docs-answers = Respuestas
docs-example = Ejemplo
docs-by-curl = Con curl
docs-try = Probar
docs-try-help = Se envía con su cuenta y sus permisos. No es un simulacro: lo que la solicitud cambia queda cambiado.
docs-send = Enviar
skip-to-content = Ir al contenido
nav-main = Principal
nav-overview = Resumen
nav-sessions = Sesiones
nav-changes = Cambios
nav-administration = Administración
nav-waiting = { $count ->
    [one] 1 dispositivo en espera
   *[other] { $count } dispositivos en espera
}
push-up-to-date = Sincronizado con 4D
push-behind = { $count ->
    [one] 1 cambio sin enviar
   *[other] { $count } cambios sin enviar
}
push-behind-help = Estos cambios están en los archivos. Llegan a los dispositivos cuando 4D ejecuta MOBILE APP REFRESH SESSIONS.
push = Enviar a 4D
push-waits = { $count ->
    [one] El envío automático espera: 1 archivo defectuoso desconectaría su dispositivo.
   *[other] El envío automático espera: { $count } archivos defectuosos desconectarían sus dispositivos.
}
push-waits-elsewhere = El envío automático espera: archivos defectuosos de otras apps desconectarían sus dispositivos.
push-waits-help = Continúa por sí solo en cuanto 4D ya no vaya a desconectar a nadie.
push-failed = El último envío falló.
menu-account = Cuenta de { $name }
log-in = Iniciar sesión
log-out = Cerrar sesión
undo = Deshacer
dismiss = Cerrar
folder-away = La carpeta MobileApps no está disponible.
folder-away-help = Las listas volverán por sí solas cuando la carpeta se pueda leer de nuevo. El sistema dice: { $name }.
folder-reading = Leyendo la carpeta MobileApps: { $done } de { $total } archivos hasta ahora.
folder-reading-help = Las listas muestran lo leído hasta ahora. Vuelva a cargar la página para ver más.
request-id = Solicitud
role-viewer = Lector: solo lectura
role-operator = Operador: lectura y cambios
role-owner = Propietario

## Words of lists

col-device = Dispositivo
col-status = Estado
col-os = Sistema
col-email = Correo
col-app = App
col-ip = Dirección IP
col-changed = Último cambio
col-waiting = Espera
col-actions = Acciones
col-share = Aceptadas y pendientes
col-sessions = Sesiones
col-problems = Problemas
col-session = Sesión
col-outcome = Resultado
col-when = Cuándo
col-what = Qué
col-pushed = Enviado
col-action = Acción
all-actions = Todas las acciones
col-actor = Autor
status-accepted = Aceptada
status-pending = Pendiente
status-none = Sin estado
status-unreadable = Ilegible
status-unknown = «{ $name }»
guest = invitado
simulator = Simulador
not-pushed = Sin enviar
sessions-accepted = Aceptadas
sessions-pending = Pendientes
sessions-other = Otras
sessions-unpushed = Sin enviar
count-sessions = { $count ->
    [one] 1 sesión
   *[other] { $count } sesiones
}
count-pending = { $count ->
    [one] 1 pendiente
   *[other] { $count } pendientes
}
count-noncompliant = { $count } con problemas
count-problems = { $count ->
    [one] 1 problema
   *[other] { $count } problemas
}
count-changes = { $count ->
    [one] 1 cambio
   *[other] { $count } cambios
}
count-bytes = { $count ->
    [one] 1 byte
   *[other] { $count } bytes
}
number = { $count }
range = { $from }–{ $to } de { $total }
pages = Páginas
first-page = Primera
previous-page = Anterior
next-page = Siguiente
yes = sí
no = no

## What can be done

accept = Aceptar
accept-name = Aceptar { $name }
accept-all = Aceptar todos ({ $count })
accept-these = Aceptar estos ({ $count })
set-pending = Marcar como pendiente
set-pending-name = Marcar como pendiente: { $name }
look = Ver
look-name = Ver { $name }
delete = Eliminar
delete-more = Eliminar…
undo-name = Deshacer: { $name }
refresh = Actualizar
search = Buscar
search-hint = Dispositivo, correo, ID, dirección
save = Guardar
show = Mostrar
back = Volver

## Overview

waiting-title = { $count ->
    [one] 1 dispositivo en espera
   *[other] { $count } dispositivos en espera
}
waiting-oldest = El primero llegó { $name }. Un dispositivo aceptado tiene acceso tras el próximo envío.
waiting-caption = Dispositivos que esperan acceso
waiting-all = { $count ->
    [one] El que está en espera
   *[other] Los { $count } en espera
}
nobody-waiting = No hay nadie en espera
nobody-waiting-help = Aquí aparece todo dispositivo que necesita aprobación. En 4D, la aprobación se pide con { $line } en el método base { $method }.
no-apps = Aún no hay apps
no-apps-help = Cuando un dispositivo se identifica por primera vez, 4D crea una carpeta para su app en { $folder }, y la app aparece aquí.
apps = Apps
all-sessions = Todas las sesiones
latest-changes = Últimos cambios
all-changes = Todos los cambios
no-changes-yet = Aquí aún no se ha cambiado nada. Cada cambio queda anotado con su autor y se puede deshacer.

## Lists

filters = Filtros
chip-all = Todas
chip-noncompliant = Con problemas
chip-quiet = Sin cambios en 90 días
chip-condition = { $key }: { $value }
no-results = Nada coincide con estos filtros.
no-sessions-yet = Aún no hay sesiones. Aquí aparecen los dispositivos que se identifican.
clear-filters = Quitar los filtros
select-page = Seleccionar todo en esta página
select-name = Seleccionar { $name }
with-selected = Con la selección:
all-that-match = Seleccionar los { $count } resultados
delete-ask = { $count ->
    [one] ¿Eliminar 1 sesión?
   *[other] ¿Eliminar { $count } sesiones?
}
delete-ask-help = Sus dispositivos se desconectan cuando 4D vuelve a leer los archivos. Los archivos se conservan y la eliminación se puede deshacer.
delete-count = { $count ->
    [one] Eliminar 1 sesión
   *[other] Eliminar { $count } sesiones
}
keep-them = Conservar
and-more = { $count ->
    [one] y 1 más
   *[other] y { $count } más
}
result-title = No se pudieron cambiar { $failed } de { $total }
result-changed = { $count ->
    [0] No se ha cambiado nada.
    [one] Se cambió 1 sesión. Las demás quedaron como estaban.
   *[other] Se cambiaron { $count } sesiones. Las demás quedaron como estaban.
}
back-to-list = Volver a la lista

## One session

crumbs = Ruta de navegación
group-device = Dispositivo y usuario
group-app = App
group-file = Archivo
field-model = Modelo
field-system = Sistema
field-device-id = ID del dispositivo
field-push-token = Notificaciones push
field-language = Idioma
field-app-name = Nombre
field-app-version = Versión
field-app-id = Bundle ID
field-team-id = ID de equipo
field-session-id = ID de sesión
field-path = Ruta
field-size = Tamaño
field-modified = Último cambio
field-first-seen = Vista por primera vez
not-given = no indicado
document = Documento
change = Cambiar
field-email = Correo
field-reason = Motivo
field-reason-help = Para el registro de cambios. Se guarda con el próximo cambio que haga.
optional = (opcional)
invalid-email = Esto no es una dirección de correo ni un nombre de usuario. Escriba de 1 a 254 caracteres, sin caracteres de control, o deje el campo vacío para un invitado.
invalid-status = Elija uno de estos: { $name } no se puede establecer.
invalid-reason = Tiene { $length } caracteres. Se guardan { $longest } como máximo: acórtelo.
history = Historial
no-history = Nadie ha cambiado aquí esta sesión.
conflict-title = La sesión ha cambiado desde que cargó esta página
conflict-now = Ahora
conflict-yours = Su valor
conflict-wanted = Deseado
conflict-help = Abajo se ve la sesión tal como está ahora. Si aun así quiere su valor, elíjalo de nuevo.

## What 4D makes of a file

problems-title = { $count ->
    [one] 4D no admite este archivo
   *[other] 4D no admite este archivo por { $count } motivos
}
problem-effect = Qué hace 4D
problem-mend = Cómo corregirlo
assumed = supuesto
assumed-help = Una suposición. El esquema propio de 4D no es público, y 4D probablemente toma por iguales los nombres que solo difieren en mayúsculas y minúsculas.
code-named = { $title } (error { $code })
code-1 = El archivo no está en su lugar
    .effect = Con el próximo envío, 4D quita la sesión de la memoria: el dispositivo se desconecta y debe identificarse de nuevo.
code-2 = El archivo no es JSON bien formado
    .effect = Con el próximo envío, 4D no puede leer el archivo y quita la sesión de la memoria: el dispositivo se desconecta.
code-3 = El archivo no cumple el esquema de las sesiones
    .effect = Con el próximo envío, 4D probablemente rechaza el archivo y quita la sesión de la memoria: el dispositivo se desconecta.
code-4 = El token de conexión no concuerda con el contenido
    .effect = Con el próximo envío, 4D rechaza el archivo y quita la sesión de la memoria: el dispositivo se desconecta.
finding-wrong-folder = El nombre de la carpeta no corresponde al ID de equipo y al bundle ID que contiene el archivo.
    .mend = Mueva el archivo a la carpeta de su propia app o elimínelo aquí: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
finding-wrong-name = El nombre del archivo no es el ID de sesión que figura en él.
    .mend = Dé al archivo el nombre que figura en { $pointer }. Si es una copia, elimínelo.
finding-unreadable = El sistema no permite leer el archivo: { $text }.
    .mend = Dé permiso de lectura del archivo al usuario con el que se ejecuta este programa.
finding-empty = El archivo está vacío.
    .mend = Si sigue así, elimínelo: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
finding-too-large = El archivo supera los { $number } bytes y no se ha leído.
    .mend = Si de verdad es una sesión, inicie el programa con un límite mayor. Si no, saque el archivo de la carpeta.
finding-not-utf8 = El archivo no es texto UTF-8: el byte { $number } no es válido.
    .mend = Guarde el archivo en UTF-8 o elimínelo: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
finding-not-json = El archivo no es JSON: la lectura se detuvo en la línea { $number }, columna { $text }.
    .mend = Revise ese lugar en un editor de texto: a menudo falta una coma, una comilla o un corchete. O elimine el archivo.
finding-not-an-object = El archivo es JSON, pero no un objeto entre llaves.
    .mend = Elimínelo: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
finding-missing = Falta el valor { $pointer }.
    .mend = { $field ->
        [status] Acepte la sesión o márquela como pendiente: así se añade el estado.
       *[other] Añada el valor en un editor de texto o elimine el archivo: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
    }
finding-wrong-type = El valor { $pointer } no es de tipo { $text }.
    .mend = { $field ->
        [status] Acepte la sesión o márquela como pendiente.
        [email] Guarde una dirección de correo, o una vacía.
       *[other] Corrija el valor en un editor de texto o elimine el archivo: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
    }
finding-schema-keyword = El valor { $pointer } no cumple la regla { $text } del esquema.
    .mend = Corrija el valor en un editor de texto.
finding-doubled = La clave { $pointer } aparece dos veces. No se sabe cuál de las dos lee 4D.
    .mend = Quite una de las dos en un editor de texto. Hasta entonces, aquí no se cambia nada en el archivo.
finding-token-unreadable = El token de conexión no es lo que escribe 4D: base64 de un objeto con los tres ID.
    .mend = Elimine la sesión: el dispositivo recibe un token nuevo cuando vuelve a identificarse.
finding-token-disagrees = El token de conexión indica otro valor que el de { $pointer }.
    .mend = Si { $pointer } se editó a mano, restablézcalo. Si no, elimine la sesión: el dispositivo recibe un token nuevo cuando vuelve a identificarse.

## Journal

since = Desde
until = Hasta
newest = Lo más reciente
newer = Más recientes
older = Más antiguos
undone = deshecho
not-yet = aún no
overwritten = sobrescrito
overwritten-help = El programa se detuvo en mitad de este cambio, y ahora el archivo contiene lo que escribió otro programa o persona.
action-set_status = Estado
action-set_email = Correo
action-edit = Estado y correo
action-delete = Eliminación
action-restore = Restauración
actor-token = token { $name }
actor-rule = regla { $name }
actor-link = enlace { $name }
actor-cli = la línea de comandos
did-accept = { $actor } aceptó { $device }
did-pending = { $actor } marcó { $device } como pendiente
did-status = { $actor } cambió el estado de { $device } a { $value }
did-no-status = { $actor } quitó el estado de { $device }
did-email = { $actor } cambió el correo de { $device } a { $value }
did-no-email = { $actor } quitó el correo de { $device }
did-edit = { $actor } cambió el estado y el correo de { $device }
did-delete = { $actor } eliminó { $device }
did-restore = { $actor } restauró { $device }
done-accept = Se aceptó { $device }.
done-pending = { $device } queda pendiente.
done-status = El estado de { $device } es { $value }.
done-no-status = { $device } ya no tiene estado.
done-email = El correo de { $device } es { $value }.
done-no-email = { $device } ya no tiene correo.
done-edit = Se cambiaron el estado y el correo de { $device }.
done-delete = Se eliminó { $device }.
done-restore = Se restauró { $device }.
done-many = { $count ->
    [one] Se cambió 1 sesión.
   *[other] Se cambiaron { $count } sesiones.
}
done-nothing = No se ha cambiado nada: estos valores ya estaban establecidos.

## Who comes in

log-in-help = Use el nombre y la contraseña que le dio un propietario de este panel.
login-wrong = El nombre o la contraseña no son correctos. No se ha cambiado nada; inténtelo de nuevo.
setup = Le damos la bienvenida
setup-help = Cree el primer propietario de este panel. Este enlace sirve una vez; después, inicie sesión con lo que elija aquí.
setup-submit = Crear propietario e iniciar sesión
field-name = Nombre
field-password = Contraseña
field-password-help = Al menos 12 caracteres difíciles de adivinar. Lo mejor: unas palabras sin relación entre sí.
invalid-name = Un nombre tiene de 1 a 64 caracteres, ninguno invisible, y ningún espacio al principio ni al final.
password-short = Esta contraseña es demasiado corta: necesita al menos 12 caracteres.
password-long = Esta contraseña es demasiado larga: se admiten 1024 bytes como máximo.
password-control = Esta contraseña contiene un carácter que no se puede escribir con ningún teclado. Quítelo.
password-name = Esta contraseña es poco más que el nombre. Añada algo que nadie adivinaría.
password-common = Esta es una de las contraseñas que todo el mundo prueba primero. Elija otra.
password-run = Esta contraseña es una serie o una repetición, fácil de adivinar. Elija otra.
too-many-tries = Demasiadas contraseñas incorrectas. Esta vez la suya no se ha comprobado: espere { $name } y vuelva a intentarlo.
wait-seconds = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}
wait-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}

## People and programs

nav-account = Su cuenta
nav-users = Usuarios
nav-tokens = Tokens de API
nav-access-log = Registro de accesos
nav-rules = Reglas
role-name-viewer = Lector
role-name-operator = Operador
role-name-owner = Propietario
field-role = Rol
field-apps = Apps
field-current-password = Contraseña actual
field-new-password = Contraseña nueva
apps-all = todas las apps
apps-help = ID de apps, uno por línea; { "*" } equivale a cualquier texto, ? a un carácter. Vacío: todas las apps.
apps-help-held = ID de apps, uno por línea; { "*" } equivale a cualquier texto, ? a un carácter. Vacío: todas las que usted puede ver ({ $name }).
invalid-role = Elija uno de los roles.
invalid-apps = Una de estas líneas no es un ID de app: cada uno tiene de 1 a 255 caracteres, ninguno invisible, y hay 100 líneas como máximo.
never = nunca
never-expires = nunca
you = usted
copy = Copiar
copied = Copiado
col-browser = Navegador
col-last-use = Último uso
col-logged-in = Desde
col-last-login = Último acceso
col-state = Estado
col-made = Creación
col-expires = Caduca
col-made-by = Creado por
col-given = Concedido
device-on = { $browser } en { $system }
device-unknown-on = Navegador desconocido en { $name }
device-unknown = Navegador desconocido

own-password = Su contraseña
own-password-submit = Cambiar contraseña
own-password-effect = Su sesión sigue abierta aquí; las demás se cierran.
wrong-current-password = Esta no es su contraseña. No se ha cambiado nada.
logins = Dónde ha iniciado sesión
this-one = aquí
log-out-elsewhere = Cerrar las demás sesiones
no-login-elsewhere = No ha iniciado sesión en ningún otro lugar.
told-own-password = Su contraseña ha cambiado. Sus demás sesiones en el panel se han cerrado.
told-elsewhere = Sus demás sesiones en el panel se han cerrado.

count-users = { $count ->
    [one] 1 usuario
   *[other] { $count } usuarios
}
user-new = Nuevo usuario
user-create = Crear usuario
password-or-made-up = Al menos 12 caracteres y difícil de adivinar. Si se deja vacío, se genera una y se muestra una sola vez.
password-of-new = Usuario creado: { $name }
password-of-known = { $name } tiene una contraseña nueva
password-once = Esta contraseña solo se muestra esta vez. Cópiela ahora y entréguela por un medio seguro. La persona deberá elegir la suya al iniciar sesión por primera vez.
secret-kept = Ya tengo una copia
user-rights = Qué puede hacer este usuario
user-rights-effect = Si cambia el rol o las apps, se cierran las sesiones de este usuario en el panel. Al volver a iniciar sesión, tendrá los permisos nuevos.
user-new-password = Contraseña nueva
user-new-password-submit = Asignar contraseña
user-new-password-effect = Se cierran las sesiones del usuario en el panel. Si la contraseña se genera, deberá elegir la suya la próxima vez que inicie sesión.
user-own-password = Su propia contraseña se cambia en su cuenta.
user-out = Impedir el acceso
user-is-disabled = desactivado
user-is-enabled = activo
user-disable = Desactivar
user-disable-effect = El usuario pierde el acceso de inmediato: sus sesiones en el panel se cierran, y los tokens que creó se rechazan hasta que se le active de nuevo.
user-enable = Activar
user-enable-effect = Puede volver a iniciar sesión, y los tokens que creó vuelven a funcionar.
user-delete = Eliminar este usuario
user-delete-effect = El usuario pierde el acceso de inmediato y para siempre, y los tokens que creó dejan de funcionar. Los cambios conservan su nombre.
user-delete-ask = ¿Eliminar { $name }?
user-delete-ask-help = Sus sesiones en el panel se cierran de inmediato, y los tokens que creó dejan de funcionar. No se puede deshacer; para impedir el acceso por un tiempo, desactive el usuario.
user-delete-ask-myself = Es su propio usuario. Su sesión se cierra de inmediato, y los tokens que creó dejan de funcionar. No se puede deshacer.
user-delete-tokens = También dejan de funcionar estos tokens:
user-keep = Conservar este usuario
last-owner = Es el último propietario. El rol se puede cambiar cuando haya otro propietario.
last-owner-stays = El último propietario no se puede desactivar ni eliminar: ya nadie podría dar acceso. Nombre antes propietario a otra persona.
last-owner-refused = No se ha cambiado nada: es el último propietario, y sin ninguno nadie podría dar acceso. Nombre antes propietario a otra persona.
told-user-created = Usuario creado: ya puede iniciar sesión.
told-user-changed = Los permisos del usuario han cambiado.
told-user-password = El usuario tiene una contraseña nueva. Sus sesiones en el panel se han cerrado.
told-user-disabled = El usuario ya no tiene acceso. Sus sesiones en el panel se han cerrado y sus tokens se rechazan.
told-user-enabled = El usuario puede volver a iniciar sesión.
told-user-deleted = Usuario eliminado, junto con sus sesiones en el panel y sus tokens.

count-tokens = { $count ->
    [one] 1 token
   *[other] { $count } tokens
}
no-tokens = Un token permite a un programa usar la API en lugar de una persona. Aún no hay ninguno.
token-new = Nuevo token
token-create = Crear token
token-create-help = Su secreto se muestra una sola vez, en la página siguiente. El token nunca tiene más permisos que usted.
token-reads-secrets = lee secretos
field-secrets = Puede leer secretos
field-secrets-help = Los tokens propios de los dispositivos y los archivos de sesión completos. Solo para programas que los necesiten.
life-days = { $count ->
    [one] en 1 día
   *[other] en { $count } días
}
life-never = nunca: funciona hasta que se revoque
invalid-life = Elija uno de estos plazos.
maker-cli = la línea de comandos
maker-unseen = un propietario de otras apps
token-soon = pronto
token-over = caducado
token-revoke = Revocar este token
token-revoke-more = Revocar…
token-revoke-name = Revocar { $name }
token-revoke-ask = ¿Revocar { $name }?
token-revoke-ask-used = Los programas que lo usan se rechazan de inmediato, y no se puede deshacer. Último uso: { $name }.
token-revoke-ask-unused = Los programas que lo usan se rechazan de inmediato, y no se puede deshacer. Nunca se ha usado.
token-keep = Conservar este token
token-made = Token creado: { $name }
token-once = Este secreto solo se muestra esta vez. Cópielo ahora a donde el programa lo encuentre: quien lo tenga puede hacer lo mismo que el token.
token-secret = Secreto
token-try = Probar
token-ends = El token { $token } caduca el { $date }.
tokens-end = { $number } tokens caducan en los próximos 14 días; el primero, { $token }, el { $date }.
token-ends-todo = Crear otros a tiempo
told-token-revoked = Token revocado.

count-rules = { $count ->
    [0] ninguna regla
    [one] 1 regla
   *[other] { $count } reglas
}
rules-claims = Correo, dispositivo, sistema, versión, idioma y dirección son lo que el dispositivo comunicó a 4D. Una regla basada en ellos confía en lo que su método On Mobile App Authentication haya comprobado.
rule-new = Nueva regla
rule-create = Crear regla
rule-order = Orden
rule-known-help = Un dispositivo es conocido si otra sesión suya en la misma app está aceptada ahora.
rule-expires = Caduca el
rule-note = Nota
rule-note-help = Por qué existe esta regla. Figura en el registro de cambios como motivo.
rule-enabled = Activa
rule-is-enabled = activa
rule-is-disabled = desactivada
rule-enable = Activar
rule-disable = Desactivar
rule-enable-name = Activar { $name }
rule-disable-name = Desactivar { $name }
rule-over = caducada
rule-preview = Vista previa
rule-preview-found = { $count ->
    [0] No coincide ningún dispositivo pendiente ahora
    [one] Coincide 1 dispositivo pendiente ahora
   *[other] Coinciden { $count } dispositivos pendientes ahora
}
rule-preview-more = { $count ->
    [one] Y 1 más.
   *[other] Y { $count } más.
}
rule-preview-accept = Para dar acceso a estos ahora, acéptelos en la lista de sesiones.
rule-delete = Eliminar esta regla
rule-delete-ask = ¿Eliminar { $name }?
rule-delete-help = Los dispositivos a los que dio acceso lo conservan. No se puede deshacer; si lo prefiere, desactive la regla.
rule-keep = Conservar esta regla
invalid-list = Una de estas líneas tiene más de 255 caracteres o contiene uno invisible, o hay más de 100 líneas.
invalid-networks = Una de estas líneas no es ni red ni dirección. Escríbalas como 10.0.0.0/8, fd00::/8 o 192.0.2.1.
invalid-day = Esto no es una fecha. Escríbala como 2026-12-31 o deje el campo vacío.
invalid-filter = La lista no conoce este valor. Indique otro o deje el campo vacío.
told-rule-created = Regla creada. Actúa sobre los dispositivos que lleguen desde ahora.
told-rule-changed = Regla modificada. Actúa sobre los dispositivos que lleguen desde ahora.
told-rule-enabled = Regla activada. Actúa sobre los dispositivos que lleguen desde ahora.
told-rule-disabled = Regla desactivada.
told-rule-deleted = Regla eliminada.

link-make = Enlace de aprobación
link-make-help = Un enlace para enviar por correo o chat: quien lo abra puede dar acceso a este dispositivo, una vez, sin iniciar sesión en el panel.
link-life = Válido durante
link-make-submit = Crear enlace de aprobación
life-hours = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}
link-life-days = { $count ->
    [one] 1 día
   *[other] { $count } días
}
link-made = Un enlace para { $name }
link-once = Este enlace solo se muestra esta vez. Quien lo tenga puede dar acceso a este dispositivo, una vez, hasta el { $name }. Caduca antes si usted pierde el permiso de dar acceso a dispositivos.
link-address = Enlace
link-kept = Ya tengo el enlace
link-waiting = ¿Dar acceso a este dispositivo?
link-waiting-help = Este dispositivo pide acceso. Déselo solo si sabe de quién es.
link-claims = Dispositivo, app y correo son lo que el dispositivo dice de sí mismo. El enlace sirve una sola vez.
link-accepted = El dispositivo tiene acceso
link-accepted-help = Puede usar la app en cuanto 4D haya leído el cambio.
link-already-in = El dispositivo ya tiene acceso
link-already-in-help = Alguien se lo dio antes. No se ha cambiado nada, y no hay nada que hacer.
link-not-waiting = Este dispositivo no está en espera
link-not-waiting-help = Su estado no es ni «pendiente» ni «aceptada», así que no se ha cambiado nada. Pregunte a quien le envió el enlace.
link-used = Este enlace ya se usó
link-used-help = Sirve una sola vez, y se usó { $name }. Pida uno nuevo si espera otro dispositivo.
link-expired = Este enlace ha caducado
link-expired-help = Caducó { $name }. No se ha cambiado nada. Pida uno nuevo.
link-gone = Este dispositivo ya no está
link-gone-help = Su sesión se eliminó, así que no hay a quién dar acceso. No se ha cambiado nada.
link-revoked = Este enlace ya no es válido
link-revoked-help = Alguien lo revocó, o quien lo creó ya no puede dar acceso a dispositivos. No se ha cambiado nada. Pida uno nuevo.
link-unknown = Este enlace no existe
link-unknown-help = Quizá se cortó en el correo. Copie la dirección completa o pida un enlace nuevo.
link-wait = Demasiados enlaces no válidos
link-later = Esta vez no ha funcionado
link-folder-away = Ahora no se puede acceder a la carpeta de las sesiones. No se ha cambiado nada, y el enlace sigue valiendo: inténtelo de nuevo en un momento.
link-failed = No se ha cambiado nada, y el enlace sigue valiendo: inténtelo de nuevo en un momento. Si persiste, avise a quien le envió el enlace.

count-entries = { $count ->
    [one] 1 entrada
   *[other] { $count } entradas
}
given-no-end = sin caducidad
given-until = hasta el { $name }
access-login = { $actor } inició sesión
access-login_failed = Alguien dio una contraseña incorrecta para { $actor }
access-login_failed-nobody = Alguien intentó iniciar sesión con un nombre que no existe
access-logout = { $actor } cerró sesión
access-logout_elsewhere = { $actor } cerró sus demás sesiones en el panel
access-password_changed = { $actor } dio a { $subject } una contraseña nueva
access-password_changed-own = { $actor } cambió su propia contraseña
access-user_created = { $actor } creó el usuario { $subject }
access-user_created-own = { $actor } pasó a ser el primer propietario
access-user_changed = { $actor } cambió los permisos del usuario { $subject }
access-user_deleted = { $actor } eliminó el usuario { $subject }
access-token_created = { $actor } creó el token { $subject }
access-token_revoked = { $actor } revocó el token { $subject }
access-rule_created = { $actor } creó la regla { $subject }
access-rule_changed = { $actor } modificó la regla { $subject }
access-rule_deleted = { $actor } eliminó la regla { $subject }
access-link_created = { $actor } creó un enlace de aprobación para { $subject }
access-action-login = Inicio de sesión
access-action-login_failed = Inicio de sesión fallido
access-action-logout = Cierre de sesión
access-action-logout_elsewhere = Cierre de las demás sesiones
access-action-password_changed = Contraseña nueva
access-action-user_created = Usuario creado
access-action-user_changed = Usuario modificado
access-action-user_deleted = Usuario eliminado
access-action-token_created = Token creado
access-action-token_revoked = Token revocado
access-webhook_created = { $actor } creó el webhook { $subject }
access-webhook_changed = { $actor } modificó el webhook { $subject }
access-webhook_secret_rotated = { $actor } dio al webhook { $subject } un secreto nuevo
access-webhook_deleted = { $actor } eliminó el webhook { $subject }
access-action-webhook_created = Webhook creado
access-action-webhook_changed = Webhook modificado
access-action-webhook_secret_rotated = Secreto nuevo de webhook
access-action-webhook_deleted = Webhook eliminado

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] 1 webhook
   *[other] { $count } webhooks
}
no-webhooks = Un webhook avisa a otro programa de lo que ocurre aquí: un dispositivo en espera, un cambio, un envío a 4D. Aún no hay ninguno.
webhook-new = Nuevo webhook
webhook-create = Crear webhook
webhook-create-help = Su secreto se muestra una sola vez, en la página siguiente. Con él, el receptor comprueba que una solicitud viene de aquí.
field-url = Dirección
field-url-help = http o https, también dentro de su propia red. Cada evento se envía allí como POST.
invalid-url = Esto no es una dirección. Escríbala como https://hooks.example/path.
invalid-url-scheme = La dirección debe empezar por https:// o http://.
invalid-url-user = La dirección no debe contener usuario ni contraseña: la firma prueba quién envía.
invalid-url-fragment = Quite la parte que sigue al signo #: nunca se envía.
col-events = Eventos
col-to = Destino
col-last-delivery = Último evento
col-attempts = Intentos
col-answer = Respuesta
col-next-attempt = Próximo intento
events-all = todos los eventos
events-help = Ninguno marcado: todos los eventos.
event-session-created = Aparece una sesión
event-session-changed = Cambia una sesión
event-session-deleted = Desaparece una sesión
event-app-created = Aparece una app
event-app-deleted = Desaparece una app
event-folder-unavailable = La carpeta MobileApps no se puede leer
event-folder-available = La carpeta MobileApps ha vuelto
event-push-completed = Ha terminado un envío a 4D
webhook-is-on = activo
webhook-is-off = desactivado
webhook-fails = activo, pero falla
webhook-off = El webhook { $webhook } está desactivado: su receptor dejó de aceptar eventos.
webhooks-off = { $number } webhooks no envían nada.
webhooks-off-todo = Ver los webhooks
webhook-off-failing = Se desactivó: durante tres días, el receptor no aceptó nada. Los eventos en espera se conservan. Corrija el receptor, envíe una prueba y active el webhook de nuevo.
webhook-off-gone = Se desactivó: el receptor respondió 410, es decir, que ya no quiere eventos. Los eventos en espera se conservan. Elimine el webhook o actívelo de nuevo.
webhook-failing-since = Falla desde
webhook-queued = Eventos en espera
webhook-both-until = Secreto anterior válido hasta
webhook-more = Más
webhook-test = Enviar una prueba
webhook-test-effect = Se envía ahora un evento de tipo «test», aunque el webhook esté desactivado. No se repite.
webhook-tested = El receptor aceptó la prueba: respondió { $status } en { $count } ms.
webhook-tested-failed = El receptor no aceptó la prueba. { $name }
webhook-switch-off = Desactivar
webhook-switch-off-effect = No se envía nada más. Los eventos en espera se conservan; los que ocurran hasta que se active de nuevo no se envían nunca.
webhook-switch-on = Activar
webhook-switch-on-effect = Los eventos en espera se envían de inmediato.
webhook-rotate = Secreto nuevo
webhook-rotate-effect = El secreto anterior vale 24 horas más, y hasta entonces se firma con ambos: cambie el receptor en ese plazo.
webhook-delete = Eliminar este webhook
webhook-delete-effect = Los eventos en espera se eliminan con él.
webhook-delete-ask = ¿Eliminar { $name }?
webhook-delete-ask-help = { $count ->
    [0] Su receptor ya no recibe eventos. No se puede deshacer; para una pausa, desactívelo.
    [one] Con él se elimina 1 evento en espera. No se puede deshacer; para una pausa, desactívelo.
   *[other] Con él se eliminan { $count } eventos en espera. No se puede deshacer; para una pausa, desactívelo.
}
webhook-keep = Conservar este webhook
webhook-made = Webhook creado: { $name }
webhook-rotated = { $name } tiene un secreto nuevo
webhook-once = Este secreto solo se muestra esta vez. Cópielo ahora a donde el receptor lo encuentre: quien lo tenga puede enviar algo que parezca venir de aquí.
webhook-check = Compruebe las firmas con él, como aquí en Python
deliveries = Entregas
no-deliveries = Nada todavía. Los eventos que ocurran desde ahora aparecerán aquí.
delivery-pending = en espera
delivery-delivered = entregado
delivery-failed = no entregado
delivery-retry = Enviar de nuevo
delivery-retry-name = Enviar de nuevo: { $name }
failure-timed-out = El receptor no respondió a tiempo.
failure-unreachable = No se puede acceder al receptor: { $name }.
failure-tls = No hay conexión segura con el receptor: { $name }.
failure-broken = La conexión se cortó antes de que llegara una respuesta: { $name }.
failure-redirect = El receptor respondió { $name }: las redirecciones no se siguen. Indique la dirección a la que lleva.
failure-status = El receptor respondió { $name }.
failure-gone = El receptor respondió 410: ya no quiere eventos.
told-webhook-changed = Webhook modificado.
told-webhook-on = Webhook activado.
told-webhook-off = Webhook desactivado. Los eventos en espera se conservan.
told-webhook-deleted = Webhook eliminado.
told-delivery-retried = Se está enviando de nuevo.
access-action-rule_created = Regla creada
access-action-rule_changed = Regla modificada
access-action-rule_deleted = Regla eliminada
access-action-link_created = Enlace de aprobación creado

## What programs are told of a problem

problem-status = Estado HTTP { $name }
to-panel = Ir al panel

## Times

date = { $day } { $month } { $year }
date-time = { $date }, { $time } { $zone }
day-1 = 1
month-1 = ene
month-2 = feb
month-3 = mar
month-4 = abr
month-5 = may
month-6 = jun
month-7 = jul
month-8 = ago
month-9 = sept
month-10 = oct
month-11 = nov
month-12 = dic
ago-seconds = { $count ->
    [0] ahora mismo
   *[other] { $count } s
}
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count ->
    [one] 1 día
   *[other] { $count } días
}
past-seconds = { $count ->
    [0] ahora mismo
   *[other] hace { $count } s
}
past-minutes = hace { $count } min
past-hours = hace { $count } h
past-days = { $count ->
    [one] hace 1 día
   *[other] hace { $count } días
}
past-date = el { $name }

## Errors: what happened (.what), what was kept (.kept), what to do (.todo)

error-invalid-query = Esta dirección no se entiende
    .what = Contiene algo que esta lista no conoce: { $detail }.
    .todo = Muestre la lista sin filtros y elíjalos de nuevo.
error-malformed-body = No se pudo leer el formulario
    .what = Lo que envió su navegador estaba incompleto o contenía algo dos veces.
    .kept = No se ha cambiado nada.
    .todo = Vuelva atrás y envíelo de nuevo.
error-invalid-value = Un valor no es admisible
    .what = Lo enviado contiene un valor que no se puede admitir.
    .kept = No se ha cambiado nada.
    .todo = Vuelva atrás y elija otro valor.
error-unauthenticated = No ha iniciado sesión
    .what = Su sesión en el panel ha terminado.
    .todo = Inicie sesión y vuelva a intentarlo.
error-forbidden = No tiene permiso para hacer esto
    .kept = No se ha cambiado nada.
    .todo = Pida otro rol a un propietario de este panel.
error-cross-origin = El formulario procede de otro lugar
    .what = No se envió desde una página de su sesión en el panel.
    .kept = No se ha cambiado nada.
    .todo = Cargue la página de nuevo y repita lo que hizo.
error-unknown-host = Este panel tiene otro nombre
    .what = No responde con el nombre de host de esta dirección.
    .todo = Use la dirección que le dieron, o pida a quien administra este programa que añada el nombre con --host.
error-not-found = No está aquí
    .what = Lo que busca no está aquí, o no tiene permiso para verlo.
    .todo = Quizá se eliminó: consulte los cambios. Revise la dirección si la escribió a mano.
error-method-not-allowed = Esta dirección no sirve para eso
    .what = No admite { $detail }.
    .todo = Vaya al resumen y siga desde allí.
error-already-there = Vuelve a haber un archivo con este nombre
    .what = El dispositivo ha creado entretanto una sesión nueva.
    .kept = El archivo nuevo se conservó; el anterior está guardado aparte.
    .todo = Elimine primero la sesión nueva si quiere recuperar la anterior.
error-changed-since = Cambiado desde entonces
    .what = El valor ya no es el que dejó el cambio: alguien lo cambió después.
    .kept = Se conservó el valor más reciente.
    .todo = Abra la sesión para establecer el valor que desea.
error-already-undone = Ya deshecho
    .what = Alguien deshizo este cambio antes que usted.
    .kept = Ahora no se ha cambiado nada.
    .todo = Deshaga esa acción para recuperar el cambio.
error-not-kept = Ya no se conserva
    .what = Lo que quitó este cambio se guarda un tiempo limitado, que ya pasó.
    .kept = No se ha cambiado nada.
    .todo = El dispositivo crea una sesión nueva cuando vuelve a identificarse.
error-owner-cannot-be-kept = No se pueden conservar el dueño o los permisos del archivo
    .what = El archivo pertenece a { $detail }, no al usuario con el que se ejecuta este programa.
    .kept = No se ha escrito nada.
    .todo = Pida a quien administra este programa que lo ejecute como ese usuario.
error-not-writable = No se permite escribir el archivo
    .what = El sistema lo rechaza: { $detail }.
    .kept = No se ha cambiado nada.
    .todo = Pida a quien administra este programa que dé a su usuario permiso de escritura en la carpeta.
error-push-not-configured = Sin conexión con 4D
    .what = No hay ninguna configurada, así que no se ha enviado nada a 4D.
    .kept = Todos los cambios están en los archivos.
    .todo = Ejecute MOBILE APP REFRESH SESSIONS en 4D para que tengan efecto.
error-push-would-drop-sessions = 4D descartaría sesiones
    .todo = Vea la página «Envío»: indica los archivos y qué falla en cada uno.
error-push-failed = 4D no aceptó el envío
    .kept = Todo queda sin enviar.
error-conflict = Esto no se puede hacer ahora
    .kept = No se ha cambiado nada.
    .todo = Compruébelo y decida de nuevo.
error-idempotency-running = Sigue en curso
    .what = La misma solicitud se envió antes y no ha terminado.
    .todo = Espere un momento y compruébelo de nuevo.
error-precondition-failed = Ha cambiado desde que cargó la página
    .what = Alguien cambió la sesión entretanto.
    .kept = Su cambio no se ha escrito.
    .todo = Cargue la página de nuevo y vuelva a decidir.
error-too-large = Es demasiado para una sola vez
    .what = Lo enviado es mayor de lo que admite este panel.
    .kept = No se ha cambiado nada.
    .todo = Envíe menos de una vez: en una lista, seleccione menos, o use un filtro y seleccione todos los resultados.
error-unsupported-media-type = No se pudo leer el formulario
    .what = Su navegador envió algo de un tipo que este panel no admite.
    .kept = No se ha cambiado nada.
    .todo = Vuelva atrás y envíelo de nuevo.
error-duplicate-keys = Una clave aparece dos veces en este archivo
    .what = Es { $detail }. No se sabe cuál de las dos lee 4D.
    .kept = No se ha escrito nada.
    .todo = Quite una de las dos en un editor de texto.
error-not-an-object = En este archivo no se puede cambiar nada
    .what = No es un objeto JSON.
    .kept = El archivo quedó como estaba.
    .todo = Se puede eliminar: el dispositivo crea una sesión nueva cuando vuelve a identificarse.
error-idempotency-mismatch = Ya se envió antes
    .what = La misma solicitud ya se envió con otro contenido.
    .kept = No se ha cambiado nada.
error-too-many-requests = Demasiadas solicitudes
    .what = Este panel solo admite cierto número a la vez desde un mismo lugar.
    .todo = Inténtelo de nuevo en { $detail } s.
error-internal = Un fallo de este programa
    .what = Lo que pidió no se pudo terminar.
    .todo = Inténtelo de nuevo. Si persiste, dé la línea de abajo a quien administra este programa: su registro contiene más información.
error-folder-unavailable = La carpeta MobileApps no está disponible
    .what = El sistema dice: { $detail }.
    .kept = Las sesiones se ocultan hasta que la carpeta se pueda leer de nuevo. El registro de cambios se puede seguir consultando.
    .todo = Revise el disco o el recurso de red. La carpeta se comprueba cada segundo, y esta página volverá con ella por sí sola.
error-store-unavailable = No se puede escribir la base de datos del programa
    .what = El sistema dice: { $detail }.
    .kept = No se ha cambiado nada.
    .todo = Revise el disco y los permisos de la carpeta de datos.
error-no-space = No queda espacio en el disco
    .what = El cambio no cabía.
    .kept = No se ha cambiado nada.
    .todo = Libere espacio e inténtelo de nuevo.

## Push

nav-push = Envío
push-now = Enviar ahora
push-nothing = Nada que enviar.
push-auto = { $count ->
    [one] El envío automático está activado: un cambio se envía enseguida; los siguientes, 1 segundo después del último.
   *[other] El envío automático está activado: un cambio se envía enseguida; los siguientes, { $count } segundos después del último.
}
push-stand-in = Esto es una demostración: quien responde aquí es un sustituto, no 4D. Guarda las sesiones en memoria como 4D.
push-not-connected = 4D guarda las sesiones en memoria: un cambio hecho aquí llega a los dispositivos cuando 4D ejecuta MOBILE APP REFRESH SESSIONS. Cuando 4D esté conectado, podrá pedírselo desde aquí.
push-refresh = { $count ->
    [one] Aquí se cambió 1 sesión
   *[other] Aquí se cambiaron { $count } sesiones
}
    .help = 4D toma el estado y el correo nuevos de los dispositivos que conoce.
push-remove = { $count ->
    [one] Aquí se eliminó 1 sesión
   *[other] Aquí se eliminaron { $count } sesiones
}
    .help = 4D las olvida: sus dispositivos se desconectan.
push-outside = { $count ->
    [one] 1 sesión se cambió fuera de aquí
   *[other] { $count } sesiones se cambiaron fuera de aquí
}
    .help = Por el propio 4D o por alguien que editó los archivos. 4D también vuelve a leerlas.
push-dropped-help = 4D no admite estos archivos. Sus usuarios deben volver a identificarse.
push-allow = Enviar de todos modos: estos dispositivos se desconectan
push-refused = No se ha enviado nada. Corrija o elimine estos archivos, o marque la casilla si sus dispositivos se pueden desconectar.
push-refused-others = No se ha enviado nada: 4D descartaría también sesiones de otras apps. Pida el envío a alguien que pueda ver todas las apps.
push-last = El último envío
push-last-by = { $ago }, por { $actor }
push-ended-ok = 4D lo ha leído todo
push-ended-errors = 4D no admitió algunos archivos y ha leído los demás
push-ended-failed = Falló
push-failed-kept = Todo queda sin enviar.
push-error = { $component } { $number }
connect = Conectar 4D
connect-address = Dirección de 4D:
connect-test = Probar conexión
connect-test-help = Pide a 4D una respuesta y no cambia nada.
connect-how = Cómo se conecta 4D
connect-secret-help = Genere un secreto largo, de letras y cifras. Escríbalo en un archivo { $file } junto al archivo de datos de 4D, solo y en una línea.
connect-code-help = Añada este código al proyecto. El secreto no está en él: el código lo lee de ese archivo.
connect-new = 4D 20 R8 y posteriores
connect-new-help = Si el proyecto ya tiene un archivo HTTPHandlers.json, añada allí la entrada. Las sesiones escalables deben estar activadas, en las propiedades, en Web, Opciones: sin ellas, 4D no lee este archivo.
connect-old = 4D 18 a 20 R7
connect-old-help = Haga que el método base On Web Connection empiece como se muestra abajo; su contenido actual va bajo Else. Añada los dos métodos. Si hay un método base On Web Authentication, haga que acepte esta dirección.
connect-start-help = Inicie este programa con la dirección y con un archivo que contenga el mismo secreto. En un mismo equipo puede ser el mismo archivo.
connect-end-help = Reinicie el servidor web de 4D para que vuelva a leer sus handlers. Después, pruebe aquí la conexión.
download = Descargar
told-pushed = Enviado: 4D ha leído los cambios.
told-pushed-errors = Enviado. 4D no admitió algunos archivos: vea abajo.
told-push-tested = 4D responde y conoce el secreto. No se ha cambiado nada.

### Todas las palabras del panel. Un mensaje no contiene marcado: lo que se resalta o enlaza llega como argumento.
### Argumentos: $count un número, $name un nombre, $device y $actor un nombre tal como figura en una página.

## Marco

brand = Mobile Sessions
docs-title = Mobile Sessions: la API
docs-needs-script = Esta página la genera un script: aquí está lo mismo para programas
skip-to-content = Ir al contenido
nav-main = Navegación principal
nav-overview = Resumen
nav-sessions = Sesiones
nav-changes = Cambios
nav-waiting = { $count ->
    [one] { $count } dispositivo en espera
   *[other] { $count } dispositivos en espera
}
push-up-to-date = al día
push-behind = { $count ->
    [one] { $count } cambio sin transmitir
   *[other] { $count } cambios sin transmitir
}
push-behind-help = Estos cambios están en los archivos. Llegan a los dispositivos cuando 4D ejecuta MOBILE APP REFRESH SESSIONS.
push = Transmitir
push-waits = { $count ->
    [one] Transmisión en espera: se descartaría { $count } archivo.
   *[other] Transmisión en espera: se descartarían { $count } archivos.
}
push-waits-elsewhere = Transmisión en espera: se descartarían archivos de otras apps.
push-waits-help = Continúa por sí sola en cuanto 4D no vaya a desconectar a nadie.
push-failed = La última transmisión falló.
menu-account = Cuenta de { $name }
log-in = Entrar
log-out = Salir
undo = Deshacer
dismiss = Cerrar
folder-away = La carpeta MobileApps no está disponible.
folder-away-help = Las listas vuelven por sí solas cuando se pueda leer de nuevo. Mensaje del sistema: { $name }.
request-id = Solicitud
role-viewer = Lector: consulta
role-operator = Operador: consulta y modifica
role-owner = Propietario

## Palabras de las listas

col-device = Dispositivo
col-status = Estado
col-os = Sistema
col-email = Correo
col-app = App
col-ip = Dirección IP
col-changed = Último cambio
col-waiting = En espera
col-actions = Acciones
col-share = Aceptadas y pendientes
col-sessions = Sesiones
col-problems = Problemas
col-session = Sesión
col-outcome = Resultado
col-when = Cuándo
col-what = Qué
col-values = Valores
col-pushed = Transmitido
col-action = Acción
col-actor = Autor
status-accepted = Aceptada
status-pending = Pendiente
status-other = Otro
status-none = Sin estado
status-unreadable = Ilegible
status-unknown = «{ $name }»
guest = invitado
simulator = Simulador
not-pushed = Sin transmitir
count-sessions = { $count ->
    [one] { $count } sesión
   *[other] { $count } sesiones
}
count-pending = { $count ->
    [one] { $count } pendiente
   *[other] { $count } pendientes
}
count-noncompliant = { $count } con problemas
count-problems = { $count ->
    [one] { $count } problema
   *[other] { $count } problemas
}
count-changes = { $count ->
    [one] { $count } cambio
   *[other] { $count } cambios
}
count-bytes = { $count ->
    [one] { $count } byte
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

## Lo que se puede hacer

accept = Aceptar
accept-name = Aceptar { $name }
accept-all = Aceptar todos ({ $count })
accept-these = Aceptar estos { $count }
set-pending = Dejar pendiente
set-pending-name = Dejar pendiente: { $name }
look = Ver
look-name = Ver { $name }
delete = Eliminar
delete-more = Eliminar…
undo-name = Deshacer: { $name }
undo-all = Deshacer todo
refresh = Actualizar
search = Buscar
search-hint = Dispositivo, correo, ID, dirección
save = Guardar
show = Mostrar
back = Volver

## Resumen

waiting-title = { $count ->
    [one] { $count } dispositivo espera
   *[other] { $count } dispositivos esperan
}
waiting-oldest = El primero llegó { $name }. Un dispositivo aceptado obtiene acceso en la próxima transmisión.
waiting-caption = Dispositivos que esperan ser aceptados, primero el más antiguo
waiting-all = { $count ->
    [one] El que espera
   *[other] Los { $count } que esperan
}
nobody-waiting = Nadie espera
nobody-waiting-help = Aquí aparece un dispositivo que necesita aprobación. Un desarrollador de 4D la pide con { $line } en el método base { $method }.
no-apps = Aún no hay apps
no-apps-help = Cuando un dispositivo inicia sesión por primera vez, 4D crea una carpeta para su app en { $folder }, y la app aparece aquí.
apps = Apps
all-sessions = Todas las sesiones
latest-changes = Últimos cambios
all-changes = Todos los cambios
no-changes-yet = Aquí aún no se ha cambiado nada. Cada cambio figura con su autor y se puede deshacer.

## Listas

filters = Filtros
chip-all = Todas
chip-noncompliant = Con problemas
chip-quiet = Sin cambios desde hace 90 días
chip-condition = { $key }: { $value }
no-results = Nada coincide con estos filtros.
no-sessions-yet = Aún no hay sesiones. Un dispositivo que inicia sesión aparece aquí.
clear-filters = Borrar los filtros
select-page = Seleccionar todo en esta página
select-name = Seleccionar { $name }
with-selected = Con la selección:
all-that-match = las { $count } que coinciden, no solo estas
delete-ask = { $count ->
    [one] ¿Eliminar { $count } sesión?
   *[other] ¿Eliminar { $count } sesiones?
}
delete-ask-help = Sus dispositivos se desconectan en la próxima transmisión. Los archivos se conservan, y la eliminación se puede deshacer.
delete-count = { $count ->
    [one] Eliminar { $count } sesión
   *[other] Eliminar { $count } sesiones
}
keep-them = Conservar
and-more = y { $count } más
result-title = No fue posible cambiar { $failed } de { $total }
result-changed = { $count ->
    [0] No se cambió nada.
    [one] Se cambió { $count } sesión. Las demás quedaron como estaban.
   *[other] Se cambiaron { $count } sesiones. Las demás quedaron como estaban.
}
back-to-list = Volver a la lista

## Una sesión

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
field-team-id = Equipo
field-session-id = ID de la sesión
field-path = Ruta
field-size = Tamaño
field-modified = Último cambio
field-first-seen = Primera aparición
not-given = no indicado
document = Documento
change = Cambiar
field-email = Correo
field-reason = Motivo
field-reason-help = Para el registro. Se guarda con el próximo cambio que haga.
optional = (opcional)
invalid-email = No es una dirección de correo. Escríbala como nombre@example.com, o deje el campo vacío para un invitado.
invalid-reason = El texto tiene { $length } caracteres. Se guardan { $longest } como máximo: acórtelo.
history = Historial
no-history = Nadie ha cambiado esta sesión aquí.
conflict-title = La sesión ha cambiado desde que cargó esta página
conflict-now = Actual
conflict-yours = El suyo
conflict-wanted = Deseado
conflict-help = Abajo está la sesión tal como es ahora. Elija de nuevo para poner su valor de todos modos.

## Lo que 4D hace con un archivo

problems-title = { $count ->
    [one] 4D no admite este archivo
   *[other] 4D no admite este archivo, por { $count } razones
}
problem-effect = Qué hace 4D
problem-mend = Cómo corregirlo
assumed = supuesto
assumed-help = Detectado con el esquema propio de este programa, una aproximación al de 4D, que no es público.
code-1 = El archivo está en un lugar equivocado (error 1)
    .effect = En la próxima transmisión, 4D retira la sesión de la memoria: el dispositivo se desconecta y debe iniciar sesión de nuevo.
code-2 = El archivo no es JSON bien formado (error 2)
    .effect = En la próxima transmisión, 4D no puede leer el archivo y retira la sesión de la memoria: el dispositivo se desconecta.
code-3 = El archivo no cumple el esquema de las sesiones (error 3)
    .effect = En la próxima transmisión, 4D probablemente rechaza el archivo y retira la sesión de la memoria: el dispositivo se desconecta.
code-4 = El token de conexión no concuerda con el contenido (error 4)
    .effect = En la próxima transmisión, 4D rechaza el archivo y retira la sesión de la memoria: el dispositivo se desconecta.
finding-wrong-folder = La carpeta { $folder } no corresponde al ID de equipo y al bundle ID que contiene el archivo.
    .mend = Mueva el archivo a la carpeta de su app, o elimínelo aquí: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
finding-wrong-name = El nombre del archivo, { $file }, no es el ID de sesión que contiene el archivo.
    .mend = Dé al archivo el nombre que figura en { $pointer }. Si es una copia, elimínela.
finding-unreadable = El sistema se niega a leer el archivo: { $text }.
    .mend = Dé permiso para leer el archivo al usuario con el que se ejecuta este programa.
finding-empty = El archivo está vacío.
    .mend = Si sigue así, elimínelo: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
finding-too-large = El archivo supera los { $number } bytes y no se ha leído.
    .mend = Si de verdad es una sesión, inicie el programa con un límite mayor. Si no, saque el archivo de la carpeta.
finding-not-utf8 = El archivo no es texto UTF-8: el byte { $number } no es válido.
    .mend = Guarde el archivo como UTF-8, o elimínelo: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
finding-not-json = El archivo no es JSON: la lectura se detuvo en la línea { $number }, columna { $text }.
    .mend = Mire ese lugar en un editor de texto: a menudo falta ahí una coma, unas comillas o un paréntesis. O elimine el archivo.
finding-not-an-object = El archivo es JSON, pero no un objeto entre llaves.
    .mend = Elimínelo: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
finding-missing = Falta el valor { $pointer }.
    .mend = { $field ->
        [status] Acepte la sesión o déjela pendiente: así se añade el estado.
       *[other] Añada el valor en un editor de texto, o elimine el archivo: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
    }
finding-wrong-type = El valor { $pointer } no es de tipo { $text }.
    .mend = { $field ->
        [status] Acepte la sesión o déjela pendiente.
        [email] Guarde una dirección de correo, o una vacía.
       *[other] Corrija el valor en un editor de texto, o elimine el archivo: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
    }
finding-schema-keyword = El valor { $pointer } no cumple la regla { $text } del esquema.
    .mend = Corrija el valor en un editor de texto.
finding-doubled = La clave { $pointer } aparece dos veces. No se sabe cuál de las dos lee 4D.
    .mend = Quite una de las dos en un editor de texto. Hasta entonces, aquí no se cambia nada en el archivo.
finding-token-unreadable = El token de conexión no es lo que 4D escribe: base64 de un objeto con los tres ID.
    .mend = Elimine la sesión: el dispositivo recibe un token nuevo cuando vuelve a iniciar sesión.
finding-token-disagrees = El token de conexión indica un valor distinto del de { $pointer }.
    .mend = Si { $pointer } se editó a mano, restablézcalo. Si no, elimine la sesión: el dispositivo recibe un token nuevo cuando vuelve a iniciar sesión.

## Registro

any = cualquiera
since = Desde
until = Hasta
newest = Lo más reciente
newer = Más reciente
older = Más antiguo
undone = deshecho
not-yet = aún no
one-of-many = en lote
overwritten = sobrescrito
overwritten-help = El programa se detuvo en mitad de este cambio, y ahora está ahí lo que otro ha escrito.
action-set_status = Estado
action-set_email = Correo
action-edit = Estado y correo
action-delete = Eliminación
action-restore = Restauración
actor-token = el token { $name }
actor-rule = la regla { $name }
actor-link = el enlace { $name }
actor-cli = la línea de comandos
did-accept = { $actor } aceptó { $device }
did-pending = { $actor } dejó pendiente { $device }
did-status = { $actor } asignó a { $device } el estado { $value }
did-no-status = { $actor } quitó el estado de { $device }
did-email = { $actor } asignó a { $device } el correo { $value }
did-no-email = { $actor } quitó el correo de { $device }
did-edit = { $actor } cambió el estado y el correo de { $device }
did-delete = { $actor } eliminó { $device }
did-restore = { $actor } restauró { $device }
done-accept = Sesión aceptada: { $device }.
done-pending = Sesión pendiente: { $device }.
done-status = El estado de { $device } es ahora { $value }.
done-no-status = { $device } ya no tiene estado.
done-email = El correo de { $device } es ahora { $value }.
done-no-email = { $device } ya no tiene correo.
done-edit = Estado y correo cambiados: { $device }.
done-delete = Sesión eliminada: { $device }.
done-restore = Sesión restaurada: { $device }.
done-many = { $count ->
    [one] { $count } sesión cambiada.
   *[other] { $count } sesiones cambiadas.
}
done-nothing = No hacía falta cambiar nada: ya estaba así.

## Quién entra

log-in-help = Con el nombre y la contraseña que le dio un propietario de este panel.
login-wrong = El nombre o la contraseña no son correctos. No se cambió nada; inténtelo de nuevo.
setup = Le damos la bienvenida
setup-help = Cree el primer propietario de este panel. Este enlace sirve una sola vez; después se entra con lo que elija aquí.
setup-submit = Crear propietario y entrar
field-name = Nombre
field-password = Contraseña
field-password-help = Al menos 12 caracteres: ni el nombre con poco más, ni una serie o repetición como 123456789012, ni una de las contraseñas que todo el mundo prueba primero. Lo mejor: unas cuantas palabras que nadie adivinaría.
invalid-name = Un nombre tiene de 1 a 64 caracteres, todos visibles, sin espacios al principio ni al final.
password-short = La contraseña es demasiado corta: necesita al menos 12 caracteres.
password-long = La contraseña es demasiado larga: 1.024 bytes como máximo.
password-control = La contraseña contiene un carácter que ningún teclado puede escribir. Quítelo.
password-name = La contraseña es poco más que el nombre. Añada algo que nadie adivinaría.
password-common = Es una de las contraseñas que todo el mundo prueba primero. Elija otra.
password-run = La contraseña es una serie o una repetición, fácil de adivinar. Elija otra.
too-many-tries = Demasiadas contraseñas incorrectas. Esta vez no se comprobó nada: espere { $name } e inténtelo de nuevo.
wait-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
wait-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}

## Personas y programas

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
apps-help = Nombres de apps, uno por línea; { "*" } equivale a varios caracteres cualesquiera, { "?" } a uno. Vacío: todas las apps.
apps-help-held = Nombres de apps, uno por línea; { "*" } equivale a varios caracteres cualesquiera, { "?" } a uno. Vacío: todas las que puede ver ({ $name }).
invalid-role = Elija uno de los roles.
invalid-apps = Una de estas líneas no es un nombre de app: cada una tiene de 1 a 255 caracteres, todos visibles, y hay 100 líneas como máximo.
name-taken = Ese nombre ya está en uso. Elija otro.
never = nunca
you = su cuenta
copy = Copiar
copied = Copiado
col-browser = Navegador
col-last-use = Último uso
col-logged-in = Entrada
col-last-login = Último acceso
col-state = Estado
col-made = Creación
col-expires = Caduca
col-made-by = Autor
col-given = Permisos
device-on = { $browser } en { $system }
device-unknown-on = Navegador desconocido en { $name }
device-unknown = Navegador desconocido

own-password = Su contraseña
own-password-submit = Cambiar la contraseña
own-password-effect = Su acceso sigue abierto aquí; los demás se cierran.
wrong-current-password = No es su contraseña. No se cambió nada.
logins = Sus accesos abiertos
this-one = este
log-out-elsewhere = Salir en los demás sitios
no-login-elsewhere = No tiene ningún otro acceso abierto.
told-own-password = Su contraseña ha cambiado. Sus demás accesos se han cerrado.
told-elsewhere = Sus demás accesos se han cerrado.

count-users = { $count ->
    [one] { $count } usuario
   *[other] { $count } usuarios
}
user-new = Nuevo usuario
user-create = Crear usuario
password-or-made-up = Al menos 12 caracteres, difíciles de adivinar. Si se deja vacío, se inventa una y se muestra una sola vez.
password-of-new = { $name }: cuenta creada
password-of-known = { $name } tiene una contraseña nueva
password-once = Esta contraseña solo se muestra esta vez. Cópiela ahora y entréguela por una vía segura. Esa persona puede cambiarla en su cuenta.
secret-kept = Ya tengo la copia
user-rights = Lo que puede hacer este usuario
user-rights-effect = Cambiar el rol o las apps cierra los accesos de este usuario: vuelve a entrar con sus nuevos permisos.
user-new-password = Contraseña nueva
user-new-password-submit = Establecer contraseña
user-new-password-effect = Los accesos del usuario se cierran. Sus tokens siguen.
user-own-password = Su propia contraseña se cambia en su cuenta.
user-out = Retirar el acceso
user-is-disabled = desactivado
user-is-enabled = activo
user-disable = Desactivar
user-disable-effect = Pierde el acceso al instante: sus accesos se cierran, y los tokens que creó se rechazan hasta que se reactive.
user-enable = Reactivar
user-enable-effect = Puede entrar de nuevo, y los tokens que creó vuelven a funcionar.
user-delete = Eliminar este usuario
user-delete-effect = Pierde el acceso al instante y para siempre, y los tokens que creó desaparecen también. Los cambios conservan su nombre.
user-delete-ask = ¿Eliminar { $name }?
user-delete-ask-help = Sus accesos se cierran al instante, y los tokens que creó desaparecen. No se puede deshacer; para una retirada temporal, desactive el usuario.
user-delete-ask-myself = Es su propia cuenta. Su acceso se cierra al instante, y los tokens que creó desaparecen. No se puede deshacer.
user-delete-tokens = Estos tokens desaparecen también:
user-keep = Conservar este usuario
last-owner = Es el último propietario. Su rol podrá cambiar cuando haya otro propietario.
last-owner-stays = El último propietario no se puede desactivar ni eliminar: nadie podría dar acceso a nadie. Nombre antes a otro propietario.
last-owner-refused = No se cambió nada: es el último propietario, y sin él nadie podría dar acceso a nadie. Nombre antes a otro propietario.
told-user-created = El usuario está creado y puede entrar.
told-user-changed = Los permisos del usuario han cambiado.
told-user-password = El usuario tiene una contraseña nueva. Sus accesos se han cerrado.
told-user-disabled = El usuario está desactivado. Sus accesos se han cerrado, y sus tokens se rechazan.
told-user-enabled = El usuario puede entrar de nuevo.
told-user-deleted = El usuario se ha eliminado, con sus accesos y tokens.

count-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
no-tokens = Un token permite a un programa usar la API en lugar de una persona. Aún no hay ninguno.
token-new = Nuevo token
token-create = Crear token
token-create-help = Su secreto se muestra una sola vez, en la página siguiente. El token actúa con los permisos más restringidos: los suyos o los de la cuenta que lo crea.
token-reads-secrets = lee secretos
field-secrets = Puede leer secretos
field-secrets-help = Los tokens de los propios dispositivos y los archivos de sesión completos. Solo para programas que los necesiten.
life-days = { $count ->
    [one] en { $count } día
   *[other] en { $count } días
}
life-never = nunca: funciona hasta que se revoque
invalid-life = Elija uno de estos plazos.
maker-cli = la línea de comandos
maker-unseen = un propietario de otras apps
token-soon = pronto
token-over = ha caducado
token-revoke = Revocar este token
token-revoke-more = Revocar…
token-revoke-name = Revocar { $name }
token-revoke-ask = ¿Revocar { $name }?
token-revoke-ask-used = Los programas que lo usan se rechazan al instante, y no se puede deshacer. Último uso: { $name }.
token-revoke-ask-unused = Los programas que lo usan se rechazan al instante, y no se puede deshacer. Nunca se ha usado.
token-keep = Conservar este token
token-made = Token { $name } creado
token-once = Este secreto solo se muestra esta vez. Cópielo ahora donde el programa lo encuentre: quien lo tenga puede hacer lo que el token permite.
token-secret = Secreto
token-try = Probarlo
token-ends = El token { $token } caduca el { $date }.
tokens-end = { $number } tokens caducan en los próximos 14 días; el primero, { $token }, el { $date }.
token-ends-todo = Cree otros a tiempo
told-token-revoked = El token está revocado.

count-rules = { $count ->
    [0] ninguna regla
    [one] { $count } regla
   *[other] { $count } reglas
}
rules-help = Una regla acepta dispositivos por sí sola: los que llegan pendientes o que 4D deja pendientes, a partir de ahora. No afecta a los que ya están pendientes, ni a los que una persona dejó pendientes. Vale la primera regla que coincide. Cada cambio queda en el registro y se puede deshacer.
rules-claims = Correo, dispositivo, sistema, versión, idioma y dirección son lo que el dispositivo dijo a 4D. Una regla sobre ellos confía en lo que su método On Mobile App Authentication haya comprobado.
rule-new = Nueva regla
rule-create = Crear regla
rule-order = Orden
rule-order-help = Se examina primero el número más bajo. Vacío: detrás de la última.
rule-when = Acepta
rule-emails-help = Direcciones, una por línea; { "*" } equivale a varios caracteres cualesquiera, como en { "*" }@example.com. Vacío: todas, también invitados.
rule-no-email-field = También dispositivos sin correo
rule-no-email = ninguno
rule-os-help = Sistemas, uno por línea, por ejemplo iOS. Vacío: todos.
rule-versions-help = Versiones, una por línea; { "*" } equivale a varios caracteres cualesquiera, como en 2.{ "*" }. Vacío: todas.
rule-languages-help = Idiomas, uno por línea, por ejemplo en o fr_CA. Vacío: todos.
rule-networks = Red
rule-networks-help = Redes o direcciones, una por línea, por ejemplo 10.0.0.0/8. Vacío: todas.
rule-any = Indiferente
rule-known = Dispositivo conocido
rule-known-help = Un dispositivo es conocido si otra sesión suya de la misma app está aceptada ahora.
rule-expires = Termina el
rule-note = Nota
rule-note-help = Por qué existe esta regla. Figura en el registro como motivo.
rule-enabled = Activada
rule-is-enabled = activada
rule-is-disabled = desactivada
rule-enable = Activar
rule-disable = Desactivar
rule-enable-name = Activar { $name }
rule-disable-name = Desactivar { $name }
rule-preview = Vista previa
rule-preview-help = La vista previa muestra cuáles de los dispositivos pendientes ahora aceptarían estas condiciones. No se guarda ni se cambia nada.
rule-preview-found = { $count ->
    [0] No coincide ningún dispositivo pendiente ahora
    [one] Coincide { $count } dispositivo pendiente ahora
   *[other] Coinciden { $count } dispositivos pendientes ahora
}
rule-preview-more = Y { $count } más.
rule-preview-kept = No se guardó nada ni se aceptó ningún dispositivo. Para aceptarlos ahora, use la lista de sesiones.
rule-when-apps = App: { $name }
rule-when-emails = Correo: { $name }
rule-when-os = Sistema: { $name }
rule-when-versions = Versión de la app: { $name }
rule-when-languages = Idioma: { $name }
rule-when-networks = Red: { $name }
rule-when-simulator = Solo simuladores
rule-when-no-simulator = Sin simuladores
rule-when-known = Solo dispositivos conocidos
rule-when-unknown = Dispositivos no conocidos
rule-delete = Eliminar esta regla
rule-delete-ask = ¿Eliminar { $name }?
rule-delete-help = Los dispositivos que aceptó siguen aceptados. No se puede deshacer; en su lugar, una regla se puede desactivar.
rule-keep = Conservar esta regla
invalid-order = Indique un número entero de 0 a 1.000.000, o deje el campo vacío.
invalid-list = Una de estas líneas tiene más de 255 caracteres o alguno invisible, o hay más de 100 líneas.
invalid-networks = Una de estas líneas no es una red ni una dirección. Escríbalas como 10.0.0.0/8, fd00::/8 o 192.0.2.1.
invalid-day = No es una fecha. Escríbala como 2026-12-31, o deje el campo vacío.
told-rule-created = La regla está creada. Actúa sobre los dispositivos que lleguen a partir de ahora.
told-rule-changed = La regla ha cambiado. Actúa sobre los dispositivos que lleguen a partir de ahora.
told-rule-enabled = La regla está activada. Actúa sobre los dispositivos que lleguen a partir de ahora.
told-rule-disabled = La regla está desactivada.
told-rule-deleted = La regla se ha eliminado.

link-make = Enlace de aprobación
link-make-help = Un enlace para enviar por correo o chat: quien lo abra puede aceptar este dispositivo, una vez, sin entrar en el panel.
link-life = Válido durante
link-make-submit = Crear enlace de aprobación
life-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
link-life-days = { $count ->
    [one] { $count } día
   *[other] { $count } días
}
link-made = Enlace para { $name }
link-once = Este enlace solo se muestra esta vez. Quien lo tenga puede aceptar este dispositivo, una vez, hasta el { $name }. Termina antes si pierde el permiso para aceptar dispositivos.
link-address = Enlace
link-kept = Ya tengo el enlace
link-waiting = ¿Aceptar este dispositivo?
link-waiting-help = Este dispositivo pide acceso. Acéptelo solo si sabe de quién es.
link-claims = Dispositivo, app y correo son lo que el dispositivo dice de sí mismo. El enlace sirve una sola vez.
link-accepted = El dispositivo está aceptado
link-accepted-help = Puede usar la app en cuanto 4D haya leído el cambio.
link-already-in = El dispositivo ya está aceptado
link-already-in-help = Alguien lo aceptó antes. No se cambió nada, y no hay nada que hacer.
link-not-waiting = Este dispositivo no está en espera
link-not-waiting-help = Su estado no es «pendiente» ni «aceptada», así que no se cambió nada. Pregunte a quien le envió el enlace.
link-used = Este enlace ya se usó
link-used-help = Sirve una sola vez, y se usó { $name }. Pida otro si espera otro dispositivo.
link-expired = Este enlace ha caducado
link-expired-help = Terminó { $name }. No se cambió nada. Pida otro.
link-gone = Este dispositivo ya no está
link-gone-help = Su sesión se eliminó, así que no hay nada que aceptar. No se cambió nada.
link-revoked = Este enlace ya no funciona
link-revoked-help = Quien lo creó ya no puede aceptar dispositivos. No se cambió nada. Pida otro a otra persona.
link-unknown = Este enlace no existe
link-unknown-help = Quizá se cortó en el correo. Copie la dirección completa, o pida un enlace nuevo.
link-wait = Demasiados enlaces que no existen
link-later = Esta vez no funcionó
link-folder-away = Ahora mismo no se puede acceder a la carpeta de las sesiones. No se cambió nada, y el enlace sigue siendo válido: inténtelo de nuevo en un momento.
link-failed = No se cambió nada, y el enlace sigue siendo válido: inténtelo de nuevo en un momento. Si continúa, avise a quien le envió el enlace.

count-entries = { $count ->
    [one] { $count } entrada
   *[other] { $count } entradas
}
given-no-end = sin fin
given-until = hasta el { $name }
access-login = { $actor } entró
access-login_failed = Alguien escribió una contraseña incorrecta para { $actor }
access-login_failed-nobody = Alguien intentó entrar con un nombre que nadie tiene
access-logout = { $actor } salió
access-logout_elsewhere = { $actor } salió en los demás sitios
access-password_changed = { $actor } dio una contraseña nueva a { $subject }
access-password_changed-own = { $actor } cambió su propia contraseña
access-user_created = { $actor } creó el usuario { $subject }
access-user_created-own = Primer propietario creado: { $actor }
access-user_changed = { $actor } cambió los permisos del usuario { $subject }
access-user_deleted = { $actor } eliminó el usuario { $subject }
access-token_created = { $actor } creó el token { $subject }
access-token_revoked = { $actor } revocó el token { $subject }
access-rule_created = { $actor } creó la regla { $subject }
access-rule_changed = { $actor } cambió la regla { $subject }
access-rule_deleted = { $actor } eliminó la regla { $subject }
access-link_created = { $actor } creó un enlace de aprobación para { $subject }
access-action-login = Entrada
access-action-login_failed = Entrada fallida
access-action-logout = Salida
access-action-logout_elsewhere = Salida en los demás sitios
access-action-password_changed = Contraseña nueva
access-action-user_created = Usuario creado
access-action-user_changed = Usuario cambiado
access-action-user_deleted = Usuario eliminado
access-action-token_created = Token creado
access-action-token_revoked = Token revocado
access-webhook_created = { $actor } creó el webhook { $subject }
access-webhook_changed = { $actor } cambió el webhook { $subject }
access-webhook_secret_rotated = { $actor } dio un secreto nuevo al webhook { $subject }
access-webhook_deleted = { $actor } eliminó el webhook { $subject }
access-action-webhook_created = Webhook creado
access-action-webhook_changed = Webhook cambiado
access-action-webhook_secret_rotated = Nuevo secreto de un webhook
access-action-webhook_deleted = Webhook eliminado

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] { $count } webhook
   *[other] { $count } webhooks
}
no-webhooks = Un webhook avisa a otro programa de lo que ocurre aquí: un dispositivo que espera, un cambio, una transmisión. Aún no hay ninguno.
webhook-new = Nuevo webhook
webhook-create = Crear webhook
webhook-create-help = Su secreto se muestra una sola vez, en la página siguiente. Con él comprueba el receptor que una solicitud viene de aquí.
field-url = Dirección
field-url-help = http o https, también dentro de su propia red. Cada evento se envía ahí como POST.
invalid-url = No es una dirección. Escríbala como https://hooks.example/path.
invalid-url-scheme = La dirección debe empezar por https:// o http://.
invalid-url-user = La dirección no debe contener nombre de usuario ni contraseña: la firma demuestra quién envía.
invalid-url-fragment = Quite la parte que sigue al #: nunca se envía.
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
event-folder-unavailable = No se puede leer la carpeta MobileApps
event-folder-available = La carpeta MobileApps ha vuelto
event-push-completed = Ha terminado una transmisión
webhook-is-on = activo
webhook-is-off = desactivado
webhook-fails = activo, pero con fallos
webhook-off = El webhook { $webhook } está desactivado: su receptor ya no aceptaba nada.
webhooks-off = { $number } webhooks están desactivados: sus receptores ya no aceptaban nada.
webhooks-off-todo = Ver los webhooks
webhook-off-failing = Se desactivó: durante tres días, el receptor no aceptó nada. Lo que espera se conserva. Repare el receptor, envíe una prueba y reactive el webhook.
webhook-off-gone = Se desactivó: el receptor respondió 410, es decir, que ya no quiere nada. Lo que espera se conserva. Elimine el webhook o reactívelo.
webhook-failing-since = Con fallos desde
webhook-both-until = El secreto anterior también firma, hasta
webhook-more = Más acciones
webhook-test = Enviar una prueba
webhook-test-effect = Sale ahora un evento de tipo «test», también si el webhook está desactivado. No se envía de nuevo.
webhook-tested = El receptor aceptó la prueba: respondió { $status } en { $count } ms.
webhook-tested-failed = El receptor no aceptó la prueba. { $name }
webhook-switch-off = Desactivar
webhook-switch-off-effect = Ya no se envía nada. Lo que espera se conserva; lo que ocurra hasta que se reactive no se comunica.
webhook-switch-on = Reactivar
webhook-switch-on-effect = Lo que esperaba se envía al instante.
webhook-rotate = Nuevo secreto
webhook-rotate-effect = El anterior vale aún 24 horas, y hasta entonces firman los dos: actualice el receptor entretanto.
webhook-delete = Eliminar este webhook
webhook-delete-effect = Los eventos que aún esperan desaparecen con él.
webhook-delete-ask = ¿Eliminar { $name }?
webhook-delete-ask-help = { $count ->
    [0] Su receptor ya no recibe nada. No se puede deshacer; para una pausa, desactívelo.
    [one] { $count } evento que aún espera desaparece con él. No se puede deshacer; para una pausa, desactívelo.
   *[other] { $count } eventos que aún esperan desaparecen con él. No se puede deshacer; para una pausa, desactívelo.
}
webhook-keep = Conservar este webhook
webhook-made = Webhook { $name } creado
webhook-rotated = { $name } tiene un secreto nuevo
webhook-once = Este secreto solo se muestra esta vez. Cópielo ahora donde el receptor lo encuentre: quien lo tenga puede enviar algo que parezca venir de aquí.
webhook-check = Para comprobar las firmas, por ejemplo en Python
deliveries = Eventos enviados
no-deliveries = Aún nada. Lo que ocurra a partir de ahora aparece aquí.
delivery-pending = en espera
delivery-delivered = entregado
delivery-failed = abandonado
delivery-retry = Reenviar
delivery-retry-name = Reenviar: { $name }
failure-timed-out = El receptor no respondió a tiempo.
failure-unreachable = No se puede llegar al receptor: { $name }.
failure-tls = No hay conexión segura con el receptor: { $name }.
failure-broken = La conexión terminó antes de una respuesta: { $name }.
failure-redirect = El receptor respondió { $name }: no se siguen las redirecciones. Indique la dirección final.
failure-status = El receptor respondió { $name }.
failure-gone = El receptor respondió 410: ya no quiere nada.
told-webhook-changed = El webhook ha cambiado.
told-webhook-on = El webhook está activo.
told-webhook-off = El webhook está desactivado. Lo que espera se conserva.
told-webhook-deleted = El webhook se ha eliminado.
told-delivery-retried = Se está reenviando.
access-action-rule_created = Regla creada
access-action-rule_changed = Regla cambiada
access-action-rule_deleted = Regla eliminada
access-action-link_created = Enlace de aprobación creado

## Lo que se dice a los programas sobre un problema

problem-status = Estado HTTP { $name }
to-panel = Ir al panel

## Fechas y horas

date = { $day } { $month } { $year }
date-time = { $date }, { $time } UTC
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
    [one] { $count } día
   *[other] { $count } días
}
past = { $kind ->
    [now] { $name }
    [date] el { $name }
   *[ago] hace { $name }
}

## Errores: qué pasó (.what), qué se conservó (.kept), qué hacer (.todo)

error-invalid-query = No se entiende esta dirección
    .what = Contiene algo que esta lista no conoce: { $detail }.
    .todo = Muestre la lista sin filtros y elíjalos de nuevo.
error-malformed-body = No se pudo leer el formulario
    .what = Lo que envió el navegador estaba incompleto o contenía algo repetido.
    .kept = No se cambió nada.
    .todo = Vuelva atrás y envíelo de nuevo.
error-invalid-value = Un valor no es aceptable
    .what = Lo enviado contiene un valor que no se puede admitir.
    .kept = No se cambió nada.
    .todo = Vuelva atrás y elija otro valor.
error-unauthenticated = Hay que entrar primero
    .what = Su acceso se ha cerrado.
    .todo = Entre e inténtelo de nuevo.
error-forbidden = No tiene permiso para esto
    .kept = No se cambió nada.
    .todo = Pida otro rol a un propietario de este panel.
error-cross-origin = El formulario venía de otra parte
    .what = No se envió desde una página de su acceso.
    .kept = No se cambió nada.
    .todo = Cargue la página de nuevo y repita lo que hizo.
error-unknown-host = Este panel tiene otro nombre
    .what = No responde con el nombre de host de esta dirección.
    .todo = Use la dirección que le dieron, o pida a quien administra este programa que añada el nombre con --host.
error-not-found = No está aquí
    .what = Lo que busca no está aquí, o no tiene permiso para verlo.
    .todo = Puede que se haya eliminado: los cambios lo dicen. Compruebe la dirección si la escribió.
error-method-not-allowed = Esta dirección no es para eso
    .what = No admite { $detail }.
    .todo = Vaya al resumen y siga desde ahí.
error-contended = Otro cambia este archivo sin cesar
    .what = Cada vez, antes de escribir el cambio, el archivo ya era otro.
    .kept = No se escribió nada suyo.
    .todo = Inténtelo de nuevo en un momento.
error-already-there = Vuelve a haber un archivo con este nombre
    .what = El dispositivo ha creado una sesión nueva entretanto.
    .kept = El archivo nuevo se quedó; el antiguo se conserva aparte.
    .todo = Elimine antes la sesión nueva si debe volver la antigua.
error-changed-since = Cambiado desde entonces
    .what = El valor ya no es el que dejó el cambio: alguien lo cambió después.
    .kept = Se conservó el valor más reciente.
    .todo = Abra la sesión para poner el valor que desea.
error-already-undone = Ya deshecho
    .what = Alguien deshizo este cambio antes.
    .kept = Ahora no se cambió nada.
    .todo = Deshaga la operación de deshacer para recuperar el cambio.
error-not-kept = Ya no se conserva
    .what = Lo que quitó este cambio se conserva un tiempo limitado, que ya ha pasado.
    .kept = No se cambió nada.
    .todo = El dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
error-owner-cannot-be-kept = No se puede conservar el propietario o los permisos del archivo
    .what = El archivo pertenece a { $detail }, no al usuario con el que se ejecuta este programa.
    .kept = No se escribió nada.
    .todo = Pida a quien administra este programa que lo ejecute como ese usuario.
error-not-writable = No se puede escribir el archivo
    .what = El sistema se niega: { $detail }.
    .kept = No se cambió nada.
    .todo = Pida a quien administra este programa que dé a su usuario permiso de escritura en la carpeta.
error-push-not-configured = Sin conexión con 4D
    .what = No hay ninguna configurada, así que no se transmitió nada.
    .kept = Todos los cambios están en los archivos.
    .todo = Ejecute MOBILE APP REFRESH SESSIONS en 4D para que tengan efecto.
error-push-would-drop-sessions = 4D descartaría sesiones
    .todo = Consulte la página «Transmisión a 4D»: nombra los archivos y lo que falla en cada uno.
error-push-failed = 4D no aceptó la transmisión
    .kept = Todo queda sin transmitir.
error-conflict = Algo lo impide
    .kept = No se cambió nada.
    .todo = Revíselo y decida de nuevo.
error-idempotency-running = Aún está en curso
    .what = La misma solicitud ya se envió y no ha terminado.
    .todo = Espere un momento y compruebe de nuevo.
error-precondition-failed = Cambiada desde que cargó la página
    .what = Alguien cambió la sesión entretanto.
    .kept = No se escribió nada suyo.
    .todo = Cargue la página de nuevo y decida otra vez.
error-too-large = Es demasiado a la vez
    .what = Lo enviado es mayor de lo que admite este panel.
    .kept = No se cambió nada.
    .todo = Envíe menos a la vez: en una lista, seleccione menos, o use un filtro y todo lo que coincide.
error-unsupported-media-type = No se pudo leer el formulario
    .what = Su navegador envió algo de un tipo que este panel no admite.
    .kept = No se cambió nada.
    .todo = Vuelva atrás y envíelo de nuevo.
error-duplicate-keys = Una clave aparece dos veces en este archivo
    .what = Es { $detail }. No se sabe cuál de las dos lee 4D.
    .kept = No se escribió nada.
    .todo = Quite una de las dos en un editor de texto.
error-not-an-object = En este archivo no se puede cambiar nada
    .what = No es un objeto JSON.
    .kept = El archivo quedó como estaba.
    .todo = Se puede eliminar: el dispositivo crea una sesión nueva cuando vuelve a iniciar sesión.
error-idempotency-mismatch = Ya enviado
    .what = La misma solicitud ya se envió con otro contenido.
    .kept = No se cambió nada.
error-too-many-requests = Demasiadas solicitudes
    .what = Este panel solo admite un número limitado a la vez desde un mismo lugar.
    .todo = Inténtelo de nuevo en { $detail } s.
error-internal = Un fallo de este programa
    .what = No se pudo completar lo que pidió.
    .todo = Inténtelo de nuevo. Si sigue así, dé la línea de abajo a quien administra este programa: el registro del programa dice más.
error-folder-unavailable = La carpeta MobileApps no está disponible
    .what = Mensaje del sistema: { $detail }.
    .kept = No se muestra nada antes que datos que quizá ya no sean ciertos. El registro se puede leer.
    .todo = Compruebe el disco o el recurso de red. La carpeta se examina cada segundo; cargue esta página de nuevo cuando haya vuelto.
error-store-unavailable = No se puede escribir en la base de datos del programa
    .what = Mensaje del sistema: { $detail }.
    .kept = No se cambió nada.
    .todo = Compruebe el disco y los permisos de la carpeta de datos.
error-no-space = No queda espacio en el disco
    .what = El cambio no cabía.
    .kept = No se cambió nada.
    .todo = Libere espacio e inténtelo de nuevo.

## Transmisión

nav-push = Transmisión a 4D
push-now = Transmitir ahora
push-nothing = Todo lo que se cambió aquí está transmitido.
push-auto = { $count ->
    [one] Se transmite por sí solo, { $count } segundo después del último cambio.
   *[other] Se transmite por sí solo, { $count } segundos después del último cambio.
}
push-stand-in = Esto es una demostración: responde un sustituto, no 4D. Guarda las sesiones en memoria igual que 4D.
push-not-connected = 4D guarda las sesiones en memoria: un cambio hecho aquí vale para los dispositivos cuando ejecuta MOBILE APP REFRESH SESSIONS. Se le puede pedir desde aquí en cuanto esté conectado.
push-refresh = { $count ->
    [one] Aquí se cambió { $count } sesión
   *[other] Aquí se cambiaron { $count } sesiones
}
    .help = 4D toma el nuevo estado y correo de los dispositivos que conoce.
push-remove = { $count ->
    [one] Aquí se eliminó { $count } sesión
   *[other] Aquí se eliminaron { $count } sesiones
}
    .help = 4D las olvida: sus dispositivos se desconectan.
push-outside = { $count ->
    [one] Otro cambió { $count } sesión
   *[other] Otros cambiaron { $count } sesiones
}
    .help = El propio 4D, o alguien en los archivos. 4D las lee de nuevo también.
push-dropped = { $count ->
    [one] 4D descartaría { $count } sesión
   *[other] 4D descartaría { $count } sesiones
}
push-dropped-help = No admite estos archivos. Sus dispositivos se desconectan y deben iniciar sesión de nuevo.
push-allow = Transmitir de todos modos: estos dispositivos se desconectan
push-refused = No se transmitió nada. Corrija o elimine estos archivos, o marque la casilla si sus dispositivos se pueden desconectar.
push-refused-others = No se transmitió nada: 4D descartaría también sesiones de otras apps. Pida que transmita alguien que pueda ver todas las apps.
push-last = La última transmisión
push-by = por { $actor }
push-ended-ok = 4D lo ha leído todo
push-ended-errors = 4D no admitió algunos archivos y ha leído el resto
push-ended-failed = Fallida
push-failed-kept = Todo queda sin transmitir.
push-error = { $component } { $number }
connect = Conectar 4D
connect-address = Dirección de 4D:
connect-test = Probar la conexión
connect-test-help = 4D responde, y no se cambia nada.
connect-how = Cómo conectar 4D
connect-secret-help = Invente un secreto largo, de letras y cifras. Escríbalo, solo en una línea, en un archivo { $file } junto al archivo de datos de 4D.
connect-code-help = Añada este código al proyecto. El secreto no está en él: el código lo lee de ese archivo.
connect-new = 4D 20 R8 y posteriores
connect-new-help = Si el proyecto ya tiene un archivo HTTPHandlers.json, añada la entrada en él. Las sesiones escalables deben estar activadas en la configuración, en Web, Opciones: sin ellas, 4D no lee este archivo.
connect-old = 4D 18 a 20 R7
connect-old-help = Ponga la ramificación al principio del método base On Web Connection y añada los dos métodos. Si existe un método base On Web Authentication, haga que admita esta dirección.
connect-start-help = Inicie este programa con la dirección y con un archivo que contenga el mismo secreto. En una misma máquina puede ser el mismo archivo.
connect-end-help = Reinicie el servidor web de 4D, para que vuelva a leer sus controladores. Después, pruebe la conexión aquí.
download = Descargar
told-pushed = Transmitido: 4D ha leído los cambios.
told-pushed-errors = Transmitido. 4D no admitió algunos archivos: véase abajo.
told-push-tested = 4D responde y conoce el secreto. No se cambió nada.

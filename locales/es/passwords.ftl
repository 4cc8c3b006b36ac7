### Contraseñas que se piden otra vez, que se eligen de nuevo o que se adivinan con facilidad; y lo que creó una cuenta.
invalid-user-name = Un nombre tiene de 1 a 64 caracteres: letras y cifras de un solo alfabeto. En medio puede haber espacios y . _ - @ '.
password-guessable = Esta contraseña es demasiado fácil de adivinar. Añada una o dos palabras que nadie adivinaría.
password-same = Esta es la contraseña que ya tiene. Elija otra.

confirm-title = Confirme su contraseña
confirm-lead = Esta acción da o quita permisos: escriba de nuevo su contraseña. Todavía no se ha cambiado nada.
confirm-new-password = Contraseña nueva, otra vez
confirm-new-password-help = Las contraseñas nunca se devuelven a la página: escriba otra vez también la nueva.
confirm-submit = Continuar
confirm-cancel = No cambiar nada

choose-password = Elija su propia contraseña
choose-password-lead = La contraseña con la que inició sesión se generó para usted, y otra persona la ha visto. Elija la suya para continuar.
choose-password-given = Contraseña con la que inició sesión

revoke-made = Revocar también lo siguiente: se creó en esta cuenta y funciona sin su contraseña
revoke-token = Token
revoke-link = Enlace de aprobación
revoke-webhook = Webhook, que se desactiva:
revoke-rule = Regla, que se desactiva:
own-link = { $device }, hasta { $date }
own-made = Sus tokens
own-made-help = Se crearon en su cuenta y funcionan sin su contraseña.

access-token_changed = { $actor } modificó el token { $subject }
access-action-token_changed = Token modificado

error-password-needed = Escriba de nuevo su contraseña
    .what = Hace demasiado tiempo que escribió su contraseña para poder dar o quitar permisos.
    .kept = No se ha cambiado nada.
    .todo = Vuelva a iniciar sesión.
error-password-change-needed = Elija antes su propia contraseña
    .what = La contraseña con la que inició sesión se generó para usted.
    .todo = Elija la suya; después tendrá acceso a todo lo demás.

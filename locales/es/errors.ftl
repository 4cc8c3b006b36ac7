### Lo que hay detrás de un error: qué permiso falta, qué lo impide, por qué falló un envío a 4D.
error-line = { $title }. { $todo }

forbidden-read = No tiene permiso para ver esto.
forbidden-change = Para cambiar sesiones hace falta el rol Operador o Propietario.
forbidden-administer = Para esto hace falta el rol Propietario.
forbidden-read-access-log = Para esto hace falta el rol Propietario, y para todas las apps.
forbidden-read-metrics = Estos datos abarcan todas las apps: no están disponibles para quien solo puede ver algunas.
forbidden-read-secrets = Para esto hace falta un token que pueda leer secretos (secrets:read).

conflict-file-too-large = El archivo supera el límite y por eso no se lee.
conflict-file-unreadable = No se puede leer el archivo. Mensaje del sistema: { $detail }.
conflict-too-many-rules = Ya hay 1000 reglas. Elimine antes alguna.
conflict-too-many-views = Ya tiene 50 vistas guardadas. Elimine primero una.
conflict-webhook-off = El webhook está desactivado, así que no se envió nada. Actívelo antes.
conflict-delivery-waits = Antes va una entrega anterior de la misma sesión; esta la seguirá por sí sola.
conflict-setup-link-spent = El enlace sirve una sola vez, durante una hora, y solo el último que se mostró. Reinicie el programa para obtener otro.
conflict-last-owner = Es el último propietario. Nombre antes propietario a otra persona.
conflict-name-taken = Ese nombre ya está en uso. Elija otro.
conflict-token-has-no-password = Un token no tiene contraseña: inicie sesión con el usuario que lo creó.

push-failure-no-such-host = No se conoce el nombre de host de --push-url: compruebe cómo está escrito.
push-failure-refused = 4D rechazó la conexión: no hay nada a la escucha en esa dirección y ese puerto. Inicie su servidor web o compruebe --push-url.
push-failure-unreachable = No se puede acceder a 4D ({ $detail }): compruebe la red y la dirección de --push-url.
push-failure-not-connecting = No se puede acceder a 4D: compruebe la red y la dirección de --push-url.
push-failure-timed-out = 4D no respondió a tiempo. Puede estar ocupado, o un firewall descarta la solicitud: revise 4D y envíe de nuevo.
push-failure-tls = La conexión cifrada con 4D falló ({ $detail }). Compruebe el certificado de 4D, o empiece --push-url con http si 4D no cifra.
push-failure-unknown-issuer = Este equipo no confía en quien emitió el certificado de 4D. Dé a 4D un certificado en el que este equipo confíe, para el nombre de host de --push-url.
push-failure-bad-certificate = El certificado de 4D no es válido ({ $detail }). Dé a 4D un certificado en el que este equipo confíe, para el nombre de host de --push-url.
push-failure-no-tls = Lo que responde ahí no cifra: active TLS en 4D o empiece --push-url con http.
push-failure-broken = La conexión con 4D se cortó antes de que llegara toda la respuesta: envíe de nuevo.
push-failure-wrong-secret = 4D conoce otro secreto (401): ponga el mismo en el código de 4D y en --push-secret-file.
push-failure-forbidden = 4D lo prohíbe (403): permita esta solicitud en On Web Authentication o en los privilegios del proyecto.
push-failure-not-found = 4D no tiene nada en esa dirección (404): instale el código de «Conectar 4D», reinicie el servidor web de 4D y compruebe la ruta de --push-url.
push-failure-redirect = 4D remite a otra dirección ({ $detail }), que no se sigue: ponga la dirección definitiva en --push-url.
push-failure-status = 4D respondió con el estado { $detail }: su propio registro dice por qué. Consúltelo y envíe de nuevo.
push-failure-too-long = La respuesta supera 1 MiB, así que no es del código de «Conectar 4D»: compruebe --push-url.
push-failure-not-json = La respuesta no es JSON, así que no es del código de «Conectar 4D»: instálelo y compruebe --push-url.
push-failure-missing-field = La respuesta es JSON, pero con otra estructura (falta el campo { $detail }): instale el código de «Conectar 4D» tal como figura allí.
push-failure-other-type = La respuesta es JSON, pero con otra estructura (un valor es de otro tipo): instale el código de «Conectar 4D» tal como figura allí.
push-failure-not-said = 4D respondió que el comando falló, pero no por qué: quizá su propio registro diga más. Consúltelo y envíe de nuevo.
push-failure-of-itself = El comando falló en 4D por motivos distintos de un archivo que no admite. Vea sus errores.
push-failure-other-folder = 4D se queja de un archivo de sesión, aunque aquí todos están en orden: ¿es --push-url el servidor 4D de esta misma carpeta MobileApps?
push-failure-told = { $detail }

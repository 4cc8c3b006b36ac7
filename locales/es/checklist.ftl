# What an installation needs before it is complete
checklist = Primeros pasos
checklist-progress = { $done } de { $all } completados
checklist-dismiss = Ocultar esta lista
told-checklist = La lista está oculta.
step-done = Hecho
step-open = Por hacer
step-folder = Encontrar la carpeta MobileApps
step-folder-help = La carpeta no se puede leer ahora. La barra de arriba indica el motivo.
step-connect = Conectar 4D
step-connect-help = 4D solo lee los cambios cuando se le pide. La página «Envío» contiene el código para su proyecto 4D. Después, inicie este programa con:
step-test = Probar la conexión
step-automatic = Enviar automáticamente
step-automatic-help = Así nadie tiene que pulsar «Enviar a 4D»: el dispositivo aceptado entra de inmediato.
step-approval = Pedir aprobación en 4D
step-approval-help = Con esta línea en { $method }, un dispositivo nuevo espera aquí hasta que usted lo acepte:
step-colleague = Añadir a un compañero
step-colleague-help = Cada persona tiene su propia cuenta: así se ve quién hizo qué.

## Approval links in what a webhook is told

webhook-links = Incluir un enlace de aprobación en los avisos de dispositivos en espera
webhook-links-help = Quien tenga el enlace puede dar acceso al dispositivo, una vez y en un plazo de tres días, con los derechos del propietario que activó esto. Envíelo solo a donde todos los que lo lean puedan decidir.

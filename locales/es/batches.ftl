### Lotes detenidos, y lo que impide un lote.

batch-stop = Detener
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Detenido: { $changed } de { $total } modificadas
error-batch-stopped = Sin cambios: el lote se detuvo
    .what = El lote se detuvo, o su autor perdió el permiso para ejecutarlo, antes de llegar a esta sesión.
error-total-differs = El número de sesiones que coinciden ha cambiado
    .what = Coinciden más o menos sesiones de las esperadas.
    .kept = No se ha cambiado nada.
error-replay-withheld = La primera respuesta ya no se muestra
    .what = Sus permisos han cambiado desde entonces.
    .kept = La solicitud no se ejecutó otra vez.

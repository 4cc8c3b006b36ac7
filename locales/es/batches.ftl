### Lotes detenidos, y lo que impide un lote.

batch-stop = Detener
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = Detenido: { $changed } de { $total } modificadas
error-batch-stopped = Sin cambios: el lote se detuvo
    .what = No llegó su turno antes de que se detuviera el lote o de que su autor perdiera el permiso.
error-total-differs = El número de sesiones no coincide
    .what = Coinciden más o menos sesiones de las esperadas.
    .kept = No se cambió nada.
error-replay-withheld = La primera respuesta ya no se muestra
    .what = Sus permisos han cambiado desde entonces.
    .kept = La petición no se repitió.

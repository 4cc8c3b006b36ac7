### What is known of a push, and what is not.

push-none-waits = nada a transmitir
push-unconnected = O 4D não está conectado: não se sabe aqui o que ele leu.
push-may-drop = { $count ->
    [one] O 4D pode descartar { $count } sessão na próxima transmissão.
   *[other] O 4D pode descartar { $count } sessões na próxima transmissão.
}
push-may-drop-too = { $count ->
    [one] Pode descartar mais { $count }.
   *[other] Pode descartar mais { $count }.
}
push-may-drop-help = O esquema do 4D não é público e isto é uma suposição. Estes arquivos não retêm nenhuma transmissão.
waiting-oldest-unconnected = O primeiro chegou { $name }. O 4D não está conectado: um dispositivo aceito obtém acesso quando alguém executa a atualização no 4D.

### What is known of a push, and what is not.

push-none-waits = nada a transmitir
push-unconnected = O 4D não está conectado: não se sabe aqui o que ele leu.
push-may-drop = { $count ->
    [one] { $count } dispositivo talvez seja desconectado
   *[other] { $count } dispositivos talvez sejam desconectados
}
push-may-drop-too = { $count ->
    [one] Talvez mais { $count } dispositivo seja desconectado.
   *[other] Talvez mais { $count } dispositivos sejam desconectados.
}
push-may-drop-help = O esquema do 4D não é público; isto é uma suposição. Estes arquivos não impedem nenhuma transmissão.
waiting-oldest-unconnected = O primeiro chegou { $name }. O 4D não está conectado: um dispositivo aceito só terá acesso quando alguém executar a atualização no 4D.

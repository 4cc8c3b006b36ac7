# What an installation needs before it is complete
checklist = Primeiros passos
checklist-progress = { $done } de { $all } concluídos
checklist-dismiss = Ocultar esta lista
told-checklist = A lista está oculta.
step-done = Concluído
step-open = A fazer
step-folder = Encontrar a pasta MobileApps
step-folder-help = A pasta não pode ser lida agora. A barra acima informa o motivo.
step-connect = Conectar ao 4D
step-connect-help = O 4D só lê as alterações quando solicitado. A página “Transmissão ao 4D” contém o código para o seu projeto 4D. Depois, inicie este programa com:
step-test = Testar a conexão
step-automatic = Transmitir automaticamente
step-automatic-help = Assim ninguém precisa clicar em “Transmitir”: o dispositivo aceito tem acesso na hora.
step-approval = Pedir aprovação no 4D
step-approval-help = Com esta linha em { $method }, um novo dispositivo aguarda aqui até que você o aceite:
step-colleague = Adicionar um colega
step-colleague-help = Cada pessoa tem seu próprio acesso: assim você vê quem fez o quê.

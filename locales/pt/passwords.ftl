### Senhas que são pedidas de novo, escolhidas de novo ou fáceis demais de adivinhar; e o que uma conta criou.
invalid-user-name = Um nome tem de 1 a 64 caracteres: letras e dígitos de um só alfabeto. Dentro dele pode haver espaços e . _ - @ '.
password-guessable = Esta senha é fácil demais de adivinhar. Adicione uma ou duas palavras que ninguém adivinharia.
password-same = Esta é a senha que você já tem. Escolha outra.

confirm-title = Confirme sua senha
confirm-lead = Esta ação dá ou tira permissões: digite sua senha de novo. Nada foi alterado ainda.
confirm-new-password = Repita a nova senha
confirm-new-password-help = As senhas nunca são devolvidas à página: digite também a nova mais uma vez.
confirm-submit = Continuar
confirm-cancel = Não alterar nada

choose-password = Escolha a sua própria senha
choose-password-lead = A senha com que você entrou foi gerada para você, e outra pessoa a viu. Escolha a sua para continuar.
choose-password-given = A senha com que você entrou

revoke-made = Encerrar também o seguinte: foi criado nesta conta e funciona sem a senha dela
revoke-token = Token
revoke-link = Link de aprovação
revoke-webhook = Webhook, que é desativado:
revoke-rule = Regra, que é desativada:
own-link = { $device }, até { $date }
own-made = Seus tokens
own-made-help = Foram criados na sua conta e funcionam sem a sua senha.

access-token_changed = { $actor } alterou o token { $subject }
access-action-token_changed = Token alterado

error-password-needed = Digite sua senha de novo
    .what = Você digitou sua senha há tempo demais para dar ou tirar permissões agora.
    .kept = Nada foi alterado.
    .todo = Entre de novo.
error-password-change-needed = Escolha primeiro a sua própria senha
    .what = A senha com que você entrou foi gerada para você.
    .todo = Escolha a sua; depois disso, todo o resto estará disponível.

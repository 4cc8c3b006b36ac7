### As regras como frases, e o formulário que as monta.

rules-help = Uma regra aceita dispositivos, recusa-os ou exclui sessões automaticamente. Se nenhum tempo de espera for informado, ela se aplica somente a novas solicitações, nunca a um dispositivo que já está pendente ou que uma pessoa marcou como pendente. Vale a primeira regra que corresponder. Cada alteração fica no registro de alterações e pode ser desfeita.
rule-paused = A regra não faz nada: o usuário ou token cujas permissões ela tem não existe mais, está desativado ou não é mais proprietário. Salve a regra para assumi-la.
rule-action-accept = Aceitar
rule-action-decline = Recusar
rule-action-delete = Excluir
rule-does = Ação
rule-says = Regra
rule-says-accept = Aceitar se { $name }
rule-says-accept-all = Aceitar todos
rule-says-decline = Recusar se { $name }
rule-says-decline-all = Recusar todos
rule-says-delete = Excluir se { $name }, no máximo { $most } por execução
rule-and = { $a } e { $b }
rule-or = { $a } ou { $b }
rule-no-email = vazio
rule-if-apps = o app for { $name }
rule-if-emails = o e-mail for { $name }
rule-if-os = o sistema for { $name }
rule-if-versions = a versão do app for { $name }
rule-if-languages = o idioma for { $name }
rule-if-networks = o endereço estiver em { $name }
rule-if-simulator = o dispositivo for um simulador
rule-if-no-simulator = o dispositivo não for um simulador
rule-if-jailbroken = o dispositivo tiver jailbreak
rule-if-no-jailbroken = o dispositivo não tiver jailbreak
rule-if-known = o dispositivo for conhecido
rule-if-unknown = o dispositivo não for conhecido
rule-if-declined = alguém tiver recusado a sessão
rule-if-waiting = a sessão estiver pendente há { $name }
rule-if-quiet = a sessão estiver sem alterações há { $name }
rule-span-d = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}
rule-span-h = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
rule-span-m = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}
rule-span-s = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}

## O formulário

rule-conditions = Condições
rule-condition = Condição { $count }
rule-condition-values = Valores da condição { $count }
rule-condition-remove = Remover a condição { $count }
rule-condition-add = Adicionar uma condição
rule-conditions-help = Todas as condições devem ser atendidas. Se várias forem sobre a mesma coisa, basta que uma seja atendida. Escreva um valor por linha; { "*" } representa quaisquer caracteres, como em { "*" }@example.com. Sem condições, a regra vale para todos.
rule-field-unset = Escolher…
rule-field-emails = O e-mail é
rule-field-no-email = O e-mail está vazio
rule-field-os = O sistema é
rule-field-versions = A versão do app é
rule-field-languages = O idioma é
rule-field-networks = O endereço está em
rule-field-simulator = É um simulador
rule-field-no-simulator = Não é um simulador
rule-field-jailbroken = Tem jailbreak
rule-field-no-jailbroken = Não tem jailbreak
rule-field-known = O dispositivo é conhecido
rule-field-unknown = O dispositivo não é conhecido
rule-field-declined = A sessão foi recusada
rule-field-missing = Escolha a que se referem estes valores.
rule-value-missing = Escreva pelo menos um valor ou remova esta condição.
rule-declined-already = Uma sessão recusada não pode ser recusada de novo.
rule-quiet-for = Sem alterações há pelo menos
rule-waiting-for = Pendente há pelo menos
rule-unit = Unidade
rule-unit-d = dias
rule-unit-h = horas
rule-unit-m = minutos
rule-unit-s = segundos
rule-span-missing = Uma regra que exclui sessões precisa de um prazo: pelo menos uma hora sem alterações ou pendente.
rule-span-short = Nenhuma regra exclui nada antes de uma hora. Informe pelo menos 1 hora.
invalid-span = Escreva um número inteiro a partir de 1; o prazo máximo é de 100 anos.
rule-at-most = Máximo por execução
rule-at-most-help = O restante fica para a próxima execução. Cada execução é desfeita de uma só vez.
invalid-at-most = Escreva um número inteiro de 1 a 10.000.
rule-preview-help = A prévia mostra quais sessões a regra afetaria agora. Nada é salvo nem alterado.
rule-preview-kept = Esta é uma prévia. Nada foi salvo nem alterado.
rule-preview-deletes = { $count ->
    [0] Nenhuma sessão seria excluída agora
    [one] { $count } sessão seria excluída agora
   *[other] { $count } sessões seriam excluídas agora
}
rule-switch-on = Ativar e excluir
rule-switch-on-help = Assim que for ativada, a regra começa a excluir o que você vê aqui, sem nunca passar do máximo por execução. Cada execução pode ser desfeita em Alterações.
rule-recounted = O número de sessões que a regra excluiria mudou nesse meio-tempo. Veja-as de novo.

## A lista

rule-try = Ver e ativar
rule-move-up = Mover { $name } para cima
rule-move-down = Mover { $name } para baixo
told-rule-off = A regra foi salva, mas ainda não foi ativada. Veja o que ela excluiria e, depois, ative-a.
told-rule-timed = A regra foi salva. Ela se aplica assim que uma sessão estiver pendente, ou sem alterações, há tempo suficiente.
told-rule-moved = A regra foi movida.

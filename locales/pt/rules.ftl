### As regras como frases, e o formulário que as monta.

rules-help = Uma regra aceita dispositivos, os recusa ou exclui sessões automaticamente. Sem tempo de espera, ela se aplica somente a novas solicitações, nunca a um dispositivo que já está pendente ou que uma pessoa marcou como pendente. Vale a primeira regra que corresponder. Cada alteração fica no registro de alterações e pode ser desfeita.
rule-paused = Ela não faz nada: o usuário ou token cujas permissões ela tem não existe mais, está desativado ou não é mais proprietário. Salve a regra para assumi-la.
rule-action-accept = Aceitar
rule-action-decline = Recusar
rule-action-delete = Excluir
rule-does = O que ela faz
rule-says = O que ela diz
rule-says-accept = Aceitar quando { $name }
rule-says-accept-all = Aceitar todos
rule-says-decline = Recusar quando { $name }
rule-says-decline-all = Recusar todos
rule-says-delete = Excluir quando { $name }, no máximo { $most } por vez
rule-and = { $a } e { $b }
rule-or = { $a } ou { $b }
rule-no-email = vazio
rule-if-apps = o app é { $name }
rule-if-emails = o e-mail é { $name }
rule-if-os = o sistema é { $name }
rule-if-versions = a versão do app é { $name }
rule-if-languages = o idioma é { $name }
rule-if-networks = o endereço está em { $name }
rule-if-simulator = é um simulador
rule-if-no-simulator = não é um simulador
rule-if-jailbroken = o dispositivo tem jailbreak
rule-if-no-jailbroken = o dispositivo não tem jailbreak
rule-if-known = o dispositivo é conhecido
rule-if-unknown = o dispositivo não é conhecido
rule-if-declined = alguém recusou a sessão
rule-if-waiting = está pendente há { $name }
rule-if-quiet = está sem alterações há { $name }
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

rule-conditions = Quando
rule-condition = Condição { $count }
rule-condition-values = Valores da condição { $count }
rule-condition-remove = Remover a condição { $count }
rule-condition-add = Adicionar uma condição
rule-conditions-help = Todas as condições devem ser atendidas. De várias sobre o mesmo campo, basta uma. Escreva um valor por linha; { "*" } representa quaisquer caracteres, como em { "*" }@example.com. Sem condições, a regra vale para todos.
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
rule-field-declined = Foi recusada
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
rule-span-missing = Uma regra que exclui precisa de um tempo: sem alterações ou pendente há pelo menos uma hora.
rule-span-short = Uma regra não exclui nada antes de uma hora. Informe pelo menos 1 hora.
invalid-span = Escreva um número inteiro a partir de 1; o tempo máximo é de 100 anos.
rule-at-most = No máximo, por vez
rule-at-most-help = O restante segue na próxima execução. Cada execução é desfeita de uma só vez.
invalid-at-most = Escreva um número inteiro de 1 a 10.000.
rule-preview-help = A prévia mostra em que a regra agiria agora. Nada é salvo nem alterado.
rule-preview-kept = Esta é uma prévia. Nada foi salvo nem alterado.
rule-preview-deletes = { $count ->
    [0] Nenhuma sessão seria excluída agora
    [one] { $count } sessão seria excluída agora
   *[other] { $count } sessões seriam excluídas agora
}
rule-switch-on = Ativar e excluir
rule-switch-on-help = Assim que ativada, a regra começa e exclui o que você vê aqui, nunca mais por vez do que ela diz. Cada execução pode ser desfeita em Alterações.
rule-recounted = Enquanto isso, a regra excluiria outro número de sessões. Veja-as novamente.

## A lista

rule-try = Ver e ativar
rule-move-up = Mover { $name } para cima
rule-move-down = Mover { $name } para baixo
told-rule-off = A regra foi salva e está desativada. Veja o que ela excluiria e depois ative-a.
told-rule-timed = A regra foi salva. Ela age assim que uma sessão está pendente, ou sem alterações, há tempo suficiente.
told-rule-moved = A regra foi movida.

### Todas as palavras do painel. Uma mensagem não contém marcação: o que é destacado ou ligado chega como argumento.
### Argumentos: $count um número, $name um nome, $device e $actor um nome tal como figura numa página.

## Moldura

brand = Mobile Sessions
docs-title = Mobile Sessions: a API
docs-document = Documento OpenAPI
docs-subjects = Partes da API
docs-types = Tipos
docs-parameters = Parâmetros
docs-required = obrigatório
docs-body = Corpo
docs-answers = Respostas
docs-example = Exemplo
docs-by-curl = Com curl
docs-try = Testar
docs-try-help = Enviada com o seu login e as suas permissões. Não é uma simulação: o que a solicitação altera fica alterado.
docs-send = Enviar
skip-to-content = Ir para o conteúdo
nav-main = Navegação principal
nav-overview = Visão geral
nav-sessions = Sessões
nav-changes = Alterações
nav-administration = Administração
nav-waiting = { $count ->
    [one] { $count } dispositivo em espera
   *[other] { $count } dispositivos em espera
}
push-up-to-date = Sincronizado com o 4D
push-behind = { $count ->
    [one] { $count } alteração não transmitida
   *[other] { $count } alterações não transmitidas
}
push-behind-help = Estas alterações estão nos arquivos. Elas chegam aos dispositivos quando o 4D executa MOBILE APP REFRESH SESSIONS.
push = Transmitir
push-waits = { $count ->
    [one] A transmissão automática aguarda: { $count } arquivo inválido desconectaria o dispositivo.
   *[other] A transmissão automática aguarda: { $count } arquivos inválidos desconectariam os dispositivos.
}
push-waits-elsewhere = A transmissão automática aguarda: arquivos inválidos de outros apps desconectariam os dispositivos.
push-waits-help = Ela é retomada automaticamente quando não houver mais nenhum dispositivo a desconectar.
push-failed = A última transmissão falhou.
menu-account = Conta de { $name }
log-in = Entrar
log-out = Sair
undo = Desfazer
dismiss = Fechar
folder-away = A pasta MobileApps não está disponível.
folder-away-help = As listas voltam automaticamente quando for possível ler a pasta de novo. Mensagem do sistema: { $name }.
folder-reading = Lendo a pasta MobileApps: { $done } de { $total } arquivos até agora.
folder-reading-help = As listas mostram o que já foi lido. Recarregue a página para ver mais.
request-id = Solicitação
role-viewer = Leitor: consulta
role-operator = Operador: consulta e altera
role-owner = Proprietário

## Palavras das listas

col-device = Dispositivo
col-status = Status
col-os = Sistema
col-email = E-mail
col-app = App
col-ip = Endereço IP
col-changed = Última alteração
col-waiting = Espera
col-actions = Ações
col-share = Aceitas e pendentes
col-sessions = Sessões
col-problems = Problemas
col-session = Sessão
col-outcome = Resultado
col-when = Quando
col-what = O quê
col-pushed = Transmitida
col-action = Ação
all-actions = Todas as ações
col-actor = Autor
status-accepted = Aceita
status-pending = Pendente
status-none = Sem status
status-unreadable = Ilegível
status-unknown = “{ $name }”
guest = convidado
simulator = Simulador
not-pushed = Não transmitida
sessions-accepted = Aceitas
sessions-pending = Pendentes
sessions-other = Outras
sessions-unpushed = Não transmitidas
count-sessions = { $count ->
    [one] { $count } sessão
   *[other] { $count } sessões
}
count-pending = { $count ->
    [one] { $count } pendente
   *[other] { $count } pendentes
}
count-noncompliant = { $count } com problemas
count-problems = { $count ->
    [one] { $count } problema
   *[other] { $count } problemas
}
count-changes = { $count ->
    [one] { $count } alteração
   *[other] { $count } alterações
}
count-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
number = { $count }
range = { $from }–{ $to } de { $total }
pages = Páginas
first-page = Primeira
previous-page = Anterior
next-page = Próxima
yes = sim
no = não

## O que se pode fazer

accept = Aceitar
accept-name = Aceitar { $name }
accept-all = Aceitar todos ({ $count })
accept-these = Aceitar estes { $count }
set-pending = Marcar como pendente
set-pending-name = Marcar como pendente: { $name }
look = Ver
look-name = Ver { $name }
delete = Excluir
delete-more = Excluir…
undo-name = Desfazer: { $name }
refresh = Atualizar
search = Pesquisar
search-hint = Dispositivo, e-mail, ID, endereço
save = Salvar
show = Mostrar
back = Voltar

## Visão geral

waiting-title = { $count ->
    [one] { $count } dispositivo está em espera
   *[other] { $count } dispositivos estão em espera
}
waiting-oldest = O primeiro chegou { $name }. Um dispositivo aceito tem acesso após a próxima transmissão.
waiting-caption = Dispositivos que aguardam aprovação
waiting-all = { $count ->
    [one] O único em espera
   *[other] Todos os { $count } em espera
}
nobody-waiting = Nenhum dispositivo em espera
nobody-waiting-help = Um dispositivo que precisa de aprovação aparece aqui. Um desenvolvedor 4D pede a aprovação com { $line } no método base { $method }.
no-apps = Ainda não há apps
no-apps-help = Quando um dispositivo faz login pela primeira vez, o 4D cria uma pasta para o app em { $folder }, e o app aparece aqui.
apps = Apps
all-sessions = Todas as sessões
latest-changes = Últimas alterações
all-changes = Todas as alterações
no-changes-yet = Nada foi alterado aqui ainda. Cada alteração aparece aqui com quem a fez e pode ser desfeita.

## Listas

filters = Filtros
chip-all = Todas
chip-noncompliant = Com problemas
chip-quiet = Sem alterações há 90 dias
chip-condition = { $key }: { $value }
no-results = Nenhum resultado com estes filtros.
no-sessions-yet = Ainda não há sessões. Um dispositivo que faz login aparece aqui.
clear-filters = Limpar os filtros
select-page = Selecionar todas nesta página
select-name = Selecionar { $name }
with-selected = Com a seleção:
all-that-match = Selecionar os { $count } resultados
delete-ask = { $count ->
    [one] Excluir { $count } sessão?
   *[other] Excluir { $count } sessões?
}
delete-ask-help = Os dispositivos serão desconectados quando o 4D ler os arquivos de novo. Os arquivos ficam guardados, e a exclusão pode ser desfeita.
delete-count = { $count ->
    [one] Excluir { $count } sessão
   *[other] Excluir { $count } sessões
}
keep-them = Manter
and-more = e mais { $count }
result-title = Não foi possível alterar { $failed } de { $total }
result-changed = { $count ->
    [0] Nada foi alterado.
    [one] { $count } sessão foi alterada. As outras ficaram como estavam.
   *[other] { $count } sessões foram alteradas. As outras ficaram como estavam.
}
back-to-list = Voltar à lista

## Uma sessão

crumbs = Onde você está
group-device = Dispositivo e usuário
group-app = App
group-file = Arquivo
field-model = Modelo
field-system = Sistema
field-device-id = ID do dispositivo
field-push-token = Notificações push
field-language = Idioma
field-app-name = Nome
field-app-version = Versão
field-app-id = Bundle ID
field-team-id = ID da equipe
field-session-id = ID da sessão
field-path = Caminho
field-size = Tamanho
field-modified = Última alteração
field-first-seen = Vista pela 1ª vez
not-given = não informado
document = Documento
change = Alterar
field-email = E-mail
field-reason = Motivo
field-reason-help = Para o registro de alterações. É salvo com a próxima alteração que você fizer.
optional = (opcional)
invalid-email = Não é um endereço de e-mail nem um nome de login. Escreva de 1 a 254 caracteres, sem caracteres de controle, ou deixe o campo vazio para um convidado.
invalid-status = Escolha um destes status: não é possível definir { $name }.
invalid-reason = O texto tem { $length } caracteres. São aceitos no máximo { $longest }: encurte-o.
history = Histórico
no-history = Ninguém alterou esta sessão aqui.
conflict-title = A sessão mudou desde que esta página foi carregada
conflict-now = Agora
conflict-yours = O seu valor
conflict-wanted = Desejado
conflict-help = Abaixo está a sessão como ela é agora. Escolha de novo para aplicar o seu valor mesmo assim.

## O que o 4D faz com um arquivo

problems-title = { $count ->
    [one] O 4D não aceita este arquivo
   *[other] O 4D não aceita este arquivo por { $count } motivos
}
problem-effect = O que o 4D faz
problem-mend = Como corrigir
assumed = suposto
assumed-help = Uma suposição. O esquema próprio do 4D não é público, e o 4D provavelmente considera iguais os nomes que diferem apenas em maiúsculas e minúsculas.
code-named = { $title } (erro { $code })
code-1 = O arquivo está no lugar errado
    .effect = Na próxima transmissão, o 4D remove a sessão da memória: o dispositivo é desconectado e precisa fazer login de novo.
code-2 = O arquivo não é JSON bem formado
    .effect = Na próxima transmissão, o 4D não consegue ler o arquivo e remove a sessão da memória: o dispositivo é desconectado.
code-3 = O arquivo não segue o esquema das sessões
    .effect = Na próxima transmissão, o 4D provavelmente recusa o arquivo e remove a sessão da memória: o dispositivo é desconectado.
code-4 = O token de conexão não corresponde ao conteúdo
    .effect = Na próxima transmissão, o 4D recusa o arquivo e remove a sessão da memória: o dispositivo é desconectado.
finding-wrong-folder = O nome da pasta não corresponde ao ID da equipe e ao bundle ID que o arquivo contém.
    .mend = Mova o arquivo para a pasta do app a que ele pertence, ou exclua-o aqui: o dispositivo cria uma nova sessão ao fazer login de novo.
finding-wrong-name = O nome do arquivo não é o ID de sessão que o arquivo contém.
    .mend = Dê ao arquivo o nome indicado em { $pointer }. Se for uma cópia, exclua-a.
finding-unreadable = O sistema recusa a leitura do arquivo: { $text }.
    .mend = Dê permissão de leitura do arquivo ao usuário com que este programa é executado.
finding-empty = O arquivo está vazio.
    .mend = Se continuar assim, exclua-o: o dispositivo cria uma nova sessão ao fazer login de novo.
finding-too-large = O arquivo excede o limite de { $number } bytes e não foi lido.
    .mend = Se for mesmo uma sessão, inicie o programa com um limite maior. Caso contrário, tire o arquivo da pasta.
finding-not-utf8 = O arquivo não é texto UTF-8: o byte { $number } não é válido.
    .mend = Salve o arquivo como UTF-8, ou exclua-o: o dispositivo cria uma nova sessão ao fazer login de novo.
finding-not-json = O arquivo não é JSON: a leitura parou na linha { $number }, coluna { $text }.
    .mend = Verifique esse ponto em um editor de texto: muitas vezes falta ali uma vírgula, aspas, um colchete ou uma chave. Ou exclua o arquivo.
finding-not-an-object = O arquivo é JSON, mas não um objeto entre chaves.
    .mend = Exclua-o: o dispositivo cria uma nova sessão ao fazer login de novo.
finding-missing = Falta o valor { $pointer }.
    .mend = { $field ->
        [status] Aceite a sessão ou marque-a como pendente: o status será adicionado.
       *[other] Adicione o valor em um editor de texto, ou exclua o arquivo: o dispositivo cria uma nova sessão ao fazer login de novo.
    }
finding-wrong-type = O valor { $pointer } não é do tipo { $text }.
    .mend = { $field ->
        [status] Aceite a sessão ou marque-a como pendente.
        [email] Salve um endereço de e-mail, ou um vazio.
       *[other] Corrija o valor em um editor de texto, ou exclua o arquivo: o dispositivo cria uma nova sessão ao fazer login de novo.
    }
finding-schema-keyword = O valor { $pointer } não atende à regra { $text } do esquema.
    .mend = Corrija o valor em um editor de texto.
finding-doubled = A chave { $pointer } aparece duas vezes. Não se sabe qual das duas o 4D lê.
    .mend = Remova uma das duas em um editor de texto. Até lá, nada é alterado aqui neste arquivo.
finding-token-unreadable = O token de conexão não é o que o 4D grava: base64 de um objeto com os três IDs.
    .mend = Exclua a sessão: o dispositivo recebe um novo token ao fazer login de novo.
finding-token-disagrees = O token de conexão indica um valor diferente do de { $pointer }.
    .mend = Se { $pointer } foi editado manualmente, restaure o valor original. Caso contrário, exclua a sessão: o dispositivo recebe um novo token ao fazer login de novo.

## Registro

since = De
until = Até
newest = Os mais recentes
newer = Mais recentes
older = Mais antigos
undone = desfeita
not-yet = ainda não
overwritten = substituída
overwritten-help = O programa parou no meio desta alteração, e o arquivo agora contém o que outra pessoa ou outro programa gravou.
action-set_status = Status
action-set_email = E-mail
action-edit = Status e e-mail
action-delete = Exclusão
action-restore = Restauração
actor-token = token { $name }
actor-rule = regra { $name }
actor-link = link { $name }
actor-cli = linha de comando
did-accept = { $actor } aceitou { $device }
did-pending = { $actor } marcou { $device } como pendente
did-status = { $actor } definiu o status de { $device } como { $value }
did-no-status = { $actor } removeu o status de { $device }
did-email = { $actor } definiu o e-mail de { $device } como { $value }
did-no-email = { $actor } removeu o e-mail de { $device }
did-edit = { $actor } alterou o status e o e-mail de { $device }
did-delete = { $actor } excluiu { $device }
did-restore = { $actor } restaurou { $device }
done-accept = Sessão aceita: { $device }.
done-pending = Sessão pendente: { $device }.
done-status = O status de { $device } é agora { $value }.
done-no-status = { $device } não tem mais status.
done-email = O e-mail de { $device } é agora { $value }.
done-no-email = { $device } não tem mais e-mail.
done-edit = Status e e-mail alterados: { $device }.
done-delete = Sessão excluída: { $device }.
done-restore = Sessão restaurada: { $device }.
done-many = { $count ->
    [one] { $count } sessão alterada.
   *[other] { $count } sessões alteradas.
}
done-nothing = Nada foi alterado: estes valores já estavam definidos.

## Quem entra

log-in-help = Use o nome e a senha que você recebeu de um proprietário deste painel.
login-wrong = Nome ou senha incorretos. Nada foi alterado; tente de novo.
setup = Boas-vindas
setup-help = Crie o primeiro proprietário deste painel. Este link funciona uma só vez; depois, você entra com o que escolher aqui.
setup-submit = Criar proprietário e entrar
field-name = Nome
field-password = Senha
field-password-help = Pelo menos 12 caracteres difíceis de adivinhar. De preferência, algumas palavras sem relação entre si.
invalid-name = Um nome tem de 1 a 64 caracteres, todos visíveis, sem espaços no início nem no fim.
password-short = A senha é curta demais: precisa de pelo menos 12 caracteres.
password-long = A senha é longa demais: no máximo 1.024 bytes.
password-control = A senha contém um caractere que não pode ser digitado em nenhum teclado. Remova-o.
password-name = A senha é pouco mais do que o nome. Adicione algo que ninguém adivinharia.
password-common = É uma das senhas que todo mundo tenta primeiro. Escolha outra.
password-run = A senha é uma sequência ou uma repetição, fácil de adivinhar. Escolha outra.
too-many-tries = Muitas senhas incorretas. Desta vez, a sua senha não foi verificada: aguarde { $name } e tente de novo.
wait-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
wait-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}

## Pessoas e programas

nav-account = Sua conta
nav-users = Usuários
nav-tokens = Tokens de API
nav-access-log = Registro de acessos
nav-rules = Regras
role-name-viewer = Leitor
role-name-operator = Operador
role-name-owner = Proprietário
field-role = Função
field-apps = Apps
field-current-password = Senha atual
field-new-password = Nova senha
apps-all = todos os apps
apps-help = IDs de apps, um por linha; { "*" } representa quaisquer caracteres, { "?" } apenas um. Vazio: todos os apps.
apps-help-held = IDs de apps, um por linha; { "*" } representa quaisquer caracteres, { "?" } apenas um. Vazio: todos os que você pode ver ({ $name }).
invalid-role = Escolha uma das funções.
invalid-apps = Uma destas linhas não é um ID de app: cada uma tem de 1 a 255 caracteres, todos visíveis, e há 100 linhas no máximo.
never = nunca
never-expires = nunca
you = você
copy = Copiar
copied = Copiado
col-browser = Navegador
col-last-use = Último uso
col-logged-in = Entrou
col-last-login = Último acesso
col-state = Status
col-made = Criação
col-expires = Expira
col-made-by = Criado por
col-given = Permissões
device-on = { $browser } em { $system }
device-unknown-on = Navegador desconhecido em { $name }
device-unknown = Navegador desconhecido

own-password = Sua senha
own-password-submit = Alterar a senha
own-password-effect = Você continua conectado aqui; os seus outros acessos são encerrados.
wrong-current-password = Esta não é a sua senha. Nada foi alterado.
logins = Onde você está conectado
this-one = este
log-out-elsewhere = Encerrar as outras sessões do painel
no-login-elsewhere = Você não está conectado em nenhum outro lugar.
told-own-password = A sua senha foi alterada. Os seus outros acessos foram encerrados.
told-elsewhere = Os seus outros acessos foram encerrados.

count-users = { $count ->
    [one] { $count } usuário
   *[other] { $count } usuários
}
user-new = Novo usuário
user-create = Criar usuário
password-or-made-up = Pelo menos 12 caracteres, difíceis de adivinhar. Se ficar vazio, uma senha é gerada e mostrada uma só vez.
password-of-new = { $name }: conta criada
password-of-known = { $name } tem uma nova senha
password-once = Esta senha só é mostrada desta vez. Copie-a agora e entregue-a por um meio seguro. O usuário precisa escolher a própria senha no primeiro acesso.
secret-kept = Já copiei
user-rights = O que este usuário pode fazer
user-rights-effect = Mudar a função ou os apps desconecta este usuário: ele entra de novo já com as novas permissões.
user-new-password = Nova senha
user-new-password-submit = Definir senha
user-new-password-effect = O usuário é desconectado de todos os lugares. Se esta senha for gerada, ele escolhe a própria no próximo acesso.
user-own-password = Altere a sua própria senha na sua conta.
user-out = Remover o acesso
user-is-disabled = desativado
user-is-enabled = ativo
user-disable = Desativar
user-disable-effect = O usuário perde o acesso na hora: é desconectado, e os tokens que criou são recusados até que ele seja reativado.
user-enable = Reativar
user-enable-effect = O usuário pode entrar de novo, e os tokens que criou voltam a funcionar.
user-delete = Excluir este usuário
user-delete-effect = O usuário perde o acesso na hora e para sempre, e os tokens que criou deixam de existir. As alterações mantêm o nome dele.
user-delete-ask = Excluir { $name }?
user-delete-ask-help = O usuário é desconectado na hora, e os tokens que criou deixam de existir. Isso não pode ser desfeito; para suspender o acesso por algum tempo, desative o usuário.
user-delete-ask-myself = Esta é a sua própria conta. Você será desconectado na hora, e os tokens que você criou deixam de existir. Isso não pode ser desfeito.
user-delete-tokens = Estes tokens também deixam de existir:
user-keep = Manter este usuário
last-owner = Este é o último proprietário. A função poderá mudar quando houver outro.
last-owner-stays = O último proprietário não pode ser desativado nem excluído: ninguém mais poderia dar acesso a ninguém. Torne outra pessoa proprietária primeiro.
last-owner-refused = Nada foi alterado: este é o último proprietário, e sem ele ninguém poderia dar acesso a ninguém. Torne outra pessoa proprietária primeiro.
told-user-created = O usuário foi criado e já pode entrar.
told-user-changed = As permissões do usuário foram alteradas.
told-user-password = O usuário tem uma nova senha e foi desconectado.
told-user-disabled = O usuário foi desativado e desconectado, e os tokens dele são recusados.
told-user-enabled = O usuário pode entrar de novo.
told-user-deleted = O usuário foi excluído, com os acessos e tokens dele.

count-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
no-tokens = Um token permite que um programa use a API no lugar de uma pessoa. Ainda não há nenhum.
token-new = Novo token
token-create = Criar token
token-create-help = O segredo é mostrado uma só vez, na próxima página. O token nunca tem mais permissões do que você.
token-reads-secrets = lê segredos
field-secrets = Pode ler segredos
field-secrets-help = Os tokens dos próprios dispositivos e os arquivos de sessão completos. Somente para programas que precisem deles.
life-days = { $count ->
    [one] em { $count } dia
   *[other] em { $count } dias
}
life-never = nunca: funciona até ser revogado
invalid-life = Escolha um destes prazos.
maker-cli = linha de comando
maker-unseen = um proprietário de outros apps
token-soon = em breve
token-over = expirado
token-revoke = Revogar este token
token-revoke-more = Revogar…
token-revoke-name = Revogar { $name }
token-revoke-ask = Revogar { $name }?
token-revoke-ask-used = Os programas que o usam são recusados na hora, e isso não pode ser desfeito. Último uso: { $name }.
token-revoke-ask-unused = Os programas que o usam são recusados na hora, e isso não pode ser desfeito. Ele nunca foi usado.
token-keep = Manter este token
token-made = Token { $name } criado
token-once = Este segredo só é mostrado desta vez. Copie-o agora para onde o programa o encontre: quem o tiver pode fazer o que o token permite.
token-secret = Segredo
token-try = Testar
token-ends = O token { $token } expira em { $date }.
tokens-end = { $number } tokens expiram nos próximos 14 dias; o primeiro, { $token }, em { $date }.
token-ends-todo = Crie outros a tempo
told-token-revoked = O token foi revogado.

count-rules = { $count ->
    [0] nenhuma regra
    [one] { $count } regra
   *[other] { $count } regras
}
rules-claims = E-mail, dispositivo, sistema, versão, idioma e endereço são informados ao 4D pelo próprio dispositivo. Uma regra baseada neles confia no que o seu método On Mobile App Authentication tiver verificado.
rule-new = Nova regra
rule-create = Criar regra
rule-order = Ordem
rule-known-help = Um dispositivo é conhecido se outra sessão dele no mesmo app estiver aceita no momento.
rule-expires = Termina em
rule-note = Nota
rule-note-help = Por que esta regra existe. Aparece no registro de alterações como motivo.
rule-enabled = Ativada
rule-is-enabled = ativada
rule-is-disabled = desativada
rule-enable = Ativar
rule-disable = Desativar
rule-enable-name = Ativar { $name }
rule-disable-name = Desativar { $name }
rule-over = expirada
rule-preview = Ver prévia
rule-preview-found = { $count ->
    [0] Nenhum dispositivo pendente no momento corresponde
    [one] { $count } dispositivo pendente no momento corresponde
   *[other] { $count } dispositivos pendentes no momento correspondem
}
rule-preview-more = E mais { $count }.
rule-preview-accept = Para aceitá-los agora, use a lista de sessões.
rule-delete = Excluir esta regra
rule-delete-ask = Excluir { $name }?
rule-delete-help = Os dispositivos que ela aceitou continuam aceitos. Isso não pode ser desfeito; se preferir, desative a regra.
rule-keep = Manter esta regra
invalid-list = Uma destas linhas tem mais de 255 caracteres ou algum invisível, ou há mais de 100 linhas.
invalid-networks = Uma destas linhas não é uma rede nem um endereço. Escreva-os como 10.0.0.0/8, fd00::/8 ou 192.0.2.1.
invalid-day = Não é uma data. Escreva-a como 2026-12-31, ou deixe o campo vazio.
invalid-filter = Esta lista não conhece este valor. Informe outro, ou deixe o campo vazio.
told-rule-created = A regra foi criada. Ela se aplica aos dispositivos que chegarem a partir de agora.
told-rule-changed = A regra foi alterada. Ela se aplica aos dispositivos que chegarem a partir de agora.
told-rule-enabled = A regra foi ativada. Ela se aplica aos dispositivos que chegarem a partir de agora.
told-rule-disabled = A regra foi desativada.
told-rule-deleted = A regra foi excluída.

link-make = Link de aprovação
link-make-help = Um link para enviar por e-mail ou chat: quem o abrir pode aceitar este dispositivo, uma vez, sem entrar no painel.
link-life = Válido por
link-make-submit = Criar link de aprovação
life-hours = { $count ->
    [one] { $count } hora
   *[other] { $count } horas
}
link-life-days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}
link-made = Link para { $name }
link-once = Este link só é mostrado desta vez. Quem o tiver pode aceitar este dispositivo, uma vez, até { $name }. Ele deixa de valer antes disso se você perder a permissão de aceitar dispositivos.
link-address = Link
link-kept = Já tenho o link
link-waiting = Aceitar este dispositivo?
link-waiting-help = Este dispositivo pede acesso. Aceite-o apenas se souber de quem é.
link-claims = Dispositivo, app e e-mail são informados pelo próprio dispositivo. O link funciona uma só vez.
link-accepted = O dispositivo foi aceito
link-accepted-help = Ele pode usar o app assim que o 4D tiver lido a alteração.
link-already-in = O dispositivo já foi aceito
link-already-in-help = Alguém o aceitou antes. Nada foi alterado, e não há nada a fazer.
link-not-waiting = Este dispositivo não está em espera
link-not-waiting-help = O status dele não é “pendente” nem “aceito”, por isso nada foi alterado. Pergunte a quem enviou o link.
link-used = Este link já foi usado
link-used-help = Ele funciona uma só vez e foi usado { $name }. Peça um novo se outro dispositivo estiver em espera.
link-expired = Este link expirou
link-expired-help = Ele expirou { $name }. Nada foi alterado. Peça um novo.
link-gone = Este dispositivo não existe mais
link-gone-help = A sessão dele foi excluída, por isso não há nada a aceitar. Nada foi alterado.
link-revoked = Este link não funciona mais
link-revoked-help = Alguém o revogou, ou quem o criou não pode mais aceitar dispositivos. Nada foi alterado. Peça um novo.
link-unknown = Este link não existe
link-unknown-help = Talvez tenha sido cortado no e-mail. Copie o endereço completo, ou peça um novo link.
link-wait = Muitos links incorretos
link-later = Desta vez não funcionou
link-folder-away = No momento não é possível acessar a pasta das sessões. Nada foi alterado, e o link continua válido: tente de novo em alguns instantes.
link-failed = Nada foi alterado, e o link continua válido: tente de novo em alguns instantes. Se continuar, avise quem enviou o link.

count-entries = { $count ->
    [one] { $count } registro
   *[other] { $count } registros
}
given-no-end = sem prazo
given-until = até { $name }
access-login = { $actor } entrou
access-login_failed = Alguém digitou uma senha incorreta para { $actor }
access-login_failed-nobody = Alguém tentou entrar com um nome que não existe
access-logout = { $actor } saiu
access-logout_elsewhere = { $actor } encerrou as outras sessões do painel
access-password_changed = { $actor } definiu uma nova senha para { $subject }
access-password_changed-own = { $actor } alterou a sua própria senha
access-user_created = { $actor } criou o usuário { $subject }
access-user_created-own = Primeiro proprietário criado: { $actor }
access-user_changed = { $actor } alterou as permissões do usuário { $subject }
access-user_deleted = { $actor } excluiu o usuário { $subject }
access-token_created = { $actor } criou o token { $subject }
access-token_revoked = { $actor } revogou o token { $subject }
access-rule_created = { $actor } criou a regra { $subject }
access-rule_changed = { $actor } alterou a regra { $subject }
access-rule_deleted = { $actor } excluiu a regra { $subject }
access-link_created = { $actor } criou um link de aprovação para { $subject }
access-action-login = Entrada
access-action-login_failed = Falha ao entrar
access-action-logout = Saída
access-action-logout_elsewhere = Outras sessões do painel encerradas
access-action-password_changed = Nova senha
access-action-user_created = Usuário criado
access-action-user_changed = Usuário alterado
access-action-user_deleted = Usuário excluído
access-action-token_created = Token criado
access-action-token_revoked = Token revogado
access-webhook_created = { $actor } criou o webhook { $subject }
access-webhook_changed = { $actor } alterou o webhook { $subject }
access-webhook_secret_rotated = { $actor } gerou um novo segredo para o webhook { $subject }
access-webhook_deleted = { $actor } excluiu o webhook { $subject }
access-action-webhook_created = Webhook criado
access-action-webhook_changed = Webhook alterado
access-action-webhook_secret_rotated = Novo segredo de um webhook
access-action-webhook_deleted = Webhook excluído

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] { $count } webhook
   *[other] { $count } webhooks
}
no-webhooks = Um webhook informa a outro programa o que acontece aqui: um dispositivo em espera, uma alteração, uma transmissão. Ainda não há nenhum.
webhook-new = Novo webhook
webhook-create = Criar webhook
webhook-create-help = O segredo é mostrado uma só vez, na próxima página. É com ele que o receptor verifica que uma solicitação vem daqui.
field-url = Endereço
field-url-help = http ou https, também dentro da sua própria rede. Cada evento é enviado para este endereço como POST.
invalid-url = Não é um endereço. Escreva-o como https://hooks.example/path.
invalid-url-scheme = O endereço precisa começar com https:// ou http://.
invalid-url-user = O endereço não pode conter nome de usuário nem senha: a assinatura prova quem envia.
invalid-url-fragment = Remova a parte depois do #: ela nunca é enviada.
col-events = Eventos
col-to = Destino
col-last-delivery = Último evento
col-attempts = Tentativas
col-answer = Resposta
col-next-attempt = Próxima tentativa
events-all = todos os eventos
events-help = Nenhum marcado: todos os eventos.
event-session-created = Uma sessão aparece
event-session-changed = Uma sessão muda
event-session-deleted = Uma sessão desaparece
event-app-created = Um app aparece
event-app-deleted = Um app desaparece
event-folder-unavailable = Não é possível ler a pasta MobileApps
event-folder-available = A pasta MobileApps voltou
event-push-completed = Uma transmissão terminou
webhook-is-on = ativo
webhook-is-off = desativado
webhook-fails = ativo, mas com falhas
webhook-off = O webhook { $webhook } está desativado: o receptor deixou de aceitar eventos.
webhooks-off = { $number } webhooks não enviam nada.
webhooks-off-todo = Ver os webhooks
webhook-off-failing = Ele foi desativado: durante três dias, o receptor não aceitou nada. Os eventos em espera são mantidos. Corrija o receptor, envie um teste e reative o webhook.
webhook-off-gone = Ele foi desativado: o receptor respondeu 410, ou seja, não quer mais eventos. Os eventos em espera são mantidos. Exclua o webhook ou reative-o.
webhook-failing-since = Com falhas desde
webhook-queued = Eventos em espera
webhook-both-until = Segredo anterior válido até
webhook-more = Mais ações
webhook-test = Enviar um teste
webhook-test-effect = Um evento do tipo “test” é enviado agora, mesmo com o webhook desativado. Ele não é enviado de novo.
webhook-tested = O receptor aceitou o teste: respondeu { $status } após { $count } ms.
webhook-tested-failed = O receptor não aceitou o teste. { $name }
webhook-switch-off = Desativar
webhook-switch-off-effect = Nada mais é enviado. Os eventos em espera são mantidos; o que acontecer até a reativação nunca será enviado.
webhook-switch-on = Reativar
webhook-switch-on-effect = Os eventos em espera são enviados na hora.
webhook-rotate = Novo segredo
webhook-rotate-effect = O segredo anterior continua válido por 24 horas, e até lá os dois assinam: atualize o receptor nesse período.
webhook-delete = Excluir este webhook
webhook-delete-effect = Os eventos ainda em espera são excluídos com ele.
webhook-delete-ask = Excluir { $name }?
webhook-delete-ask-help = { $count ->
    [0] O receptor não recebe mais eventos. Isso não pode ser desfeito; para pausá-lo, desative-o.
    [one] { $count } evento ainda em espera é excluído com ele. Isso não pode ser desfeito; para pausá-lo, desative-o.
   *[other] { $count } eventos ainda em espera são excluídos com ele. Isso não pode ser desfeito; para pausá-lo, desative-o.
}
webhook-keep = Manter este webhook
webhook-made = Webhook { $name } criado
webhook-rotated = { $name } tem um novo segredo
webhook-once = Este segredo só é mostrado desta vez. Copie-o agora para onde o receptor o encontre: quem o tiver pode enviar algo que pareça vir daqui.
webhook-check = Verifique as assinaturas com ele, por exemplo em Python
deliveries = Entregas
no-deliveries = Nada ainda. Os próximos eventos aparecerão aqui.
delivery-pending = em espera
delivery-delivered = entregue
delivery-failed = abandonada
delivery-retry = Reenviar
delivery-retry-name = Reenviar: { $name }
failure-timed-out = O receptor não respondeu a tempo.
failure-unreachable = Não é possível contatar o receptor: { $name }.
failure-tls = Não há conexão segura com o receptor: { $name }.
failure-broken = A conexão foi encerrada antes da resposta: { $name }.
failure-redirect = O receptor respondeu { $name }: os redirecionamentos não são seguidos. Informe o endereço final.
failure-status = O receptor respondeu { $name }.
failure-gone = O receptor respondeu 410: não quer mais eventos.
told-webhook-changed = O webhook foi alterado.
told-webhook-on = O webhook está ativo.
told-webhook-off = O webhook está desativado. Os eventos em espera são mantidos.
told-webhook-deleted = O webhook foi excluído.
told-delivery-retried = O evento está sendo reenviado.
access-action-rule_created = Regra criada
access-action-rule_changed = Regra alterada
access-action-rule_deleted = Regra excluída
access-action-link_created = Link de aprovação criado

## O que se diz aos programas sobre um problema

problem-status = Status HTTP { $name }
to-panel = Ir para o painel

## Datas e horas

date = { $day } { $month } { $year }
date-time = { $date }, { $time } { $zone }
day-1 = 1
month-1 = jan.
month-2 = fev.
month-3 = mar.
month-4 = abr.
month-5 = mai.
month-6 = jun.
month-7 = jul.
month-8 = ago.
month-9 = set.
month-10 = out.
month-11 = nov.
month-12 = dez.
ago-seconds = { $count ->
    [0] agora mesmo
   *[other] { $count } s
}
ago-minutes = { $count } min
ago-hours = { $count } h
ago-days = { $count ->
    [one] { $count } dia
   *[other] { $count } dias
}
past-seconds = { $count ->
    [0] agora mesmo
   *[other] há { $count } s
}
past-minutes = há { $count } min
past-hours = há { $count } h
past-days = { $count ->
    [one] há { $count } dia
   *[other] há { $count } dias
}
past-date = em { $name }

## Erros: o que aconteceu (.what), o que se manteve (.kept), o que fazer (.todo)

error-invalid-query = Endereço não reconhecido
    .what = Ele contém algo que esta lista não conhece: { $detail }.
    .todo = Mostre a lista sem filtros e escolha-os de novo.
error-malformed-body = Não foi possível ler o formulário
    .what = O que o navegador enviou estava incompleto ou continha algo repetido.
    .kept = Nada foi alterado.
    .todo = Volte e envie-o de novo.
error-invalid-value = Um valor não é válido
    .what = O que foi enviado contém um valor que não pode ser aceito.
    .kept = Nada foi alterado.
    .todo = Volte e escolha outro valor.
error-unauthenticated = Você não está conectado
    .what = O seu acesso foi encerrado.
    .todo = Entre e tente de novo.
error-forbidden = Você não tem permissão para isso
    .kept = Nada foi alterado.
    .todo = Peça outra função a um proprietário deste painel.
error-cross-origin = O formulário veio de outro lugar
    .what = Ele não foi enviado de uma página aberta com o seu acesso.
    .kept = Nada foi alterado.
    .todo = Carregue a página de novo e repita o que fez.
error-unknown-host = Este painel tem outro nome
    .what = Ele não responde com o nome de host deste endereço.
    .todo = Use o endereço que você recebeu, ou peça a quem administra este programa que adicione o nome com --host.
error-not-found = Não encontrado
    .what = O que você procura não está aqui, ou você não tem permissão para ver.
    .todo = Pode ter sido excluído: nesse caso, consta em Alterações. Se você digitou o endereço, verifique-o.
error-method-not-allowed = Este endereço não serve para isso
    .what = Ele não aceita { $detail }.
    .todo = Vá à visão geral e continue a partir daí.
error-already-there = Já existe de novo um arquivo com este nome
    .what = O dispositivo criou uma nova sessão nesse meio-tempo.
    .kept = O novo arquivo foi mantido; o antigo fica guardado à parte.
    .todo = Se quiser a antiga de volta, exclua primeiro a nova sessão.
error-changed-since = Alterado desde então
    .what = O valor não é mais o que a alteração deixou: alguém o mudou depois.
    .kept = O valor mais recente foi mantido.
    .todo = Abra a sessão para definir o valor que você quer.
error-already-undone = Já desfeita
    .what = Alguém desfez esta alteração antes de você.
    .kept = Nada foi alterado agora.
    .todo = Desfaça essa ação para recuperar a alteração.
error-not-kept = Não está mais guardado
    .what = O que esta alteração removeu fica guardado por tempo limitado, que já passou.
    .kept = Nada foi alterado.
    .todo = O dispositivo cria uma nova sessão ao fazer login de novo.
error-owner-cannot-be-kept = Não é possível manter o proprietário ou as permissões do arquivo
    .what = O arquivo pertence a { $detail }, e não ao usuário com que este programa é executado.
    .kept = Nada foi gravado.
    .todo = Peça a quem administra este programa que o execute como esse usuário.
error-not-writable = Não é possível gravar no arquivo
    .what = O sistema recusa: { $detail }.
    .kept = Nada foi alterado.
    .todo = Peça a quem administra este programa que dê ao usuário dele permissão de gravação na pasta.
error-push-not-configured = Sem conexão com o 4D
    .what = Não há nenhuma configurada, por isso nada foi transmitido.
    .kept = Todas as alterações estão nos arquivos.
    .todo = Execute MOBILE APP REFRESH SESSIONS no 4D para que tenham efeito.
error-push-would-drop-sessions = O 4D descartaria sessões
    .todo = Veja a página “Transmissão ao 4D”: ela mostra os arquivos e o que há de errado em cada um.
error-push-failed = O 4D não aceitou a transmissão
    .kept = Tudo continua não transmitido.
error-conflict = Não é possível fazer isso agora
    .kept = Nada foi alterado.
    .todo = Veja de novo e decida outra vez.
error-idempotency-running = Ainda em andamento
    .what = A mesma solicitação já foi enviada e não terminou.
    .todo = Aguarde um momento e veja de novo.
error-precondition-failed = Alterada desde que a página foi carregada
    .what = Alguém alterou a sessão nesse meio-tempo.
    .kept = Nada do que você pediu foi gravado.
    .todo = Carregue a página de novo e decida outra vez.
error-too-large = É muita coisa de uma só vez
    .what = O que foi enviado é maior do que este painel aceita.
    .kept = Nada foi alterado.
    .todo = Envie menos de cada vez: em uma lista, selecione menos, ou use um filtro e todos os resultados.
error-unsupported-media-type = Não foi possível ler o formulário
    .what = O seu navegador enviou algo de um tipo que este painel não aceita.
    .kept = Nada foi alterado.
    .todo = Volte e envie-o de novo.
error-duplicate-keys = Uma chave aparece duas vezes neste arquivo
    .what = É { $detail }. Não se sabe qual das duas o 4D lê.
    .kept = Nada foi gravado.
    .todo = Remova uma das duas em um editor de texto.
error-not-an-object = Nada pode ser alterado neste arquivo
    .what = Não é um objeto JSON.
    .kept = O arquivo ficou como estava.
    .todo = Pode ser excluído: o dispositivo cria uma nova sessão ao fazer login de novo.
error-idempotency-mismatch = Já enviado
    .what = A mesma solicitação já foi enviada com outro conteúdo.
    .kept = Nada foi alterado.
error-too-many-requests = Muitas solicitações
    .what = Este painel só aceita um número limitado de cada vez a partir do mesmo lugar.
    .todo = Tente de novo em { $detail } s.
error-internal = Falha neste programa
    .what = Não foi possível concluir o que você pediu.
    .todo = Tente de novo. Se continuar, passe a linha abaixo a quem administra este programa: o log do programa diz mais.
error-folder-unavailable = A pasta MobileApps não está disponível
    .what = Mensagem do sistema: { $detail }.
    .kept = As sessões ficam ocultas até que a pasta possa ser lida de novo. O registro de alterações ainda pode ser consultado.
    .todo = Verifique o disco ou o compartilhamento de rede. A pasta é verificada a cada segundo; quando ela voltar, esta página volta com ela automaticamente.
error-store-unavailable = Não é possível gravar no banco de dados do programa
    .what = Mensagem do sistema: { $detail }.
    .kept = Nada foi alterado.
    .todo = Verifique o disco e as permissões da pasta de dados.
error-no-space = Não há espaço no disco
    .what = A alteração não coube.
    .kept = Nada foi alterado.
    .todo = Libere espaço e tente de novo.

## Transmissão

nav-push = Transmissão ao 4D
push-now = Transmitir agora
push-nothing = Nada a transmitir.
push-auto = { $count ->
    [one] A transmissão automática está ativada: uma alteração é transmitida na hora; as seguintes, { $count } segundo após a última.
   *[other] A transmissão automática está ativada: uma alteração é transmitida na hora; as seguintes, { $count } segundos após a última.
}
push-stand-in = Esta é uma demonstração: quem responde aqui é um substituto, não o 4D. Ele mantém as sessões na memória, como o 4D.
push-not-connected = O 4D mantém as sessões na memória: uma alteração feita aqui vale para os dispositivos quando ele executa MOBILE APP REFRESH SESSIONS. Assim que o 4D estiver conectado, você poderá pedir isso daqui.
push-refresh = { $count ->
    [one] { $count } sessão foi alterada aqui
   *[other] { $count } sessões foram alteradas aqui
}
    .help = O 4D passa a usar o novo status e o novo e-mail dos dispositivos que conhece.
push-remove = { $count ->
    [one] { $count } sessão foi excluída aqui
   *[other] { $count } sessões foram excluídas aqui
}
    .help = O 4D esquece essas sessões: os dispositivos são desconectados.
push-outside = { $count ->
    [one] { $count } sessão foi alterada por outra pessoa ou programa
   *[other] { $count } sessões foram alteradas por outra pessoa ou programa
}
    .help = Pelo próprio 4D, ou por alguém que editou os arquivos. O 4D também lê estas de novo.
push-dropped-help = O 4D não aceita estes arquivos. Os usuários precisam fazer login de novo.
push-allow = Transmitir mesmo assim: estes dispositivos são desconectados
push-refused = Nada foi transmitido. Corrija ou exclua estes arquivos, ou marque a caixa se os dispositivos podem ser desconectados.
push-refused-others = Nada foi transmitido: o 4D descartaria também sessões de outros apps. Peça a transmissão a alguém que possa ver todos os apps.
push-last = A última transmissão
push-last-by = { $ago }, por { $actor }
push-ended-ok = O 4D leu tudo
push-ended-errors = O 4D não aceitou alguns arquivos e leu o resto
push-ended-failed = Falhou
push-failed-kept = Tudo continua não transmitido.
push-error = { $component } { $number }
connect = Conectar ao 4D
connect-address = Endereço do 4D:
connect-test = Testar a conexão
connect-test-help = Pede uma resposta ao 4D e não altera nada.
connect-how = Como conectar ao 4D
connect-secret-help = Invente um segredo longo, de letras e dígitos. Grave-o, sozinho em uma linha, em um arquivo { $file } ao lado do arquivo de dados do 4D.
connect-code-help = Adicione este código ao projeto. O segredo não está nele: o código o lê desse arquivo.
connect-new = 4D 20 R8 e posteriores
connect-new-help = Se o projeto já tiver um arquivo HTTPHandlers.json, adicione a entrada a ele. As sessões escaláveis precisam estar ativadas nas configurações, em Web, Opções: sem elas, o 4D não lê este arquivo.
connect-old = 4D 18 a 20 R7
connect-old-help = Faça com que o método base On Web Connection comece como abaixo; o conteúdo atual vai para depois de Else. Adicione os dois métodos. Se existir um método base On Web Authentication, faça com que ele aceite este endereço.
connect-start-help = Inicie este programa com o endereço e com um arquivo que contenha o mesmo segredo. Na mesma máquina, pode ser o mesmo arquivo.
connect-end-help = Reinicie o servidor web do 4D, para que ele leia os handlers de novo. Depois, teste a conexão aqui.
download = Baixar
told-pushed = Transmitido: o 4D leu as alterações.
told-pushed-errors = Transmitido. O 4D não aceitou alguns arquivos: veja abaixo.
told-push-tested = O 4D responde e conhece o segredo. Nada foi alterado.

### Todas as palavras do painel. Uma mensagem não contém marcação: o que é destacado ou ligado chega como argumento.
### Argumentos: $count um número, $name um nome, $device e $actor um nome tal como figura numa página.

## Moldura

brand = Mobile Sessions
docs-title = Mobile Sessions: a API
docs-needs-script = Esta página é gerada por um script: aqui está o mesmo para programas
skip-to-content = Ir para o conteúdo
nav-main = Navegação principal
nav-overview = Visão geral
nav-sessions = Sessões
nav-changes = Alterações
nav-waiting = { $count ->
    [one] { $count } dispositivo em espera
   *[other] { $count } dispositivos em espera
}
push-up-to-date = em dia
push-behind = { $count ->
    [one] { $count } alteração por transmitir
   *[other] { $count } alterações por transmitir
}
push-behind-help = Estas alterações estão nos ficheiros. Chegam aos dispositivos quando o 4D executa MOBILE APP REFRESH SESSIONS.
push = Transmitir
push-waits = { $count ->
    [one] Transmissão em espera: { $count } ficheiro seria descartado.
   *[other] Transmissão em espera: { $count } ficheiros seriam descartados.
}
push-waits-elsewhere = Transmissão em espera: seriam descartados ficheiros de outras apps.
push-waits-help = Continua automaticamente quando o 4D já não for desconectar ninguém.
push-failed = A última transmissão falhou.
menu-account = Conta de { $name }
log-in = Entrar
log-out = Sair
undo = Desfazer
dismiss = Fechar
folder-away = A pasta MobileApps não está disponível.
folder-away-help = As listas voltam automaticamente quando for possível ler a pasta de novo. Mensagem do sistema: { $name }.
request-id = Pedido
role-viewer = Leitor: consulta
role-operator = Operador: consulta e altera
role-owner = Proprietário

## Palavras das listas

col-device = Dispositivo
col-status = Estado
col-os = Sistema
col-email = E-mail
col-app = App
col-ip = Endereço IP
col-changed = Última alteração
col-waiting = Espera
col-actions = Ações
col-share = Aceites e pendentes
col-sessions = Sessões
col-problems = Problemas
col-session = Sessão
col-outcome = Resultado
col-when = Quando
col-what = O quê
col-values = Valores
col-pushed = Transmitida
col-action = Ação
all-actions = Todas as ações
col-actor = Autor
status-accepted = Aceite
status-pending = Pendente
status-none = Sem estado
status-unreadable = Ilegível
status-unknown = «{ $name }»
guest = convidado
simulator = Simulador
not-pushed = Por transmitir
sessions-accepted = Aceites
sessions-pending = Pendentes
sessions-other = Outras
sessions-unpushed = Por transmitir
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
next-page = Seguinte
yes = sim
no = não

## O que se pode fazer

accept = Aceitar
accept-name = Aceitar { $name }
accept-all = Aceitar todos ({ $count })
accept-these = Aceitar estes { $count }
set-pending = Tornar pendente
set-pending-name = Tornar pendente: { $name }
look = Ver
look-name = Ver { $name }
delete = Eliminar
delete-more = Eliminar…
undo-name = Desfazer: { $name }
refresh = Atualizar
search = Procurar
search-hint = Dispositivo, e-mail, ID, endereço
save = Guardar
show = Mostrar
back = Voltar

## Visão geral

waiting-title = { $count ->
    [one] { $count } dispositivo espera
   *[other] { $count } dispositivos esperam
}
waiting-oldest = O primeiro chegou { $name }. Um dispositivo aceite obtém acesso na próxima transmissão.
waiting-caption = Dispositivos que esperam ser aceites, primeiro o mais antigo
waiting-all = { $count ->
    [one] O que está à espera
   *[other] Todos os { $count } à espera
}
nobody-waiting = Ninguém está à espera
nobody-waiting-help = Um dispositivo que precisa de aprovação aparece aqui. Um programador de 4D pede a aprovação com { $line } no método base { $method }.
no-apps = Ainda não há apps
no-apps-help = Quando um dispositivo inicia sessão pela primeira vez, o 4D cria uma pasta para a sua app em { $folder }, e a app aparece aqui.
apps = Apps
all-sessions = Todas as sessões
latest-changes = Últimas alterações
all-changes = Todas as alterações
no-changes-yet = Ainda nada foi alterado aqui. Cada alteração figura com o seu autor e pode ser desfeita.

## Listas

filters = Filtros
chip-all = Todas
chip-noncompliant = Com problemas
chip-quiet = Sem alterações há 90 dias
chip-condition = { $key }: { $value }
no-results = Nada corresponde a estes filtros.
no-sessions-yet = Ainda não há sessões. Um dispositivo que inicia sessão aparece aqui.
clear-filters = Limpar os filtros
select-page = Selecionar tudo nesta página
select-name = Selecionar { $name }
with-selected = Com a seleção:
all-that-match = as { $count } que correspondem, não apenas estas
delete-ask = { $count ->
    [one] Eliminar { $count } sessão?
   *[other] Eliminar { $count } sessões?
}
delete-ask-help = Os dispositivos são desconectados quando o 4D voltar a ler os arquivos. Os arquivos são conservados, e a exclusão pode ser desfeita.
delete-count = { $count ->
    [one] Eliminar { $count } sessão
   *[other] Eliminar { $count } sessões
}
keep-them = Manter
and-more = e mais { $count }
result-title = Não foi possível alterar { $failed } de { $total }
result-changed = { $count ->
    [0] Nada foi alterado.
    [one] Foi alterada { $count } sessão. As outras ficaram como estavam.
   *[other] Foram alteradas { $count } sessões. As outras ficaram como estavam.
}
back-to-list = Voltar à lista

## Uma sessão

crumbs = Caminho de navegação
group-device = Dispositivo e utilizador
group-app = App
group-file = Ficheiro
field-model = Modelo
field-system = Sistema
field-device-id = ID do dispositivo
field-push-token = Notificações push
field-language = Idioma
field-app-name = Nome
field-app-version = Versão
field-app-id = Bundle ID
field-team-id = ID da equipa
field-session-id = ID da sessão
field-path = Caminho
field-size = Tamanho
field-modified = Última alteração
field-first-seen = Primeira aparição
not-given = não indicado
document = Documento
change = Alterar
field-email = E-mail
field-reason = Motivo
field-reason-help = Para o registo de alterações. Fica guardado com a próxima alteração que fizer.
optional = (opcional)
invalid-email = Não é um endereço de e-mail nem um nome de login. Escreva de 1 a 254 caracteres, sem caracteres de controle, ou deixe o campo vazio para um convidado.
invalid-status = Escolha um destes: { $name } não pode ser definido.
invalid-reason = O texto tem { $length } caracteres. São guardados { $longest } no máximo: encurte-o.
history = Histórico
no-history = Ninguém alterou esta sessão aqui.
conflict-title = A sessão mudou desde que esta página foi carregada
conflict-now = Atual
conflict-yours = O seu valor
conflict-wanted = Pretendido
conflict-help = Abaixo está a sessão tal como é agora. Escolha de novo para aplicar mesmo assim o seu valor.

## O que o 4D faz com um ficheiro

problems-title = { $count ->
    [one] O 4D não aceita este ficheiro
   *[other] O 4D não aceita este ficheiro, por { $count } razões
}
problem-effect = O que o 4D faz
problem-mend = Como corrigir
assumed = suposto
assumed-help = Uma suposição. O esquema próprio do 4D não é público, e o 4D provavelmente considera iguais os nomes que diferem apenas em maiúsculas e minúsculas.
code-1 = O ficheiro está no lugar errado (erro 1)
    .effect = Na próxima transmissão, o 4D retira a sessão da memória: o dispositivo é desconectado e tem de iniciar sessão de novo.
code-2 = O ficheiro não é JSON bem formado (erro 2)
    .effect = Na próxima transmissão, o 4D não consegue ler o ficheiro e retira a sessão da memória: o dispositivo é desconectado.
code-3 = O ficheiro não cumpre o esquema das sessões (erro 3)
    .effect = Na próxima transmissão, o 4D provavelmente recusa o ficheiro e retira a sessão da memória: o dispositivo é desconectado.
code-4 = O token de ligação não concorda com o conteúdo (erro 4)
    .effect = Na próxima transmissão, o 4D recusa o ficheiro e retira a sessão da memória: o dispositivo é desconectado.
finding-wrong-folder = A pasta { $folder } não corresponde ao ID da equipa e ao bundle ID que o ficheiro contém.
    .mend = Mova o ficheiro para a pasta da sua app, ou elimine-o aqui: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
finding-wrong-name = O nome do ficheiro, { $file }, não é o ID de sessão que o ficheiro contém.
    .mend = Dê ao ficheiro o nome que figura em { $pointer }. Se for uma cópia, elimine-a.
finding-unreadable = O sistema recusa ler o ficheiro: { $text }.
    .mend = Dê permissão para ler o ficheiro ao utilizador com que este programa é executado.
finding-empty = O ficheiro está vazio.
    .mend = Se assim continuar, elimine-o: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
finding-too-large = O ficheiro tem mais de { $number } bytes e não foi lido.
    .mend = Se for mesmo uma sessão, inicie o programa com um limite maior. Caso contrário, retire o ficheiro da pasta.
finding-not-utf8 = O ficheiro não é texto UTF-8: o byte { $number } não é válido.
    .mend = Guarde o ficheiro como UTF-8, ou elimine-o: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
finding-not-json = O ficheiro não é JSON: a leitura parou na linha { $number }, coluna { $text }.
    .mend = Veja esse lugar num editor de texto: muitas vezes faltam aí uma vírgula, aspas, um parêntese reto ou uma chaveta. Ou elimine o ficheiro.
finding-not-an-object = O ficheiro é JSON, mas não um objeto entre chavetas.
    .mend = Elimine-o: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
finding-missing = Falta o valor { $pointer }.
    .mend = { $field ->
        [status] Aceite a sessão ou torne-a pendente: o estado é então acrescentado.
       *[other] Acrescente o valor num editor de texto, ou elimine o ficheiro: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
    }
finding-wrong-type = O valor { $pointer } não é do tipo { $text }.
    .mend = { $field ->
        [status] Aceite a sessão ou torne-a pendente.
        [email] Guarde um endereço de e-mail, ou um vazio.
       *[other] Corrija o valor num editor de texto, ou elimine o ficheiro: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
    }
finding-schema-keyword = O valor { $pointer } não cumpre a regra { $text } do esquema.
    .mend = Corrija o valor num editor de texto.
finding-doubled = A chave { $pointer } aparece duas vezes. Não se sabe qual das duas o 4D lê.
    .mend = Retire uma das duas num editor de texto. Até lá, nada é alterado aqui neste ficheiro.
finding-token-unreadable = O token de ligação não é o que o 4D escreve: base64 de um objeto com os três ID.
    .mend = Elimine a sessão: o dispositivo recebe um novo token quando voltar a iniciar sessão.
finding-token-disagrees = O token de ligação indica um valor diferente do de { $pointer }.
    .mend = Se { $pointer } foi editado à mão, reponha-o. Caso contrário, elimine a sessão: o dispositivo recebe um novo token quando voltar a iniciar sessão.

## Registo

since = De
until = Até
newest = O mais recente
newer = Mais recente
older = Mais antigo
undone = desfeita
not-yet = ainda não
overwritten = substituída
overwritten-help = O programa parou a meio desta alteração, e agora está ali o que outra pessoa ou programa escreveu.
action-set_status = Estado
action-set_email = E-mail
action-edit = Estado e e-mail
action-delete = Eliminação
action-restore = Restauro
actor-token = token { $name }
actor-rule = regra { $name }
actor-link = link { $name }
actor-cli = linha de comandos
did-accept = { $actor } aceitou { $device }
did-pending = { $actor } tornou pendente { $device }
did-status = { $actor } atribuiu a { $device } o estado { $value }
did-no-status = { $actor } retirou o estado de { $device }
did-email = { $actor } atribuiu a { $device } o e-mail { $value }
did-no-email = { $actor } retirou o e-mail de { $device }
did-edit = { $actor } alterou o estado e o e-mail de { $device }
did-delete = { $actor } eliminou { $device }
did-restore = { $actor } restaurou { $device }
done-accept = Sessão aceite: { $device }.
done-pending = Sessão pendente: { $device }.
done-status = O estado de { $device } é agora { $value }.
done-no-status = { $device } já não tem estado.
done-email = O e-mail de { $device } é agora { $value }.
done-no-email = { $device } já não tem e-mail.
done-edit = Estado e e-mail alterados: { $device }.
done-delete = Sessão eliminada: { $device }.
done-restore = Sessão restaurada: { $device }.
done-many = { $count ->
    [one] { $count } sessão alterada.
   *[other] { $count } sessões alteradas.
}
done-nothing = Nada havia a alterar: já estava assim.

## Quem entra

log-in-help = Use o nome e a palavra-passe que recebeu de um proprietário deste painel.
login-wrong = O nome ou a palavra-passe estão errados. Nada foi alterado; tente de novo.
setup = Boas-vindas
setup-help = Crie o primeiro proprietário deste painel. Este link serve uma só vez; depois, entra-se com o que escolher aqui.
setup-submit = Criar proprietário e entrar
field-name = Nome
field-password = Palavra-passe
field-password-help = Pelo menos 12 caracteres: nem o nome com pouco mais, nem uma sequência ou repetição como 123456789012, nem uma das palavras-passe que toda a gente tenta primeiro. O melhor: algumas palavras que ninguém adivinharia.
invalid-name = Um nome tem de 1 a 64 caracteres, todos visíveis, sem espaços no início nem no fim.
password-short = A palavra-passe é demasiado curta: precisa de pelo menos 12 caracteres.
password-long = A palavra-passe é demasiado longa: 1.024 bytes no máximo.
password-control = A palavra-passe contém um carácter que nenhum teclado consegue escrever. Retire-o.
password-name = A palavra-passe é pouco mais do que o nome. Acrescente algo que ninguém adivinharia.
password-common = É uma das palavras-passe que toda a gente tenta primeiro. Escolha outra.
password-run = A palavra-passe é uma sequência ou uma repetição, fácil de adivinhar. Escolha outra.
too-many-tries = Demasiadas palavras-passe erradas. Desta vez nada foi verificado: espere { $name } e tente de novo.
wait-seconds = { $count ->
    [one] { $count } segundo
   *[other] { $count } segundos
}
wait-minutes = { $count ->
    [one] { $count } minuto
   *[other] { $count } minutos
}

## Pessoas e programas

nav-account = A sua conta
nav-users = Utilizadores
nav-tokens = Tokens de API
nav-access-log = Registo de acessos
nav-rules = Regras
role-name-viewer = Leitor
role-name-operator = Operador
role-name-owner = Proprietário
field-role = Função
field-apps = Apps
field-current-password = Palavra-passe atual
field-new-password = Nova palavra-passe
apps-all = todas as apps
apps-help = Nomes de apps, um por linha; { "*" } representa vários caracteres quaisquer, { "?" } um só. Vazio: todas as apps.
apps-help-held = Nomes de apps, um por linha; { "*" } representa vários caracteres quaisquer, { "?" } um só. Vazio: todas as que pode ver ({ $name }).
invalid-role = Escolha uma das funções.
invalid-apps = Uma destas linhas não é um nome de app: cada uma tem de 1 a 255 caracteres, todos visíveis, e há 100 linhas no máximo.
name-taken = Este nome já está em uso. Escolha outro.
never = nunca
never-expires = nunca
you = a sua conta
copy = Copiar
copied = Copiado
col-browser = Navegador
col-last-use = Última utilização
col-logged-in = Entrada
col-last-login = Último acesso
col-state = Estado
col-made = Criação
col-expires = Expira
col-made-by = Autor
col-given = Permissões
device-on = { $browser } em { $system }
device-unknown-on = Navegador desconhecido em { $name }
device-unknown = Navegador desconhecido

own-password = A sua palavra-passe
own-password-submit = Alterar a palavra-passe
own-password-effect = O seu acesso continua aberto aqui; os outros terminam.
wrong-current-password = Não é a sua palavra-passe. Nada foi alterado.
logins = Os seus acessos abertos
this-one = este
log-out-elsewhere = Sair em todos os outros sítios
no-login-elsewhere = Não tem mais nenhum acesso aberto.
told-own-password = A sua palavra-passe foi alterada. Os seus outros acessos terminaram.
told-elsewhere = Os seus outros acessos terminaram.

count-users = { $count ->
    [one] { $count } utilizador
   *[other] { $count } utilizadores
}
user-new = Novo utilizador
user-create = Criar utilizador
password-or-made-up = Pelo menos 12 caracteres, difíceis de adivinhar. Se ficar vazio, é inventada uma e mostrada uma só vez.
password-of-new = { $name }: conta criada
password-of-known = { $name } tem uma nova palavra-passe
password-once = Esta palavra-passe só é mostrada desta vez. Copie-a agora e entregue-a por um meio seguro. Essa pessoa escolhe a sua no primeiro acesso.
secret-kept = Já copiei
user-rights = O que este utilizador pode fazer
user-rights-effect = Mudar a função ou as apps termina os acessos deste utilizador: volta a entrar com as novas permissões.
user-new-password = Nova palavra-passe
user-new-password-submit = Definir palavra-passe
user-new-password-effect = Os acessos do utilizador terminam. Se for gerada, essa pessoa escolhe a sua no próximo acesso.
user-own-password = A sua própria palavra-passe altera-se na sua conta.
user-out = Retirar o acesso
user-is-disabled = desativado
user-is-enabled = ativo
user-disable = Desativar
user-disable-effect = Perde o acesso de imediato: os seus acessos terminam, e os tokens que criou são recusados até ser reativado.
user-enable = Reativar
user-enable-effect = Pode entrar de novo, e os tokens que criou voltam a funcionar.
user-delete = Eliminar este utilizador
user-delete-effect = Perde o acesso de imediato e para sempre, e os tokens que criou desaparecem também. As alterações mantêm o seu nome.
user-delete-ask = Eliminar { $name }?
user-delete-ask-help = Os seus acessos terminam de imediato, e os tokens que criou desaparecem. Não pode ser desfeito; para retirar o acesso por algum tempo, desative o utilizador.
user-delete-ask-myself = É a sua própria conta. O seu acesso termina de imediato, e os tokens que criou desaparecem. Não pode ser desfeito.
user-delete-tokens = Estes tokens desaparecem também:
user-keep = Manter este utilizador
last-owner = É o último proprietário. A função poderá mudar quando houver outro proprietário.
last-owner-stays = O último proprietário não pode ser desativado nem eliminado: ninguém poderia dar acesso a ninguém. Nomeie primeiro outro proprietário.
last-owner-refused = Nada foi alterado: é o último proprietário, e sem ele ninguém poderia dar acesso a ninguém. Nomeie primeiro outro proprietário.
told-user-created = O utilizador está criado e pode entrar.
told-user-changed = As permissões do utilizador foram alteradas.
told-user-password = O utilizador tem uma nova palavra-passe. Os seus acessos terminaram.
told-user-disabled = O utilizador está desativado. Os seus acessos terminaram, e os seus tokens são recusados.
told-user-enabled = O utilizador pode entrar de novo.
told-user-deleted = O utilizador foi eliminado, com os seus acessos e tokens.

count-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
no-tokens = Um token permite a um programa usar a API em vez de uma pessoa. Ainda não há nenhum.
token-new = Novo token
token-create = Criar token
token-create-help = O seu segredo é mostrado uma só vez, na página seguinte. O token age com as permissões mais restritas: as suas ou as da conta que o cria.
token-reads-secrets = lê segredos
field-secrets = Pode ler segredos
field-secrets-help = Os tokens dos próprios dispositivos e os ficheiros de sessão completos. Só para programas que precisem deles.
life-days = { $count ->
    [one] em { $count } dia
   *[other] em { $count } dias
}
life-never = nunca: funciona até ser revogado
invalid-life = Escolha um destes prazos.
maker-cli = linha de comandos
maker-unseen = um proprietário de outras apps
token-soon = em breve
token-over = expirado
token-revoke = Revogar este token
token-revoke-more = Revogar…
token-revoke-name = Revogar { $name }
token-revoke-ask = Revogar { $name }?
token-revoke-ask-used = Os programas que o usam são recusados de imediato, e não pode ser desfeito. Última utilização: { $name }.
token-revoke-ask-unused = Os programas que o usam são recusados de imediato, e não pode ser desfeito. Nunca foi usado.
token-keep = Manter este token
token-made = Token { $name } criado
token-once = Este segredo só é mostrado desta vez. Copie-o agora para onde o programa o encontre: quem o tiver pode fazer o que o token permite.
token-secret = Segredo
token-try = Experimentar
token-ends = O token { $token } expira em { $date }.
tokens-end = { $number } tokens expiram nos próximos 14 dias; o primeiro, { $token }, em { $date }.
token-ends-todo = Crie outros a tempo
told-token-revoked = O token está revogado.

count-rules = { $count ->
    [0] nenhuma regra
    [one] { $count } regra
   *[other] { $count } regras
}
rules-help = Uma regra aceita dispositivos automaticamente: os que chegam pendentes ou que o 4D torna pendentes, a partir de agora. Não afeta os que já estão pendentes, nem os que uma pessoa tornou pendentes. Vale a primeira regra que corresponde. Cada alteração fica no registo de alterações e pode ser desfeita.
rules-claims = E-mail, dispositivo, sistema, versão, idioma e endereço são o que o dispositivo disse ao 4D. Uma regra sobre eles confia no que o seu método On Mobile App Authentication tiver verificado.
rule-new = Nova regra
rule-create = Criar regra
rule-order = Ordem
rule-order-help = O número mais baixo é examinado primeiro. Vazio: depois da última.
rule-when = Aceita
rule-emails-help = Endereços ou nomes de login, um por linha; { "*" } representa vários caracteres quaisquer, como em { "*" }@example.com. Vazio: todos, convidados também.
rule-no-email-field = Também dispositivos sem e-mail
rule-no-email = nenhum
rule-os-help = Sistemas, um por linha, por exemplo iOS. Vazio: todos.
rule-versions = Versão da app
rule-versions-help = Versões, uma por linha; { "*" } representa vários caracteres quaisquer, como em 2.{ "*" }. Vazio: todas.
rule-languages-help = Idiomas, um por linha, por exemplo en ou fr_CA. Vazio: todos.
rule-networks = Rede
rule-networks-help = Redes ou endereços, um por linha, por exemplo 10.0.0.0/8. Vazio: todos.
rule-any = Indiferente
rule-known = Dispositivo conhecido
rule-known-help = Um dispositivo é conhecido se outra sessão sua da mesma app estiver aceite agora.
rule-expires = Termina em
rule-note = Nota
rule-note-help = Porque existe esta regra. Figura no registo de alterações como motivo.
rule-enabled = Ativada
rule-is-enabled = ativada
rule-is-disabled = desativada
rule-enable = Ativar
rule-disable = Desativar
rule-enable-name = Ativar { $name }
rule-disable-name = Desativar { $name }
rule-over = expirada
rule-preview = Pré-visualizar
rule-preview-help = A pré-visualização mostra quais dos dispositivos agora pendentes estas condições aceitariam. Nada é guardado nem alterado.
rule-preview-found = { $count ->
    [0] Nenhum dispositivo agora pendente corresponde
    [one] { $count } dispositivo agora pendente corresponde
   *[other] { $count } dispositivos agora pendentes correspondem
}
rule-preview-more = E mais { $count }.
rule-preview-kept = Nada foi guardado, e nenhum dispositivo foi aceite. Para os aceitar agora, use a lista de sessões.
rule-when-apps = App: { $name }
rule-when-emails = E-mail: { $name }
rule-when-os = Sistema: { $name }
rule-when-versions = Versão da app: { $name }
rule-when-languages = Idioma: { $name }
rule-when-networks = Rede: { $name }
rule-when-simulator = Só simuladores
rule-when-no-simulator = Sem simuladores
rule-when-known = Só dispositivos conhecidos
rule-when-unknown = Só dispositivos não conhecidos
rule-delete = Eliminar esta regra
rule-delete-ask = Eliminar { $name }?
rule-delete-help = Os dispositivos que aceitou continuam aceites. Não pode ser desfeito; em vez disso, uma regra pode ser desativada.
rule-keep = Manter esta regra
invalid-order = Indique um número inteiro de 0 a 1.000.000, ou deixe o campo vazio.
invalid-list = Uma destas linhas tem mais de 255 caracteres ou algum invisível, ou há mais de 100 linhas.
invalid-networks = Uma destas linhas não é uma rede nem um endereço. Escreva-os como 10.0.0.0/8, fd00::/8 ou 192.0.2.1.
invalid-day = Não é uma data. Escreva-a como 2026-12-31, ou deixe o campo vazio.
invalid-filter = Esta lista não conhece este valor. Indique outro, ou deixe o campo vazio.
told-rule-created = A regra está criada. Age sobre os dispositivos que chegarem a partir de agora.
told-rule-changed = A regra foi alterada. Age sobre os dispositivos que chegarem a partir de agora.
told-rule-enabled = A regra está ativada. Age sobre os dispositivos que chegarem a partir de agora.
told-rule-disabled = A regra está desativada.
told-rule-deleted = A regra foi eliminada.

link-make = Link de aprovação
link-make-help = Um link para enviar por e-mail ou chat: quem o abrir pode aceitar este dispositivo, uma vez, sem entrar no painel.
link-life = Válido durante
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
link-once = Este link só é mostrado desta vez. Quem o tiver pode aceitar este dispositivo, uma vez, até { $name }. Termina antes se perder a permissão para aceitar dispositivos.
link-address = Link
link-kept = Já tenho o link
link-waiting = Aceitar este dispositivo?
link-waiting-help = Este dispositivo pede acesso. Aceite-o apenas se souber de quem é.
link-claims = Dispositivo, app e e-mail são o que o dispositivo diz de si. O link serve uma só vez.
link-accepted = O dispositivo está aceite
link-accepted-help = Pode usar a app assim que o 4D tiver lido a alteração.
link-already-in = O dispositivo já está aceite
link-already-in-help = Alguém o aceitou antes. Nada foi alterado, e não há nada a fazer.
link-not-waiting = Este dispositivo não está em espera
link-not-waiting-help = O seu estado não é «pendente» nem «aceite», por isso nada foi alterado. Pergunte a quem enviou o link.
link-used = Este link já foi usado
link-used-help = Serve uma só vez, e foi usado { $name }. Peça outro se outro dispositivo estiver à espera.
link-expired = Este link expirou
link-expired-help = Terminou { $name }. Nada foi alterado. Peça outro.
link-gone = Este dispositivo já não existe
link-gone-help = A sua sessão foi eliminada, por isso não há nada a aceitar. Nada foi alterado.
link-revoked = Este link já não funciona
link-revoked-help = Alguém o revogou, ou quem o criou já não pode aceitar dispositivos. Nada foi alterado. Peça um novo.
link-unknown = Este link não existe
link-unknown-help = Talvez tenha sido cortado no e-mail. Copie o endereço completo, ou peça um novo link.
link-wait = Demasiados links que não existem
link-later = Desta vez não funcionou
link-folder-away = De momento não é possível aceder à pasta das sessões. Nada foi alterado, e o link continua válido: tente de novo dentro de momentos.
link-failed = Nada foi alterado, e o link continua válido: tente de novo dentro de momentos. Se continuar, avise quem enviou o link.

count-entries = { $count ->
    [one] { $count } registo
   *[other] { $count } registos
}
given-no-end = sem fim
given-until = até { $name }
access-login = { $actor } entrou
access-login_failed = Alguém escreveu uma palavra-passe errada para { $actor }
access-login_failed-nobody = Alguém tentou entrar com um nome que ninguém tem
access-logout = { $actor } saiu
access-logout_elsewhere = { $actor } saiu em todos os outros sítios
access-password_changed = { $actor } deu uma nova palavra-passe a { $subject }
access-password_changed-own = { $actor } alterou a sua própria palavra-passe
access-user_created = { $actor } criou o utilizador { $subject }
access-user_created-own = Primeiro proprietário criado: { $actor }
access-user_changed = { $actor } alterou as permissões do utilizador { $subject }
access-user_deleted = { $actor } eliminou o utilizador { $subject }
access-token_created = { $actor } criou o token { $subject }
access-token_revoked = { $actor } revogou o token { $subject }
access-rule_created = { $actor } criou a regra { $subject }
access-rule_changed = { $actor } alterou a regra { $subject }
access-rule_deleted = { $actor } eliminou a regra { $subject }
access-link_created = { $actor } criou um link de aprovação para { $subject }
access-action-login = Entrada
access-action-login_failed = Entrada falhada
access-action-logout = Saída
access-action-logout_elsewhere = Saída em todos os outros sítios
access-action-password_changed = Nova palavra-passe
access-action-user_created = Utilizador criado
access-action-user_changed = Utilizador alterado
access-action-user_deleted = Utilizador eliminado
access-action-token_created = Token criado
access-action-token_revoked = Token revogado
access-webhook_created = { $actor } criou o webhook { $subject }
access-webhook_changed = { $actor } alterou o webhook { $subject }
access-webhook_secret_rotated = { $actor } deu um novo segredo ao webhook { $subject }
access-webhook_deleted = { $actor } eliminou o webhook { $subject }
access-action-webhook_created = Webhook criado
access-action-webhook_changed = Webhook alterado
access-action-webhook_secret_rotated = Novo segredo de um webhook
access-action-webhook_deleted = Webhook eliminado

## Webhooks

nav-webhooks = Webhooks
count-webhooks = { $count ->
    [one] { $count } webhook
   *[other] { $count } webhooks
}
no-webhooks = Um webhook avisa outro programa do que acontece aqui: um dispositivo à espera, uma alteração, uma transmissão. Ainda não há nenhum.
webhook-new = Novo webhook
webhook-create = Criar webhook
webhook-create-help = O seu segredo é mostrado uma só vez, na página seguinte. É com ele que o recetor verifica que um pedido vem daqui.
field-url = Endereço
field-url-help = http ou https, também dentro da sua própria rede. Cada evento é enviado para lá como POST.
invalid-url = Não é um endereço. Escreva-o como https://hooks.example/path.
invalid-url-scheme = O endereço tem de começar por https:// ou http://.
invalid-url-user = O endereço não pode conter nome de utilizador nem palavra-passe: a assinatura prova quem envia.
invalid-url-fragment = Retire a parte a seguir ao #: nunca é enviada.
col-events = Eventos
col-to = Destino
col-last-delivery = Último evento
col-attempts = Tentativas
col-answer = Resposta
col-next-attempt = Próxima tentativa
events-all = todos os eventos
events-help = Nenhum marcado: todos os eventos.
event-session-created = Aparece uma sessão
event-session-changed = Muda uma sessão
event-session-deleted = Desaparece uma sessão
event-app-created = Aparece uma app
event-app-deleted = Desaparece uma app
event-folder-unavailable = Não é possível ler a pasta MobileApps
event-folder-available = A pasta MobileApps voltou
event-push-completed = Terminou uma transmissão
webhook-is-on = ativo
webhook-is-off = desativado
webhook-fails = ativo, mas com falhas
webhook-off = O webhook { $webhook } está desativado: o seu recetor já não aceitava nada.
webhooks-off = { $number } webhooks não enviam nada.
webhooks-off-todo = Ver os webhooks
webhook-off-failing = Foi desativado: durante três dias, o recetor não aceitou nada. O que espera é conservado. Repare o recetor, envie um teste e reative o webhook.
webhook-off-gone = Foi desativado: o recetor respondeu 410, ou seja, já não quer nada. O que espera é conservado. Elimine o webhook ou reative-o.
webhook-failing-since = Com falhas desde
webhook-queued = Eventos em espera
webhook-both-until = Segredo anterior válido até
webhook-more = Mais ações
webhook-test = Enviar um teste
webhook-test-effect = Sai agora um evento do tipo «test», mesmo com o webhook desativado. Não é enviado de novo.
webhook-tested = O recetor aceitou o teste: respondeu { $status } ao fim de { $count } ms.
webhook-tested-failed = O recetor não aceitou o teste. { $name }
webhook-switch-off = Desativar
webhook-switch-off-effect = Mais nada é enviado. O que espera é conservado; o que acontecer até ser reativado não é comunicado.
webhook-switch-on = Reativar
webhook-switch-on-effect = O que esperava é enviado de imediato.
webhook-rotate = Novo segredo
webhook-rotate-effect = O anterior continua válido por 24 horas, e até lá assinam os dois: atualize o recetor entretanto.
webhook-delete = Eliminar este webhook
webhook-delete-effect = Os eventos que ainda esperam desaparecem com ele.
webhook-delete-ask = Eliminar { $name }?
webhook-delete-ask-help = { $count ->
    [0] O seu recetor deixa de receber eventos. Não pode ser desfeito; para uma pausa, desative-o.
    [one] { $count } evento que ainda espera desaparece com ele. Não pode ser desfeito; para uma pausa, desative-o.
   *[other] { $count } eventos que ainda esperam desaparecem com ele. Não pode ser desfeito; para uma pausa, desative-o.
}
webhook-keep = Manter este webhook
webhook-made = Webhook { $name } criado
webhook-rotated = { $name } tem um novo segredo
webhook-once = Este segredo só é mostrado desta vez. Copie-o agora para onde o recetor o encontre: quem o tiver pode enviar algo que pareça vir daqui.
webhook-check = Para verificar as assinaturas, por exemplo em Python
deliveries = Eventos enviados
no-deliveries = Ainda nada. O que acontecer a partir de agora aparece aqui.
delivery-pending = em espera
delivery-delivered = entregue
delivery-failed = abandonado
delivery-retry = Reenviar
delivery-retry-name = Reenviar: { $name }
failure-timed-out = O recetor não respondeu a tempo.
failure-unreachable = Não é possível chegar ao recetor: { $name }.
failure-tls = Não há ligação segura com o recetor: { $name }.
failure-broken = A ligação terminou antes de uma resposta: { $name }.
failure-redirect = O recetor respondeu { $name }: os redirecionamentos não são seguidos. Indique o endereço final.
failure-status = O recetor respondeu { $name }.
failure-gone = O recetor respondeu 410: já não quer nada.
told-webhook-changed = O webhook foi alterado.
told-webhook-on = O webhook está ativo.
told-webhook-off = O webhook está desativado. O que espera é conservado.
told-webhook-deleted = O webhook foi eliminado.
told-delivery-retried = Está a ser reenviado.
access-action-rule_created = Regra criada
access-action-rule_changed = Regra alterada
access-action-rule_deleted = Regra eliminada
access-action-link_created = Link de aprovação criado

## O que se diz aos programas sobre um problema

problem-status = Estado HTTP { $name }
to-panel = Ir para o painel

## Datas e horas

date = { $day } { $month } { $year }
date-time = { $date }, { $time } UTC
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

error-invalid-query = Este endereço não é compreendido
    .what = Contém algo que esta lista não conhece: { $detail }.
    .todo = Mostre a lista sem filtros e escolha-os de novo.
error-malformed-body = Não foi possível ler o formulário
    .what = O que o navegador enviou estava incompleto ou tinha algo repetido.
    .kept = Nada foi alterado.
    .todo = Volte atrás e envie-o de novo.
error-invalid-value = Um valor não é aceitável
    .what = O que foi enviado contém um valor que não pode ser aceite.
    .kept = Nada foi alterado.
    .todo = Volte atrás e escolha outro valor.
error-unauthenticated = É preciso entrar primeiro
    .what = O seu acesso terminou.
    .todo = Entre e tente de novo.
error-forbidden = Não tem permissão para isto
    .kept = Nada foi alterado.
    .todo = Peça outra função a um proprietário deste painel.
error-cross-origin = O formulário veio de outro lado
    .what = Não foi enviado de uma página do seu acesso.
    .kept = Nada foi alterado.
    .todo = Carregue a página de novo e repita o que fez.
error-unknown-host = Este painel tem outro nome
    .what = Não responde com o nome de anfitrião deste endereço.
    .todo = Use o endereço que lhe foi dado, ou peça a quem gere este programa que acrescente o nome com --host.
error-not-found = Não está aqui
    .what = O que procura não está aqui, ou não tem permissão para o ver.
    .todo = Pode ter sido eliminado: as alterações dizem-no. Verifique o endereço, se o escreveu.
error-method-not-allowed = Este endereço não serve para isso
    .what = Não aceita { $detail }.
    .todo = Vá à visão geral e continue a partir daí.
error-already-there = Há de novo um ficheiro com este nome
    .what = O dispositivo criou entretanto uma nova sessão.
    .kept = O novo ficheiro ficou; o antigo é conservado à parte.
    .todo = Elimine primeiro a nova sessão se a antiga deve voltar.
error-changed-since = Alterado desde então
    .what = O valor já não é o que a alteração deixou: alguém o mudou depois.
    .kept = Ficou o valor mais recente.
    .todo = Abra a sessão para definir o valor que pretende.
error-already-undone = Já desfeita
    .what = Alguém desfez esta alteração antes.
    .kept = Nada foi alterado agora.
    .todo = Desfaça essa ação para recuperar a alteração.
error-not-kept = Já não é conservado
    .what = O que esta alteração retirou é conservado por tempo limitado, que já passou.
    .kept = Nada foi alterado.
    .todo = O dispositivo cria uma nova sessão quando voltar a iniciar sessão.
error-owner-cannot-be-kept = Não é possível manter o proprietário ou as permissões do ficheiro
    .what = O ficheiro pertence a { $detail }, e não ao utilizador com que este programa é executado.
    .kept = Nada foi escrito.
    .todo = Peça a quem gere este programa que o execute como esse utilizador.
error-not-writable = Não é possível escrever no ficheiro
    .what = O sistema recusa: { $detail }.
    .kept = Nada foi alterado.
    .todo = Peça a quem gere este programa que dê ao respetivo utilizador permissão para escrever na pasta.
error-push-not-configured = Sem ligação ao 4D
    .what = Não há nenhuma configurada, por isso nada foi transmitido.
    .kept = Todas as alterações estão nos ficheiros.
    .todo = Execute MOBILE APP REFRESH SESSIONS no 4D para que tenham efeito.
error-push-would-drop-sessions = O 4D descartaria sessões
    .todo = Veja a página «Transmissão ao 4D»: nomeia os ficheiros e o que está mal em cada um.
error-push-failed = O 4D não aceitou a transmissão
    .kept = Tudo fica por transmitir.
error-conflict = Algo o impede
    .kept = Nada foi alterado.
    .todo = Veja de novo e volte a decidir.
error-idempotency-running = Ainda está em curso
    .what = O mesmo pedido já foi enviado e não terminou.
    .todo = Espere um momento e veja de novo.
error-precondition-failed = Alterada desde que a página foi carregada
    .what = Alguém alterou entretanto a sessão.
    .kept = Nada do que pediu foi escrito.
    .todo = Carregue a página de novo e volte a decidir.
error-too-large = É demasiado de uma vez
    .what = O que foi enviado é maior do que este painel aceita.
    .kept = Nada foi alterado.
    .todo = Envie menos de cada vez: numa lista, selecione menos, ou use um filtro e tudo o que corresponde.
error-unsupported-media-type = Não foi possível ler o formulário
    .what = O seu navegador enviou algo de um tipo que este painel não aceita.
    .kept = Nada foi alterado.
    .todo = Volte atrás e envie-o de novo.
error-duplicate-keys = Uma chave aparece duas vezes neste ficheiro
    .what = É { $detail }. Não se sabe qual das duas o 4D lê.
    .kept = Nada foi escrito.
    .todo = Retire uma das duas num editor de texto.
error-not-an-object = Nada pode ser alterado neste ficheiro
    .what = Não é um objeto JSON.
    .kept = O ficheiro ficou como estava.
    .todo = Pode ser eliminado: o dispositivo cria uma nova sessão quando voltar a iniciar sessão.
error-idempotency-mismatch = Já enviado
    .what = O mesmo pedido já foi enviado com outro conteúdo.
    .kept = Nada foi alterado.
error-too-many-requests = Demasiados pedidos
    .what = Este painel só aceita um número limitado de cada vez a partir do mesmo lugar.
    .todo = Tente de novo dentro de { $detail } s.
error-internal = Uma falha neste programa
    .what = Não foi possível concluir o que pediu.
    .todo = Tente de novo. Se continuar, dê a linha abaixo a quem gere este programa: o registo do programa diz mais.
error-folder-unavailable = A pasta MobileApps não está disponível
    .what = Mensagem do sistema: { $detail }.
    .kept = Não se mostra nada, em vez do que talvez já não seja verdade. O registo de alterações continua legível.
    .todo = Verifique o disco ou a partilha de rede. A pasta é examinada a cada segundo; quando ela voltar a estar disponível, esta página volta automaticamente.
error-store-unavailable = Não é possível escrever na base de dados do programa
    .what = Mensagem do sistema: { $detail }.
    .kept = Nada foi alterado.
    .todo = Verifique o disco e as permissões da pasta de dados.
error-no-space = Não há espaço no disco
    .what = A alteração não coube.
    .kept = Nada foi alterado.
    .todo = Liberte espaço e tente de novo.

## Transmissão

nav-push = Transmissão ao 4D
push-now = Transmitir agora
push-nothing = Nada espera uma transmissão.
push-auto = { $count ->
    [one] É transmitido automaticamente, { $count } segundo após a última alteração.
   *[other] É transmitido automaticamente, { $count } segundos após a última alteração.
}
push-stand-in = Isto é uma demonstração: quem responde é um substituto, não o 4D. Guarda as sessões em memória como o 4D.
push-not-connected = O 4D guarda as sessões em memória: uma alteração feita aqui vale para os dispositivos quando ele executa MOBILE APP REFRESH SESSIONS. Isso pode ser pedido daqui, assim que houver ligação.
push-refresh = { $count ->
    [one] { $count } sessão foi alterada aqui
   *[other] { $count } sessões foram alteradas aqui
}
    .help = O 4D toma o novo estado e e-mail dos dispositivos que conhece.
push-remove = { $count ->
    [one] { $count } sessão foi eliminada aqui
   *[other] { $count } sessões foram eliminadas aqui
}
    .help = O 4D esquece-as: os seus dispositivos são desconectados.
push-outside = { $count ->
    [one] { $count } sessão foi alterada por outra pessoa ou programa
   *[other] { $count } sessões foram alteradas por outra pessoa ou programa
}
    .help = Pelo próprio 4D, ou por alguém nos ficheiros. O 4D também volta a lê-las.
push-dropped = { $count ->
    [one] O 4D descartaria { $count } sessão
   *[other] O 4D descartaria { $count } sessões
}
push-dropped-help = Não aceita estes ficheiros. Os seus dispositivos são desconectados e têm de iniciar sessão de novo.
push-allow = Transmitir mesmo assim: estes dispositivos são desconectados
push-refused = Nada foi transmitido. Corrija ou elimine estes ficheiros, ou marque a caixa se os seus dispositivos podem ser desconectados.
push-refused-others = Nada foi transmitido: o 4D descartaria também sessões de outras apps. Peça a alguém que possa ver todas as apps que transmita.
push-last = A última transmissão
push-last-by = { $ago }, autor: { $actor }
push-ended-ok = O 4D leu tudo
push-ended-errors = O 4D não aceitou alguns ficheiros e leu o resto
push-ended-failed = Falhou
push-failed-kept = Tudo fica por transmitir.
push-error = { $component } { $number }
connect = Ligar ao 4D
connect-address = Endereço do 4D:
connect-test = Testar a ligação
connect-test-help = Pede uma resposta ao 4D e não altera nada.
connect-how = Como ligar ao 4D
connect-secret-help = Invente um segredo longo, de letras e algarismos. Escreva-o, sozinho numa linha, num ficheiro { $file } junto ao ficheiro de dados do 4D.
connect-code-help = Acrescente este código ao projeto. O segredo não está nele: o código lê-o desse ficheiro.
connect-new = 4D 20 R8 e posteriores
connect-new-help = Se o projeto já tiver um ficheiro HTTPHandlers.json, acrescente-lhe a entrada. As sessões escaláveis têm de estar ativadas nas definições, em Web, Opções: sem elas, o 4D não lê este ficheiro.
connect-old = 4D 18 a 20 R7
connect-old-help = Faça com que o método base On Web Connection comece como abaixo; o conteúdo atual passa para baixo de Else. Acrescente os dois métodos. Se existir um método base On Web Authentication, faça com que aceite este endereço.
connect-start-help = Inicie este programa com o endereço e com um ficheiro que contenha o mesmo segredo. Na mesma máquina, pode ser o mesmo ficheiro.
connect-end-help = Reinicie o servidor web do 4D, para que volte a ler os seus controladores. Depois, teste a ligação aqui.
download = Transferir
told-pushed = Transmitido: o 4D leu as alterações.
told-pushed-errors = Transmitido. O 4D não aceitou alguns ficheiros: ver abaixo.
told-push-tested = O 4D responde e conhece o segredo. Nada foi alterado.

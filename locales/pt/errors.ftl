### O que está por trás de um erro: que permissão falta, o que o impede, porque falhou uma transmissão.
error-line = { $title }. { $todo }

forbidden-read = Você não tem permissão para ver isto.
forbidden-change = Para alterar sessões é preciso ter a função Operador ou Proprietário.
forbidden-administer = Para isto é preciso ter a função Proprietário.
forbidden-read-access-log = Para isto é preciso ter a função Proprietário, e para todos os apps.
forbidden-read-metrics = Isto abrange todos os apps e não está disponível para quem só pode ver alguns.
forbidden-read-secrets = Para isto é preciso um token que possa ler segredos (secrets:read).

conflict-file-too-large = O arquivo excede o limite e por isso não é lido.
conflict-file-unreadable = Não é possível ler o arquivo. Mensagem do sistema: { $detail }.
conflict-too-many-rules = Já há 1.000 regras. Exclua primeiro algumas.
conflict-too-many-views = Você já tem 50 visualizações salvas. Exclua uma antes.
conflict-webhook-off = O webhook está desativado, por isso nada foi enviado. Reative-o primeiro.
conflict-delivery-waits = Uma entrega anterior da mesma sessão vem primeiro: esta segue depois, automaticamente.
conflict-setup-link-spent = O link funciona uma só vez, durante uma hora, e só o último que foi mostrado. Reinicie o programa para obter outro.
conflict-last-owner = Este é o último proprietário. Torne outra pessoa proprietária primeiro.
conflict-name-taken = Este nome já está em uso. Escolha outro.
conflict-token-has-no-password = Um token não tem senha: entre como o seu usuário.

push-failure-no-such-host = O nome de host em --push-url não é conhecido: verifique a grafia.
push-failure-refused = O 4D recusou a conexão: não há nada escutando nesse endereço e nessa porta. Inicie o servidor web do 4D ou verifique --push-url.
push-failure-unreachable = Não é possível contatar o 4D ({ $detail }): verifique a rede e o endereço em --push-url.
push-failure-not-connecting = Não é possível contatar o 4D: verifique a rede e o endereço em --push-url.
push-failure-timed-out = O 4D não respondeu a tempo. Ele pode estar ocupado, ou um firewall pode estar descartando a solicitação: verifique o 4D e transmita de novo.
push-failure-tls = A conexão criptografada com o 4D falhou ({ $detail }). Verifique o certificado do 4D, ou comece --push-url com http se o 4D não criptografa.
push-failure-unknown-issuer = Esta máquina não confia em quem emitiu o certificado do 4D. Dê ao 4D um certificado em que esta máquina confie, para o nome de host em --push-url.
push-failure-bad-certificate = O certificado do 4D não é válido ({ $detail }). Dê ao 4D um certificado em que esta máquina confie, para o nome de host em --push-url.
push-failure-no-tls = O que responde ali não criptografa: ative o TLS no 4D ou comece --push-url com http.
push-failure-broken = A conexão com o 4D caiu antes de chegar toda a resposta: transmita de novo.
push-failure-wrong-secret = O 4D conhece outro segredo (401): coloque o mesmo no código do 4D e em --push-secret-file.
push-failure-forbidden = O 4D proíbe isso (403): permita esta solicitação em On Web Authentication ou nos privilégios do projeto.
push-failure-not-found = O 4D não tem nada neste endereço (404): instale o código de “Conectar ao 4D”, reinicie o servidor web do 4D e verifique o caminho em --push-url.
push-failure-redirect = O 4D redireciona para outro endereço ({ $detail }), que não é seguido: coloque o endereço final em --push-url.
push-failure-status = O 4D respondeu com o status { $detail }: o log do próprio 4D diz por quê. Consulte-o e transmita de novo.
push-failure-too-long = A resposta excede 1 MiB, por isso não é do código de “Conectar ao 4D”: verifique --push-url.
push-failure-not-json = A resposta não é JSON, por isso não é do código de “Conectar ao 4D”: instale-o e verifique --push-url.
push-failure-missing-field = A resposta é JSON de outra forma (falta o campo { $detail }): instale o código de “Conectar ao 4D” exatamente como está lá.
push-failure-other-type = A resposta é JSON de outra forma (um valor é de outro tipo): instale o código de “Conectar ao 4D” exatamente como está lá.
push-failure-not-said = O 4D respondeu que o comando falhou, mas não por quê: o log do próprio 4D pode dizer mais. Consulte-o e transmita de novo.
push-failure-of-itself = O comando falhou no 4D por outro motivo que não um arquivo recusado. Veja os erros dele.
push-failure-other-folder = O 4D reclama de um arquivo de sessão, embora aqui todos estejam em ordem: --push-url é o servidor 4D desta mesma pasta MobileApps?
push-failure-told = { $detail }

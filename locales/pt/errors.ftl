### O que está por trás de um erro: que permissão falta, o que o impede, porque falhou uma transmissão.
error-line = { $title }: { $todo }

forbidden-read = Isto não está ao seu alcance.
forbidden-change = Para alterar sessões é precisa a função Operador ou Proprietário.
forbidden-administer = Para isto é precisa a função Proprietário.
forbidden-read-access-log = Para isto é precisa a função Proprietário, e para todas as apps.
forbidden-read-metrics = Isto conta todas as apps, por isso não é para quem só pode ver algumas.
forbidden-read-secrets = Para isto é preciso um token que possa ler segredos.

conflict-file-too-large = O ficheiro excede o limite e por isso não é lido.
conflict-file-unreadable = Não é possível ler o ficheiro. Mensagem do sistema: { $detail }.
conflict-too-many-rules = Já há 1.000 regras. Elimine primeiro algumas.
conflict-webhook-off = O webhook está desativado, por isso nada foi enviado. Reative-o primeiro.
conflict-delivery-waits = Um envio anterior da mesma sessão vai primeiro: este segue-o automaticamente.
conflict-setup-link-spent = O link serve uma só vez, durante uma hora, e só o último que foi mostrado. Reinicie o programa para obter outro.
conflict-last-owner = É o último proprietário. Nomeie primeiro outro proprietário.
conflict-name-taken = Este nome já está em uso. Escolha outro.
conflict-token-has-no-password = Um token não tem palavra-passe: entre como o seu utilizador.

push-failure-no-such-host = O nome de anfitrião em --push-url não é conhecido: verifique como está escrito.
push-failure-refused = O 4D recusou a ligação: nada escuta nesse endereço e nessa porta. Inicie o servidor web do 4D ou verifique --push-url.
push-failure-unreachable = Não é possível chegar ao 4D ({ $detail }): verifique a rede e o endereço em --push-url.
push-failure-not-connecting = Não é possível chegar ao 4D: verifique a rede e o endereço em --push-url.
push-failure-timed-out = O 4D não respondeu a tempo. Pode estar ocupado, ou uma firewall descarta o pedido: veja o 4D e transmita de novo.
push-failure-tls = A ligação cifrada ao 4D falhou ({ $detail }). Verifique o certificado do 4D, ou comece --push-url com http se o 4D não cifrar.
push-failure-unknown-issuer = Esta máquina não confia em quem emitiu o certificado do 4D. Dê ao 4D um certificado em que esta máquina confie, para o nome de anfitrião em --push-url.
push-failure-bad-certificate = O certificado do 4D não é válido ({ $detail }). Dê ao 4D um certificado em que esta máquina confie, para o nome de anfitrião em --push-url.
push-failure-no-tls = O que ali responde não cifra: ative o TLS no 4D ou comece --push-url com http.
push-failure-broken = A ligação ao 4D quebrou antes de chegar toda a resposta: transmita de novo.
push-failure-wrong-secret = O 4D conhece outro segredo (401): ponha o mesmo no código do 4D e em --push-secret-file.
push-failure-forbidden = O 4D proíbe-o (403): permita este pedido em On Web Authentication ou nos privilégios do projeto.
push-failure-not-found = O 4D não tem nada neste endereço (404): instale o código de «Ligar ao 4D», reinicie o servidor web do 4D e verifique o caminho em --push-url.
push-failure-redirect = O 4D remete para outro endereço ({ $detail }), que não é seguido: ponha o endereço final em --push-url.
push-failure-status = O 4D respondeu com o estado { $detail }: o seu próprio registo diz porquê. Consulte-o e transmita de novo.
push-failure-too-long = A resposta excede 1 MiB, por isso não é do código de «Ligar ao 4D»: verifique --push-url.
push-failure-not-json = A resposta não é JSON, por isso não é do código de «Ligar ao 4D»: instale-o e verifique --push-url.
push-failure-missing-field = A resposta é JSON de outra forma (falta o campo { $detail }): instale o código de «Ligar ao 4D» tal como lá está.
push-failure-other-type = A resposta é JSON de outra forma (um valor é de outro tipo): instale o código de «Ligar ao 4D» tal como lá está.
push-failure-not-said = O 4D respondeu que o comando falhou, mas não porquê: o seu próprio registo pode dizer mais. Consulte-o e transmita de novo.
push-failure-of-itself = O comando falhou no 4D por outras razões que não um ficheiro que não aceita. Veja os seus erros.
push-failure-other-folder = O 4D queixa-se de um ficheiro de sessão, embora aqui todos estejam em ordem: --push-url é o servidor 4D desta mesma pasta MobileApps?
push-failure-told = { $detail }

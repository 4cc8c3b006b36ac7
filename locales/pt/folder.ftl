### A pasta MobileApps não é a mesma de antes.
error-folder-changed = A pasta MobileApps não é a mesma de antes
    .kept = Nada é exibido e nada é considerado excluído. O registro de alterações continua legível.
    .todo = Monte o disco ou o compartilhamento correto: as listas voltam automaticamente. Se esta pasta for a correta, um proprietário de todos os apps confirma isso com o botão acima.
folder-changed-other-path = A pasta de dados deste painel pertence a uma pasta MobileApps em outro caminho.
folder-changed-other-disk = Outro disco ou compartilhamento está montado no caminho dela, com outras sessões.
folder-changed-empty = A pasta está vazia, e antes havia apps nela.
folder-changed-help = Nada é considerado excluído até que um proprietário confirme que esta pasta é a correta.
folder-confirm = Esta é a pasta correta
access-folder_confirmed = { $actor } confirmou que { $subject } é a pasta correta
access-action-folder_confirmed = Pasta confirmada

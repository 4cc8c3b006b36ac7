### Visualizações salvas e colunas da lista de sessões.

saved-views = Visualizações salvas
save-view = Salvar como visualização
view-name = Nome da visualização
delete-view = Excluir a visualização { $name }
columns = Colunas
col-app-version = Versão do app
told-view-saved = A visualização foi salva.
told-view-deleted = A visualização foi excluída.
view-name-wrong = Use de 1 a 64 caracteres.

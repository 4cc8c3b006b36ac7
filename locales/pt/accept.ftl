### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device } já tem acesso. O 4D leu a alteração; é preciso tocar em Login de novo no app.
accept-soon = { $device } foi aceito. O 4D lê a alteração em instantes.
accept-not-yet = { $device } foi aceito aqui, ainda não no 4D.
accept-unconnected = { $device } foi aceito no arquivo. O 4D não está conectado: o celular só terá acesso quando alguém executar a atualização no 4D.
accept-many-in = { $count ->
    [one] { $count } dispositivo já tem acesso. O 4D leu a alteração; é preciso tocar em Login de novo no app.
   *[other] { $count } dispositivos já têm acesso. O 4D leu as alterações; é preciso tocar em Login de novo no app.
}
accept-many-soon = { $count ->
    [one] { $count } sessão foi aceita. O 4D lê a alteração em instantes.
   *[other] { $count } sessões foram aceitas. O 4D lê as alterações em instantes.
}
accept-many-not-yet = { $count ->
    [one] { $count } sessão foi aceita aqui, ainda não no 4D.
   *[other] { $count } sessões foram aceitas aqui, ainda não no 4D.
}
accept-many-unconnected = { $count ->
    [one] { $count } sessão foi aceita no arquivo. O 4D não está conectado: o celular só terá acesso quando alguém executar a atualização no 4D.
   *[other] { $count } sessões foram aceitas nos arquivos. O 4D não está conectado: os celulares só terão acesso quando alguém executar a atualização no 4D.
}
accepted-in = O 4D leu a alteração; é preciso tocar em Login de novo no app.
accepted-soon = O 4D lê a alteração em instantes.
accepted-not-yet = Ainda não está no 4D.
accepted-unconnected = O 4D não está conectado: o celular só terá acesso quando alguém executar a atualização no 4D.
row-in = Com acesso
connect-short = Conectar
already-by = { $what } { $ago }.
already-outside = Não foi preciso alterar { $device }: o 4D, ou alguém que editou o arquivo, foi mais rápido.
already-accepted = { $count ->
    [one] { $count } já estava aceita.
   *[other] { $count } já estavam aceitas.
}
already-pending = { $count ->
    [one] { $count } já estava pendente.
   *[other] { $count } já estavam pendentes.
}
nothing-selected = Nada estava selecionado, portanto nada foi alterado.

## The queue

queue-order = Ordem
queue-newest = Mais recentes
queue-longest = Maior espera
# A number.
accept-these-name = Aceitar estes { $name }
known-device = Dispositivo conhecido · { $accepted ->
    [0] nenhuma de { $more } aceita
    [one] { $accepted } aceita{ $more ->
        [0] { "" }
       *[other] , mais { $more }
    }
   *[other] { $accepted } aceitas{ $more ->
        [0] { "" }
       *[other] , mais { $more }
    }
}
known-email = E-mail conhecido · { $accepted ->
    [0] nenhuma de { $more } aceita
    [one] { $accepted } aceita{ $more ->
        [0] { "" }
       *[other] , mais { $more }
    }
   *[other] { $accepted } aceitas{ $more ->
        [0] { "" }
       *[other] , mais { $more }
    }
}
waiting-oldest-automatic = O primeiro chegou { $name }. Um dispositivo aceito tem acesso imediatamente.

## Replacing old sessions

replace-olds = Substituir antiga
replace-olds-help = Aceita esta sessão e exclui as mais antigas do mesmo dispositivo, após confirmação
replace-ask = { $count ->
    [one] Aceitar { $device } e excluir a sessão antiga?
   *[other] Aceitar { $device } e excluir { $count } sessões antigas?
}
replace-ask-help = As sessões antigas são do mesmo dispositivo, no mesmo app. Tudo pode ser desfeito de uma só vez.
replace-count = { $count ->
    [one] Aceitar e excluir a sessão antiga
   *[other] Aceitar e excluir { $count } sessões antigas
}
replace-changed = alterada { $name }
replace-nothing = Este dispositivo não tem sessão mais antiga aqui: apenas aceite-o.
olds-are-deleted = { $count ->
    [one] A sessão antiga foi excluída.
   *[other] As { $count } sessões antigas foram excluídas.
}
olds-are-back = { $count ->
    [one] A sessão antiga foi restaurada.
   *[other] As { $count } sessões antigas foram restauradas.
}

## What a push does to broken files

push-in-sync = Sincronizado com o 4D.
push-logged-out = { $drops ->
    [one] { $drops } dispositivo será desconectado
   *[other] { $drops } dispositivos serão desconectados
}{ $more ->
    [0] { "" }
   *[other] , talvez mais { $more }
}

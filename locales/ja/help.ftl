nav-help = ヘルプ
help-chapters = マニュアルの章

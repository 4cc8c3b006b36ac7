### プッシュのページと、ヘッダーのプッシュの状態。

push-would-drop = 壊れたファイルが{ $count }件あります。次のプッシュで、これらのデバイスはログアウトされます。
push-no-connection = 未接続
push-no-connection-help = 4Dが接続されていないため、ここからはプッシュできません。
push-folder-away = フォルダー利用不可
push-refused-unconnected = 4Dが接続されていないため、プッシュは行われていません。接続方法は下記のとおりです。
push-refused-failed = プッシュは失敗し、すべて未プッシュのままです。{ $name }
push-which = 対象を表示
push-dropped-which = 対象と理由を表示
push-test-ok = 接続済み：4Dが{ $count }ミリ秒で応答しました。
push-complained = 4Dのエラー：{ $count }件
push-complained-unseen = どのファイルかは、すべてのアプリを閲覧できる人にだけ表示されます。
told-pushed-errors-elsewhere = プッシュしました。4Dが受け付けないファイルがあります。「プッシュ」ページで確認できます。
told-push-test-failed = 接続テストに失敗しました。{ $name }

apps-unmatched = 現在、該当するアプリはありません：{ $name }
apps-here = ここにあるアプリ
no-apps-held = 閲覧できるアプリはまだありません
no-apps-held-help = 閲覧できるアプリ：{ $apps }。現在、該当するアプリはここにありません。アカウントを作成した人が変更できます。
rule-preview-list = 一覧で表示
folder-is = フォルダー：{ $folder }

### What is known of a push, and what is not.

push-none-waits = プッシュ待ちなし
push-unconnected = 4Dが接続されていないため、4Dが何を読み込んだかは分かりません。
push-may-drop = 次回のプッシュで、4Dが{ $count }件のセッションを破棄する可能性があります。
push-may-drop-too = さらに{ $count }件が破棄される可能性があります。
push-may-drop-help = 4Dのスキーマは公開されていないため、これは推測です。これらのファイルによってプッシュが保留されることはありません。
waiting-oldest-unconnected = 最初のデバイスの到着：{ $name }。4Dは接続されていません。承認したデバイスは、誰かが4Dで更新を実行すると利用できるようになります。

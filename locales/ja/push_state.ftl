### What is known of a push, and what is not.

push-none-waits = プッシュ待ちなし
push-unconnected = 4Dが接続されていないため、4Dが何を読み込んだかは分かりません。
push-may-drop = { $count }台のデバイスがログアウトされる可能性があります
push-may-drop-too = さらに{ $count }台のデバイスがログアウトされる可能性があります。
push-may-drop-help = 4Dのスキーマは公開されておらず、これは推測です。これらのファイルがプッシュを止めることはありません。
waiting-oldest-unconnected = 最初のデバイスの到着：{ $name }。4Dが接続されていないため、承認したデバイスは、4Dでセッションの更新が実行されると利用できるようになります。

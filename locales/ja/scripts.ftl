### スクリプトがページに加えるもの：ページを開いている間の案内、キー、通知。

## ページを開いている間の出来事

script-unreached = サーバーに接続できません。最後に取得した内容を表示しています。しばらくしてからもう一度お試しください。
live-off = 接続が切れました：再接続しています
live-out = ログアウトされました。
# $name is a number.
rows-waiting = 新着を表示（{ $name }）
rows-new = 一覧の新着：{ $name }件
fate-deleted = 削除済み
fate-gone = ここにはもうありません
changed-meanwhile = その間に変更されました
changed-meanwhile-to = その間に変更されました：現在{ $name }
# Stands for $name above where a value was taken away.
changed-to-nothing = 空

## キー

keys = キーボード
keys-help = すべての操作はTabキーとEnterキーでも行えます。文字の入力中、これらのキーは機能しません。
keys-off = 単一キーのショートカットをオフにする
keys-close = 閉じる
key-next = 次の行
key-previous = 前の行
key-select = 行を選択
key-accept = 承認
key-pending = 承認待ちに変更
key-email = メールアドレスを編集
# How the key is labelled on keyboards.
key-name-delete = Delete
key-delete = 削除
key-undo = 直前の操作を元に戻す。通知が消えた後は、まず通知を表示
key-refresh = フォルダーを再読み込み
key-help = このキー一覧を表示

## 通知

notify = 通知
notify-help = 別の画面を見ているときでも、デバイスが待ち始めるとこのブラウザーでお知らせします。パネルのページを1つ開いたままにしてください。
notify-off = デバイスが待っているときに通知する
notify-on = 通知をやめる
notify-denied = このブラウザーは、このパネルの通知を拒否しています。先にブラウザーの設定で許可してください。
notify-waits = デバイスが承認を待っています

### 多数のセッションをまとめて変更すること、別のアプリへの移動。

accept-ask = { $count }件のセッションを承認しますか？
accept-count = { $count }件のセッションを承認
pending-ask = { $count }件のセッションを承認待ちに変更しますか？
pending-count = { $count }件のセッションを承認待ちに変更
count-changed = まだ何も変更されていません。ページを表示したときは{ $before }件でしたが、現在は{ $now }件です。
which-unsure = まだ何も変更されていません。表示後に多くの変更があったため、対象のセッションが表示されていたものと異なる可能性があります。
not-shown = そのうち{ $count }件は表示されていませんでした。先頭に並べています。
batch-title = { $count ->
    [0] セッションを変更しています
   *[other] { $count }件のセッションを変更しています
}
batch-looks = セッションを探しています。
batch-progress = { $total }件中{ $done }件完了
batch-leave = このページを離れて、あとで戻ることができます。処理は続きます。
batch-interrupted = すべてを変更する前にプログラムが停止しました
batch-interrupted-help = 残りについては、同じ操作をもう一度行ってください。
batch-undone = 元に戻しました。
result-unchanged = { $count }件のセッションは、すでにその状態でした。
choose-app = アプリの選択
all-apps = すべてのアプリ
show-app = 表示
delete-name = { $name }を削除

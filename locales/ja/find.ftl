### 誰でも見つける: どのページの上にもある検索。承認待ち、承認済み、削除済みのセッションを対象とする。

find = セッションを検索
find-hint = デバイス、メール、IDを検索
find-help = デバイス名、メールアドレス、ID、IPアドレスの一部を入力してください。削除済みのセッションも、復元できる間は見つかります。
# $count is a number of sessions that are there.
found = { $count ->
    [0] セッションは見つかりませんでした
   *[other] { $count }件のセッションが見つかりました
}
found-deleted = 削除済み{ $count }件
# $name is what was searched for.
found-none = 「{ $name }」に一致するセッションは、削除済みのものも含めてありません。
found-all = { $count }件すべてを一覧に表示
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = { $actor }が削除（{ $ago }）
deleted-outside = このパネルの外で削除（{ $ago }）
restore = 復元
restore-name = { $name }を復元
filter-list = この一覧を絞り込む
key-find = セッションを検索
key-filter = 一覧を絞り込む

## The journal, where a batch is one line

journal-hint = デバイス、メール、ID
# $count is a number of at least 2, with its digits in groups.
did-many = { $actor }が{ $count }件のセッションを変更しました
did-many-accept = { $actor }が{ $count }件のセッションを承認しました
did-many-pending = { $actor }が{ $count }件のセッションを承認待ちに変更しました
did-many-delete = { $actor }が{ $count }件のセッションを削除しました
did-many-restore = { $actor }が{ $count }件のセッションを復元しました
did-many-undo = { $actor }が{ $count }件のセッションの変更を元に戻しました
# $device is the old session.
did-replace = { $actor }が{ $device }の代わりに新しいセッションを承認しました
# What stood there before a change.
value-before = 変更前：{ $name }
batch-open = 1件ずつ表示
batch-close = 1行で表示
batch-all = 全{ $count }件

## What one decides by, beside the list

app-version = アプリのバージョン
look-whole = 詳細ページを開く
key-look = 行の詳細

### 誰でも見つける: どのページの上にもある検索。承認待ち、承認済み、削除済みのセッションを対象とする。

find = セッションを検索
find-hint = デバイス、メール、ID を検索
find-help = デバイス名、メールアドレス、ID、IP アドレスの一部を入力してください。削除済みのセッションも、復元できる間は見つかります。
# $count is a number of sessions that are there.
found = { $count ->
    [0] セッションは見つかりませんでした
   *[other] { $count } 件のセッションが見つかりました
}
found-deleted = 削除済み { $count } 件
# $name is what was searched for.
found-none = 「{ $name }」に一致するセッションは、削除済みのものも含めてありません。
found-all = { $count } 件すべてを一覧に表示
# $actor made a change, $ago is a time as "4 min ago", "just now", "on 22 Nov 2026".
deleted-by = { $actor } が削除（{ $ago }）
deleted-outside = このパネルの外で削除（{ $ago }）
restore = 復元
restore-name = { $name } を復元
filter-list = この一覧を絞り込む
key-find = セッションを検索
key-filter = 一覧を絞り込む

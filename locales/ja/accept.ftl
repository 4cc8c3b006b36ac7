### What became of somebody who was let in, who was faster, and what the queue says of a device.
### Arguments: $device, $what and $ago as they stand in a page; $count, $accepted, $more, $drops numbers.

accept-in = { $device }が利用可能になりました。4Dが読み込み済みです。アプリでもう一度「ログイン」を押してもらってください。
accept-soon = { $device }を承認しました。まもなく4Dが読み込みます。
accept-not-yet = { $device }をここで承認しました。4Dにはまだ反映されていません。
accept-unconnected = { $device }をファイル上で承認しました。4Dが接続されていないため、4Dでセッションの更新が実行されるまで、デバイスは利用できません。
accept-many-in = { $count }台のデバイスが利用可能になりました。4Dが読み込み済みです。アプリでもう一度「ログイン」を押してもらってください。
accept-many-soon = { $count }件のセッションを承認しました。まもなく4Dが読み込みます。
accept-many-not-yet = { $count }件のセッションをここで承認しました。4Dにはまだ反映されていません。
accept-many-unconnected = { $count }件のセッションをファイル上で承認しました。4Dが接続されていないため、4Dでセッションの更新が実行されるまで、デバイスは利用できません。
accepted-in = 4Dが読み込み済みです。アプリでもう一度「ログイン」を押してもらってください。
accepted-soon = まもなく4Dが読み込みます。
accepted-not-yet = 4Dにはまだ反映されていません。
accepted-unconnected = 4Dが接続されていないため、4Dでセッションの更新が実行されるまで、デバイスは利用できません。
row-in = 利用可
connect-short = 接続
already-by = { $what }（{ $ago }）。
already-outside = { $device }は、4Dまたはファイルの直接編集によって、すでに変更されていました。
already-accepted = { $count }件はすでに承認されていました。
already-pending = { $count }件はすでに承認待ちでした。
nothing-selected = 何も選択されていないため、変更はありません。

## The queue

queue-order = 並び順
queue-newest = 新着順
queue-longest = 最も長い待ち時間
# A number.
accept-these-name = この{ $name }件を承認
known-device = 既知のデバイス：{ $accepted ->
    [0] 承認済みなし（{ $more }件）
   *[other] 承認済み{ $accepted }件{ $more ->
        [0] { "" }
       *[other] 、ほか{ $more }件
    }
}
known-email = 既知のメール：{ $accepted ->
    [0] 承認済みなし（{ $more }件）
   *[other] 承認済み{ $accepted }件{ $more ->
        [0] { "" }
       *[other] 、ほか{ $more }件
    }
}
waiting-oldest-automatic = 最初のデバイスの到着：{ $name }。承認したデバイスはすぐに利用できるようになります。

## Replacing old sessions

replace-olds = 古い方を置き換え
replace-olds-help = 確認のあと、このセッションを承認し、同じデバイスの古いセッションを削除します
replace-ask = { $device }を承認し、古いセッション{ $count }件を削除しますか？
replace-ask-help = 古いセッションは、同じアプリの同じデバイスのものです。まとめて元に戻せます。
replace-count = 承認し、古いセッション{ $count }件を削除
replace-changed = 変更：{ $name }
replace-nothing = このデバイスの古いセッションはありません。このまま承認してください。
olds-are-deleted = 古いセッション{ $count }件を削除しました。
olds-are-back = 古いセッション{ $count }件を復元しました。

## What a push does to broken files

push-in-sync = 4Dと同期しています。
push-logged-out = { $drops }台のデバイスがログアウトされます{ $more ->
    [0] { "" }
   *[other] （さらに{ $more }台の可能性）
}

### 最初のページの待ち行列、セッションのページ、その間にほかの人が行ったこと。
### Arguments: $device and $actor a name as it stands in a page, $ago a time as "4 min ago", "just now", "on 22 Nov 2026".

## 以前の記録

seen-title = 以前のセッション
seen-help = 同じデバイス、または同じメールアドレスの別のセッションです。アプリを再インストールすると新しいセッションが作成され、古いものは残ります。
seen-none = このアプリに、同じデバイスやメールアドレスの別のセッションはありません。
# $same: what the two have in common. $class and $status: how the other one stands.
seen-mark = { $same ->
    [device] { $device }と同じデバイス
    [email] { $device }と同じメールアドレス
   *[both] { $device }と同じデバイスとメールアドレス
}：{ $class ->
    [accepted] 承認済み
    [pending] 承認待ち
   *[other] 「{ $status }」
}、変更：{ $ago }
seen-all-of-device = このデバイスのセッション（全{ $count }件）
seen-all-of-email = このメールアドレスのセッション（全{ $count }件）
seen-old = 古いセッション
replace = 承認して古い方を削除
replace-name = { $name }を承認し、古いセッション{ $old }を削除
replace-accepted = 古い方を削除
replace-accepted-name = { $name }を残し、古いセッション{ $old }を削除
replace-half-done = 新しいセッションを承認しました。古い方は残っています。
done-replaced-back = { $device }を承認待ちに戻しました。{ $olds }

## 1件のセッション

state-title = 現在の状態
state-by = 変更者
state-push = プッシュ
state-accepted-by = { $actor }が承認しました（{ $ago }）。
state-pending-by = { $actor }が承認待ちに変更しました（{ $ago }）。
state-other-by = { $actor }が設定しました（{ $ago }）。
state-restored-by = { $actor }が復元しました（{ $ago }）。
state-accepted-outside = 4D、またはファイルの直接編集。ここで承認されたものではありません。
state-pending-outside = 4D、またはファイルの直接編集（{ $ago }）。
state-other-outside = 4D、またはファイルの直接編集。
push-state-behind = 未プッシュ：4Dはメモリ内の内容に従います。
push-state-pushed = プッシュ済み（{ $ago }）。その後、未プッシュの変更はありません。
push-state-pushed-by = { $actor }がプッシュしました（{ $ago }）。その後、未プッシュの変更はありません。
push-state-none = ここで行われた未プッシュの変更はありません。
push-state-refused = 前回のプッシュ（{ $ago }）で、4Dはこのファイルを受け付けませんでした。デバイスはログアウトされ、再ログインが必要です。
effect-refused = 前回のプッシュで、4Dはファイルを受け付けず、セッションをメモリから削除しました。デバイスはログアウトされました。
choice-status = ステータス
copy-name = コピー：{ $name }
download-masked = ファイルをダウンロード
download-masked-help = シークレットは伏せられています。ファイル全体は、シークレットの読み取りを許可されたトークンで取得できます：
download-none = このファイルのシークレットは、ほかの部分と区別できません。ファイルは、シークレットの読み取りを許可されたトークンで取得できます：
document-masked = 伏せられているシークレット{ $count }件：
no-document-too-large = ファイルが上限を超えているため、読み取っていません。
no-document-unreadable = システムがファイルの読み取りを拒否しました。
no-document-not-json = ファイルがJSONではないため、表示できるドキュメントがありません。
no-document-beyond = 正しいJSONですが、ここに表示できる範囲を超える数値、テキスト、または入れ子が含まれています。内容を見るには、ダウンロードしてください。
no-document-not-an-object = ファイルはJSONですが、波かっこで囲まれたオブジェクトではありません。

## その間にほかの人が行ったこと

conflict-title-old = 表示した後に、古いセッションが変更されました
# $what: a sentence as "olga accepted iPhone X".
conflict-did = { $what }（{ $ago }）。
conflict-by-outside = このパネルの外で、4Dまたはファイルの直接編集によって変更されました（{ $name }）。
conflict-outside-too = このパネルの外でも、4Dまたは直接編集によってファイルが書き込まれました（{ $name }）。
conflict-nothing-written = あなたの変更は書き込まれていません。
conflict-gone = 削除済み
conflict-own = それでも自分の値にする
conflict-own-delete = それでも削除する
conflict-help-replace = 下に表示されているのは、両方の現在の状態です。それでも古い方を置き換える場合は、もう一度操作してください。
conflict-help-alone = 置き換えるものはもうありません。このセッションだけを承認してください。
gone-title = セッション{ $name }は削除されています
gone-outside = このパネルの外で、4Dまたはファイルの直接編集によって削除されました。
gone-help = 「元に戻す」で、ファイルを元の状態に復元できます。削除がすでにプッシュされている場合、デバイスは再ログインが必要です。
undo-look = セッションを表示（それでも以前の値に戻す場合）

### 文として読めるルールと、ルールを組み立てるフォーム。

rules-help = ルールは、デバイスの承認や拒否、セッションの削除を自動で行います。承認待ちの期間を指定しないルールは、新たに承認待ちになったデバイスだけに適用され、すでに承認待ちのデバイスや、人が承認待ちにしたデバイスには適用されません。最初に一致したルールが適用されます。変更はすべて変更履歴に残り、元に戻せます。
rule-paused = このルールは一時停止しています。権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。ルールを保存するとあなたに引き継がれます。
rule-action-accept = 承認
rule-action-decline = 拒否
rule-action-delete = 削除
rule-does = 動作
rule-says = ルールの内容
rule-says-accept = 次の場合に承認：{ $name }
rule-says-accept-all = すべて承認
rule-says-decline = 次の場合に拒否：{ $name }
rule-says-decline-all = すべて拒否
rule-says-delete = 次の場合に削除（一度に最大{ $most }件）：{ $name }
rule-and = { $a }、かつ{ $b }
rule-or = { $a }または{ $b }
rule-no-email = 空
rule-if-apps = アプリが{ $name }
rule-if-emails = メールが{ $name }
rule-if-os = OSが{ $name }
rule-if-versions = アプリのバージョンが{ $name }
rule-if-languages = 言語が{ $name }
rule-if-networks = IPアドレスが{ $name }の範囲内
rule-if-simulator = シミュレーターである
rule-if-no-simulator = シミュレーターではない
rule-if-jailbroken = デバイスが脱獄済み
rule-if-no-jailbroken = デバイスが脱獄済みではない
rule-if-known = デバイスが既知
rule-if-unknown = デバイスが未知
rule-if-declined = 拒否済み
rule-if-waiting = 承認待ちになってから{ $name }以上
rule-if-quiet = 最後の変更から{ $name }以上
rule-span-d = { $count }日
rule-span-h = { $count }時間
rule-span-m = { $count }分
rule-span-s = { $count }秒

## フォーム

rule-conditions = 条件
rule-condition = 条件{ $count }
rule-condition-values = 条件{ $count }の値
rule-condition-remove = 条件{ $count }を削除
rule-condition-add = 条件を追加
rule-conditions-help = すべての条件を満たす必要があります。同じ項目の条件が複数ある場合は、いずれか1つを満たせば十分です。値は1行に1つ入力します。{ "*" }は任意の文字列を表します（例：{ "*" }@example.com）。条件がない場合は、すべてに適用されます。
rule-field-unset = 選択してください
rule-field-emails = メールが次のいずれか
rule-field-no-email = メールが空
rule-field-os = OSが次のいずれか
rule-field-versions = アプリのバージョンが次のいずれか
rule-field-languages = 言語が次のいずれか
rule-field-networks = IPアドレスが次の範囲内
rule-field-simulator = シミュレーターである
rule-field-no-simulator = シミュレーターではない
rule-field-jailbroken = 脱獄済み
rule-field-no-jailbroken = 脱獄済みではない
rule-field-known = 既知のデバイス
rule-field-unknown = 未知のデバイス
rule-field-declined = 拒否済み
rule-field-missing = 値の対象となる項目を選択してください。
rule-value-missing = 値を1つ以上入力するか、この条件を削除してください。
rule-declined-already = 拒否済みのセッションを再び拒否することはできません。
rule-quiet-for = 変更がない期間の下限
rule-waiting-for = 承認待ちの期間の下限
rule-unit = 単位
rule-unit-d = 日
rule-unit-h = 時間
rule-unit-m = 分
rule-unit-s = 秒
rule-span-missing = 削除するルールには期間の指定が必要です。変更がない期間または承認待ちの期間に、1時間以上を入力してください。
rule-span-short = 削除するルールの期間を1時間未満にすることはできません。1時間以上を入力してください。
invalid-span = 1以上の整数を入力してください。最長は100年です。
rule-at-most = 一度に削除する件数の上限
rule-at-most-help = 残りは次回の実行で削除されます。1回の実行はまとめて元に戻せます。
invalid-at-most = 1～10,000の整数を入力してください。
rule-preview-help = プレビューでは、このルールが今適用される対象を確認できます。保存や変更は行われません。
rule-preview-kept = これはプレビューです。保存も変更も行われていません。
rule-preview-deletes = { $count ->
    [0] 今実行しても、削除されるセッションはありません
   *[other] 今実行すると、{ $count }件のセッションが削除されます
}
rule-switch-on = 有効にして削除
rule-switch-on-help = 有効にするとルールはすぐに実行され、ここに表示されているものを削除します。一度に削除されるのは、指定した上限までです。各回の実行は変更履歴で元に戻せます。
rule-recounted = 削除されるセッションの件数が変わりました。対象をもう一度確認してください。

## 一覧

rule-try = 確認して有効にする
rule-move-up = { $name }を上へ移動
rule-move-down = { $name }を下へ移動
told-rule-off = ルールを無効の状態で保存しました。何が削除されるかを確認してから有効にしてください。
told-rule-timed = ルールを保存しました。承認待ちの期間または変更がない期間が指定の長さに達したセッションに適用されます。
told-rule-moved = ルールを移動しました。

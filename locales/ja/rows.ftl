### 一覧の行でできることと、そのフィルター。

set = 設定
cancel = キャンセル
status-of = { $name }のステータス
email-of = { $name }のメールアドレス
edit-email-of = { $name }のメールアドレスを編集
csv = CSVをダウンロード
chip-no-simulator = シミュレーターを除く
chip-simulator = シミュレーター
chip-compliant = 問題なし
chip-pushed = プッシュ済み
# $name is a date.
chip-since = { $name }以降に変更あり
# $name is a date.
chip-before = { $name }以降変更なし

## パネルの表示方法

settings = 言語と配色
field-panel-language = 言語
field-theme = 配色
language-name = 日本語
language-browser = ブラウザーに合わせる
theme-system = システムに合わせる
theme-light = ライト
theme-dark = ダーク
field-bold-accepted = 承認済みのセッションを太字にする
field-bold-accepted-help = 通常は承認待ちのセッションが太字です。デスクトップツールではその逆です。
told-settings = 保存しました。どこからログインしても適用されます。
no-such-choice = その選択肢はありません。何も保存されていません。一覧から選んでください。

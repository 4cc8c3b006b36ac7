### Very many apps.
apps-every = すべてのアプリ（{ $count }件）
apps-search-hint = 名前またはID

## Apps to choose in a form

# $name has patterns.
apps-every-held = あなたが閲覧できるすべてのアプリ（{ $name }）
apps-every-one = すべてのアプリ（今後追加されるものも含む）
apps-pick-help = アプリを個別に選択するかパターンを入力した場合は、それらだけが対象になります。
apps-advanced = 詳細設定
apps-patterns = パターン
apps-patterns-help = アプリの名前を1行に1つ入力します。{ "*" }は任意の文字列、?は任意の1文字を表します。
invalid-apps-none = アプリを1つ以上選択するか、「すべてのアプリ」を選択してください。

### MobileAppsフォルダーが以前のものと異なります。
error-folder-changed = MobileAppsフォルダーが以前のものと異なります
    .kept = セッションは表示されず、削除済みとしても扱われません。変更履歴は引き続き閲覧できます。
    .todo = 正しいディスクまたはネットワーク共有をマウントしてください。一覧は自動で復旧します。このフォルダーが正しい場合は、すべてのアプリのオーナーが上のボタンで確認してください。
folder-changed-other-path = このパネルのデータフォルダーは、別のパスのMobileAppsフォルダーに対応するものです。
folder-changed-other-disk = このパスには、別のセッションを含む別のディスクまたは共有がマウントされています。
folder-changed-empty = フォルダーは空ですが、以前はアプリがありました。
folder-changed-help = このフォルダーが正しいことをオーナーが確認するまで、何も削除済みとして扱われません。
folder-confirm = 正しいフォルダーと確認
access-folder_confirmed = { $actor }が{ $subject }を正しいフォルダーとして確認しました
access-action-folder_confirmed = フォルダーの確認

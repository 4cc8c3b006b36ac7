### セッション一覧の保存済みビューと列。

saved-views = 保存済みのビュー
save-view = ビューとして保存
view-name = ビューの名前
delete-view = ビュー「{ $name }」を削除
columns = 列
col-app-version = アプリのバージョン
told-view-saved = ビューを保存しました。
told-view-deleted = ビューを削除しました。
view-name-wrong = 1～64文字で入力してください。

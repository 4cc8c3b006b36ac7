### 停止した一括処理と、一括処理の妨げになるもの。

batch-stop = 停止
# $changed and $total are numbers of sessions, written out as the language has them.
batch-stopped = 停止しました：{ $total }件中{ $changed }件を変更
error-batch-stopped = 変更されていません：一括処理が停止されました
    .what = このセッションの順番が来る前に、一括処理が停止されたか、実行者の権限がなくなりました。
error-total-differs = 一致するセッションの件数が変わりました
    .what = 一致するセッションが、想定した件数と異なります。
    .kept = 何も変更されていません。
error-replay-withheld = 最初の応答は再表示できません
    .what = その後、権限が変わりました。
    .kept = リクエストは再実行されていません。

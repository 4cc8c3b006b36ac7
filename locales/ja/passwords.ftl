### もう一度たずねるパスワード、選び直すパスワード、推測されやすいパスワード、そしてアカウントが作成したもの。
invalid-user-name = 名前は、1種類の文字体系の文字と数字で1～64文字です。途中には空白と . _ - @ ' も使えます。
password-guessable = このパスワードは推測されやすすぎます。人に推測されない単語を1つか2つ加えてください。
password-same = 現在のパスワードと同じです。別のものにしてください。

confirm-title = パスワードの確認
confirm-lead = 権限を変更する操作です。もう一度パスワードを入力してください。まだ何も変更されていません。
confirm-new-password = 新しいパスワード（もう一度）
confirm-new-password-help = パスワードはページに送り返されません。新しいパスワードももう一度入力してください。
confirm-submit = 続ける
confirm-cancel = 何も変更しない

choose-password = 自分のパスワードを設定してください
choose-password-lead = ログインに使ったパスワードは自動で生成されたもので、ほかの人も目にしています。続けるには、自分のパスワードを設定してください。
choose-password-given = ログインに使ったパスワード

revoke-made = 次のものも無効にする（このアカウントで作成され、パスワードなしで使えます）
revoke-token = トークン
revoke-link = 承認リンク
revoke-webhook = オフになるWebhook：
revoke-rule = 無効になるルール：
own-link = { $device }（{ $date }まで）
own-made = あなたのトークン
own-made-help = あなたのアカウントで作成され、パスワードなしで使えます。

access-token_changed = { $actor }がトークン「{ $subject }」を変更しました
access-action-token_changed = トークンの変更

error-password-needed = もう一度パスワードを入力してください
    .what = 前回のパスワード入力から時間がたちすぎているため、権限を変更できません。
    .kept = 何も変更されていません。
    .todo = もう一度ログインしてください。
error-password-change-needed = 先に自分のパスワードを設定してください
    .what = ログインに使ったパスワードは自動で生成されたものです。
    .todo = 自分のパスワードを設定すると、ほかの操作ができるようになります。

### もう一度たずねるパスワード、選び直すパスワード、推測されやすいパスワード、そしてアカウントが作成したもの。
invalid-user-name = 名前は、1種類の文字体系の文字と数字で1～64文字です。途中には空白と . _ - @ ' も使えます。
password-guessable = このパスワードは推測されやすいものです。誰も思いつかない単語を1つか2つ加えてください。
password-same = 今お使いのパスワードと同じです。別のものを選んでください。

confirm-title = パスワードの確認
confirm-lead = 権限を変える操作です。もう一度パスワードを入力してください。まだ何も変更されていません。
confirm-new-password = 新しいパスワード（もう一度）
confirm-new-password-help = パスワードはページに送り返されません。新しいパスワードももう一度入力してください。
confirm-submit = 続ける
confirm-cancel = 何も変更しない

choose-password = 自分のパスワードを選んでください
choose-password-lead = ログインに使ったパスワードは自動で生成されたもので、ほかの人が見ています。続けるには、自分のパスワードを決めてください。
choose-password-given = ログインに使ったパスワード

revoke-made = 次のものも終了する（このアカウントで作成され、パスワードなしで使えます）
revoke-token = トークン
revoke-link = 承認リンク
revoke-webhook = 無効になるWebhook：
revoke-rule = 無効になるルール：
own-link = { $device }（{ $date }まで）
own-made = あなたのトークン
own-made-help = あなたのアカウントで作成され、パスワードなしで使えます。

access-token_changed = { $actor }がトークン「{ $subject }」を変更しました
access-action-token_changed = トークンの変更

error-password-needed = もう一度パスワードを入力してください
    .what = 権限を変えるには、前回のパスワード入力から時間がたちすぎています。
    .kept = 何も変更されていません。
    .todo = もう一度ログインしてください。
error-password-change-needed = 先に自分のパスワードを選んでください
    .what = ログインに使ったパスワードは自動で生成されたものです。
    .todo = 自分のパスワードを選ぶと、ほかの操作ができるようになります。

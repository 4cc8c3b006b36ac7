## Webhookの通知に含める承認リンク

webhook-links = 承認待ちのデバイスのイベントに承認リンクを含める
webhook-links-help = リンクを持つ人は誰でも、3日以内に1回だけ、この設定をオンにしたオーナーの権限でデバイスを承認できます。読む人全員が判断してよい送信先にのみ送信してください。

## 承認リンク:拒否と取り消し

access-link_revoked = { $actor }が{ $subject }の承認リンクを失効させました
access-action-link_revoked = 承認リンクの失効
conflict-session-accepted = このセッションはすでに承認されています。承認リンクは不要なため、作成されませんでした。
conflict-session-not-pending = このセッションは承認待ちではないため、承認リンクは作成されませんでした。先にステータスを承認待ちに変更してください。
links-live = 有効な承認リンク
links-own-help = あなたの権限でデバイスを承認します。
link-until = 有効期限
link-revoke = 失効させる
link-revoke-name = 有効期限が{ $name }のリンクを失効させる
link-by-webhook = Webhook「{ $name }」による
told-link-revoked = リンクを失効させました。このリンクではもう承認できません。

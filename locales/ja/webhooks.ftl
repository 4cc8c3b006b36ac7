## Webhook:送信先と権限

webhook-owner = 送信時の権限
webhook-is-paused = 一時停止
webhook-paused = 何も送信されていません。このWebhookの権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。未送信のイベントは保管されています。Webhookを保存するとあなたに引き継がれ、イベントが送信されます。
webhook-paused-warning = Webhook「{ $webhook }」は何も送信していません。権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。
failure-out-of-reach = { $name }には送信されません。リンクローカルアドレスとメタデータ用アドレスは拒否されます。プライベートアドレスも、Webhookの所有者がすべてのアプリを閲覧できる場合を除き拒否されます。--allow-webhook-toでネットワークを許可できます。
failure-no-answer = 受信側が応答しませんでした。アドレスを確認してください。閲覧できるアプリが限定されたオーナーのWebhookは、公開アドレスにのみ送信されます。
failure-ended = 送信前にWebhookが変更されました。
failure-not-allowed = Webhookの所有者は、このアプリを閲覧できなくなりました。
access-delivery_retried = { $actor }がWebhook「{ $subject }」のイベントを再送信しました
access-action-delivery_retried = イベントの再送信
rule-is-paused = 一時停止

## Webhook:送信先と権限

webhook-owner = 送信時の権限
webhook-is-paused = 一時停止
webhook-paused = 何も送信されていません。このWebhookの権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。待機中のイベントは保持されています。保存するとあなたが引き継ぎ、待機中のイベントが送信されます。
webhook-paused-warning = Webhook「{ $webhook }」は何も送信していません。権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。
failure-out-of-reach = { $name }には送信されません。リンクローカルアドレスとメタデータ用アドレスは拒否されます。プライベートアドレスも、Webhookの所有者がすべてのアプリを閲覧できる場合を除き拒否されます。--allow-webhook-toでネットワークを許可できます。
failure-no-answer = 受信側が応答しませんでした。アドレスを確認してください。一部のアプリに限定されたオーナーのWebhookは、公開アドレスにのみ送信されます。
failure-ended = 送信前にWebhookが変更されました。
failure-not-allowed = Webhookの所有者は、このアプリを閲覧できなくなりました。
access-delivery_retried = { $actor }がWebhook「{ $subject }」の配信を再送しました
access-action-delivery_retried = 配信の再送
rule-is-paused = 一時停止
rule-paused = 誰も承認されません。このルールの権限元のユーザーまたはトークンが、なくなったか、無効になったか、オーナーではなくなりました。保存するとあなたが引き継ぎ、それ以降に到着したデバイスが承認されます。

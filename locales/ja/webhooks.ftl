## Webhook:送信先と権限

webhook-owner = 送信範囲の基準(所有者)
webhook-is-paused = 一時停止
webhook-paused = 何も送信されていません。この Webhook の所有者は、オーナーではなくなりました。待機中のものは保持されています。保存すると、あなたが所有者になり、待機中のものが送信されます。
webhook-paused-warning = Webhook { $webhook } は何も送信していません。所有者がオーナーではなくなりました。
failure-out-of-reach = { $name } には送信されません。リンクローカルアドレスとメタデータ用アドレスは拒否されます。プライベートアドレスも、Webhook の所有者がすべてのアプリを閲覧できる場合を除き拒否されます。--allow-webhook-to でネットワークを許可できます。
failure-no-answer = 受信側が応答しませんでした。アドレスを確認してください。一部のアプリに限定されたオーナーの Webhook は、公開アドレスにのみ送信されます。
failure-ended = 送信前に Webhook が変更されました。
failure-not-allowed = Webhook の所有者は、このアプリを閲覧できなくなりました。
access-delivery_retried = { $actor }が Webhook { $subject } の配信を再送しました
access-action-delivery_retried = 配信の再送
rule-is-paused = 一時停止
rule-paused = 誰も承認されません。このルールの所有者は、オーナーではなくなりました。保存すると、あなたが所有者になり、それ以降に到着したデバイスが承認されます。

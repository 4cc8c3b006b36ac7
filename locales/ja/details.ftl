### What an entry of the access log says of a rule, webhook, link or delivery.

detail-order = 順序：{ $name }
detail-enabled = 有効：{ $name }
detail-apps = アプリ：{ $name }
detail-emails = メール：{ $name }
detail-os = OS：{ $name }
detail-app-versions = アプリのバージョン：{ $name }
detail-languages = 言語：{ $name }
detail-networks = ネットワーク：{ $name }
detail-simulator = シミュレーター：{ $name }
detail-jailbroken = 脱獄：{ $name }
detail-known-device = 既知のデバイス：{ $name }
detail-quiet-for = 変更がない期間：{ $name }
detail-waiting-for = 承認待ちの期間：{ $name }
detail-action = 動作：{ $name }
detail-at-most = 一度に最大{ $name }件
detail-url = 送信先：{ $name }
detail-events = イベント：{ $name }
detail-approval-links = 承認リンク付き：{ $name }
detail-link = リンク「{ $name }」
detail-webhook = Webhook「{ $name }」
detail-delivery = 送信{ $name }
detail-expires-at = { $name }まで

## Approval links in the journal

reason-kept-aside = 変更が中断されている間に別のプログラムがこの版を書き込み、その後さらに新しい版が書き込まれました。この版はここに保管されており、新しい版を削除したあとで「元に戻す」を使うと復元されます。
actor-link-by = リンク「{ $name }」（作成者：{ $maker }）
reason-link = 承認リンク「{ $link }」（{ $date }に{ $maker }が作成、{ $address }から使用）
reason-link-of-webhook = 承認リンク「{ $link }」（{ $date }に{ $maker }のWebhook「{ $webhook }」が送信、{ $address }から使用）
unknown-address = 不明なアドレス

### Automatic push, as an owner switches it.

auto-push-on = 自動プッシュを有効にする
auto-push-off = 自動プッシュを無効にする
auto-push-help = 「プッシュ」を押さなくても、承認したデバイスはすぐに利用できるようになります。
auto-push-by-option = 自動プッシュは、このプログラムの起動時に--auto-pushオプションで設定されています。
told-auto-push-on = 自動プッシュを有効にしました。
told-auto-push-off = 自動プッシュを無効にしました。
access-auto_push_on = { $actor }が自動プッシュを有効にしました
access-action-auto_push_on = 自動プッシュの有効化
access-auto_push_off = { $actor }が自動プッシュを無効にしました
access-action-auto_push_off = 自動プッシュの無効化

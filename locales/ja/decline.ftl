### 拒否されたセッション: 4D では承認待ちのまま、ここでは待機しない。

status-declined = 拒否済み
sessions-declined = 拒否済み
count-declined = 拒否済み{ $count }件
chip-not-declined = 拒否済み以外
decline = 拒否
decline-name = { $name }を拒否
undecline = 拒否を取り消す
conflict-not-to-be-declined = 拒否できるのは承認待ちのセッションだけです。このセッションは承認待ちではありません。
state-declined-by = { $actor }が拒否しました（{ $ago }）。4Dでは承認待ちのままです。

decline-ask = { $count }件のセッションを拒否しますか？
decline-count = { $count }件のセッションを拒否
undecline-ask = { $count }件のセッションの拒否を取り消しますか？
undecline-count = { $count }件の拒否を取り消す
done-many-decline = { $count }件のセッションを拒否しました。
done-many-undecline = { $count }件のセッションの拒否を取り消しました。

action-decline = 拒否
action-undecline = 拒否の取り消し
did-decline = { $actor }が{ $device }を拒否しました
did-undecline = { $actor }が{ $device }の拒否を取り消しました
did-many-decline = { $actor }が{ $count }件のセッションを拒否しました
did-many-undecline = { $actor }が{ $count }件のセッションの拒否を取り消しました
done-decline = { $device }を拒否しました。4Dでは承認待ちのままです。
done-undecline = { $device }の拒否を取り消しました。
again-decline = { $device }は再び拒否済み
again-undecline = { $device }の拒否を取り消し済み

event-session-declined = セッションの拒否
event-session-undeclined = セッションの拒否の取り消し
link-declined-help = このデバイスは拒否されていますが、承認することもできます。
detail-declined = 拒否済み：{ $name }

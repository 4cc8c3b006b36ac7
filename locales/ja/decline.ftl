### 拒否されたセッション: 4D では承認待ちのまま、ここでは待機しない。

status-declined = 拒否済み
sessions-declined = 拒否済み
count-declined = 拒否済み { $count } 件
chip-not-declined = 拒否されていないもの
decline = 拒否する
decline-name = { $name } を拒否する
undecline = 待機中に戻す
conflict-not-to-be-declined = 拒否できるのは承認待ちのセッションだけです。このセッションは承認待ちではありません。
state-declined-by = { $actor } が{ $ago }に拒否しました。4D では承認待ちのままです。

decline-ask = { $count } 件のセッションを拒否しますか?
decline-count = { $count } 件のセッションを拒否する
undecline-ask = { $count } 件のセッションを待機中に戻しますか?
undecline-count = { $count } 件のセッションを待機中に戻す
done-many-decline = { $count } 件のセッションを拒否しました。
done-many-undecline = { $count } 件のセッションを待機中に戻しました。

action-decline = 拒否
action-undecline = 拒否の取り消し
did-decline = { $actor } が { $device } を拒否しました
did-undecline = { $actor } が { $device } を待機中に戻しました
did-many-decline = { $actor } が { $count } 件のセッションを拒否しました
did-many-undecline = { $actor } が { $count } 件のセッションを待機中に戻しました
done-decline = { $device } を拒否しました。4D では承認待ちのままです。
done-undecline = { $device } を待機中に戻しました。
again-decline = { $device } は再び拒否されています
again-undecline = { $device } は待機中に戻りました

event-session-declined = セッションが拒否された
event-session-undeclined = 拒否されたセッションが待機中に戻った
link-declined-help = このデバイスは拒否されています。それでも承認できます。
rule-declined = 拒否済みのセッションのみ
rule-declined-help = チェックを入れない場合、このルールは拒否済みのセッションには適用されません。
rule-when-declined = 拒否済み
detail-declined = 拒否済み: { $name }

### 概要ページのグラフ。

chart-systems = OSとバージョン
chart-days = 初回検出日（過去30日間）
chart-days-help = 現在あるセッションを、初回検出日（UTC）ごとに数えたものです。
chart-days-summary = { $count }件のセッション。最も多い日は{ $day }の{ $most }件です。
chart-no-days = 過去30日間に初めてログインしたデバイスはありません。ログインがあると、その日の棒がここに表示されます。
chart-other-systems = ほか{ $count }件
chart-no-system = 不明
chart-figures = 表で見る
chart-day = 日付

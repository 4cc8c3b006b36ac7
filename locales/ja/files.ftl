### 4Dのファイルがデバイスについて示すこと。

jailbroken = 脱獄済み
chip-jailbroken = 脱獄済み
chip-no-jailbroken = 脱獄済みを除く
# In the place of a team, where an app has a folder with one and a folder without.
no-team = チームなし
# Links to an app's other folders follow.
also-in = 同じアプリの別フォルダー：
# Of a finding that is a matter of letter case.
case-aside-effect = おそらく影響はありません。4Dは、大文字と小文字またはアクセントだけが異なる名前を同じものとして扱います。
case-aside-mend = デバイスが利用できている間は、何もする必要はありません。

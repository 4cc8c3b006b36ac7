### 4Dのファイルがデバイスについて示すこと。

jailbroken = 脱獄済み
chip-jailbroken = 脱獄済み
chip-no-jailbroken = 脱獄なし
rule-when-jailbroken = 脱獄済みのデバイスのみ
rule-when-no-jailbroken = 脱獄済みのデバイスを除く
# Links to an app's other folders follow.
also-in = 同じアプリの別フォルダー：

# What an installation needs before it is complete
checklist = はじめに
checklist-progress = { $all }件中{ $done }件完了
checklist-dismiss = リストを非表示
told-checklist = リストを非表示にしました。
step-done = 完了
step-open = 未完了
step-folder = MobileAppsフォルダーを見つける
step-folder-help = 現在フォルダーを読み取れません。理由は上のバーに表示されています。
step-connect = 4Dに接続する
step-connect-help = 4Dは指示されたときにだけ変更を読み込みます。4Dプロジェクト用のコードは「プッシュ」ページにあります。その後、次のようにこのプログラムを起動してください：
step-test = 接続をテストする
step-automatic = 自動でプッシュする
step-automatic-help = 「プッシュ」を押さなくても、承認したデバイスはすぐに利用できるようになります。
step-approval = 4Dで承認を求める
step-approval-help = { $method }に次の行を追加すると、新しいデバイスは承認されるまでここで待ちます：
step-colleague = 同僚を追加する
step-colleague-help = 各自が自分のログインを使うので、誰が何をしたかが分かります。

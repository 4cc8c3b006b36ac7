### エラーの背景：足りない権限、妨げになっているもの、プッシュが失敗した理由。
error-line = { $title }。{ $todo }

forbidden-read = この内容にはアクセスできません。
forbidden-change = セッションを変更するには、オペレーターまたはオーナーのロールが必要です。
forbidden-administer = オーナーのロールが必要です。
forbidden-read-access-log = すべてのアプリに対するオーナーのロールが必要です。
forbidden-read-metrics = すべてのアプリの集計であるため、閲覧できるアプリが限定された人は利用できません。
forbidden-read-secrets = シークレットを読み取れるトークンが必要です（secrets:read）。

conflict-file-too-large = ファイルが上限より大きいため、読み取りません。
conflict-file-unreadable = ファイルを読み取れません。システムのメッセージ：{ $detail }
conflict-too-many-rules = ルールはすでに1,000件あります。先にいくつか削除してください。
conflict-too-many-views = 保存済みのビューがすでに50個あります。先に1つ削除してください。
conflict-webhook-off = Webhookがオフのため、何も送信されていません。先にオンにしてください。
conflict-delivery-waits = 同じセッションの前の送信が先です。この送信はその後に自動で行われます。
conflict-setup-link-spent = リンクは1回だけ、1時間以内に限り有効で、使えるのは最後に表示されたものだけです。新しいリンクを得るには、プログラムを再起動してください。
conflict-last-owner = 最後のオーナーです。先に別の人をオーナーにしてください。
conflict-name-taken = この名前はすでに使われています。別の名前にしてください。
conflict-token-has-no-password = トークンにはパスワードがありません。そのユーザーとしてログインしてください。

push-failure-no-such-host = --push-urlのホスト名が見つかりません。つづりを確認してください。
push-failure-refused = 4Dに接続を拒否されました。このアドレスとポートで待ち受けているものがありません。4DのWebサーバーを起動するか、--push-urlを確認してください。
push-failure-unreachable = 4Dに接続できません（{ $detail }）。ネットワークと--push-urlのアドレスを確認してください。
push-failure-not-connecting = 4Dに接続できません。ネットワークと--push-urlのアドレスを確認してください。
push-failure-timed-out = 4Dから時間内に応答がありませんでした。4Dが処理中か、ファイアウォールがリクエストを破棄している可能性があります。4Dを確認し、もう一度プッシュしてください。
push-failure-tls = 4Dとの暗号化接続に失敗しました（{ $detail }）。4Dの証明書を確認してください。4Dが暗号化していない場合は、--push-urlをhttpで始めてください。
push-failure-unknown-issuer = このマシンは、4Dの証明書の発行者を信頼していません。--push-urlのホスト名に対する、このマシンが信頼する証明書を4Dに設定してください。
push-failure-bad-certificate = 4Dの証明書に問題があります（{ $detail }）。--push-urlのホスト名に対する、このマシンが信頼する証明書を4Dに設定してください。
push-failure-no-tls = 応答している側が暗号化に対応していません。4DでTLSを有効にするか、--push-urlをhttpで始めてください。
push-failure-broken = 応答をすべて受け取る前に、4Dとの接続が切れました。もう一度プッシュしてください。
push-failure-wrong-secret = 4Dのシークレットが異なります（401）。4Dのコードと--push-secret-fileに同じシークレットを設定してください。
push-failure-forbidden = 4Dがこのリクエストを許可していません（403）。On Web Authentication、またはプロジェクトの権限で許可してください。
push-failure-not-found = 4Dのこのアドレスには何もありません（404）。「4Dとの接続」のコードをインストールし、4DのWebサーバーを再起動して、--push-urlのパスを確認してください。
push-failure-redirect = 4Dが別のアドレスに転送しています（{ $detail }）。転送には従わないため、最終的なアドレスを--push-urlに指定してください。
push-failure-status = 4Dがステータス{ $detail }で応答しました。理由は4Dのログにあります。ログを確認し、もう一度プッシュしてください。
push-failure-too-long = 応答が1 MiBを超えているため、「4Dとの接続」のコードによるものではありません。--push-urlを確認してください。
push-failure-not-json = 応答がJSONではないため、「4Dとの接続」のコードによるものではありません。コードをインストールし、--push-urlを確認してください。
push-failure-missing-field = 応答のJSONの形式が異なります（フィールド{ $detail }がありません）。「4Dとの接続」のコードをそのままインストールしてください。
push-failure-other-type = 応答のJSONの形式が異なります（値の型が違います）。「4Dとの接続」のコードをそのままインストールしてください。
push-failure-not-said = 4Dはコマンドの失敗を応答しましたが、理由は示していません。4Dのログに詳細があるかもしれません。ログを確認し、もう一度プッシュしてください。
push-failure-of-itself = 受け付けられないファイル以外の理由で、4Dのコマンドが失敗しました。4Dのエラーを確認してください。
push-failure-other-folder = ここにあるファイルはすべて正常ですが、4Dがセッションのファイルの問題を報告しています。--push-urlは、このMobileAppsフォルダーを使う4D Serverを指していますか？
push-failure-told = { $detail }

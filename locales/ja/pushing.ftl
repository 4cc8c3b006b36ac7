error-push-running = プッシュを実行中です
    .what = プッシュが実行中で、次のプッシュがすでに待っています。
    .kept = 待っているプッシュが、今回の変更も4Dに伝えます。
    .todo = しばらくしてから確認してください。
push-failure-stopped = 4Dが応答する前にmobile-sessionsが停止したため、4Dが何を読み込んだかは分かりません。もう一度プッシュしてください。

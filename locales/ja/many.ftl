### 多数のセッションの一括操作、元に戻す操作、一覧の一部についての文言。

which-changed = まだ何も変更されていません。対象のセッションが、表示されていたものと異なります。
with-all-that-match = 一致する{ $count }件すべて：
done-many-accept = { $count }件のセッションを承認しました。
done-many-pending = { $count }件のセッションを承認待ちに変更しました。
done-many-delete = { $count }件のセッションを削除しました。
done-many-restore = { $count }件のセッションを復元しました。
done-undone = 元に戻しました：{ $what }。
done-undone-many = 変更を元に戻し、{ $what }
did-undo = { $actor }が元に戻しました：{ $what }
again-accept = { $device }は再び承認済み
again-pending = { $device }は再び承認待ち
again-delete = { $device }は再び削除済み
again-restore = { $device }は復元済み
again-status = { $device }のステータスは再び{ $value }
again-no-status = { $device }のステータスは再びなし
again-email = { $device }のメールアドレスは再び{ $value }
again-no-email = { $device }のメールアドレスは再びなし
again-edit = { $device }のステータスとメールアドレスは以前のとおり
batch-of = 一括{ $count }件
undo-all-of = { $count }件すべてを元に戻す
found-of = { $total }中{ $found }件

### What people call a device, and say of it, outside its file.
### Arguments: $device and $actor a name as it stands in a page, $value what was written, $longest a number of characters.

note-title = 名前とメモ
note-name = デバイスの名前
note-text = メモ
note-help = 4Dのファイルではなくこのパネルに保存され、このアプリでのこのデバイスのすべてのセッションに適用されます。名前とメモは検索でも見つかります。
invalid-note = 長すぎるか、制御文字が含まれています。{ $longest }文字以内で入力してください。

## In the journal

action-set_note = メモ
did-name = { $actor }が{ $device }の名前を「{ $value }」に変更しました
did-note = { $actor }が{ $device }にメモを付けました：「{ $value }」
did-no-note = { $actor }が{ $device }のメモを削除しました
done-name = { $device }の名前を「{ $value }」に変更しました。
done-note = { $device }のメモを保存しました。
done-no-note = { $device }のメモを削除しました。
again-name = { $device }の名前は再び「{ $value }」
again-note = { $device }のメモは再び「{ $value }」
again-no-note = { $device }のメモは再びなし

## Elsewhere

event-session-noted = デバイスの名前またはメモの変更

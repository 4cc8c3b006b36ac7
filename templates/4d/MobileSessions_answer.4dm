  // Project method MobileSessions_answer: takes pushes of mobile-sessions, from On Web Connection.
  // For 4D 18 to 20 R7. Its address is {{ address }}
C_OBJECT($file;$order;$result)
C_TEXT($given;$secret;$body;$before)
C_LONGINT($at)
C_BOOLEAN($known)
C_COLLECTION(mobileSessionsErrors)
ARRAY TEXT($names;0)
ARRAY TEXT($values;0)

WEB GET HTTP HEADER($names;$values)
$at:=Find in array($names;"Authorization")
If ($at>0)
	$given:=$values{$at}
End if

  // The file lies beside the data file. It holds the secret, and nothing else.
$file:=File("/DATA/mobile-sessions-secret.txt")
If ($file.exists)
	$secret:=Replace string(Replace string($file.getText();Char(13);"");Char(10);"")
End if

  // Digests are compared: 4D compares texts whatever their case, and takes "@" for any characters.
If (Length($secret)>0)
	$known:=(Generate digest($given;SHA256 digest)=Generate digest("Bearer "+$secret;SHA256 digest))
End if

If ($known)
	mobileSessionsErrors:=New collection
	WEB GET HTTP BODY($body)
	$before:=Method called on error
	ON ERR CALL("MobileSessions_error")
	$order:=JSON Parse($body)
	  // A test of the connection changes nothing.
	If ((mobileSessionsErrors.length=0) & (Not(Bool($order.test))))
		MOBILE APP REFRESH SESSIONS
	End if
	ON ERR CALL($before)
	$result:=New object("success";mobileSessionsErrors.length=0;"errors";mobileSessionsErrors)
	  // 4D would run its own tags in a text that is sent.
	$body:=Replace string(JSON Stringify($result);"<";"\\u003C")
	WEB SEND TEXT($body;"application/json")
Else
	ARRAY TEXT($names;2)
	ARRAY TEXT($values;2)
	$names{1}:="X-VERSION"
	$values{1}:="HTTP/1.0"
	$names{2}:="X-STATUS"
	$values{2}:="401 Unauthorized"
	WEB SET HTTP HEADER($names;$values)
	WEB SEND TEXT("";"text/plain")
End if

  // Project method MobileSessions_error: keeps what MOBILE APP REFRESH SESSIONS reports.
C_LONGINT($n)
C_COLLECTION(mobileSessionsErrors)
ARRAY LONGINT($codes;0)
ARRAY TEXT($components;0)
ARRAY TEXT($messages;0)

GET LAST ERROR STACK($codes;$components;$messages)
For ($n;1;Size of array($codes))
	mobileSessionsErrors.push(New object("errCode";$codes{$n};"componentSignature";$components{$n};"message";$messages{$n}))
End for

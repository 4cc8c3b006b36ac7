// Class MobileSessionsPush: takes pushes of mobile-sessions, by an entry in HTTPHandlers.json.
// For 4D 20 R8 and later. Its address is {{ address }}

shared singleton Class constructor()

Function push($request : 4D.IncomingMessage) : 4D.OutgoingMessage

	var $response : 4D.OutgoingMessage
	var $order; $error : Object
	var $reported; $errors : Collection

	$response:=4D.OutgoingMessage.new()

	If (Not(This._isKnown($request.getHeader("Authorization"))))
		$response.setStatus(401)
		return $response
	End if

	$errors:=New collection

	Try
		$order:=$request.getJSON()
		// A test of the connection changes nothing.
		If (Not(Bool($order.test)))
			MOBILE APP REFRESH SESSIONS
		End if
	Catch
		$reported:=Last errors
		For each ($error; $reported)
			$errors.push(New object("errCode"; $error.errCode; "componentSignature"; $error.componentSignature; "message"; $error.message))
		End for each
	End try

	// The body first: it sets a content type of its own.
	$response.setBody(New object("success"; $errors.length=0; "errors"; $errors))
	$response.setHeader("Content-Type"; "application/json")
	return $response

Function _isKnown($given : Text) : Boolean

	var $file : 4D.File
	var $secret : Text

	// The file lies beside the data file. It holds the secret, and nothing else.
	$file:=File("/DATA/mobile-sessions-secret.txt")
	If (Not($file.exists))
		return False
	End if
	$secret:=Replace string(Replace string($file.getText(); Char(13); ""); Char(10); "")
	If (Length($secret)=0)
		return False
	End if

	// Digests are compared: 4D compares texts whatever their case, and takes "@" for any characters.
	return Generate digest($given; SHA256 digest)=Generate digest("Bearer "+$secret; SHA256 digest)

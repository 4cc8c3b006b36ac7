  // Database method On Web Connection: this branch comes first. For 4D 18 to 20 R7.
C_TEXT($1;$2;$3;$4;$5;$6)

Case of
	: ($1="{{ path }}")
		MobileSessions_answer

	Else
		  // What stands here now.
End case

### What stands behind an error: which right is missing, what is in the way, why a push failed.
error-line = { $title }. { $todo }

forbidden-read = You may not see this.
forbidden-change = Changing sessions needs the role Operator or Owner.
forbidden-administer = This needs the role Owner.
forbidden-read-access-log = This needs the role Owner, and for all apps.
forbidden-read-metrics = This counts all apps, so it is not for those who are held to some.
forbidden-read-secrets = This needs a token that may read secrets (secrets:read).

conflict-file-too-large = The file is larger than the limit, so it is not read.
conflict-file-unreadable = The file cannot be read. The system says: { $detail }.
conflict-too-many-rules = There are 1,000 rules already. Delete some first.
conflict-too-many-views = You have 50 saved views already. Delete one first.
conflict-webhook-off = The webhook is switched off, so nothing was sent. Switch it on first.
conflict-delivery-waits = An earlier delivery of the same session comes first: this one follows it by itself.
conflict-setup-link-spent = The link works once, for one hour, and only the one printed last. Start the program again for a new one.
conflict-last-owner = This is the last owner. Make somebody else an owner first.
conflict-name-taken = Somebody has this name already. Choose another.
conflict-token-has-no-password = A token has no password: log in as its user.

push-failure-no-such-host = The host name in --push-url is not known: check how it is spelled.
push-failure-refused = 4D refused the connection: nothing listens at this address and port. Start its web server, or check --push-url.
push-failure-unreachable = 4D cannot be reached ({ $detail }): check the network and the address in --push-url.
push-failure-not-connecting = 4D cannot be reached: check the network and the address in --push-url.
push-failure-timed-out = 4D did not answer in time. It may be busy, or a firewall drops the request: look at 4D, and push again.
push-failure-tls = The encrypted connection to 4D failed ({ $detail }). Check 4D’s certificate, or begin --push-url with http if 4D does not encrypt.
push-failure-unknown-issuer = This machine does not trust whoever issued 4D’s certificate. Give 4D a certificate that this machine trusts, for the host name in --push-url.
push-failure-bad-certificate = 4D’s certificate is not good ({ $detail }). Give 4D a certificate that this machine trusts, for the host name in --push-url.
push-failure-no-tls = What answers there does not encrypt: switch TLS on in 4D, or begin --push-url with http.
push-failure-broken = The connection to 4D broke before the whole answer had come: push again.
push-failure-wrong-secret = 4D knows another secret (401): put the same one into the code in 4D and into --push-secret-file.
push-failure-forbidden = 4D forbids it (403): allow this request in On Web Authentication, or in the privileges of the project.
push-failure-not-found = 4D has nothing at this address (404): install the code of “Connect 4D”, restart 4D’s web server, and check the path in --push-url.
push-failure-redirect = 4D sends to another address ({ $detail }), which is not followed: put the final address into --push-url.
push-failure-status = 4D answered with status { $detail }: its own log says why. Look there, and push again.
push-failure-too-long = The answer is longer than 1 MiB, so it is none of the code of “Connect 4D”: check --push-url.
push-failure-not-json = The answer is not JSON, so it is none of the code of “Connect 4D”: install it, and check --push-url.
push-failure-missing-field = The answer is JSON of another shape (the field { $detail } is missing): install the code of “Connect 4D” as it stands there.
push-failure-other-type = The answer is JSON of another shape (a value has another type): install the code of “Connect 4D” as it stands there.
push-failure-not-said = 4D answered that the command failed, and not why: its own log may say more. Look there, and push again.
push-failure-of-itself = The command failed in 4D, for other reasons than a file that it does not take. See its errors.
push-failure-other-folder = 4D complains of a session file, although all files here are in order. Does --push-url lead to the 4D server of this MobileApps folder?
push-failure-told = { $detail }

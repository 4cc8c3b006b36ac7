### What programs are told, in English alone, as the API's documentation is. Each error has its message error-CODE, with
### title, .what and .kept, which pages show in every language; here stands what is said to programs otherwise.
### problem-CODE: a title. .what: what happened. .todo: what a program does about it, at the end of the detail.
### .help: for the page /problems/CODE, where .todo does not do.

problem-invalid-query = The query cannot be understood
    .help = The detail names the key or value. The API documentation lists what each list takes.
problem-malformed-body = The request body cannot be read
    .what = The request body cannot be read: { $detail }.
    .help = Send JSON in UTF-8 with the header Content-Type: application/json.
problem-invalid-value =
    .help = The list of errors names each value and what is wrong with it.
problem-unauthenticated =
    .what = This needs a token ("Authorization: Bearer mst_…") or a login.
    .todo = Send a token that is neither expired nor revoked, or log in in the browser.
problem-forbidden =
    .todo = Ask an owner for a role or token that may do this.
problem-password-needed =
    .todo = Log in again in the panel, or send a token. The option --confirm-after says for how long a password counts.
problem-password-change-needed =
    .todo = Choose your own in the panel, or by PUT /api/v1/me/password.
problem-second-factor-needed =
    .todo = Set one up in the panel (/second-factor), or send a token.
problem-cross-origin = The request came from another site
    .todo = Send requests with a login from the panel's own pages alone; programs use a token.
problem-unknown-host = Not a host name of this server
    .what = This server does not answer to the host name in this request.
    .todo = Open the panel by the address it was started with. The option --host NAME adds one more name.
problem-not-found = Not found
    .what = There is no { $detail } here.
    .todo = It may have been deleted, or lie outside what this caller may see.
problem-method-not-allowed = Method not allowed
    .what = This address does not take { $detail }; it takes { $allow }.
    .help = The header Allow names the methods of this address.
problem-busy =
    .todo = Send the request again after the time in Retry-After.
problem-already-there =
    .todo = Delete the new session first if the old one is to come back.
problem-changed-since =
    .todo = Set the value that you want.
problem-already-undone =
    .todo = Undo the undo to have the change back.
problem-not-kept =
    .todo = The option --keep-deleted says for how long deleted files are kept.
problem-duplicate-keys =
    .what = The key { $detail } stands twice in this file. Which of the two 4D reads is not known.
    .todo = Repair the file: keep one of the two.
problem-not-an-object =
    .what = This file is not a JSON object, so no value in it can be changed.
    .todo = It can be looked at and deleted.
problem-owner-cannot-be-kept = Owner, group or mode cannot be kept
    .todo = Run mobile-sessions as that user.
problem-not-writable =
    .todo = Give the user that mobile-sessions runs as the right to write in the folder.
problem-push-not-configured = No connection to 4D is configured
    .what = No connection to 4D is configured, so nothing was pushed.
    .todo = Run MOBILE APP REFRESH SESSIONS in 4D to make them count, or connect 4D: the page /push shows how.
problem-push-running =
    .todo = GET /push says how it ended. Push again after the time in Retry-After if something is left.
problem-push-would-drop-sessions = 4D would drop sessions at this push
    .what = Nothing was pushed: 4D would drop these sessions, whose files it does not take, and log their devices out: { $count ->
        [0] none in your apps
       *[other] { $detail }
    }{ $more ->
        [0] { "" }
       *[other] , { $more } more
    }{ $others ->
        [0] .
       *[other] { " and others in other apps." }
    }
    .todo = { $others ->
        [0] Mend or delete the files, or push with "allow_noncompliant": true.
       *[other] Ask somebody who may see all apps to mend the files, or to allow it.
    }
    .help = 4D logs out the devices whose files it does not take. Mend or delete the files, or allow it: push with allow_noncompliant. A caller who is held to some apps cannot allow it for others.
problem-conflict = Conflict
    .help = The detail says what stands against it.
problem-total-differs =
    .what = { $found } sessions match, not { $expected }.
    .todo = List them, then send the number that you mean as if_total.
problem-batch-stopped =
    .todo = Sessions that had their turn before are changed; this one is not.
problem-replay-withheld =
    .what = Your rights have changed since the first answer to this Idempotency-Key, or it was for another login.
    .todo = Use a new key for a new request.
problem-idempotency-running = The first request is still running
    .todo = Try again in a moment to get its answer.
problem-idempotency-mismatch = The Idempotency-Key was used before
    .what = This Idempotency-Key was used with another request.
    .todo = Use a new key for a new request.
problem-precondition-failed = Changed since it was read
    .todo = Read it again, and send the new ETag.
problem-too-large = The body is too large
    .what = The body is larger than { $limit } bytes.
    .todo = Send less at once. A batch takes at most 10,000 sessions.
problem-unsupported-media-type = Unsupported media type
    .what = The body must be { $detail }.
    .help = The detail names the type to send.
problem-too-many-requests =
    .what = Too many requests.
    .todo = Try again in { $detail } s.
    .help = The header Retry-After says how many seconds to wait.
problem-internal = A fault in mobile-sessions
    .what = The program could not finish this because of a fault on its side.
    .todo = Its log says more, under this request's id.
problem-unsure =
    .what = The file has the new content, but the disk failed before it could be made permanent ({ $detail }). After a power failure, the old content may be back.
    .todo = The journal shows the change by the id in X-Change-Id. Check the disk before you go on.
problem-push-failed =
    .help = Everything stays as not pushed. The detail says what happened; push_errors holds what 4D reported.
problem-folder-unavailable =
    .what = The MobileApps folder is not available: { $detail }.
    .todo = It is looked at every second: try again when it is back. Check the disk or network share.
problem-folder-changed =
    .todo = Mount the right disk or share: lists come back by themselves. If this folder is the right one, an owner confirms it in the panel, or you start the program with --moved once.
problem-store-unavailable = The database cannot be written
    .what = The program's own database cannot be written: { $detail }.
    .todo = Check the disk and the rights of the data folder.
problem-too-many-open-files =
    .todo = Try again. If it happens often, start mobile-sessions with a higher limit of open files: it says at its start how many it needs.
problem-no-space =
    .todo = Free some space, and try again.

## Why a session has no document

document-note-too-large = The file is larger than the limit and was not read.
document-note-unreadable = The file cannot be read.
document-note-not-json = The file is not JSON.
document-note-beyond = The file holds a number, text or nesting that is valid JSON but beyond what can be shown here. Download it to see it.
document-note-not-an-object = The file is JSON but not an object.

## What there is none of: "There is no … here."

missing-address = page or resource of this address
missing-app-of-this-id = app of this id
missing-batch-of-this-id = batch of this id
missing-change = change
missing-change-of-this-id = change of this id
missing-delivery-of-this-id = delivery of this id
missing-file-of-this-name = file of this name
missing-link-of-this-id = approval link of this id
missing-problem-of-this-name = problem of this name
missing-rule-of-this-id = rule of this id
missing-session = session
missing-session-of-this-id = session of this id
missing-setup-link = setup link of this kind; start the program again for a new one
missing-second-factor = second factor of this user
missing-token-of-this-id = token of this id
missing-user-of-this-name = user of this name
missing-view-of-this-name = saved view of this name
missing-webhook-of-this-id = webhook of this id

## Why a body cannot be read, and what it must be

body-cut-short = it ended before its time
body-late = it did not arrive within 30 s
body-no-such-event = there is no event of such a kind
body-no-state-of-a-file = the field expected is no state of a file
body-unreadable = { $detail }
body-type-json = application/json, in UTF-8
body-type-json-or-merge-patch = application/json or application/merge-patch+json, in UTF-8
body-type-plain = sent without a Content-Encoding

## Tokens and logins

token-expired = The token has expired.
token-unknown = The token is unknown or was revoked.
cross-origin-other-site = The request was sent from another site.
cross-origin-unknown-site = The request does not say from which site it was sent.
cross-origin-other-login = The form is not of this login: load the page again.

## Values of a query

query-unknown = The key "{ $key }" is not known.
query-repeated = The key "{ $key }" stands twice.
query-not-a-cursor = The value of "{ $key }" is not a cursor of this list.
query-not = The value of "{ $key }" is not { $expected }.
query-not-utf-8 = The value of "{ $key }" is not UTF-8.
query-key-not-utf-8 = A key of the query is not UTF-8.
query-push-token = The key "push_token" is taken by POST /sessions/search alone, from callers with secrets:read.
query-other-cursor = The cursor belongs to a list with another sort or filter: start from the first page.
query-batch-twice = Give either "batch_id" or "batch".
query-app-in-path = The key "app" is not known here: the path names the app.
query-no-event = There is no event "{ $name }": the events are { $known }.
query-if-match = The header If-Match is no list of entity tags.
query-idempotency-key = An Idempotency-Key has 1 to 255 visible ASCII characters, and stands once.

## Values of a body

value-rule-at-most = Only a rule that deletes takes at_most. Leave it out, or set it to null.
value-rule-declined = A declined session cannot be declined again.
value-rule-no-time = A rule that deletes needs quiet_for or waiting_for, such as "90d".
value-rule-quiet = Only a rule that deletes takes quiet_for. Use waiting_for, or the action delete.
value-rule-too-soon = This is too short for a rule that deletes: give at least "1h".
value-unknown = The key "{ $key }" is not known here.
value-missing = This is needed.
value-null = This must not be null. To say nothing of it, leave the key out.
value-not = This must be { $expected }.
value-url-scheme = The address must begin with https:// or http://.
value-url-user = The address must hold no user name and no password: the signature proves who sends.
value-url-fragment = The address must have no part behind a #: it is never sent.
value-sessions-or-filter = Give either "sessions" or "filter".
value-sessions-and-filter = Give either "sessions" or "filter", not both.
value-filter-empty = An empty filter selects nothing. To select all sessions, send "all": true beside "filter".
value-filter-unset = An empty value selects nothing. To select all sessions, send "all": true beside "filter".
value-filter-page = A batch is on all that match: "{ $key }" is not taken here.
value-holds-nul = A value holds the character U+0000, which no text may have.
value-batch-too-large = A batch takes at most 10,000 sessions: send it in parts.
value-replaces-missing = The session that is replaced must be named.
value-replaces-itself = A session cannot replace itself.
value-link-too-long = A link works for at most 30 days: "30d".
value-networks-beyond = Your token is limited to networks. Tokens that it creates or changes must stay within them.
value-code-wrong = The code is wrong or was already used.
value-token-too-short = A token must live for at least a second.
value-current-password-missing = You change your own password with the present one alone: send it as current_password.
value-current-password-wrong = This is not your password: nothing was changed.

## Notes on an item of a batch

note-sign-in-again = This delete was pushed to 4D already, which refreshes only the sessions that it still has in memory: the device must sign in again.
note-other-not-deleted = The session is accepted, but the one that it replaces was not deleted.

## What a value of a body or query must be

expected-app = an app id
expected-apps = a list of at most 100 globs, as "*.com.example.*", each of 1 to 255 characters, none of them a control character
expected-at-most = a whole number from 1 to 10,000
expected-boolean = true or false
expected-cursor = a cursor of this list
expected-email = an address, a login name, or "" for none: at most 254 characters, none of them a control character
expected-entity-tag = an entity tag
expected-events = a list of kinds of event: { $known }
expected-globs = a list of at most 100 texts, each of 1 to 255 characters, none of them a control character
expected-life = a time of at most 100 years: a whole number from 1 on and s, m, h or d, as "90d"
expected-limit = a number from 1 to 500
expected-list = a list
expected-list-query = the keys of a list as an address has them, as "status=pending", without cursor
expected-name = a name of 1 to 64 characters, each of which can be seen, and no space at its ends
expected-network = a network or an address, as 10.0.0.0/8, fd00::/8 or 192.0.2.1
expected-networks = a list of at most 100 networks
expected-object = an object
expected-one-of = one of { $known }
expected-order = a whole number from 0 to 1,000,000
expected-reason = text of at most 500 characters
expected-device-name = text of at most 64 characters on one line
expected-note = text of at most 1,000 characters, none of them a control character
expected-sort = one of { $known }, with - in front or not
expected-status = accepted, pending or other, or several of them with a comma between
expected-text = text
expected-time = an RFC 3339 time, as 2026-11-22T21:55:00Z
expected-url = an address, as "https://hooks.example/path", of at most 2,048 bytes
expected-user-name = a name of 1 to 64 characters, letters and digits of one script; spaces, . _ - @ and ' may stand within it
expected-whole-number = a whole number, 0 or more

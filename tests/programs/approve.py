"""Lets in whoever waits, by a client that was made from the API's document: approve.py ADDRESS TOKEN"""

import sys

from mobile_sessions_client import AuthenticatedClient
from mobile_sessions_client.api.sessions import change_session, get_session, list_sessions
from mobile_sessions_client.models import SessionPatch, Status

address, token = sys.argv[1:]
client = AuthenticatedClient(base_url=address, token=token, raise_on_unexpected_status=True)

page = list_sessions.sync(client=client, status="pending")
assert page.total == len(page.items) == 1, page

for waiting in page.items:
    read = get_session.sync_detailed(waiting.app, waiting.id, client=client)
    body = SessionPatch(status=Status.ACCEPTED, reason="approved by the client")
    changed = change_session.sync_detailed(
        waiting.app, waiting.id, client=client, body=body, if_match=read.headers["etag"]
    )
    assert changed.status_code == 200, changed.content
    assert changed.parsed.status == "accepted", changed.parsed
    assert changed.headers["x-change-id"], changed.headers

    # What was read is not so any more.
    stale = change_session.sync_detailed(
        waiting.app, waiting.id, client=client, body=body, if_match=read.headers["etag"]
    )
    assert stale.status_code == 412 and stale.parsed.type_ == "/problems/precondition-failed", stale.content

    now = get_session.sync(waiting.app, waiting.id, client=client)
    print(now.status, now.app, now.id)

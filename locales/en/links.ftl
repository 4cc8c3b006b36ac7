## Approval links in what a webhook is told

webhook-links = Add an approval link to events about waiting devices
webhook-links-help = Whoever has the link lets the device in, once, within three days, with the rights of the owner who switched this on. Send it only where everyone who reads it may decide.

## Approval links: refused, revoked

access-link_revoked = { $actor } revoked an approval link for { $subject }
access-action-link_revoked = Approval link revoked
conflict-session-accepted = The session is accepted already, so no approval link was made: it needs none.
conflict-session-not-pending = The session does not wait for approval, so no approval link was made. Set its status to pending first.
links-live = Active approval links
links-own-help = They let devices in with your rights.
link-until = Valid until
link-revoke = Revoke
link-revoke-name = Revoke the link valid until { $name }
link-by-webhook = by the webhook { $name }
told-link-revoked = The link is revoked: it lets nobody in.

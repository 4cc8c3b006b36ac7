## Approval links in what a webhook is told

webhook-links = Put an approval link into what is told of a device that waits
webhook-links-help = Whoever has the link lets the device in, once, within three days, with the rights of the owner who switched this on. Send it only where everyone who reads it may decide.

## Approval links: refused, revoked

access-link_revoked = { $actor } revoked an approval link for { $subject }
access-action-link_revoked = Approval link revoked
conflict-session-accepted = The session is accepted already, so no approval link was made: it needs none.
conflict-session-not-pending = The session does not wait for approval, so no approval link was made. Set its status to pending first.
links-live = Approval links that work
links-own-help = They let devices in with your rights.
link-until = Works until
link-revoke = Revoke
link-revoke-name = Revoke the link that works until { $name }
link-by-webhook = by the webhook { $name }
told-link-revoked = The link is revoked: it lets nobody in.

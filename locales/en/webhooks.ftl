## Webhooks: where they send, and with whose rights

webhook-owner = Sends with the rights of
webhook-is-paused = paused
webhook-paused = It sends nothing: the user or token whose rights it has is gone, disabled or no longer an owner. Waiting events are kept. Save the webhook to take it over; then they are sent.
webhook-paused-warning = The webhook { $webhook } sends nothing: the user or token whose rights it has is gone, disabled or no longer an owner.
failure-out-of-reach = Nothing is sent to { $name }. Link-local and metadata addresses are refused, and private ones unless the owner of the webhook may see all apps; --allow-webhook-to opens a network.
failure-no-answer = The receiver did not answer. Check its address; webhooks of owners who are held to some apps are sent to public addresses only.
failure-ended = The webhook was changed before this was sent.
failure-not-allowed = The owner of the webhook may not see this app any more.
access-delivery_retried = { $actor } sent a delivery of the webhook { $subject } again
access-action-delivery_retried = Delivery sent again
rule-is-paused = paused

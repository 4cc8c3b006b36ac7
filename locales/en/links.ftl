## Approval links in what a webhook is told

webhook-links = Put an approval link into what is told of a device that waits
webhook-links-help = Whoever has the link lets the device in, once, within three days, with the rights of the owner who switched this on. Send it only where everyone who reads it may decide.

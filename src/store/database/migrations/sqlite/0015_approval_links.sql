-- Which webhook had the link made, and what it was called then; NULL where a caller asked for the link.
ALTER TABLE approval_link ADD COLUMN webhook TEXT;
ALTER TABLE approval_link ADD COLUMN webhook_name TEXT;
-- When it was ended before its time.
ALTER TABLE approval_link ADD COLUMN revoked_at INTEGER;
CREATE INDEX approval_link_session ON approval_link (app, session);
CREATE INDEX approval_link_webhook ON approval_link (webhook) WHERE webhook IS NOT NULL;

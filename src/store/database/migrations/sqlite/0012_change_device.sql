-- What the session's device was called: a session that is gone is still told by it. NULL where the file did not say,
-- and for what was changed before this was kept.
ALTER TABLE change ADD COLUMN device TEXT;

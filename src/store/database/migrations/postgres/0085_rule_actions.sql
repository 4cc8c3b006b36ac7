-- What a rule does: accept, decline or delete.
ALTER TABLE rule ADD COLUMN action TEXT NOT NULL DEFAULT 'accept';
-- How many sessions it deletes at a time; NULL for other actions.
ALTER TABLE rule ADD COLUMN at_most BIGINT;
-- When it last looked for what to delete.
ALTER TABLE rule ADD COLUMN ran_at BIGINT;

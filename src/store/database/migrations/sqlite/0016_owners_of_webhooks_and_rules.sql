-- With whose rights a webhook sends, and a rule lets in: those of who made or last changed it. NULL, for what was made
-- before this was kept: within its own apps alone.
ALTER TABLE webhook ADD COLUMN owner_kind TEXT;
ALTER TABLE webhook ADD COLUMN owner_name TEXT;
ALTER TABLE webhook ADD COLUMN owner_caller TEXT;
UPDATE webhook SET owner_kind = links_kind, owner_name = links_name, owner_caller = links_caller;
ALTER TABLE rule ADD COLUMN owner_kind TEXT;
ALTER TABLE rule ADD COLUMN owner_name TEXT;
ALTER TABLE rule ADD COLUMN owner_caller TEXT;

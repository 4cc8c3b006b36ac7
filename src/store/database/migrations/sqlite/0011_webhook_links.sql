-- Who had approval links put into what this webhook is told: the links may do what they may. NULL: none are put in.
ALTER TABLE webhook ADD COLUMN links_kind TEXT;
ALTER TABLE webhook ADD COLUMN links_name TEXT;
ALTER TABLE webhook ADD COLUMN links_caller TEXT;
-- Whether its payload still is to get its link, before it is sent the first time.
ALTER TABLE delivery ADD COLUMN wants_link INTEGER NOT NULL DEFAULT 0;

-- The networks from which a token may be used, as a JSON list; an empty one is any.
ALTER TABLE tokens ADD COLUMN networks TEXT COLLATE "C" NOT NULL DEFAULT '[]';
-- The digest of the secret that a token had before, and until when that one works too.
ALTER TABLE tokens ADD COLUMN previous_hash BYTEA;
ALTER TABLE tokens ADD COLUMN previous_until BIGINT;

-- The secret that a user's authenticator app shares with us, encrypted; one that no code has confirmed yet; since when
-- there is one; and the step of the last code, which counts once.
ALTER TABLE users ADD COLUMN factor_secret BLOB;
ALTER TABLE users ADD COLUMN factor_pending BLOB;
ALTER TABLE users ADD COLUMN factor_since INTEGER;
ALTER TABLE users ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0;

-- Codes for a user who lost the app, each good once: of each the digest.
CREATE TABLE recovery_code (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (user_id, hash)
);

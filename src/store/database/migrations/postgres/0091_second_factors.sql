-- The secret that a user's authenticator app shares with us, encrypted; one that no code has confirmed yet; since when
-- there is one; and the step of the last code, which counts once.
ALTER TABLE users ADD COLUMN factor_secret BYTEA;
ALTER TABLE users ADD COLUMN factor_pending BYTEA;
ALTER TABLE users ADD COLUMN factor_since BIGINT;
ALTER TABLE users ADD COLUMN factor_step BIGINT NOT NULL DEFAULT 0;

-- Codes for a user who lost the app, each good once: of each the digest.
CREATE TABLE recovery_code (
    user_id TEXT COLLATE "C" NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BYTEA NOT NULL,
    PRIMARY KEY (user_id, hash)
);

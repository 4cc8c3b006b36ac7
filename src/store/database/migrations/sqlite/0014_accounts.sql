-- Whether the program made up the password: its user chooses another at the next login.
ALTER TABLE users ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;

-- When the password was last given in this login.
ALTER TABLE logins ADD COLUMN password_at INTEGER NOT NULL DEFAULT 0;
UPDATE logins SET password_at = created_at;

-- The token that made this one, which has no more rights and is revoked with it; NULL for one that no token made.
ALTER TABLE tokens ADD COLUMN parent TEXT REFERENCES tokens (id) ON DELETE CASCADE;
CREATE INDEX tokens_parent ON tokens (parent);

-- Browsers in which a user has logged in. Somebody else's wrong passwords for that user do not hold them up.
CREATE TABLE known_browser (
    hash BLOB NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    last_login_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, hash)
);

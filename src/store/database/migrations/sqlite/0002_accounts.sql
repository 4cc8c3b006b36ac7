-- Who may do what. Times are milliseconds since 1970. Secrets are kept as their SHA-256 alone,
-- passwords as argon2id.
CREATE TABLE users (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name in lower case: two names that differ by case alone would be taken for one another.
    name_key TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    -- JSON: lists of globs, each of which must let an app through; [] for all apps.
    apps TEXT NOT NULL,
    -- NULL for a user who cannot log in by password.
    password_hash TEXT,
    disabled INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    last_login_at INTEGER
);

CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL UNIQUE,
    role TEXT NOT NULL,
    apps TEXT NOT NULL,
    secrets INTEGER NOT NULL,
    -- NULL for one made on the command line.
    maker TEXT REFERENCES users (id) ON DELETE CASCADE,
    created_at INTEGER NOT NULL,
    -- NULL for never.
    expires_at INTEGER,
    last_used_at INTEGER,
    last_used_ip TEXT
);
CREATE INDEX tokens_maker ON tokens (maker);

-- A person's login in one browser: a user, and how they proved who they are.
CREATE TABLE logins (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    proof TEXT NOT NULL,
    device TEXT,
    created_at INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    last_used_ip TEXT
);
CREATE INDEX logins_user ON logins (user_id);

-- The one-time link of a start without users.
CREATE TABLE setup_secret (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    hash BLOB NOT NULL,
    expires_at INTEGER NOT NULL
);

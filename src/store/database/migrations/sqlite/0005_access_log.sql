-- Who came in, who did not, and who changed what others may do. Never a secret.
CREATE TABLE access_log (
    -- In the order in which things happened, within one millisecond too.
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    -- Empty where a login failed and nobody has the name.
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT,
    detail TEXT,
    -- NULL for the command line.
    address TEXT
);
CREATE INDEX access_log_at ON access_log (at);

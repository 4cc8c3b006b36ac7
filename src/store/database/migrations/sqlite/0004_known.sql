-- What is known of sessions, so that a restart acts only on the difference. Times are
-- milliseconds since 1970. A session that is gone is remembered for a while: it may come back.
CREATE TABLE known_sessions (
    app TEXT NOT NULL,
    id TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    pending_since INTEGER,
    gone_at INTEGER,
    PRIMARY KEY (app, id)
) WITHOUT ROWID;

-- One row once the folder has been read for the first time.
CREATE TABLE first_scan (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL
);

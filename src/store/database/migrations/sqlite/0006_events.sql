-- What a session was when it was last seen, so that a restart tells of nothing but what differs.
-- The first eight bytes of the file's SHA-256 as a number; NULL where it is not known.
ALTER TABLE known_sessions ADD COLUMN content INTEGER;
ALTER TABLE known_sessions ADD COLUMN status TEXT;
-- The journal's newest entry that an event was told of.
ALTER TABLE known_sessions ADD COLUMN change_id TEXT;
-- It came, or became, pending by no doing of this program's, and no rule has looked at it yet.
ALTER TABLE known_sessions ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;
-- Somebody else changed it since the last push that 4D answered.
ALTER TABLE known_sessions ADD COLUMN outside INTEGER NOT NULL DEFAULT 0;
CREATE INDEX known_sessions_arrived ON known_sessions (app, id) WHERE arrived = 1;
CREATE INDEX known_sessions_outside ON known_sessions (app, id) WHERE outside = 1;

CREATE TABLE known_apps (
    app TEXT PRIMARY KEY
) WITHOUT ROWID;

-- What was told, for listeners that come back. Numbers are never used again.
CREATE TABLE event (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    app TEXT,
    session TEXT,
    status TEXT,
    previous_status TEXT,
    actor_kind TEXT,
    actor_name TEXT
);

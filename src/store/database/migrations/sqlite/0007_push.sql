-- Who told 4D of a change.
ALTER TABLE change ADD COLUMN pushed_by_kind TEXT;
ALTER TABLE change ADD COLUMN pushed_by_name TEXT;

-- How the last push ended. Times are milliseconds since 1970.
CREATE TABLE last_push (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    outcome TEXT NOT NULL,
    detail TEXT,
    -- JSON.
    push_errors TEXT NOT NULL,
    duration_ms INTEGER NOT NULL
);

-- Files that were not compliant, with these bytes, at the last push that 4D answered: it has dropped their
-- sessions already.
CREATE TABLE dropped_session (
    app TEXT NOT NULL,
    id TEXT NOT NULL,
    content INTEGER NOT NULL,
    PRIMARY KEY (app, id)
) WITHOUT ROWID;

-- One row a change. It is written as an intent, without outcome, before a file is touched; only
-- rows with an outcome are shown.
CREATE TABLE change (
    id TEXT PRIMARY KEY,
    batch_id TEXT,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    app TEXT NOT NULL,
    session TEXT NOT NULL,
    -- Status and e-mail as JSON; NULL where there was, or is, no file.
    before_values TEXT,
    after_values TEXT,
    -- What was changed, value by value, with the old spelling.
    splices TEXT NOT NULL,
    -- SHA-256 of the file; NULL where there was, or is, none.
    digest_before BLOB,
    digest_after BLOB,
    reason TEXT,
    request_id TEXT NOT NULL,
    outcome TEXT,
    -- The change that this one undid, and the one that undid it and is in effect.
    undoes TEXT,
    undone_by TEXT,
    pushed_at INTEGER
);
CREATE INDEX change_app ON change (app, id);
CREATE INDEX change_session ON change (session, id);
CREATE INDEX change_batch ON change (batch_id, id) WHERE batch_id IS NOT NULL;
CREATE INDEX change_open ON change (id) WHERE outcome IS NULL;
CREATE INDEX change_unpushed ON change (app, session) WHERE pushed_at IS NULL;

-- What deletes took away, until it is pruned. No route reads it but undo.
CREATE TABLE kept_file (
    change_id TEXT PRIMARY KEY REFERENCES change (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL,
    mode INTEGER NOT NULL,
    uid INTEGER NOT NULL,
    gid INTEGER NOT NULL,
    acl BLOB
);

-- Batches that run without their client. Without a result: still running, or interrupted.
CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    caller TEXT NOT NULL,
    at INTEGER NOT NULL,
    total INTEGER NOT NULL,
    interrupted INTEGER NOT NULL DEFAULT 0,
    result BLOB
);

-- Answers kept for a retry. Without a status: the first request is still running.
CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    key TEXT NOT NULL,
    request BLOB NOT NULL,
    at INTEGER NOT NULL,
    status INTEGER,
    body BLOB,
    batch_id TEXT,
    PRIMARY KEY (caller, key)
);
CREATE INDEX idempotency_at ON idempotency (at);

-- Who is told of events by a request of this program's. Times are milliseconds since 1970.
CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    -- JSON: kinds of event; [] for all.
    events TEXT NOT NULL,
    -- As those of users.
    apps TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    -- Why the program itself switched it off.
    disabled_reason TEXT,
    -- It signs, so it is kept as it is.
    secret TEXT NOT NULL,
    -- It signs too, until then.
    previous_secret TEXT,
    previous_until INTEGER,
    created_at INTEGER NOT NULL,
    -- When an attempt failed first since one worked.
    failing_since INTEGER
);

-- The outbox: what is to be told, and what was. Written with the event itself.
CREATE TABLE delivery (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    -- The same at every attempt: the header webhook-id.
    id TEXT NOT NULL UNIQUE,
    webhook TEXT NOT NULL REFERENCES webhook (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    app TEXT,
    session TEXT,
    -- Deliveries of one queue wait for one another.
    queue TEXT NOT NULL,
    -- The same bytes at every attempt.
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Of these, those that failed since it was begun, or begun again.
    failed INTEGER NOT NULL DEFAULT 0,
    -- When the first of these failed.
    failed_at INTEGER,
    status_code INTEGER,
    error TEXT,
    error_detail TEXT,
    -- NULL for one that is done, or that waits for an earlier one of its queue.
    next_attempt_at INTEGER
);
CREATE INDEX delivery_webhook ON delivery (webhook, number);
CREATE INDEX delivery_queue ON delivery (webhook, queue, number) WHERE state = 'pending';
CREATE INDEX delivery_due ON delivery (webhook, next_attempt_at) WHERE state = 'pending' AND next_attempt_at IS NOT NULL;

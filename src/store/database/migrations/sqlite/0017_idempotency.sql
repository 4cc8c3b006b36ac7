-- Keys and answers of any request that is made once, not of batches alone. What was kept before was bound to bytes of
-- a body and to no address, and is let go.
DROP TABLE idempotency;
CREATE TABLE idempotency (
    caller TEXT NOT NULL,
    -- SHA-256 of the key.
    key BLOB NOT NULL,
    -- SHA-256 of method, address and body.
    request BLOB NOT NULL,
    at INTEGER NOT NULL,
    -- By which the request's changes stand in the journal as a batch.
    operation TEXT NOT NULL UNIQUE,
    -- Whether the request changed nothing: of such, the newest of a caller alone are kept.
    reads INTEGER NOT NULL DEFAULT 0,
    -- The sessions that a batch's filter selected, while the batch is not done: JSON.
    selection TEXT,
    -- Encrypted with what the caller alone has.
    answer BLOB,
    PRIMARY KEY (caller, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (at);

-- The apps that its caller might see when a batch began, as lists of globs in JSON.
ALTER TABLE batch ADD COLUMN scope TEXT NOT NULL DEFAULT '[]';

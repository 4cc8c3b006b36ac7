-- What lets devices in by itself, the first that matches.
CREATE TABLE rule (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL UNIQUE,
    enabled INTEGER NOT NULL,
    place INTEGER NOT NULL,
    -- Lists of globs, as those of users and tokens.
    apps TEXT NOT NULL,
    -- The other conditions as JSON.
    conditions TEXT NOT NULL,
    -- NULL for never.
    expires_at INTEGER,
    note TEXT,
    maker_kind TEXT NOT NULL,
    maker_name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- It looks at nothing that was pending before this.
    since INTEGER NOT NULL
);

-- A link lets one session in, once. Of its secret only the digest is kept.
CREATE TABLE approval_link (
    id TEXT PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    app TEXT NOT NULL,
    session TEXT NOT NULL,
    maker_kind TEXT NOT NULL,
    maker_name TEXT NOT NULL,
    -- Whose rights it has; NULL for the program itself.
    maker_caller TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- As the journal names it.
    actor_name TEXT NOT NULL,
    -- When and from where it was used. Without a change: it is being used, or a stop interrupted that.
    used_at INTEGER,
    used_from TEXT,
    change_id TEXT
);
CREATE INDEX approval_link_using ON approval_link (id) WHERE used_at IS NOT NULL AND change_id IS NULL;

-- The sessions of the folder, with all that lists show, sort, filter and search. A session that is gone keeps its row
-- for a while. Times are milliseconds since 1970. Indexes for lists are made by the program (sessions/indexes.rs).
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    app TEXT NOT NULL,
    id TEXT NOT NULL,
    -- 1 for a session that lists show; 0 for one that is gone, or was not read yet.
    there INTEGER NOT NULL DEFAULT 0,
    -- 0 accepted, 1 pending, 2 any other status, or a file that cannot be read.
    class INTEGER NOT NULL DEFAULT 2,

    -- What the file says; NULL where it says nothing.
    readable INTEGER NOT NULL DEFAULT 0,
    status TEXT,
    email TEXT,
    application_id TEXT,
    application_name TEXT,
    application_version TEXT,
    team_id TEXT,
    device_id TEXT,
    device_description TEXT,
    device_os TEXT,
    device_version TEXT,
    simulator INTEGER,
    jailbroken INTEGER NOT NULL DEFAULT 0,
    language_id TEXT,
    language_code TEXT,
    language_region TEXT,
    ip TEXT,
    -- A hash of all of this but the status: what it does not change in is not written again.
    said INTEGER,
    -- JSON; NULL for a compliant file.
    findings TEXT,
    -- 0 compliant, 1 all findings are assumed, 2 not compliant.
    compliance INTEGER NOT NULL DEFAULT 0,

    -- The file. Numbers are 64 bits as SQLite keeps them, signed.
    size INTEGER NOT NULL DEFAULT 0,
    modified INTEGER NOT NULL DEFAULT 0,
    -- Of what the file system says of it; NULL where the file was not read yet.
    fingerprint INTEGER,
    -- Whether the file is to be read again even if the file system says the same of it.
    racy INTEGER NOT NULL DEFAULT 0,
    -- The first eight bytes of its SHA-256; 0 for a file that could not be read, NULL where it is not known.
    content INTEGER,

    -- What is known of the session beside its file.
    first_seen INTEGER NOT NULL,
    pending_since INTEGER,
    gone_at INTEGER,
    -- Whether a change made here is left to push.
    unpushed INTEGER NOT NULL DEFAULT 0,
    -- The journal's newest entry that an event was told of.
    change_id TEXT,
    -- It came, or became, pending by no doing of this program's, and no rule has looked at it yet.
    arrived INTEGER NOT NULL DEFAULT 0,
    -- Somebody else changed it since the last push that 4D answered.
    outside INTEGER NOT NULL DEFAULT 0,

    -- By what it is sorted: folded text behind an "a", or "b" where there is none.
    device_key TEXT NOT NULL DEFAULT 'b',
    status_key TEXT NOT NULL DEFAULT 'b',
    os_key TEXT NOT NULL DEFAULT 'b',
    email_key TEXT NOT NULL DEFAULT 'b',
    -- Since when it waits; the largest number where it does not.
    waiting INTEGER NOT NULL DEFAULT 9223372036854775807,
    -- By what it is searched: folded texts.
    search TEXT NOT NULL DEFAULT '',
    -- By what it is filtered: the system and its family, folded; hashes of the device's id and of the push token.
    os_name TEXT,
    os_family TEXT,
    device_hash INTEGER,
    push_token_hash INTEGER,
    -- By what related sessions are found: hashes of the trimmed, folded texts.
    same_device INTEGER,
    same_email INTEGER,
    -- The system as it is shown.
    system TEXT NOT NULL DEFAULT '',
    -- 1 where the file names its app, 2 where it gives a bare version for the name.
    naming INTEGER NOT NULL DEFAULT 0,
    UNIQUE (app, id)
);

INSERT INTO session (app, id, first_seen, pending_since, gone_at, content, status, change_id, arrived, outside)
SELECT app, id, first_seen, pending_since, gone_at, content, status, change_id, arrived, outside FROM known_sessions;
DROP TABLE known_sessions;

-- The folders of the root, and how many sessions they hold.
CREATE TABLE app (
    app TEXT PRIMARY KEY,
    -- The bundle id as a session gives it, folded, where the folder's name does not tell it from the team.
    bundle TEXT,
    -- Whether it holds a session or a manifest, and so is an app.
    listed INTEGER NOT NULL DEFAULT 0,
    accepted INTEGER NOT NULL DEFAULT 0,
    pending INTEGER NOT NULL DEFAULT 0,
    other INTEGER NOT NULL DEFAULT 0,
    noncompliant INTEGER NOT NULL DEFAULT 0,
    -- As its sessions, or else its manifest, name it.
    name TEXT,
    -- The manifest's file as it was read; NULL where there is none.
    manifest INTEGER,
    manifest_name TEXT,
    -- JSON; NULL for a manifest that cannot be read.
    targets TEXT
) WITHOUT ROWID;
INSERT INTO app (app, listed) SELECT app, 1 FROM known_apps;
DROP TABLE known_apps;

CREATE INDEX session_noncompliant ON session (compliance, app) WHERE there = 1 AND compliance > 0;
CREATE INDEX session_jailbroken ON session (app) WHERE there = 1 AND jailbroken = 1;
CREATE INDEX session_naming ON session (app, naming, modified) WHERE naming > 0;
CREATE INDEX session_arrived ON session (app, id) WHERE arrived = 1;
CREATE INDEX session_outside ON session (app, id) WHERE outside = 1;
CREATE INDEX session_unpushed ON session (app, id) WHERE unpushed = 1;
CREATE INDEX session_gone ON session (gone_at) WHERE gone_at IS NOT NULL;

-- That somebody declined to let the device in, as JSON: when, who, and why. It counts while the session is pending.
ALTER TABLE session ADD COLUMN declined TEXT;
CREATE INDEX session_declined ON session (app) WHERE there = 1 AND declined IS NOT NULL;

-- The same of devices, for the sessions that they come back with: by session.same_device, and the folder of the app.
CREATE TABLE device_mark (
    device INTEGER NOT NULL,
    app TEXT NOT NULL,
    declined TEXT,
    PRIMARY KEY (device, app)
) WITHOUT ROWID;

-- What people had decided on the session before the change, and after it, as JSON.
ALTER TABLE change ADD COLUMN decision_before TEXT;
ALTER TABLE change ADD COLUMN decision_after TEXT;

-- Whether the session was declined then.
ALTER TABLE event ADD COLUMN declined INTEGER NOT NULL DEFAULT 0;

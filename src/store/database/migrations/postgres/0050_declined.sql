-- That somebody declined to let the device in, as JSON: when, who, and why. It counts while the session is pending.
ALTER TABLE session ADD COLUMN declined TEXT COLLATE "C";
CREATE INDEX session_declined ON session (app) WHERE there = 1 AND declined IS NOT NULL;

-- The same of devices, for the sessions that they come back with: by session.same_device, and the folder of the app.
CREATE TABLE device_mark (
    device BIGINT NOT NULL,
    app TEXT COLLATE "C" NOT NULL,
    declined TEXT COLLATE "C",
    PRIMARY KEY (device, app)
);

-- What people had decided on the session before the change, and after it, as JSON.
ALTER TABLE change ADD COLUMN decision_before TEXT COLLATE "C";
ALTER TABLE change ADD COLUMN decision_after TEXT COLLATE "C";

-- Whether the session was declined then.
ALTER TABLE event ADD COLUMN declined BIGINT NOT NULL DEFAULT 0;

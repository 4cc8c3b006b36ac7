-- What people call the session's device and say of it, as JSON: name, note, when, and who.
ALTER TABLE session ADD COLUMN note TEXT;
-- The same of the device, for the sessions that it comes back with.
ALTER TABLE device_mark ADD COLUMN note TEXT;

-- Indexes of lists are made anew at the start, by other names (sessions/indexes.rs).
DROP INDEX IF EXISTS session_by_device;
DROP INDEX IF EXISTS session_by_status;
DROP INDEX IF EXISTS session_by_os;
DROP INDEX IF EXISTS session_by_email;
DROP INDEX IF EXISTS session_by_modified;
DROP INDEX IF EXISTS session_by_waiting;
DROP INDEX IF EXISTS session_by_first_seen;
DROP INDEX IF EXISTS session_by_id;

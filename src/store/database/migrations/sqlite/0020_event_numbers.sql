-- Up to this number, events may have been given one: a start goes on behind it, whatever a power loss took away.
CREATE TABLE event_numbers (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    reserved INTEGER NOT NULL
);
INSERT INTO event_numbers (one, reserved) VALUES (1, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'));

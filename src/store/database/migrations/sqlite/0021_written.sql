-- Written now and then, to know whether it can be.
CREATE TABLE written (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at INTEGER NOT NULL
);

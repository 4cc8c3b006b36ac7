-- Which directory was served: another one is not taken for it without a person's word. Numbers are 64 bits as SQLite
-- keeps them, signed.
CREATE TABLE root (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    path BLOB NOT NULL,
    device INTEGER NOT NULL,
    file_system INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    born INTEGER
);

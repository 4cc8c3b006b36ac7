-- When something was looked at last that is let go of after a time: a clock that is wrong for a moment takes nothing away.
CREATE TABLE look (
    what TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;

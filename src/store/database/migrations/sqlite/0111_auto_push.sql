-- Whether changes are pushed by themselves, as an owner switched it last. An option given at the start comes first.
CREATE TABLE auto_push (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    is_on INTEGER NOT NULL
);

-- Whether changes are pushed by themselves, as an owner switched it last. An option given at the start comes first.
CREATE TABLE auto_push (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    is_on BIGINT NOT NULL
);

-- That the list of what an installation needs has ended: all was done, or somebody dismissed it.
CREATE TABLE checklist (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    ended_at BIGINT NOT NULL
);

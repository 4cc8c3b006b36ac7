-- Filters of the list of sessions that somebody gave a name, for themselves.
CREATE TABLE saved_view (
    -- The id of the caller.
    owner TEXT NOT NULL,
    name_key TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The keys of a list, as an address has them.
    query TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (owner, name_key)
);
-- Which columns of that list a user wants to see, with a comma between. NULL: the usual ones.
ALTER TABLE users ADD COLUMN columns TEXT;

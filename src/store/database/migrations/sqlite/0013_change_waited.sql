-- Since when the session had been waiting, in milliseconds since 1970: an undo lets it go on. NULL where it did not wait,
-- and for what was changed before this was kept.
ALTER TABLE change ADD COLUMN waited_since INTEGER;

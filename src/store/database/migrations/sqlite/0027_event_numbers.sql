-- The number that was given last.
ALTER TABLE event_numbers ADD COLUMN last INTEGER NOT NULL DEFAULT 0;
UPDATE event_numbers SET last = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'event'), 0);

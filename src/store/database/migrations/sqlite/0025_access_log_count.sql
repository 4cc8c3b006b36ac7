-- How often what an entry says was so: what one caller does in a loop within a minute is one entry.
ALTER TABLE access_log ADD COLUMN count INTEGER NOT NULL DEFAULT 1;

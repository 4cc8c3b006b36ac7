-- Which data folder the database belongs to: a copy of the folder is an installation of its own. And which version of
-- the program has opened it last.
ALTER TABLE installation ADD COLUMN inode INTEGER;
ALTER TABLE installation ADD COLUMN born INTEGER;
ALTER TABLE installation ADD COLUMN program TEXT;
-- Whether what was deleted before deleted pages were overwritten is gone from free pages too.
ALTER TABLE installation ADD COLUMN scrubbed INTEGER NOT NULL DEFAULT 0;

-- How a user wants to see the panel. NULL: as the browser has it.
ALTER TABLE users ADD COLUMN language TEXT;
ALTER TABLE users ADD COLUMN theme TEXT;

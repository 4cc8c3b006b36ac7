-- By what an entry is searched: folded texts, a character between them that no text of people holds.
ALTER TABLE change ADD COLUMN search TEXT COLLATE "C" NOT NULL DEFAULT '';

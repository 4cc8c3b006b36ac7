-- By what an entry is searched: folded texts, a character between them that no text of people holds.
ALTER TABLE change ADD COLUMN search TEXT NOT NULL DEFAULT '';
UPDATE change SET search = lower(
    session || char(1114111) || coalesce(device, '')
    || char(1114111) || coalesce(json_extract(before_values, '$.email'), '')
    || char(1114111) || coalesce(json_extract(after_values, '$.email'), '')
);

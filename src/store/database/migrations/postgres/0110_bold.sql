-- Whether a user wants accepted sessions in bold, as the desktop tool has them, rather than those that wait.
ALTER TABLE users ADD COLUMN bold_accepted BIGINT NOT NULL DEFAULT 0;

-- What is shown, sorted and searched of an Android device's system is another now: its file is read again.
UPDATE session SET fingerprint = NULL, said = NULL WHERE there = 1 AND readable = 1
    AND (lower(coalesce(device_os, '')) LIKE 'android%' OR lower(coalesce(device_version, '')) LIKE '%(android%');

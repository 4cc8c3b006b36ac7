//! The disk asked once more, so that what a scan has seen never replaces what is newer.

use super::*;

/// How many apps' folders are open at once.
const MOST_OPEN: usize = 16;

/// Looks again whether the disk still is what a scan has seen, with an app opened once for many of its sessions.
pub(super) struct Disk<'a> {
    open: &'a OpenFolder,
    apps: std::cell::RefCell<HashMap<u32, Found>>,
}

/// What stands where a session's file was.
enum There {
    Nothing,
    File(u64),
    /// Its app cannot be looked into.
    Unknown,
}

impl<'a> Disk<'a> {
    pub(super) fn new(open: &'a OpenFolder) -> Self {
        Self { open, apps: std::cell::RefCell::default() }
    }

    fn look(&self, table: &Table, record: &Record) -> io::Result<There> {
        let mut apps = self.apps.borrow_mut();
        if apps.len() >= MOST_OPEN && !apps.contains_key(&record.app) {
            apps.clear();
        }
        let folder = match apps.entry(record.app) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let Some(app) = table.app(record.app) else { return Ok(There::Nothing) };
                entry.insert(scan::app_folder(self.open, &app.id)?)
            }
        };
        match (folder, SessionId::parse(record.id())) {
            (Found::Closed(_), _) => Ok(There::Unknown),
            (Found::Open(folder), Some(id)) => match folder.stat(&id) {
                Ok(stat) => Ok(stat.map_or(There::Nothing, |stat| There::File(stat.fingerprint))),
                Err(error) if is_exhausted(&error) => Err(error),
                Err(_) => Ok(There::Unknown),
            },
            _ => Ok(There::Nothing),
        }
    }

    pub(super) fn still_has(&self, table: &Table, record: &Record) -> io::Result<bool> {
        Ok(match self.look(table, record)? {
            There::Nothing => false,
            There::File(fingerprint) => fingerprint == record.fingerprint,
            // What was read is not known to be true any more; that it cannot be read is.
            There::Unknown => record.content == 0,
        })
    }

    pub(super) fn really_missing(&self, table: &Table, missing: Vec<Number>) -> io::Result<Vec<Number>> {
        let mut gone = Vec::with_capacity(missing.len());
        for number in missing {
            let Some(record) = table.record(number) else { continue };
            if matches!(self.look(table, record)?, There::Nothing) {
                gone.push(number);
            }
        }
        Ok(gone)
    }
}

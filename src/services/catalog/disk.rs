//! The disk asked once more, so that what a scan has seen never replaces what is newer.

use super::*;

/// Looks again whether the disk still is what a scan has seen, with each app opened once.
pub(super) struct Disk<'a> {
    open: &'a OpenFolder,
    apps: std::cell::RefCell<HashMap<u32, Option<AppFolder>>>,
}

impl<'a> Disk<'a> {
    pub(super) fn new(open: &'a OpenFolder) -> Self {
        Self { open, apps: std::cell::RefCell::default() }
    }

    fn fingerprint(&self, table: &Table, record: &Record) -> io::Result<Option<u64>> {
        let mut apps = self.apps.borrow_mut();
        let folder = match apps.entry(record.app) {
            std::collections::hash_map::Entry::Occupied(entry) => entry.into_mut(),
            std::collections::hash_map::Entry::Vacant(entry) => {
                let Some(app) = table.app(record.app) else { return Ok(None) };
                let folder = match self.open.app(&app.id) {
                    Err(error) if error.kind() == io::ErrorKind::PermissionDenied => None,
                    other => other?,
                };
                entry.insert(folder)
            }
        };
        let (Some(folder), Some(id)) = (folder, SessionId::parse(record.id())) else { return Ok(None) };
        Ok(folder.stat(&id)?.map(|stat| stat.fingerprint))
    }

    pub(super) fn still_has(&self, table: &Table, record: &Record) -> io::Result<bool> {
        Ok(self.fingerprint(table, record)? == Some(record.fingerprint))
    }

    pub(super) fn really_missing(&self, table: &Table, missing: Vec<Number>) -> io::Result<Vec<Number>> {
        let mut gone = Vec::with_capacity(missing.len());
        for number in missing {
            let Some(record) = table.record(number) else { continue };
            if self.fingerprint(table, record)?.is_none() {
                gone.push(number);
            }
        }
        Ok(gone)
    }
}

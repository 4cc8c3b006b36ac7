//! Which files were there when the folder was looked at last: what a rescan compares the disk with. It is all that is
//! kept of sessions in memory; the database has the rest.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::domain::app_id::AppId;
use crate::domain::session::{SessionId, SessionKey};
use crate::store::database::sessions::{AppRow, FileMark, StoredFile};

#[derive(Debug, Default)]
pub struct Files {
    apps: HashMap<AppId, AppFiles>,
    /// How many scans have begun.
    scans: u32,
}

/// The files of one app's folder.
#[derive(Debug, Default)]
pub struct AppFiles {
    /// Of the manifest, as it was read last; `None` where there is none.
    pub manifest: Option<u64>,
    sessions: HashMap<SessionId, File>,
    /// Whether it is an app, as far as the database knows.
    listed: bool,
}

/// A session's file as it was read last.
#[derive(Debug)]
struct File {
    fingerprint: u64,
    content: u64,
    /// The file system's word that it is the same is not enough.
    racy: bool,
    /// The newest scan that found it.
    scan: AtomicU32,
}

impl Files {
    /// As the database knows them.
    pub fn new(files: Vec<StoredFile>, apps: &[AppRow]) -> Self {
        let mut all = Self::default();
        for app in apps {
            let entry = all.apps.entry(app.id.clone()).or_default();
            entry.listed = true;
            entry.manifest = app.manifest.as_ref().map(|manifest| manifest.fingerprint);
        }
        for StoredFile { key, mark } in files {
            all.put(&key, mark);
        }
        all
    }

    /// The number of a scan that begins now.
    pub fn begin_scan(&mut self) -> u32 {
        self.scans += 1;
        self.scans
    }

    pub fn put(&mut self, key: &SessionKey, mark: FileMark) {
        let app = self.apps.entry(key.app.clone()).or_default();
        app.listed = true;
        let fingerprint = mark.fingerprint.unwrap_or(0);
        let racy = mark.racy || mark.fingerprint.is_none();
        let content = mark.content.unwrap_or(0);
        match app.sessions.get_mut(&key.id) {
            Some(file) => {
                (file.fingerprint, file.content, file.racy) = (fingerprint, content, racy);
                *file.scan.get_mut() = self.scans;
            }
            None => {
                let file = File { fingerprint, content, racy, scan: AtomicU32::new(self.scans) };
                app.sessions.insert(key.id.clone(), file);
            }
        }
    }

    pub fn remove(&mut self, key: &SessionKey) {
        if let Some(app) = self.apps.get_mut(&key.app) {
            app.sessions.remove(&key.id);
            app.listed = !app.sessions.is_empty() || app.manifest.is_some();
        }
    }

    /// The files of this app are to be read again, whatever they were.
    pub fn forget_readings(&mut self, app: &AppId) {
        let files = self.apps.get_mut(app).into_iter().flat_map(|app| app.sessions.values_mut());
        files.for_each(|file| (file.fingerprint, file.racy) = (0, true));
    }

    pub fn set_manifest(&mut self, app: &AppId, manifest: Option<u64>) {
        let app = self.apps.entry(app.clone()).or_default();
        app.manifest = manifest;
        app.listed = !app.sessions.is_empty() || manifest.is_some();
    }

    pub fn app(&self, app: &AppId) -> Option<&AppFiles> {
        self.apps.get(app)
    }

    /// The apps that hold a session or a manifest.
    pub fn listed(&self) -> impl Iterator<Item = &AppId> {
        self.apps.iter().filter(|(_, app)| app.listed).map(|(id, _)| id)
    }

    pub fn has(&self, key: &SessionKey) -> bool {
        self.app(&key.app).is_some_and(|app| app.sessions.contains_key(&key.id))
    }

    pub fn is_empty(&self) -> bool {
        self.apps.values().all(|app| app.sessions.is_empty())
    }

    pub fn len(&self) -> usize {
        self.apps.values().map(|app| app.sessions.len()).sum()
    }

    /// The stat and the content of a session's file, as it was read last.
    pub fn reading(&self, key: &SessionKey) -> Option<(u64, u64)> {
        let file = self.app(&key.app)?.sessions.get(&key.id)?;
        Some((file.fingerprint, file.content))
    }

    /// Whether a session's file is surely the one that was read last.
    pub fn is_known(&self, key: &SessionKey, fingerprint: u64) -> bool {
        self.app(&key.app).is_some_and(|app| app.is_known(&key.id, fingerprint))
    }

    /// Some of the files that could be read, from all over the folder.
    pub fn sample(&self, most: usize) -> Vec<SessionKey> {
        let apart = (self.len() / most.max(1)).max(1);
        let readable = self.apps.iter().flat_map(|(app, files)| {
            let readable = files.sessions.iter().filter(|(_, file)| file.content != 0);
            readable.map(|(id, _)| SessionKey { app: app.clone(), id: id.clone() })
        });
        readable.step_by(apart).take(most).collect()
    }
}

impl AppFiles {
    /// Whether no session of it is known.
    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    fn is_known(&self, id: &SessionId, fingerprint: u64) -> bool {
        self.sessions.get(id).is_some_and(|file| file.fingerprint == fingerprint && !file.racy)
    }

    /// Notes that a scan has found a file; whether it is surely the one that was read last.
    pub fn find(&self, id: &SessionId, fingerprint: u64, scan: u32) -> bool {
        let Some(file) = self.sessions.get(id) else { return false };
        file.scan.store(scan, Ordering::Relaxed);
        file.fingerprint == fingerprint && !file.racy
    }

    /// The sessions that neither this scan nor a later one has found, and that were known when it began.
    pub fn missing(&self, scan: u32) -> impl Iterator<Item = &SessionId> {
        self.sessions.iter().filter(move |(_, file)| file.scan.load(Ordering::Relaxed) < scan).map(|(id, _)| id)
    }

    /// The sessions whose files could be read.
    pub fn readable(&self) -> impl Iterator<Item = &SessionId> {
        self.sessions.iter().filter(|(_, file)| file.content != 0).map(|(id, _)| id)
    }
}

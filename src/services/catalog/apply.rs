//! Brings what a scan or a look has read into the database, unless the disk has moved on since.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{MutexGuard, mpsc};

use super::blocking::{now, off_thread};
use super::reading::{Read, unreadable};
use super::scan::{self, Found, Progress, Scan};
use super::service::Catalog;
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::services::measures;
use crate::store::database::sessions::{Manifest, Observation, Observed, Reading};
use crate::store::folder::{FileStat, OpenFolder, is_exhausted};
use crate::store::memory;

/// How many readings are written with one commit.
const AT_ONCE: usize = 2000;
/// How many parts of a scan wait to be written.
const PARTS_AHEAD: usize = 2;
/// How many apps' folders are open at once while the disk is asked once more.
const MOST_OPEN: usize = 16;
/// After so many changes at once, memory is given back.
const MANY: usize = 10_000;

/// What was brought into the database.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Applied {
    pub(super) added: u64,
    pub(super) changed: u64,
    pub(super) removed: u64,
}

impl Applied {
    pub(super) fn add(&mut self, other: Applied) {
        self.added += other.added;
        self.changed += other.changed;
        self.removed += other.removed;
    }

    fn of(observed: &Observed) -> Self {
        Self { added: observed.added, changed: observed.changed, removed: observed.removed }
    }
}

/// What a scan came to.
#[derive(Default)]
pub(super) struct Scanned {
    pub(super) looked_at: u64,
    pub(super) applied: Applied,
    /// Sessions whose files may be half-written.
    pub(super) unfinished: Vec<SessionKey>,
}

impl Catalog {
    /// Looks at the whole folder, or at these apps, and writes down what differs, part by part.
    pub(super) async fn scan_and_apply(self: &Arc<Self>, only: Option<Vec<AppId>>) -> io::Result<Scanned> {
        let start = Instant::now();
        let done = self.scan_and_apply_now(only).await;
        measures::scan(start.elapsed(), done.is_ok());
        done
    }

    async fn scan_and_apply_now(self: &Arc<Self>, only: Option<Vec<AppId>>) -> io::Result<Scanned> {
        let (parts, mut reads) = mpsc::channel::<Vec<Read>>(PARTS_AHEAD);
        let this = self.clone();
        let progress = self.progress.read().clone().unwrap_or_default();
        let open = Arc::new(off_thread(move || this.open_root()).await?);
        let (this, root) = (self.clone(), open.clone());
        let scan = off_thread(move || {
            let take = |reads| parts.blocking_send(reads).map_err(|_| io::Error::other("what was read was not taken"));
            scan::scan_folder(&root, &this.files, only.as_deref(), &progress, &take)
        });
        let scan = tokio::spawn(scan);
        let taken = self.take_parts(&open, &mut reads).await;
        drop(reads);
        let mut scanned = taken?;
        let scan = scan.await.map_err(io::Error::other)?.inspect_err(|error| self.root_failed(error))?;
        // A root that was replaced meanwhile has said nothing of what is missing in the new one.
        if self.folder.id()? != open.id() {
            return Err(io::ErrorKind::NotFound.into());
        }
        scanned.looked_at = scan.scanned;
        self.apply_rest(&open, scan, &mut scanned).await?;
        let Applied { added, changed, removed } = scanned.applied;
        if added + changed + removed > MANY as u64 {
            memory::give_back();
        }
        Ok(scanned)
    }

    async fn take_parts(
        self: &Arc<Self>,
        open: &Arc<OpenFolder>,
        parts: &mut mpsc::Receiver<Vec<Read>>,
    ) -> io::Result<Scanned> {
        let mut scanned = Scanned::default();
        // Nothing that is known can have moved on.
        let is_fill = self.files.read().is_empty();
        let mut waiting: Vec<Read> = Vec::new();
        while let Some(reads) = parts.recv().await {
            waiting.extend(reads);
            while let Ok(more) = parts.try_recv() {
                waiting.extend(more);
            }
            if waiting.len() >= AT_ONCE || parts.is_closed() {
                self.apply_part(open, std::mem::take(&mut waiting), is_fill, &mut scanned).await?;
            }
        }
        self.apply_part(open, waiting, is_fill, &mut scanned).await?;
        Ok(scanned)
    }

    async fn apply_part(
        self: &Arc<Self>,
        open: &Arc<OpenFolder>,
        reads: Vec<Read>,
        is_fill: bool,
        scanned: &mut Scanned,
    ) -> io::Result<()> {
        if reads.is_empty() {
            return Ok(());
        }
        let turn = self.applying.lock().await;
        let (unfinished, reads): (Vec<Read>, Vec<Read>) =
            reads.into_iter().partition(|read| read.unfinished && self.is_new_reading(read));
        scanned.unfinished.extend(unfinished.iter().map(Read::key));
        let reads = if is_fill { reads } else { self.still_true(open, reads).await? };
        let found = reads.into_iter().map(|read| read.reading).collect();
        scanned.applied.add(self.write(&turn, Observation { found, ..Observation::default() }).await?);
        Ok(())
    }

    /// What was not handed on part by part: what is missing, what cannot be looked into, and manifests.
    async fn apply_rest(self: &Arc<Self>, open: &Arc<OpenFolder>, scan: Scan, scanned: &mut Scanned) -> io::Result<()> {
        self.note_closed(&scan);
        let mut failed = scan.failed;
        failed.retain(|read| !scan.closed.contains_key(&read.reading.session.app));
        let is_start = *self.looks.borrow() == 0;
        for (app, error) in scan.closed.iter().filter(|_| !is_start) {
            failed.extend(self.close(app, error).await?);
        }
        let turn = self.applying.lock().await;
        let failed = self.still_true(open, failed).await?;
        let gone = self.really_missing(open, scan.missing).await?;
        if gone.len() < AT_ONCE {
            self.note_absent(gone.iter().cloned());
        }
        let found: Vec<Reading> = failed.into_iter().map(|read| read.reading).collect();
        let closed = if is_start { scan.closed.into_keys().collect() } else { Vec::new() };
        let mut observation =
            Observation { found, closed, manifests: self.other_manifests(scan.manifests), ..Observation::default() };
        for some in gone.chunks(AT_ONCE) {
            observation.gone = some.to_vec();
            scanned.applied.add(self.write(&turn, std::mem::take(&mut observation)).await?);
        }
        scanned.applied.add(self.write(&turn, observation).await?);
        Ok(())
    }

    /// Those that are not what is known; of an app that holds no manifest and never held one, nothing is to be said.
    fn other_manifests(&self, manifests: Vec<(AppId, Option<Manifest>)>) -> Vec<(AppId, Option<Manifest>)> {
        let files = self.files.read();
        let is_listed = |app: &AppId| files.listed().any(|listed| listed == app);
        manifests.into_iter().filter(|(app, manifest)| manifest.is_some() || is_listed(app)).collect()
    }

    /// The known sessions of an app that cannot be looked into, as files that cannot be read.
    async fn close(&self, app: &AppId, error: &io::Error) -> io::Result<Vec<Read>> {
        let keys: Vec<SessionKey> = {
            let files = self.files.read();
            let readable = files.app(app).into_iter().flat_map(|files| files.readable());
            readable.map(|id| SessionKey { app: app.clone(), id: id.clone() }).collect()
        };
        let sessions = self.database.sessions(&keys).await.map_err(io::Error::other)?;
        let close = |key: SessionKey| {
            let ((session, _), (fingerprint, _)) = (sessions.get(&key)?, self.files.read().reading(&key)?);
            let stat = FileStat { modified: session.modified_at, size: session.size, fingerprint, racy: true };
            Some(unreadable(key, stat, error))
        };
        Ok(keys.into_iter().filter_map(close).collect())
    }

    /// Remembers which apps could not be looked into, and says so of each once.
    fn note_closed(&self, scan: &Scan) {
        let mut closed = self.closed.lock();
        for (app, error) in &scan.closed {
            if closed.insert(app.clone()) {
                tracing::warn!(%error, %app, "the app's folder cannot be read: its sessions are shown as unreadable");
            }
        }
        closed.retain(|app| scan.closed.contains_key(app) || !scan.apps.contains(app));
    }

    /// Writes an observation down, and takes note of it here. To be called while nobody else applies.
    pub(super) async fn write(&self, _turn: &MutexGuard<'_, ()>, mut observation: Observation) -> io::Result<Applied> {
        self.forget_doubts(&mut observation.found);
        let Observation { found, gone, manifests, closed, ends, compare, .. } = &observation;
        if [found.len(), gone.len(), manifests.len(), closed.len(), ends.len(), compare.len()] == [0; 6] {
            return Ok(Applied::default());
        }
        let marks: Vec<_> = found.iter().map(|reading| (reading.session.key(), reading.mark)).collect();
        let (gone, closed, has_ends) = (gone.clone(), closed.clone(), !ends.is_empty());
        let fingerprint = |manifest: &Option<Manifest>| manifest.as_ref().map(|manifest| manifest.fingerprint);
        let manifests: Vec<_> = manifests.iter().map(|(app, manifest)| (app.clone(), fingerprint(manifest))).collect();
        let first_run = self.is_first_run();
        let observed = self.events.observe(now(), Observation { first_run, ..observation }).await;
        let observed = observed.map_err(io::Error::other)?;
        let mut files = self.files.write();
        marks.iter().for_each(|(key, mark)| files.put(key, *mark));
        gone.iter().for_each(|key| files.remove(key));
        closed.iter().for_each(|app| files.forget_readings(app));
        manifests.iter().for_each(|(app, manifest)| files.set_manifest(app, *manifest));
        drop(files);
        self.lists_changed();
        if has_ends {
            self.own_changes.send_replace(());
        }
        Ok(Applied::of(&observed))
    }

    /// Files that are what was known, and were read once more because the file system's word was not enough.
    fn forget_doubts(&self, found: &mut Vec<Reading>) {
        let mut files = self.files.write();
        found.retain(|reading| {
            let (key, mark) = (reading.session.key(), reading.mark);
            let is_new = files.reading(&key) != mark.fingerprint.zip(mark.content);
            if !is_new {
                files.put(&key, mark);
            }
            is_new
        });
    }

    /// Whether it was not taken for what it is before.
    fn is_new_reading(&self, read: &Read) -> bool {
        self.files.read().reading(&read.key()) != Some(read.state())
    }

    /// What the disk has not moved on from since it was read.
    async fn still_true(&self, open: &Arc<OpenFolder>, reads: Vec<Read>) -> io::Result<Vec<Read>> {
        if reads.is_empty() {
            return Ok(reads);
        }
        let open = open.clone();
        off_thread(move || {
            let mut disk = Disk::new(&open);
            let mut good = Vec::with_capacity(reads.len());
            for read in reads {
                let is_true = match disk.look(&read.key())? {
                    There::Nothing => false,
                    There::File(fingerprint) => Some(fingerprint) == read.reading.mark.fingerprint,
                    // What was read is not known to be true any more; that it cannot be read is.
                    There::Unknown => read.reading.mark.content == Some(0),
                };
                if is_true {
                    good.push(read);
                }
            }
            Ok(good)
        })
        .await
    }

    async fn really_missing(&self, open: &Arc<OpenFolder>, missing: Vec<SessionKey>) -> io::Result<Vec<SessionKey>> {
        if missing.is_empty() {
            return Ok(missing);
        }
        let open = open.clone();
        off_thread(move || {
            let mut disk = Disk::new(&open);
            let mut gone = Vec::with_capacity(missing.len());
            for key in missing {
                if matches!(disk.look(&key)?, There::Nothing) {
                    gone.push(key);
                }
            }
            Ok(gone)
        })
        .await
    }

    /// The apps that are listed.
    pub(super) fn listed(&self) -> HashSet<AppId> {
        self.files.read().listed().cloned().collect()
    }

    /// A scan's progress is shown from now on, until its end.
    pub(super) fn show_progress(&self) -> Arc<Progress> {
        let progress = Arc::new(Progress::default());
        *self.progress.write() = Some(progress.clone());
        progress
    }
}

/// The disk asked once more, so that what a scan has seen never replaces what is newer: an app is opened once for many
/// of its sessions.
struct Disk<'a> {
    open: &'a OpenFolder,
    apps: HashMap<AppId, Found>,
}

/// What stands where a session's file was.
enum There {
    Nothing,
    File(u64),
    /// Its app cannot be looked into.
    Unknown,
}

impl<'a> Disk<'a> {
    fn new(open: &'a OpenFolder) -> Self {
        Self { open, apps: HashMap::new() }
    }

    fn look(&mut self, key: &SessionKey) -> io::Result<There> {
        if !self.apps.contains_key(&key.app) {
            if self.apps.len() >= MOST_OPEN {
                self.apps.clear();
            }
            self.apps.insert(key.app.clone(), scan::app_folder(self.open, &key.app)?);
        }
        match self.apps.get(&key.app) {
            Some(Found::Closed(_)) => Ok(There::Unknown),
            Some(Found::Open(folder)) => match folder.stat(&key.id) {
                Ok(stat) => Ok(stat.map_or(There::Nothing, |stat| There::File(stat.fingerprint))),
                Err(error) if is_exhausted(&error) => Err(error),
                Err(_) => Ok(There::Unknown),
            },
            Some(Found::Nothing) | None => Ok(There::Nothing),
        }
    }
}

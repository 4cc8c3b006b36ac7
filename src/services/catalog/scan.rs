//! Looks at everything in the folder, or in some of its apps, and reads what is new or not what it was.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, TrySendError};

use parking_lot::{Mutex, RwLock};

use super::files::Files;
use super::reading::{Read, read};
use crate::domain::app_id::AppId;
use crate::domain::app_name::is_bare_version;
use crate::domain::session::{SessionId, SessionKey};
use crate::store::database::sessions::Manifest;
use crate::store::folder::{AppFolder, FileStat, OpenFolder, is_exhausted};

/// How many files one thread takes at a time.
const CHUNK: usize = 128;
/// How many of these wait to be taken.
const CHUNKS_AHEAD: usize = 16;
/// How many readings are handed on together.
const PART: usize = 500;

/// How far a scan is.
#[derive(Debug, Default)]
pub struct Progress {
    /// How many files were looked at.
    pub done: AtomicU64,
    /// How many were found so far.
    pub total: AtomicU64,
}

/// Takes what a scan reads, part by part; an error ends the scan.
pub type Take<'a> = &'a (dyn Fn(Vec<Read>) -> io::Result<()> + Sync);

/// What a scan found beside what it handed on.
#[derive(Default)]
pub struct Scan {
    /// How many files were looked at.
    pub scanned: u64,
    /// Files that could not be read because the disk failed.
    pub failed: Vec<Read>,
    /// Sessions whose files were not found.
    pub missing: Vec<SessionKey>,
    /// The apps that were found to hold a session or a manifest.
    pub apps: HashSet<AppId>,
    /// Manifests that were read anew; `None` where there is none any more.
    pub manifests: Vec<(AppId, Option<Manifest>)>,
    /// The apps whose folders could not be looked into.
    pub closed: HashMap<AppId, io::Error>,
}

/// Looks at the whole folder, or at these apps.
pub fn scan_folder(
    folder: &OpenFolder,
    files: &RwLock<Files>,
    only: Option<&[AppId]>,
    progress: &Progress,
    take: Take<'_>,
) -> io::Result<Scan> {
    let apps = match only {
        Some(apps) => apps.to_vec(),
        None => folder.apps()?,
    };
    let scanner = Scanner { number: files.write().begin_scan(), files, progress, take };
    let (sender, receiver) = mpsc::sync_channel::<Chunk>(CHUNKS_AHEAD);
    let receiver = Mutex::new(receiver);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    let mut scan = Scan::default();
    let parts: Vec<io::Result<Part>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(|| scanner.work(&receiver))).collect();
        let mut own = Part::default();
        let listed = scanner.list(folder, &apps, &mut scan, |chunk| {
            // Each chunk holds its app's folder open, so only so many wait.
            if let Err(TrySendError::Full(chunk)) = sender.try_send(chunk) {
                own.take(&scanner, chunk);
            }
        });
        drop(sender);
        // Who listed helps with the rest.
        let rest = scanner.work(&receiver);
        let mut parts: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        parts.extend([own.end(&scanner), rest, listed.map(|()| Part::default())]);
        parts
    });
    for part in parts {
        let part = part?;
        scan.scanned += part.scanned;
        scan.failed.extend(part.failed);
        scan.closed.extend(part.closed);
    }
    scanner.find_missing(&mut scan, only);
    scan.unless_unreadable(only.is_none())
}

impl Scan {
    /// Where the disk failed on every session, a scan of everything says nothing of any.
    fn unless_unreadable(self, of_all: bool) -> io::Result<Self> {
        match self.failed.first().and_then(Read::failed_by_disk) {
            Some(kind) if of_all && self.failed.len() as u64 == self.scanned => Err(kind.into()),
            _ => Ok(self),
        }
    }
}

struct Scanner<'a> {
    number: u32,
    files: &'a RwLock<Files>,
    progress: &'a Progress,
    take: Take<'a>,
}

/// Files of one app, for one thread to look at.
struct Chunk {
    folder: Arc<AppFolder>,
    ids: Vec<SessionId>,
}

/// What one thread found.
#[derive(Default)]
struct Part {
    scanned: u64,
    reads: Vec<Read>,
    failed: Vec<Read>,
    closed: HashMap<AppId, io::Error>,
    error: Option<io::Error>,
}

impl Scanner<'_> {
    fn list(
        &self,
        folder: &OpenFolder,
        apps: &[AppId],
        scan: &mut Scan,
        mut send: impl FnMut(Chunk),
    ) -> io::Result<()> {
        for app in apps {
            let folder = match app_folder(folder, app)? {
                Found::Open(folder) => Arc::new(folder),
                Found::Nothing => continue,
                Found::Closed(error) => {
                    scan.closed.insert(app.clone(), error);
                    continue;
                }
            };
            match self.list_app(&folder, scan, &mut send) {
                Ok(true) => drop(scan.apps.insert(app.clone())),
                Ok(false) => {}
                Err(error) => drop(scan.closed.insert(app.clone(), of_the_app(error)?)),
            }
        }
        Ok(())
    }

    /// Hands on an app's session files; whether it is an app.
    fn list_app(&self, folder: &Arc<AppFolder>, scan: &mut Scan, send: &mut impl FnMut(Chunk)) -> io::Result<bool> {
        let mut ids = Vec::new();
        let mut found = 0;
        let has_manifest = folder.visit(|id| {
            found += 1;
            self.progress.total.fetch_add(1, Ordering::Relaxed);
            ids.push(id);
            if ids.len() == CHUNK {
                send(Chunk { folder: folder.clone(), ids: std::mem::take(&mut ids) });
            }
        })?;
        if !ids.is_empty() {
            send(Chunk { folder: folder.clone(), ids });
        }
        self.look_at_manifest(folder, scan)?;
        Ok(found > 0 || has_manifest)
    }

    /// Reads the manifest again if it is not the one that is known.
    fn look_at_manifest(&self, folder: &AppFolder, scan: &mut Scan) -> io::Result<()> {
        let fingerprint = folder.manifest_stat()?.map(|stat| stat.fingerprint);
        if self.files.read().app(folder.id()).and_then(|app| app.manifest) == fingerprint {
            return Ok(());
        }
        let manifest = match (fingerprint, folder.manifest()) {
            (None, _) => None,
            (Some(fingerprint), Ok(bytes)) => Some(summary(fingerprint, bytes.as_deref())),
            // It is tried again at the next scan.
            (Some(_), Err(error)) => {
                tracing::debug!(%error, app = %folder.id(), "the manifest cannot be read");
                return Ok(());
            }
        };
        scan.manifests.push((folder.id().clone(), manifest));
        Ok(())
    }

    fn work(&self, chunks: &Mutex<Receiver<Chunk>>) -> io::Result<Part> {
        let mut part = Part::default();
        loop {
            let chunk = chunks.lock().recv();
            let Ok(chunk) = chunk else { return part.end(self) };
            part.take(self, chunk);
        }
    }

    /// The files of a chunk that are new or not what is known.
    fn changed(&self, chunk: Chunk) -> io::Result<Vec<SessionId>> {
        if self.files.read().app(chunk.folder.id()).is_none_or(|app| app.is_empty()) {
            return Ok(chunk.ids);
        }
        let stats: Vec<Option<FileStat>> =
            chunk.ids.iter().map(|id| chunk.folder.stat(id)).collect::<io::Result<_>>()?;
        let files = self.files.read();
        let app = files.app(chunk.folder.id());
        let is_known =
            |id: &SessionId, stat: &FileStat| app.is_some_and(|app| app.find(id, stat.fingerprint, self.number));
        let both = chunk.ids.into_iter().zip(stats);
        Ok(both.filter_map(|(id, stat)| stat.is_some_and(|stat| !is_known(&id, &stat)).then_some(id)).collect())
    }

    fn find_missing(&self, scan: &mut Scan, only: Option<&[AppId]>) {
        let files = self.files.read();
        let looked_at = files.listed().filter(|app| only.is_none_or(|only| only.contains(app)));
        for app in looked_at.filter(|app| !scan.closed.contains_key(*app)) {
            let Some(known) = files.app(app) else { continue };
            let missing = known.missing(self.number).map(|id| SessionKey { app: app.clone(), id: id.clone() });
            scan.missing.extend(missing);
            if !scan.apps.contains(app) && !scan.manifests.iter().any(|(other, _)| other == app) {
                scan.manifests.push((app.clone(), None));
            }
        }
    }
}

impl Part {
    /// Reads a chunk; after an error, nothing is read any more.
    fn take(&mut self, scanner: &Scanner<'_>, chunk: Chunk) {
        if self.error.is_some() {
            return;
        }
        let (folder, count) = (chunk.folder.clone(), chunk.ids.len() as u64);
        self.scanned += count;
        if let Err(error) = self.read(scanner, chunk) {
            match of_the_app(error) {
                Ok(error) => drop(self.closed.insert(folder.id().clone(), error)),
                Err(error) => self.error = Some(error),
            }
        }
        scanner.progress.done.fetch_add(count, Ordering::Relaxed);
        if self.reads.len() >= PART {
            self.hand_on(scanner);
        }
    }

    fn read(&mut self, scanner: &Scanner<'_>, chunk: Chunk) -> io::Result<()> {
        let folder = chunk.folder.clone();
        for id in scanner.changed(chunk)? {
            if let Some(read) = read(&folder, id)? {
                let list = if read.failed_by_disk().is_some() { &mut self.failed } else { &mut self.reads };
                list.push(read);
            }
        }
        Ok(())
    }

    fn hand_on(&mut self, scanner: &Scanner<'_>) {
        // Of an app that cannot be looked into, what was read before that is let go of.
        self.reads.retain(|read| !self.closed.contains_key(&read.reading.session.app));
        let reads = std::mem::take(&mut self.reads);
        if let Err(error) = (scanner.take)(reads) {
            self.error = Some(error);
        }
    }

    fn end(mut self, scanner: &Scanner<'_>) -> io::Result<Self> {
        if self.error.is_none() && !self.reads.is_empty() {
            self.hand_on(scanner);
        }
        self.error.take().map_or(Ok(self), Err)
    }
}

/// What stands where an app's folder is looked for.
pub enum Found {
    Open(AppFolder),
    /// None, or a link.
    Nothing,
    /// A folder that cannot be looked into, and why. It takes no other app away.
    Closed(io::Error),
}

pub fn app_folder(folder: &OpenFolder, app: &AppId) -> io::Result<Found> {
    match folder.app(app) {
        Ok(found) => Ok(found.map_or(Found::Nothing, Found::Open)),
        Err(error) => of_the_app(error).map(Found::Closed),
    }
}

/// Tells what is wrong with an app's folder from what is wrong with this program, which says nothing of it.
fn of_the_app(error: io::Error) -> io::Result<io::Error> {
    if is_exhausted(&error) { Err(error) } else { Ok(error) }
}

fn summary(fingerprint: u64, bytes: Option<&[u8]>) -> Manifest {
    let Some(manifest) = bytes.and_then(super::detail::parse_manifest) else {
        return Manifest { fingerprint, name: None, targets: None };
    };
    let text = |value: &serde_json::Value| value.as_str().map(str::to_lowercase);
    let name = manifest.pointer("/application/name").and_then(|name| name.as_str().map(str::to_owned));
    let targets = match manifest.pointer("/info/target") {
        Some(serde_json::Value::Array(targets)) => targets.iter().filter_map(text).collect(),
        Some(target) => text(target).into_iter().collect(),
        None => Vec::new(),
    };
    let name = name.filter(|name| !name.trim().is_empty() && !is_bare_version(name));
    Manifest { fingerprint, name, targets: Some(targets) }
}

//! Reads the folder: everything at the start, then only what the file system says has changed.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, TrySendError};

use parking_lot::{Mutex, RwLock};

use super::index::Number;
use super::names::is_bare_version;
use super::record::{AppNumber, Reading, Record};
use super::table::{ManifestSummary, Table};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::session::finding::Finding;
use crate::domain::session::judge::judge;
use crate::domain::session::{SessionId, SessionKey};
use crate::domain::timestamp::Timestamp;
use crate::store::folder::{AppFolder, Content, FileStat, OpenFolder, Terms, is_exhausted};

/// How many files one thread takes at a time.
const CHUNK: usize = 128;

/// How many of these wait to be taken.
const CHUNKS_AHEAD: usize = 16;

/// What was read of one session's file.
pub struct Read {
    pub key: SessionKey,
    /// Ready for the table, but for what was known before.
    pub record: Record,
    /// It cannot be read as JSON: perhaps it is being written. By the clock nobody can tell, since the file's time is
    /// another machine's.
    pub unfinished: bool,
    /// Why its bytes could not be read.
    failed: Option<io::ErrorKind>,
}

#[derive(Default)]
pub struct Scan {
    /// How many files were looked at.
    pub scanned: u64,
    /// Of new files, and of those that are not what they were.
    pub reads: Vec<Read>,
    /// Numbers of sessions whose files were not found.
    pub missing: Vec<Number>,
    /// The apps that were found to hold a session or a manifest.
    pub apps: HashSet<AppId>,
    /// Which apps it looked at; all, for `None`.
    pub of: Option<Vec<AppId>>,
    /// Numbers of apps that were not found, or hold nothing any more.
    pub missing_apps: Vec<AppNumber>,
    /// The apps whose folders could not be looked into. What is known of their sessions is among `reads` as files that
    /// cannot be read, if it was not so before.
    pub closed: HashMap<AppId, io::Error>,
}

impl Scan {
    /// Where the disk failed on every session, it says nothing of any.
    pub fn unless_unreadable(self) -> io::Result<Self> {
        let of_all = self.of.is_none() && self.scanned > 0 && self.scanned == self.reads.len() as u64;
        let failed = |read: &Read| read.failed.is_some_and(|kind| is_of_the_disk(&kind.into()));
        match self.reads.first().and_then(|read| read.failed) {
            Some(kind) if of_all && self.reads.iter().all(failed) => Err(kind.into()),
            _ => Ok(self),
        }
    }
}

/// Whether an error is the disk's, and not a matter of rights or of this program's own limits.
pub fn is_of_the_disk(error: &io::Error) -> bool {
    !is_exhausted(error) && error.kind() != io::ErrorKind::PermissionDenied
}

/// Reads one session's file; `None` where there is none.
pub fn read(folder: &AppFolder, app: AppNumber, id: SessionId) -> io::Result<Option<Read>> {
    let Some((stat, content)) = folder.read(&id)? else { return Ok(None) };
    let key = SessionKey { app: folder.id().clone(), id };
    Ok(Some(pack(key, app, stat, &content, folder.terms())))
}

/// Judges what was read and packs it.
pub fn pack(key: SessionKey, app: AppNumber, stat: FileStat, content: &Content, terms: &Terms) -> Read {
    let failed = match content {
        Content::Unreadable(error) => Some(error.kind()),
        _ => None,
    };
    let (fields, findings, content) = match content {
        Content::Bytes(bytes) => {
            let (fields, findings) = judge(&key, bytes, &terms.schema);
            (fields, findings, Digest::of(bytes).content())
        }
        Content::TooLarge => (None, vec![Finding::too_large(terms.limit)], 0),
        Content::Unreadable(error) => (None, vec![Finding::unreadable(error)], 0),
    };
    let unfinished = fields.is_none() && content != 0;
    let record = Record::new(app, Reading { id: &key.id, stat, fields, findings, content });
    Read { key, record, unfinished, failed }
}

/// What was written into a session's file at this time, as if it had been read.
pub fn pack_written(key: &SessionKey, bytes: &[u8], at: Timestamp, terms: &Terms) -> Record {
    let stat = FileStat { modified: at, size: bytes.len() as u64, fingerprint: 0, racy: true };
    pack(key.clone(), 0, stat, &Content::Bytes(bytes.to_vec()), terms).record
}

/// Looks at everything in the folder, or in some apps of it. Only files whose stat is not what the
/// table has are read.
pub fn scan_folder(folder: &OpenFolder, table: &RwLock<Table>, only: Option<&[AppId]>) -> io::Result<Scan> {
    let apps = match only {
        Some(apps) => apps.to_vec(),
        None => folder.apps()?,
    };
    let seen: Vec<AtomicU64> = (0..table.read().numbers().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
    let (sender, receiver) = mpsc::sync_channel::<Chunk>(CHUNKS_AHEAD);
    let receiver = Mutex::new(receiver);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    let mut scan = Scan { of: only.map(<[AppId]>::to_vec), ..Scan::default() };
    let parts: Vec<io::Result<Part>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(|| work(&receiver, table, &seen).whole())).collect();
        let mut own = Part::default();
        let listed = list(folder, table, &apps, &mut scan, |chunk| {
            // Each chunk holds its app's folder open, so only so many wait.
            if let Err(TrySendError::Full(chunk)) = sender.try_send(chunk) {
                own.take(chunk, table, &seen);
            }
        });
        drop(sender);
        // Who listed helps with the rest.
        let rest = work(&receiver, table, &seen);
        let mut parts: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        parts.extend([own.whole(), rest.whole(), listed.map(|()| Part::default())]);
        parts
    });
    for part in parts {
        let part = part?;
        scan.scanned += part.scanned;
        scan.reads.extend(part.reads);
        scan.closed.extend(part.closed);
    }
    let table = table.read();
    find_missing(&mut scan, &table, &seen, only);
    close(&mut scan, &table);
    Ok(scan)
}

/// Of an app that could not be looked into, what was read before that is let go of, and nothing is missing.
fn close(scan: &mut Scan, table: &Table) {
    let Scan { closed, reads, .. } = scan;
    if closed.is_empty() {
        return;
    }
    reads.retain(|read| !closed.contains_key(&read.key.app));
    for (app, error) in closed {
        let Some(number) = table.app_number(app) else { continue };
        let of_app = table.records().filter(|(_, record)| record.app == number && record.content != 0);
        reads.extend(of_app.filter_map(|(_, record)| {
            let key = SessionKey { app: app.clone(), id: SessionId::parse(record.id())? };
            let record = record.unreadable(&key.id, error);
            Some(Read { key, record, unfinished: false, failed: Some(error.kind()) })
        }));
    }
}

/// Files of one app, for one thread to look at.
struct Chunk {
    folder: Arc<AppFolder>,
    app: AppNumber,
    /// No session of the app is known yet.
    fresh: bool,
    ids: Vec<SessionId>,
}

#[derive(Default)]
struct Part {
    scanned: u64,
    reads: Vec<Read>,
    closed: HashMap<AppId, io::Error>,
    failed: Option<io::Error>,
}

fn list(
    folder: &OpenFolder,
    table: &RwLock<Table>,
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
        match list_app(&folder, table, &mut send) {
            Ok(true) => drop(scan.apps.insert(app.clone())),
            Ok(false) => {}
            Err(error) => drop(scan.closed.insert(app.clone(), of_the_app(error)?)),
        }
    }
    Ok(())
}

/// Hands on an app's session files; whether it is an app.
fn list_app(folder: &Arc<AppFolder>, table: &RwLock<Table>, send: &mut impl FnMut(Chunk)) -> io::Result<bool> {
    let app = folder.id();
    let known = {
        let table = table.read();
        table.app_number(app).and_then(|n| Some((n, table.app(n)?.counts().total == 0)))
    };
    // An app becomes one with its first session or its manifest.
    let mut number = known;
    let mut ids = Vec::new();
    let mut number_of = |table: &RwLock<Table>| *number.get_or_insert_with(|| (table.write().put_app(app), true));
    let manifest = folder.visit(|id| {
        ids.push(id);
        if ids.len() == CHUNK {
            let (app, fresh) = number_of(table);
            send(Chunk { folder: folder.clone(), app, fresh, ids: std::mem::take(&mut ids) });
        }
    })?;
    if !ids.is_empty() {
        let (app, fresh) = number_of(table);
        send(Chunk { folder: folder.clone(), app, fresh, ids });
    }
    if manifest {
        number_of(table);
    }
    if let Some((number, _)) = number {
        refresh_manifest(folder, table, number)?;
    }
    Ok(number.is_some())
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

/// Reads the manifest again if it is not the one that is known.
fn refresh_manifest(folder: &AppFolder, table: &RwLock<Table>, app: AppNumber) -> io::Result<()> {
    let fingerprint = folder.manifest_stat()?.map(|stat| stat.fingerprint);
    if table.read().app(app).is_some_and(|entry| entry.manifest_fingerprint == fingerprint) {
        return Ok(());
    }
    match folder.manifest() {
        Ok(manifest) => table.write().set_manifest(app, manifest.as_deref().and_then(summary_of), fingerprint),
        // It is tried again at the next scan.
        Err(error) => tracing::debug!(%error, app = %folder.id(), "the manifest cannot be read"),
    }
    Ok(())
}

fn summary_of(manifest: &[u8]) -> Option<ManifestSummary> {
    let manifest = super::detail::parse_manifest(manifest)?;
    let text = |value: &serde_json::Value| value.as_str().map(str::to_lowercase);
    let name = manifest.pointer("/application/name").and_then(|name| name.as_str().map(str::to_owned));
    let targets = match manifest.pointer("/info/target") {
        Some(serde_json::Value::Array(targets)) => targets.iter().filter_map(text).collect(),
        Some(target) => text(target).into_iter().collect(),
        None => Vec::new(),
    };
    Some(ManifestSummary { name: name.filter(|name| !name.trim().is_empty() && !is_bare_version(name)), targets })
}

fn work(chunks: &Mutex<Receiver<Chunk>>, table: &RwLock<Table>, seen: &[AtomicU64]) -> Part {
    let mut part = Part::default();
    loop {
        let chunk = chunks.lock().recv();
        let Ok(chunk) = chunk else { return part };
        part.take(chunk, table, seen);
    }
}

impl Part {
    /// Reads a chunk; after a failure, nothing is read any more.
    fn take(&mut self, chunk: Chunk, table: &RwLock<Table>, seen: &[AtomicU64]) {
        if self.failed.is_some() {
            return;
        }
        self.scanned += chunk.ids.len() as u64;
        let folder = chunk.folder.clone();
        if let Err(error) = read_chunk(chunk, table, seen, &mut self.reads) {
            match of_the_app(error) {
                Ok(error) => drop(self.closed.insert(folder.id().clone(), error)),
                Err(error) => self.failed = Some(error),
            }
        }
    }

    fn whole(mut self) -> io::Result<Self> {
        self.failed.take().map_or(Ok(self), Err)
    }
}

fn read_chunk(chunk: Chunk, table: &RwLock<Table>, seen: &[AtomicU64], reads: &mut Vec<Read>) -> io::Result<()> {
    let (folder, app) = (chunk.folder.clone(), chunk.app);
    for id in changed(chunk, table, seen)? {
        reads.extend(read(&folder, app, id)?);
    }
    Ok(())
}

/// The files of a chunk that are new or not what the table has.
fn changed(chunk: Chunk, table: &RwLock<Table>, seen: &[AtomicU64]) -> io::Result<Vec<SessionId>> {
    if chunk.fresh {
        return Ok(chunk.ids);
    }
    let stats: Vec<Option<FileStat>> = chunk.ids.iter().map(|id| chunk.folder.stat(id)).collect::<io::Result<_>>()?;
    let table = table.read();
    let is_changed = |id: &SessionId, stat: &Option<FileStat>| {
        let Some(number) = table.find_in(chunk.app, id.as_str()) else { return true };
        let Some(stat) = stat else { return false };
        if let Some(word) = seen.get(number as usize / 64) {
            word.fetch_or(1 << (number % 64), Ordering::Relaxed);
        }
        table.record(number).is_none_or(|record| !record.is_of(stat.fingerprint))
    };
    let both = chunk.ids.into_iter().zip(&stats);
    Ok(both.filter(|(id, stat)| is_changed(id, stat)).map(|(id, _)| id).collect())
}

fn find_missing(scan: &mut Scan, table: &Table, seen: &[AtomicU64], only: Option<&[AppId]>) {
    let in_question: Vec<(AppNumber, bool)> = table
        .apps()
        .filter(|(_, entry)| entry.is_listed() && only.is_none_or(|only| only.contains(&entry.id)))
        .filter(|(_, entry)| !scan.closed.contains_key(&entry.id))
        .map(|(number, entry)| (number, scan.apps.contains(&entry.id)))
        .collect();
    let mut looked_at = vec![false; in_question.iter().map(|(n, _)| *n as usize + 1).max().unwrap_or(0)];
    for (number, _) in &in_question {
        looked_at[*number as usize] = true;
    }
    scan.missing = table
        .records()
        .filter(|(number, record)| {
            let unseen = seen
                .get(*number as usize / 64)
                .is_some_and(|word| word.load(Ordering::Relaxed) >> (number % 64) & 1 == 0);
            unseen && looked_at.get(record.app as usize) == Some(&true)
        })
        .map(|(number, _)| number)
        .collect();
    scan.missing_apps = in_question.into_iter().filter(|(_, found)| !found).map(|(number, _)| number).collect();
}

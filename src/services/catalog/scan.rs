//! Reads the folder: everything at the start, then only what the file system says has changed.

use std::collections::HashSet;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use super::index::Number;
use super::record::{AppNumber, Reading, Record};
use super::table::{ManifestSummary, Table};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::compliance::{Finding, judge};
use crate::domain::session::{SessionId, SessionKey};
use crate::store::folder::{AppFolder, Content, FileStat, OpenFolder, Terms};

/// How many files one thread takes at a time.
const CHUNK: usize = 128;

/// A file that changed less than this ago may be half-written.
const MAY_BE_UNFINISHED: Duration = Duration::from_secs(2);

/// What was read of one session's file.
pub struct Read {
    /// Of which session.
    pub key: SessionKey,
    /// Ready for the table, but for what was known before.
    pub record: Record,
    /// It cannot be read as JSON and was changed a moment ago: perhaps it is being written.
    pub unfinished: bool,
}

/// What a scan found.
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
    /// Numbers of apps that were not found, or hold nothing any more.
    pub missing_apps: Vec<AppNumber>,
}

/// Reads one session's file; `None` where there is none.
pub fn read(folder: &AppFolder, app: AppNumber, id: SessionId) -> io::Result<Option<Read>> {
    let Some((stat, content)) = folder.read(&id)? else { return Ok(None) };
    let key = SessionKey { app: folder.id().clone(), id };
    Ok(Some(pack(key, app, stat, &content, folder.terms())))
}

/// Judges what was read and packs it.
pub fn pack(key: SessionKey, app: AppNumber, stat: FileStat, content: &Content, terms: &Terms) -> Read {
    let (fields, findings, content) = match content {
        Content::Bytes(bytes) => {
            let (fields, findings) = judge(&key, bytes, &terms.schema);
            (fields, findings, Digest::of(bytes).content())
        }
        Content::TooLarge => (None, vec![Finding::too_large(terms.limit)], 0),
        Content::Unreadable(error) => (None, vec![Finding::unreadable(error)], 0),
    };
    let unfinished = fields.is_none() && content != 0 && stat.age(SystemTime::now()) < MAY_BE_UNFINISHED;
    let record = Record::new(app, Reading { id: &key.id, stat, fields, findings, content });
    Read { key, record, unfinished }
}

/// Looks at everything in the folder, or in some apps of it. Only files whose stat is not what the
/// table has are read.
pub fn scan_folder(folder: &OpenFolder, table: &RwLock<Table>, only: Option<&[AppId]>) -> io::Result<Scan> {
    let apps = match only {
        Some(apps) => apps.to_vec(),
        None => folder.apps()?,
    };
    let seen: Vec<AtomicU64> = (0..super::read(table).numbers().div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
    let (sender, receiver) = mpsc::channel::<Chunk>();
    let receiver = Mutex::new(receiver);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, 8);
    let mut scan = Scan::default();
    let parts: Vec<io::Result<Part>> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(|| work(&receiver, table, &seen))).collect();
        let listed = list(folder, table, &apps, &mut scan, |chunk| drop(sender.send(chunk)));
        drop(sender);
        // Who listed helps with the rest.
        let own = work(&receiver, table, &seen);
        let mut parts: Vec<_> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect();
        parts.extend([own, listed.map(|()| Part::default())]);
        parts
    });
    for part in parts {
        let part = part?;
        scan.scanned += part.scanned;
        scan.reads.extend(part.reads);
    }
    find_missing(&mut scan, &super::read(table), &seen, only);
    Ok(scan)
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
}

fn list(
    folder: &OpenFolder,
    table: &RwLock<Table>,
    apps: &[AppId],
    scan: &mut Scan,
    send: impl Fn(Chunk),
) -> io::Result<()> {
    for app in apps {
        let Some(folder) = app_folder(folder, app)?.map(Arc::new) else { continue };
        let known = {
            let table = super::read(table);
            table.app_number(app).and_then(|n| Some((n, table.app(n)?.counts().total == 0)))
        };
        // An app becomes one with its first session or its manifest.
        let mut number = known;
        let mut ids = Vec::new();
        let mut number_of =
            |table: &RwLock<Table>| *number.get_or_insert_with(|| (super::write(table).put_app(app), true));
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
            scan.apps.insert(app.clone());
            refresh_manifest(&folder, table, number)?;
        }
    }
    Ok(())
}

/// An app's folder that may not be looked into is passed over: it must not take the others away.
pub fn app_folder(folder: &OpenFolder, app: &AppId) -> io::Result<Option<AppFolder>> {
    match folder.app(app) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            tracing::warn!(%app, "the app's folder may not be read");
            Ok(None)
        }
        other => other,
    }
}

/// Reads the manifest again if it is not the one that is known.
fn refresh_manifest(folder: &AppFolder, table: &RwLock<Table>, app: AppNumber) -> io::Result<()> {
    let fingerprint = folder.manifest_stat()?.map(|stat| stat.fingerprint);
    if super::read(table).app(app).is_some_and(|entry| entry.manifest_fingerprint == fingerprint) {
        return Ok(());
    }
    let summary = folder.manifest().as_deref().and_then(summary_of);
    super::write(table).set_manifest(app, summary, fingerprint);
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
    Some(ManifestSummary { name: name.filter(|name| !name.is_empty()), targets })
}

fn work(chunks: &Mutex<Receiver<Chunk>>, table: &RwLock<Table>, seen: &[AtomicU64]) -> io::Result<Part> {
    let mut part = Part::default();
    loop {
        let chunk = lock(chunks).recv();
        let Ok(chunk) = chunk else { return Ok(part) };
        part.scanned += chunk.ids.len() as u64;
        let (folder, app) = (chunk.folder.clone(), chunk.app);
        for id in changed(chunk, table, seen)? {
            part.reads.extend(read(&folder, app, id)?);
        }
    }
}

/// The files of a chunk that are new or not what the table has.
fn changed(chunk: Chunk, table: &RwLock<Table>, seen: &[AtomicU64]) -> io::Result<Vec<SessionId>> {
    if chunk.fresh {
        return Ok(chunk.ids);
    }
    let stats: Vec<Option<FileStat>> = chunk.ids.iter().map(|id| chunk.folder.stat(id)).collect::<io::Result<_>>()?;
    let table = super::read(table);
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

/// What a thread that panicked left behind is still whole: every change is made under one lock.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

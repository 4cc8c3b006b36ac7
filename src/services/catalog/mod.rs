//! Every session in memory, kept true by hints and rescans. Lists read no disk.

mod check;
mod detail;
mod disk;
mod follow;
mod identity;
mod index;
mod lists;
mod names;
mod notice;
mod orders;
mod probe;
mod record;
mod refresh;
mod scan;
mod seen;
mod statistics;
mod sync;
mod table;
mod unpushed;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime};

use parking_lot::{Mutex, RwLock, RwLockReadGuard};
use serde::Serialize;
use tokio::sync::{Notify, mpsc, watch};
use utoipa::ToSchema;

pub use self::check::{Item, Report, check};
pub use self::detail::NoDocument;
use self::index::Number;
use self::lists::Apps;
pub use self::names::is_bare_version;
use self::orders::Ties;
use self::record::AppNumber;
use self::record::Record;
use self::refresh::Refreshes;
use self::scan::{Found, Read, Scan};
pub use self::seen::{MOST_SEEN, Other, Seen};
pub use self::statistics::Statistics;
use self::table::{AppEntry, Table};
use self::unpushed::UnpushedChanges;
use super::error::{Conflict, Error};
use super::events::Events;
use crate::domain::account::{AppScope, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Digest, FileState};
use crate::domain::event::{Event, EventKind};
use crate::domain::query::{Cursor, Filter, Query, SortKey, SortValue};
use crate::domain::session::document::Document;
use crate::domain::session::{App, Counts, Session, SessionId, SessionKey, StatusClass, folded};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::store::database::Database;
use crate::store::database::events::{News, Note};
use crate::store::database::known::{AllKnown, Known};
use crate::store::database::pushes::{Contents, Mark, Unpushed};
use crate::store::folder::{AppFolder, Content, Folder, OpenFolder, is_exhausted, why_away};
use crate::store::root::Unavailable;
use crate::store::watcher::{Hint, Watcher};

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionPage {
    /// The sessions of this page.
    pub items: Vec<Session>,
    /// How many sessions the whole list has.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// What a rescan of everything found.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Refreshed {
    /// How many files were looked at.
    pub scanned: u64,
    /// How many are new.
    pub added: u64,
    /// How many have other bytes.
    pub changed: u64,
    /// How many are gone.
    pub removed: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

/// One session with its whole document, secrets left out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SessionDetail {
    /// The session as lists show it.
    #[serde(flatten)]
    pub session: Session,
    /// The file's whole object, without the secrets for who may not read them; `null` where it cannot be shown.
    pub document: Option<serde_json::Value>,
    /// Why `document` is `null`.
    #[schema(value_type = Option<String>)]
    pub document_note: Option<NoDocument>,
    /// The JSON pointers of what was left out.
    pub redacted: Vec<String>,
    /// Whether `document` holds secrets.
    #[serde(skip)]
    #[schema(ignore)]
    pub tells_secrets: bool,
    /// Of the file's bytes: the first part of the `ETag`.
    #[serde(skip)]
    #[schema(ignore)]
    pub digest: Digest,
    /// The document for people, with masks in the places of its secrets: the nearest to it that can be shown.
    #[serde(skip)]
    #[schema(ignore)]
    pub masked: Option<serde_json::Value>,
}

impl SessionDetail {
    /// A large document is not looked through where requests are answered.
    async fn new(session: Session, digest: Digest, content: Content, with_secrets: bool) -> Result<Self, Error> {
        const LARGE: usize = 32 << 10;
        let shown = match &content {
            Content::Bytes(bytes) if bytes.len() > LARGE => {
                let show = move || detail::show(&content, with_secrets);
                tokio::task::spawn_blocking(show).await.map_err(Error::internal)?
            }
            small => detail::show(small, with_secrets),
        };
        let detail::Shown { document, masked, note, redacted, tells_secrets } = shown;
        Ok(Self { session, document, masked, document_note: note, redacted, tells_secrets, digest })
    }
}

/// In which folders a device, by the folder of its app and its id, is accepted.
pub type AcceptedDevices = HashMap<(AppId, String), HashSet<AppId>>;

/// How the catalog is kept true.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How often the whole folder is looked at again.
    pub rescan: Duration,
    /// Whether the file system gives no hints (network shares): then it is looked at all the time.
    pub poll: bool,
    /// Whether a person says that the folder is the right one, wherever it was before.
    pub moved: bool,
}

/// All sessions of a MobileApps folder.
///
/// Every list fails with [`Error::FolderUnavailable`] while the folder is away.
pub struct Catalog {
    folder: Arc<Folder>,
    database: Database,
    options: Options,
    table: RwLock<Table>,
    /// Held while what was read is compared with the disk and put into the table, so that an old
    /// reading never replaces a newer one.
    applying: Mutex<()>,
    /// One scan of everything at a time.
    scanning: tokio::sync::Mutex<()>,
    /// Scans that run or wait to.
    rescans: Arc<tokio::sync::Semaphore>,
    /// The sessions with changes that are not pushed.
    unpushed: Mutex<UnpushedChanges>,
    /// The sessions that an undo is about to make pending again, and since when they had been waiting before.
    waited: Mutex<HashMap<SessionKey, i64>>,
    /// The sessions that went away within the last moments, not by this program, each with when.
    absent: Mutex<HashMap<SessionKey, Instant>>,
    /// Tells of every change made here.
    marked: watch::Sender<()>,
    /// Why the folder cannot be read; `None` when it can.
    unavailable: RwLock<Option<Unavailable>>,
    /// Whether a person has said that the folder that stands at the path is the right one.
    confirmed: std::sync::atomic::AtomicBool,
    /// The root is to be looked at, now.
    look_now: Arc<Notify>,
    /// How often the folder was read anew.
    looks: watch::Sender<u64>,
    refreshes: Refreshes,
    /// When it was tried last whether sessions can be read.
    probed: tokio::sync::Mutex<Option<Instant>>,
    generation: AtomicU64,
    watcher: Mutex<Option<Watcher>>,
    /// Whether every listed app is watched.
    all_watched: std::sync::atomic::AtomicBool,
    hints: mpsc::UnboundedSender<Hint>,
    events: Arc<Events>,
    /// The apps of which it was told that they are there.
    listed: Mutex<HashSet<AppId>>,
    /// The apps whose folders could not be looked into the last time.
    closed: Mutex<HashSet<AppId>>,
    /// Whether it was told that the folder is away.
    told_away: std::sync::atomic::AtomicBool,
    /// Whether the folder has been read since the program's start.
    was_read: std::sync::atomic::AtomicBool,
    /// Whether sessions that are found now were there before this program's first run.
    first_run: std::sync::atomic::AtomicBool,
}

impl Catalog {
    /// One page of a list: what the caller may see, filtered and sorted. An `app` in the filter
    /// that does not exist gives an empty list.
    pub fn list(&self, scope: &AppScope, query: &Query) -> Result<SessionPage, Error> {
        let table = self.available()?;
        let apps = Apps::of(&table, scope, &query.filter.app);
        let page = lists::page(&table, &apps, query);
        let last = page.numbers.last().and_then(|&last| table.record(last)).filter(|_| page.more);
        Ok(SessionPage {
            items: page.numbers.iter().filter_map(|&number| self.show(&table, number)).collect(),
            total: page.total,
            next_cursor: last.map(|record| cursor_behind(&table, record, query).encode()),
        })
    }

    /// The keys of all sessions that a filter lets through, by app then id.
    pub fn keys(&self, scope: &AppScope, filter: &Filter) -> Result<Vec<SessionKey>, Error> {
        let table = self.available()?;
        let apps = Apps::of(&table, scope, &filter.app);
        let numbers = lists::all(&table, &apps, filter);
        let mut keys: Vec<SessionKey> = numbers.iter().filter_map(|&n| table.key_of(table.record(n)?)).collect();
        keys.sort_unstable();
        Ok(keys)
    }

    /// The keys of a whole list in its order, whatever page the query asks for.
    pub fn keys_in_order(&self, scope: &AppScope, query: &Query) -> Result<Vec<SessionKey>, Error> {
        let table = self.available()?;
        let apps = Apps::of(&table, scope, &query.filter.app);
        let whole = Query { limit: usize::MAX, cursor: None, ..query.clone() };
        let numbers = lists::page(&table, &apps, &whole).numbers;
        Ok(numbers.iter().filter_map(|&n| table.key_of(table.record(n)?)).collect())
    }

    /// One session; `None` where there is none for this caller.
    pub fn session(&self, scope: &AppScope, key: &SessionKey) -> Result<Option<Session>, Error> {
        let table = self.available()?;
        let number = table.find(&key.app, key.id.as_str()).filter(|_| scope.allows(&key.app));
        Ok(number.and_then(|number| self.show(&table, number)))
    }

    /// Whether there is a session of this key, or was a moment ago, as far as is known.
    pub fn knows(&self, key: &SessionKey) -> bool {
        self.table.read().find(&key.app, key.id.as_str()).is_some() || sync::is_recent(self.absent.lock().get(key))
    }

    /// A session as it was when these bytes were written, whatever stands there by now.
    pub fn session_as_written(&self, key: &SessionKey, bytes: &[u8]) -> Option<Session> {
        let table = self.table.read();
        let known = table.record_of(key);
        if let Some(known) = known.filter(|known| known.content == Digest::of(bytes).content()) {
            return known.session(&key.app);
        }
        let at = now();
        let mut record = scan::pack_written(key, bytes, at, self.folder.terms());
        let before = known.map(|known| known.known(None));
        let first_seen = before.as_ref().map_or(at.millis(), |known| known.first_seen);
        record.carry_over(first_seen, before.and_then(|known| known.pending_since), at.millis());
        let differs = self.unpushed.lock().differs(key, &record);
        record.unpushed = differs;
        record.session(&key.app)
    }

    /// What [`Catalog::detail_for`] would have shown of bytes that were written, whatever stands there by now.
    pub async fn detail_as_written(
        session: Session,
        bytes: Vec<u8>,
        with_secrets: bool,
    ) -> Result<SessionDetail, Error> {
        let digest = Digest::of(&bytes);
        SessionDetail::new(session, digest, Content::Bytes(bytes), with_secrets).await
    }

    /// One session with its document, read from disk now.
    pub async fn detail(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<SessionDetail>, Error> {
        self.detail_for(scope, key, false).await
    }

    /// The same, with the secrets for who may see them.
    pub async fn detail_for(
        self: &Arc<Self>,
        scope: &AppScope,
        key: &SessionKey,
        with_secrets: bool,
    ) -> Result<Option<SessionDetail>, Error> {
        let Some(content) = self.content(scope, key).await? else { return Ok(None) };
        let Some(session) = self.session(scope, key)? else { return Ok(None) };
        let digest = match &content {
            Content::Bytes(bytes) => Digest::of(bytes),
            // No bytes to go by: what is known of the file stands for them.
            _ => Digest::of(format!("{} {}", session.size, session.modified_at).as_bytes()),
        };
        SessionDetail::new(session, digest, content, with_secrets).await.map(Some)
    }

    /// One session as its file says it now, and the digest of those bytes; `None` where there is none, or where it
    /// changes all the while.
    pub async fn session_now(self: &Arc<Self>, key: &SessionKey) -> Result<Option<(Session, Digest)>, Error> {
        const TRIES: usize = 3;
        for _ in 0..TRIES {
            let Some(Content::Bytes(bytes)) = self.content(&AppScope::all(), key).await? else { return Ok(None) };
            let digest = Digest::of(&bytes);
            let table = self.available()?;
            let Some(number) = table.find(&key.app, key.id.as_str()) else { continue };
            if table.record(number).is_some_and(|record| record.content == digest.content()) {
                return Ok(self.show(&table, number).map(|session| (session, digest)));
            }
        }
        Ok(None)
    }

    /// For each of these devices, an app's folder and a device's id in lower case: the folders of the same app in which
    /// a session of it is accepted.
    pub fn accepted_devices(&self, devices: HashSet<(AppId, String)>) -> Result<AcceptedDevices, Error> {
        let table = self.available()?;
        let mut wanted: HashMap<u32, HashMap<String, Vec<AppId>>> = HashMap::new();
        for (app, device) in devices {
            for &folder in table.app_number(&app).map_or(&[][..], |number| table.folders_of(number)) {
                wanted.entry(folder).or_default().entry(device.clone()).or_default().push(app.clone());
            }
        }
        let mut accepted = AcceptedDevices::new();
        for (_, record) in table.records().filter(|(_, record)| record.class() == StatusClass::Accepted) {
            let Some((wanted, folder)) = wanted.get(&record.app).zip(table.app(record.app)) else { continue };
            let Some(device) = folded(record.device_id()) else { continue };
            for app in wanted.get(&device).into_iter().flatten() {
                accepted.entry((app.clone(), device.clone())).or_default().insert(folder.id.clone());
            }
        }
        Ok(accepted)
    }

    /// The bytes of a session's file with its secrets, read from disk now.
    pub async fn file(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<Vec<u8>>, Error> {
        match self.content(scope, key).await? {
            None => Ok(None),
            Some(Content::Bytes(bytes)) => Ok(Some(bytes)),
            Some(Content::TooLarge) => Err(Error::Conflict(Conflict::FileTooLarge)),
            Some(Content::Unreadable(error)) => {
                Err(Error::Conflict(Conflict::FileUnreadable(error.kind().to_string())))
            }
        }
    }

    /// The same bytes with masks in the places of the secrets: they are in no page. Where the secrets cannot be told
    /// from the rest, it is for those alone who may read them.
    pub async fn masked_file(self: &Arc<Self>, scope: &AppScope, key: &SessionKey) -> Result<Option<Vec<u8>>, Error> {
        let Some(bytes) = self.file(scope, key).await? else { return Ok(None) };
        detail::mask(&bytes).map(Some).ok_or(Error::Forbidden(Permission::ReadSecrets))
    }

    /// The apps a caller may see, sorted by name; those without a session too.
    pub fn apps(&self, scope: &AppScope) -> Result<Vec<App>, Error> {
        let table = self.available()?;
        let mut apps: Vec<(String, App)> = table
            .apps()
            .filter(|(_, app)| app.is_listed() && scope.allows(&app.id))
            .map(|(number, app)| show_app(&table, scope, number, app))
            .map(|app| (app.name.to_lowercase(), app))
            .collect();
        apps.sort_unstable_by(|a, b| (&a.0, &a.1.id).cmp(&(&b.0, &b.1.id)));
        Ok(apps.into_iter().map(|(_, app)| app).collect())
    }

    /// One app; `None` where there is none for this caller.
    pub fn app(&self, scope: &AppScope, id: &AppId) -> Result<Option<App>, Error> {
        let table = self.available()?;
        let app = table.app_number(id).and_then(|number| Some((number, table.app(number)?)));
        let app = app.filter(|(_, app)| app.is_listed() && scope.allows(id));
        Ok(app.map(|(number, app)| show_app(&table, scope, number, app)))
    }

    /// The app's manifest, read from disk now; without a document where there is none that is a JSON object.
    pub async fn manifest(&self, scope: &AppScope, id: &AppId, with_secrets: bool) -> Result<detail::Shown, Error> {
        if self.app(scope, id)?.is_none() {
            return Ok(detail::Shown::default());
        }
        let (folder, id) = (self.folder.clone(), id.clone());
        let manifest = off_thread(move || {
            let manifest = folder.open()?.app(&id).and_then(|app| app.map_or(Ok(None), |app| app.manifest()));
            // One that cannot be read is as good as none.
            manifest.or_else(|error| if is_exhausted(&error) { Err(error) } else { Ok(None) })
        });
        let manifest = manifest.await.map_err(|error| self.gone(&error))?;
        Ok(manifest.map(|bytes| detail::show(&Content::Bytes(bytes), with_secrets)).unwrap_or_default())
    }

    /// The e-mail addresses and login names of an app, distinct whatever their case, sorted, none empty: each as most
    /// sessions spell it, and of spellings that are as frequent the first in order.
    pub fn emails(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        let table = self.available()?;
        let Some(number) = table.app_number(app).filter(|_| scope.allows(app)) else { return Ok(Vec::new()) };
        let of_app = table.records().filter(|(_, record)| record.app == number);
        let mut spellings: BTreeMap<String, BTreeMap<&str, u64>> = BTreeMap::new();
        for email in of_app.filter_map(|(_, record)| record.email()).filter(|email| !email.is_empty()) {
            *spellings.entry(email.to_lowercase()).or_default().entry(email).or_default() += 1;
        }
        let commonest = |of_one: BTreeMap<&str, u64>| {
            let spelling = of_one.into_iter().min_by_key(|&(_, count)| std::cmp::Reverse(count));
            spelling.map(|(spelling, _)| spelling.to_owned())
        };
        Ok(spellings.into_values().filter_map(commonest).collect())
    }

    /// The distinct push-notification tokens of an app, sorted, read from disk now: **secret**.
    pub async fn push_tokens(&self, scope: &AppScope, app: &AppId) -> Result<Vec<String>, Error> {
        let ids: Vec<SessionId> = {
            let table = self.available()?;
            let Some(number) = table.app_number(app).filter(|_| scope.allows(app)) else { return Ok(Vec::new()) };
            let of_app = table.records().filter(|(_, record)| record.app == number && record.has_push_token());
            of_app.filter_map(|(_, record)| SessionId::parse(record.id())).collect()
        };
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (folder, app) = (self.folder.clone(), app.clone());
        let tokens = off_thread(move || {
            let Some(app) = folder.open()?.app(&app)? else { return Ok(BTreeSet::new()) };
            ids.iter().filter_map(|id| push_token(&app, id).transpose()).collect()
        });
        Ok(tokens.await.map_err(|error| self.gone(&error))?.into_iter().collect())
    }

    /// How many sessions a caller may see.
    pub fn counts(&self, scope: &AppScope) -> Result<Counts, Error> {
        let table = self.available()?;
        Ok(Apps::of(&table, scope, &[]).counts(&table))
    }

    /// Whether the folder can be read: `Err` says why not.
    pub fn availability(&self) -> Result<(), Error> {
        match &*self.unavailable.read() {
            None => Ok(()),
            Some(reason) => Err(Error::FolderUnavailable { reason: reason.clone() }),
        }
    }

    /// Whether lists by every sort are answered from an index. After the first scan, those by another sort than the
    /// usual one are sorted for a moment, which takes longer.
    pub fn has_all_indexes(&self) -> bool {
        self.table.read().stale_sort().is_none()
    }

    /// Changes whenever an answer of a list can have changed.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Whether 4D would take a session's file; `None` when there is none.
    pub fn compliance(&self, key: &SessionKey) -> Result<Option<bool>, Error> {
        let table = self.available()?;
        Ok(table.record_of(key).map(Record::compliant))
    }

    /// The first bytes of the digest of a session's file that 4D would certainly not take, as lists know it.
    pub fn refused_content(&self, key: &SessionKey) -> Option<u64> {
        self.table.read().record_of(key).filter(|record| is_refused(record)).map(bytes_of)
    }

    /// What a session's file holds of what changes change; `None` where there is none.
    pub fn standing(&self, key: &SessionKey) -> Result<Option<FileState>, Error> {
        Ok(self.available()?.record_of(key).map(Record::state))
    }

    /// Since when a session has been waiting, in milliseconds since 1970, if it is.
    pub fn waits_since(&self, key: &SessionKey) -> Option<i64> {
        self.table.read().record_of(key).and_then(Record::waits_since)
    }

    /// Where an undo makes this session pending again, it has been waiting since then: it keeps its place among those
    /// that wait. To be ended when the undo is in the lists.
    pub fn goes_on_waiting(&self, key: &SessionKey, since: Option<i64>) {
        let mut waited = self.waited.lock();
        match since {
            Some(since) => drop(waited.insert(key.clone(), since)),
            None => drop(waited.remove(key)),
        }
    }

    /// Notes changes that were made here, and are not pushed.
    pub fn mark_unpushed(&self, made: &[Unpushed]) {
        // The table comes first, as for whoever reads a file again.
        let mut table = self.table.write();
        let mut unpushed = self.unpushed.lock();
        for one in made {
            let differs = unpushed.add(one);
            if let Some(number) = table.find(&one.key.app, one.key.id.as_str()) {
                table.touch(number, |record| record.unpushed = differs);
            }
        }
        drop((table, unpushed));
        self.changed();
        self.marked.send_replace(());
    }

    /// Compares what was changed here with the file as it is known.
    pub fn compare_unpushed(&self, key: &SessionKey) {
        let mut table = self.table.write();
        let now = table.record_of(key).map(Record::state);
        let differs = self.unpushed.lock().look_at(key, now.as_ref());
        if let Some(number) = table.find(&key.app, key.id.as_str()) {
            table.touch(number, |record| record.unpushed = differs);
        }
        drop(table);
        self.changed();
    }

    /// Notes that changes were pushed; those that were made since the push looked are not.
    pub fn mark_pushed(&self, marks: &[Mark]) {
        let mut table = self.table.write();
        let mut unpushed = self.unpushed.lock();
        for mark in marks {
            let differs = unpushed.pushed(mark, &table);
            if let Some(number) = table.find(&mark.0.app, mark.0.id.as_str()) {
                table.touch(number, |record| record.unpushed = differs);
            }
        }
        drop((table, unpushed));
        self.changed();
    }

    /// For a push that begins: all sessions with changes that are not pushed, by app then id, each with its newest
    /// change and whether something of it is left.
    pub fn look_at_unpushed(&self) -> Vec<(Mark, bool)> {
        self.unpushed.lock().look()
    }

    /// The sessions that a caller may see and that differ, by changes made here, from what 4D has read; deleted ones
    /// too. By app then id, each with its newest change.
    pub fn unpushed(&self, scope: &AppScope) -> Vec<Mark> {
        let unpushed = self.unpushed.lock();
        let mut marks: Vec<Mark> = unpushed.left(scope).map(|(key, change)| (key.clone(), change.to_owned())).collect();
        drop(unpushed);
        marks.sort_unstable();
        marks
    }

    /// How many there are.
    pub fn count_unpushed(&self, scope: &AppScope) -> usize {
        self.unpushed.lock().left(scope).count()
    }

    /// How many of them are there, in all apps or one. `None` where there are so many changes that counting takes
    /// long.
    pub fn count_unpushed_here(&self, scope: &AppScope, app: Option<&AppId>) -> Result<Option<u64>, Error> {
        const MOST: usize = 1000;
        let table = self.available()?;
        let unpushed = self.unpushed.lock();
        let here =
            |key: &SessionKey| app.is_none_or(|app| *app == key.app) && table.find(&key.app, key.id.as_str()).is_some();
        Ok((unpushed.len() <= MOST).then(|| unpushed.left(scope).filter(|(key, _)| here(key)).count() as u64))
    }

    /// Tells of every change that is made here from now on.
    pub fn marks(&self) -> watch::Receiver<()> {
        self.marked.subscribe()
    }

    /// The files that 4D would certainly not take, and which bytes they have.
    pub fn refused(&self, scope: &AppScope) -> Result<Contents, Error> {
        self.noncompliant(scope, is_refused)
    }

    /// The files that 4D may not take: all that is found in them is assumed.
    pub fn doubted(&self, scope: &AppScope) -> Result<Contents, Error> {
        self.noncompliant(scope, |record| !is_refused(record))
    }

    fn noncompliant(&self, scope: &AppScope, which: impl Fn(&Record) -> bool) -> Result<Contents, Error> {
        let table = self.available()?;
        let apps = Apps::of(&table, scope, &[]);
        let filter = Filter { compliant: Some(false), ..Filter::default() };
        let records = lists::all(&table, &apps, &filter).into_iter().filter_map(|number| table.record(number));
        let records = records.filter(|record| which(record));
        Ok(records.filter_map(|record| Some((table.key_of(record)?, bytes_of(record)))).collect())
    }

    fn available(&self) -> Result<RwLockReadGuard<'_, Table>, Error> {
        self.availability()?;
        Ok(self.table.read())
    }

    fn show(&self, table: &Table, number: Number) -> Option<Session> {
        let record = table.record(number)?;
        record.session(&table.app(record.app)?.id)
    }

    fn changed(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    fn gone(&self, error: &io::Error) -> Error {
        if is_exhausted(error) {
            return Error::TooManyOpenFiles;
        }
        Error::FolderUnavailable { reason: why_away(error) }
    }
}

/// An app as a caller sees it: of its folders, those that exist for them.
fn show_app(table: &Table, scope: &AppScope, number: AppNumber, app: &AppEntry) -> App {
    let folders = table.folders_of(number).iter().filter_map(|&other| table.app(other));
    let folders: Vec<&AppEntry> = folders.filter(|app| app.is_listed() && scope.allows(&app.id)).collect();
    let named = folders.iter().filter_map(|app| Some((app, app.own_name()?)));
    let name = named.max_by_key(|(app, _)| (app.counts().total, std::cmp::Reverse(&app.id))).map(|(_, name)| name);
    let mut also_in: Vec<AppId> = folders.iter().map(|app| &app.id).filter(|id| **id != app.id).cloned().collect();
    also_in.sort_unstable();
    app.show(name.unwrap_or_else(|| app.id.as_str()).to_owned(), also_in)
}

fn is_refused(record: &Record) -> bool {
    record.findings().iter().any(|finding| !finding.assumed())
}

/// Of a file that was not read, what the file system says of it stands for the bytes.
fn bytes_of(record: &Record) -> u64 {
    if record.content == 0 { record.fingerprint } else { record.content }
}

fn push_token(app: &AppFolder, id: &SessionId) -> io::Result<Option<String>> {
    let Some((_, Content::Bytes(bytes))) = app.read(id)? else { return Ok(None) };
    let Ok(document) = Document::parse(&bytes) else { return Ok(None) };
    Ok(document.fields().push_token.as_ref().map(Secret::expose).map(|token| token.clone().into_owned()))
}

fn cursor_behind(table: &Table, record: &Record, query: &Query) -> Cursor {
    let spot = table.spot(record, query.sort.key);
    let value = match query.sort.key {
        SortKey::App | SortKey::Id => SortValue::Null,
        _ => spot.key.to_value(),
    };
    Cursor { list: query.fingerprint(), value, app: spot.app.to_owned(), id: spot.id.to_owned() }
}

/// Runs what blocks on a thread of its own.
async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}

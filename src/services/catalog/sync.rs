//! Brings what is on disk into the catalog: everything, some apps, or one file.

use super::disk::Disk;
use super::follow::{follow_hints, follow_root};
use super::notice::{Applied, known_to_be_there};
use super::refresh::Refreshes;
use super::*;
use crate::services::measures;

use std::sync::atomic::AtomicBool;

use futures_util::stream::{self, StreamExt};
use tokio::time::{sleep, timeout};

use crate::store::folder::{FileStat, was_away};
use crate::store::memory;
use crate::store::root::FolderId;

/// When a file that may be half-written is read again.
pub(super) const READ_AGAIN: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(150)];
/// How often is looked for a session that is not there and was a moment ago.
const WHILE_ABSENT: [Duration; 20] = [Duration::from_millis(20); 20];
/// How long a session is known that is not there.
const KNOWN_WHILE_ABSENT: Duration = Duration::from_secs(5);
/// How many records are put into the table under one lock.
const AT_ONCE: usize = 32;
/// How many single files are read at once.
const LOOKS_AT_ONCE: usize = 8;
/// How long whoever follows the disk waits for what it reads, before it goes on with the rest.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// How many scans of everything may run or wait.
const RESCANS: usize = 2;

impl Catalog {
    /// Reads the folder and keeps it true from then on. `unpushed` are the sessions with changes
    /// that were not pushed. An unavailable folder is no error: it is waited for.
    pub async fn start(
        folder: Arc<Folder>,
        database: Database,
        events: Arc<Events>,
        unpushed: Vec<Unpushed>,
        options: Options,
    ) -> Result<Arc<Self>, Error> {
        folder.trust().none_yet();
        let (hints, hinted) = mpsc::unbounded_channel();
        let first_run = !database.has_scanned().await.map_err(Error::internal)?;
        let listed = database.known_apps().await.map_err(Error::internal)?;
        let told_away = database.folder_was_away().await.map_err(Error::internal)?;
        let catalog = Arc::new(Self {
            folder,
            database,
            options,
            table: RwLock::default(),
            applying: Mutex::default(),
            scanning: tokio::sync::Mutex::default(),
            rescans: Arc::new(tokio::sync::Semaphore::new(RESCANS)),
            unpushed: Mutex::new(UnpushedChanges::new(unpushed)),
            waited: Mutex::default(),
            absent: Mutex::default(),
            marked: watch::Sender::new(()),
            unavailable: RwLock::new(Some(Unavailable::Away("it has not been read yet".into()))),
            confirmed: AtomicBool::new(options.moved),
            look_now: Arc::new(Notify::new()),
            looks: watch::Sender::new(0),
            refreshes: Refreshes::default(),
            probed: tokio::sync::Mutex::default(),
            generation: AtomicU64::new(1),
            watcher: Mutex::default(),
            all_watched: AtomicBool::new(true),
            hints,
            events,
            listed: Mutex::new(listed.iter().filter_map(|app| AppId::parse(app)).collect()),
            closed: Mutex::default(),
            told_away: AtomicBool::new(told_away),
            was_read: AtomicBool::new(false),
            first_run: AtomicBool::new(first_run),
        });
        let root = catalog.read_anew().await;
        tokio::spawn(follow_hints(Arc::downgrade(&catalog), hinted));
        tokio::spawn(follow_root(Arc::downgrade(&catalog), root));
        Ok(catalog)
    }

    /// Looks at one session's file again: the way by which a change made here gets into lists. One that was deleted
    /// here is not waited for.
    pub async fn rescan(self: &Arc<Self>, key: &SessionKey, is_deleted: bool) -> Result<(), Error> {
        let looked = if is_deleted { self.look_at(key, true).await } else { self.look_until_settled(key).await };
        if is_deleted {
            self.absent.lock().remove(key);
        }
        looked.map(drop).map_err(|error| self.lost(&error))
    }

    /// What stands in a session's file now; the catalog knows it before this returns.
    pub(super) async fn content(
        self: &Arc<Self>,
        scope: &AppScope,
        key: &SessionKey,
    ) -> Result<Option<Content>, Error> {
        self.availability()?;
        if !scope.allows(&key.app) {
            return Ok(None);
        }
        let looked = self.look_until_settled(key).await.map_err(|error| self.lost(&error))?;
        Ok(looked.content)
    }

    pub(super) fn lost(&self, error: &io::Error) -> Error {
        if is_exhausted(error) {
            return Error::TooManyOpenFiles;
        }
        if was_away(error) {
            return self.gone(error);
        }
        match self.folder.id() {
            Err(error) => self.gone(&error),
            Ok(_) => self
                .availability()
                .err()
                .unwrap_or_else(|| Error::internal(io::Error::new(error.kind(), error.to_string()))),
        }
    }

    /// Opens the folder that stands at the path. One that is there and cannot be opened is not available either, until
    /// who looks at the root has read it anew.
    fn open_root(&self) -> io::Result<OpenFolder> {
        self.folder.open().inspect_err(|error| self.root_failed(error))
    }

    pub(super) fn root_failed(&self, error: &io::Error) {
        if is_exhausted(error) {
            return;
        }
        // Where another directory stands, whoever looks at the root judges it, now.
        if was_away(error) && self.folder.standing_id().is_ok() {
            self.look_now.notify_one();
            return;
        }
        self.set_availability(Some(error));
    }

    pub(super) fn set_availability(&self, unavailable: Option<&io::Error>) {
        let reason = unavailable.map(why_away);
        let mut slot = self.unavailable.write();
        if *slot != reason {
            match &reason {
                Some(reason) => tracing::warn!(%reason, "the MobileApps folder is not available"),
                None => tracing::info!("the MobileApps folder is available"),
            }
            *slot = reason;
            drop(slot);
            self.changed();
        }
        let away = unavailable.is_some();
        if self.told_away.swap(away, Ordering::AcqRel) != away {
            let kind = if away { EventKind::FolderUnavailable } else { EventKind::FolderAvailable };
            self.events.note(Note::Other(Event::new(kind, now())));
        }
    }

    /// Reads the folder that stands at the path now; which one that is, or `None` if there is none.
    pub(super) async fn read_anew(self: &Arc<Self>) -> Option<FolderId> {
        let read = async {
            let id = self.take_root().await?;
            *self.watcher.lock() = self.new_watcher();
            let known = self.database.all_known().await.map_err(io::Error::other)?;
            self.rescan_all(Some(known)).await?;
            if self.folder.id()? != id {
                return Err(io::Error::from(io::ErrorKind::NotFound));
            }
            self.probe().await?;
            Ok(id)
        };
        let read = read.await;
        self.set_availability(read.as_ref().err());
        if read.is_ok() {
            self.note_first_run();
        }
        if !self.is_hinted() {
            // From now on, everything is looked at all the time.
            let _ = self.hints.send(Hint::Everything);
        }
        self.looks.send_modify(|looks| *looks += 1);
        read.ok()
    }

    fn note_first_run(&self) {
        if self.first_run.swap(false, Ordering::AcqRel) {
            // After what it found: a stop in between makes the next scan the first one again.
            self.events.note(Note::FirstScan(now()));
        }
    }

    /// Looks at everything, reads what is new or changed, and waits for what is half-written.
    pub(super) async fn rescan_all(self: &Arc<Self>, known: Option<AllKnown>) -> io::Result<(u64, Applied)> {
        let _one_at_a_time = self.scanning.lock().await;
        let (scanned, mut applied, unfinished) = self.scan_and_apply(None, known).await?;
        if self.watch_new_apps() {
            // What changed between the listing and the watch has given no hint.
            let _ = self.hints.send(Hint::Everything);
        }
        applied.add(self.settle(unfinished).await?);
        Ok((scanned, applied))
    }

    pub(super) async fn scan_and_apply(
        self: &Arc<Self>,
        only: Option<Vec<AppId>>,
        known: Option<AllKnown>,
    ) -> io::Result<(u64, Applied, Vec<SessionKey>)> {
        let start = Instant::now();
        let done = self.scan_and_apply_now(only, known).await;
        measures::scan(start.elapsed(), done.is_ok());
        done
    }

    async fn scan_and_apply_now(
        self: &Arc<Self>,
        only: Option<Vec<AppId>>,
        known: Option<AllKnown>,
    ) -> io::Result<(u64, Applied, Vec<SessionKey>)> {
        let this = self.clone();
        let (open, scan) = off_thread(move || {
            let open = this.open_root()?;
            let scan = scan::scan_folder(&open, &this.table, only.as_deref());
            let scan = scan.and_then(Scan::unless_unreadable).inspect_err(|error| this.root_failed(error))?;
            // A root that was replaced meanwhile has said nothing of what is missing in the new one.
            if this.folder.id()? != open.id() {
                return Err(io::ErrorKind::NotFound.into());
            }
            Ok((open, scan))
        })
        .await?;
        let known = match known {
            Some(known) => known,
            None => self.known_of_new(&scan).await?,
        };
        let this = self.clone();
        let applied = off_thread(move || {
            let scanned = scan.scanned;
            let (applied, unfinished) = this.apply(&open, scan, &known)?;
            Ok((scanned, applied, unfinished))
        })
        .await;
        if !self.has_all_indexes() {
            let this = self.clone();
            // Nobody waits for it.
            tokio::task::spawn_blocking(move || this.tidy_up());
        }
        applied
    }

    /// After many records came at once: moves them together, so that what was let go of between them can be given
    /// back, and makes the indexes that are still to be made.
    fn tidy_up(&self) {
        let numbers = self.table.read().numbers();
        for first in (0..numbers).step_by(AT_ONCE) {
            self.table.write().move_together(first..numbers.min(first + AT_ONCE));
        }
        let mut ties: Option<Ties> = None;
        loop {
            let table = self.table.read();
            let Some(sort) = table.stale_sort() else { break };
            let good = ties.take().filter(|ties| ties.are_of(&table)).unwrap_or_else(|| Ties::of(&table));
            let made = good.make(&table, sort);
            ties = Some(good);
            drop(table);
            self.table.write().take_indexes(made);
        }
        memory::give_back();
    }

    /// What the database knows of the sessions of a scan that the table does not know.
    async fn known_of_new(&self, scan: &Scan) -> io::Result<AllKnown> {
        let new: Vec<SessionKey> = {
            let table = self.table.read();
            let is_new = |record: &Record| table.find_in(record.app, record.id()).is_none();
            scan.reads.iter().filter(|read| is_new(&read.record)).map(|read| read.key.clone()).collect()
        };
        if new.len() > 1000 {
            return self.database.all_known().await.map_err(io::Error::other);
        }
        let mut known = AllKnown::new();
        for key in new {
            if let Some(one) = self.database.known(&key).await.map_err(io::Error::other)? {
                known.entry(key.app.to_string()).or_default().insert(key.id.to_string(), one);
            }
        }
        Ok(known)
    }

    /// Puts what a scan found into the table, unless the disk has moved on since.
    fn apply(&self, open: &OpenFolder, scan: Scan, known: &AllKnown) -> io::Result<(Applied, Vec<SessionKey>)> {
        let _turn = self.applying.lock();
        self.note_closed(&scan);
        let first = self.table.read().counts().total == 0;
        let first_time = first && !self.was_read.swap(true, Ordering::AcqRel);
        let (unfinished, reads): (Vec<Read>, Vec<Read>) =
            scan.reads.into_iter().partition(|read| read.unfinished && self.is_new_reading(read));
        let unfinished: Vec<SessionKey> = unfinished.into_iter().map(|read| read.key).collect();
        let disk = Disk::new(open);
        let reads = if first { reads } else { self.still_true(&disk, reads)? };
        let (mut applied, records, notes) = self.carry_over(reads, known);
        let missing = disk.really_missing(&self.table.read(), scan.missing)?;
        applied.removed = missing.len() as u64;
        let gone = self.notes_of_gone(&missing);
        if missing.len() < AT_ONCE {
            let table = self.table.read();
            self.note_absent(missing.iter().filter_map(|&number| table.key_of(table.record(number)?)));
        }
        let many = records.len() + missing.len();
        if many > 1000 && many > self.table.read().numbers() / 8 {
            let mut table = self.table.write();
            let records = records.into_iter().map(|record| self.marked(&table, record)).collect();
            self.mark_gone(&table, &missing);
            table.put_all(records, &missing);
            drop(table);
            self.changed();
        } else {
            self.put_in_steps(records, &missing);
        }
        self.forget_manifests(&scan.missing_apps);
        let lost = match first_time && applied.as_known != known_to_be_there(known) {
            true => self.notes_of_lost(known, &unfinished, &scan.closed),
            false => Vec::new(),
        };
        // Last, so that the database does not take a processor from those who wait for the lists.
        self.tell(None, notes.into_iter().chain(gone).chain(lost));
        Ok((applied, unfinished))
    }

    /// Whether it was not taken for what it is before.
    fn is_new_reading(&self, one: &Read) -> bool {
        let table = self.table.read();
        let before = table.record_of(&one.key).map(|record| (record.fingerprint, record.content));
        before != Some((one.record.fingerprint, one.record.content))
    }

    /// Remembers which apps could not be looked into, and says so of each once.
    fn note_closed(&self, scan: &Scan) {
        let mut closed = self.closed.lock();
        for (app, error) in &scan.closed {
            if closed.insert(app.clone()) {
                tracing::warn!(%error, %app, "the app's folder cannot be read: its sessions are shown as unreadable");
            }
        }
        closed.retain(|app| {
            let looked_at = scan.of.as_ref().is_none_or(|of| of.contains(app));
            !looked_at || scan.closed.contains_key(app)
        });
    }

    /// What the disk has not moved on from since it was read.
    fn still_true(&self, disk: &Disk<'_>, reads: Vec<Read>) -> io::Result<Vec<Read>> {
        let mut good = Vec::with_capacity(reads.len());
        for one in reads {
            if disk.still_has(&self.table.read(), &one.record)? {
                good.push(one);
            }
        }
        Ok(good)
    }

    /// A record for the table that is to be written: a change or a push may have come since it was read.
    fn marked(&self, table: &Table, mut record: Record) -> Record {
        let mut unpushed = self.unpushed.lock();
        let key = if unpushed.is_empty() { None } else { table.key_of(&record) };
        record.unpushed = key.is_some_and(|key| unpushed.look_at(&key, Some(&record.state())));
        record
    }

    /// That these records are about to go from the table: what was changed here may be gone with them.
    fn mark_gone(&self, table: &Table, missing: &[Number]) {
        let mut unpushed = self.unpushed.lock();
        if unpushed.is_empty() {
            return;
        }
        for key in missing.iter().filter_map(|&number| table.key_of(table.record(number)?)) {
            unpushed.look_at(&key, None);
        }
    }

    fn put_in_steps(&self, records: Vec<Record>, missing: &[Number]) {
        let mut records = records.into_iter().peekable();
        while records.peek().is_some() {
            let mut table = self.table.write();
            for record in records.by_ref().take(AT_ONCE) {
                let record = self.marked(&table, record);
                table.put(record);
            }
            drop(table);
            self.changed();
        }
        for step in missing.chunks(AT_ONCE) {
            let mut table = self.table.write();
            self.mark_gone(&table, step);
            step.iter().for_each(|&number| table.remove(number));
            drop(table);
            self.changed();
        }
    }

    fn forget_manifests(&self, apps: &[u32]) {
        if !apps.is_empty() {
            let mut table = self.table.write();
            apps.iter().for_each(|&app| table.set_manifest(app, None, None));
            drop(table);
            self.changed();
        }
    }

    /// Looks at one session's file and puts what it finds into the table; a file that may be
    /// half-written only if `accept_unfinished`.
    pub(super) async fn look_at(self: &Arc<Self>, key: &SessionKey, accept_unfinished: bool) -> io::Result<Looked> {
        let mut known = AllKnown::new();
        if self.table.read().find(&key.app, key.id.as_str()).is_none()
            && let Some(one) = self.database.known(key).await.map_err(io::Error::other)?
        {
            known.entry(key.app.to_string()).or_default().insert(key.id.to_string(), one);
        }
        let (this, key) = (self.clone(), key.clone());
        off_thread(move || this.look_at_blocking(&key, &known, accept_unfinished)).await
    }

    /// Looks at one session's file; one that may be half-written is read again, twice, before it is
    /// taken as it is, and one that was there a moment ago is looked for for a while.
    async fn look_until_settled(self: &Arc<Self>, key: &SessionKey) -> io::Result<Looked> {
        let (mut half_written, mut absent) = (READ_AGAIN.iter(), WHILE_ABSENT.iter());
        loop {
            let looked = self.look_at(key, false).await?;
            let pause = match looked.content {
                _ if !looked.unfinished => return Ok(looked),
                Some(_) => half_written.next(),
                None => absent.next(),
            };
            let Some(pause) = pause else { return self.look_at(key, true).await };
            sleep(*pause).await;
        }
    }

    fn look_at_blocking(&self, key: &SessionKey, known: &AllKnown, accept_unfinished: bool) -> io::Result<Looked> {
        loop {
            let before = self.reading_of(key);
            let open = self.open_root()?;
            // No lock is held over this: a file whose read hangs keeps nobody waiting who wants another.
            let found = match scan::app_folder(&open, &key.app)? {
                Found::Open(folder) => folder.read(&key.id)?,
                Found::Nothing => None,
                Found::Closed(error) => return Ok(self.looked_at_closed(key, error)),
            };
            let is_gone = found.is_none() && self.folder.id()? == open.id();
            let _turn = self.applying.lock();
            if self.reading_of(key) != before {
                // Somebody else has put a reading there meanwhile, perhaps a newer one.
                continue;
            }
            return Ok(match found {
                Some((stat, content)) => self.take_reading(key, stat, content, known, accept_unfinished),
                // It may be in the middle of being deleted and made again.
                None if !accept_unfinished && self.knows(key) => Looked { unfinished: true, ..Looked::default() },
                None => {
                    if is_gone {
                        self.forget(key);
                    }
                    Looked::default()
                }
            });
        }
    }

    /// What the table has of a session's file: its stat and its content.
    fn reading_of(&self, key: &SessionKey) -> Option<(u64, u64)> {
        self.table.read().record_of(key).map(|record| (record.fingerprint, record.content))
    }

    /// Puts what was read of one file into the table. To be called while nobody else applies.
    fn take_reading(
        &self,
        key: &SessionKey,
        stat: FileStat,
        content: Content,
        known: &AllKnown,
        accept_unfinished: bool,
    ) -> Looked {
        let before = {
            let table = self.table.read();
            table.record_of(key).map(|record| (record.is_of(stat.fingerprint), record.fingerprint, record.content))
        };
        if let Some((true, ..)) = before {
            return Looked { content: Some(content), ..Looked::default() };
        }
        let app = self.table.write().put_app(&key.app);
        let packed = scan::pack(key.clone(), app, stat, &content, self.folder.terms());
        // What was taken for what it is once is not waited for again.
        let reading = (packed.record.fingerprint, packed.record.content);
        let is_new = before.is_none_or(|(_, stat, content)| (stat, content) != reading);
        if packed.unfinished && is_new && !accept_unfinished {
            return Looked { content: Some(content), unfinished: true, ..Looked::default() };
        }
        let (applied, records, notes) = self.carry_over(vec![packed], known);
        self.put_in_steps(records, &[]);
        self.tell(Some(&key.app), notes.into_iter());
        Looked { content: Some(content), unfinished: false, applied }
    }

    /// Looks at many sessions' files, some at once. Those that may be half-written are given back; one that takes long
    /// is not waited for, and looked at to its end all the same. The error is of one that could not be looked at, which
    /// keeps none of the others waiting.
    pub(super) async fn look_at_all(self: &Arc<Self>, keys: Vec<SessionKey>) -> (Vec<SessionKey>, Option<io::Error>) {
        let this = self.clone();
        let looks = async move {
            let (unfinished, failed) = (Mutex::new(Vec::new()), Mutex::new(None));
            let look = async |key: SessionKey| match this.look_at(&key, false).await {
                Ok(looked) if looked.unfinished => unfinished.lock().push(key),
                Ok(_) => {}
                Err(error) => drop(failed.lock().replace(error)),
            };
            stream::iter(keys).for_each_concurrent(LOOKS_AT_ONCE, look).await;
            (std::mem::take(&mut *unfinished.lock()), failed.lock().take())
        };
        let this = self.clone();
        let mut looks = tokio::spawn(looks);
        match timeout(LONGEST_WAIT, &mut looks).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => (Vec::new(), Some(io::Error::other(error))),
            Err(_) => {
                tracing::warn!("reading a session's file takes long: the others are not kept waiting");
                tokio::spawn(async move {
                    let (unfinished, failed) = looks.await.unwrap_or_default();
                    if failed.is_some() || this.settle(unfinished).await.is_err() {
                        let _ = this.hints.send(Hint::Everything);
                    }
                });
                (Vec::new(), None)
            }
        }
    }

    /// Looks at everything; where one file takes long, its end is not waited for.
    pub(super) async fn rescan_in_time(self: &Arc<Self>) -> io::Result<()> {
        // One that runs and one that waits for it are enough.
        let Ok(permit) = self.rescans.clone().try_acquire_owned() else { return Ok(()) };
        let this = self.clone();
        let scan = tokio::spawn(async move {
            let _permit = permit;
            this.rescan_all(None).await.map(drop)
        });
        match timeout(LONGEST_WAIT, scan).await {
            Ok(done) => done.map_err(io::Error::other)?,
            Err(_) => Ok(()),
        }
    }

    /// A session that is known, in an app that cannot be looked into now: a scan of the app shows it as unreadable.
    fn looked_at_closed(&self, key: &SessionKey, error: io::Error) -> Looked {
        let is_known = self.table.read().find(&key.app, key.id.as_str()).is_some();
        if is_known && !self.closed.lock().contains(&key.app) {
            // The receiver is gone only when the catalog is.
            let _ = self.hints.send(Hint::App(key.app.clone()));
        }
        Looked { content: is_known.then_some(Content::Unreadable(error)), ..Looked::default() }
    }

    /// Remembers for some seconds that these sessions were there.
    fn note_absent(&self, keys: impl Iterator<Item = SessionKey>) {
        let now = Instant::now();
        let mut absent = self.absent.lock();
        absent.retain(|_, since| now.duration_since(*since) < KNOWN_WHILE_ABSENT);
        absent.extend(keys.map(|key| (key, now)));
    }

    fn forget(&self, key: &SessionKey) {
        let number = self.table.read().find(&key.app, key.id.as_str());
        if let Some(number) = number {
            let gone = self.notes_of_gone(&[number]);
            self.note_absent(std::iter::once(key.clone()));
            self.put_in_steps(Vec::new(), &[number]);
            self.tell(Some(&key.app), gone.into_iter());
        }
    }

    /// Reads half-written files again, twice, and then takes them as they are.
    pub(super) async fn settle(self: &Arc<Self>, mut keys: Vec<SessionKey>) -> io::Result<Applied> {
        let mut applied = Applied::default();
        for (attempt, pause) in READ_AGAIN.iter().enumerate() {
            if keys.is_empty() {
                break;
            }
            sleep(*pause).await;
            let last = attempt + 1 == READ_AGAIN.len();
            let mut still = Vec::new();
            for key in keys {
                let looked = self.look_at(&key, last).await?;
                applied.add(looked.applied);
                if looked.unfinished {
                    still.push(key);
                }
            }
            keys = still;
        }
        Ok(applied)
    }
}

/// What looking at one file came to.
#[derive(Default)]
pub(super) struct Looked {
    content: Option<Content>,
    pub(super) unfinished: bool,
    applied: Applied,
}

/// Whether a session that went away then may still be in the middle of being made again.
pub(super) fn is_recent(gone: Option<&Instant>) -> bool {
    gone.is_some_and(|since| since.elapsed() < KNOWN_WHILE_ABSENT)
}

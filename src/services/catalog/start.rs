//! Begins to follow a folder, and reads it anew where another directory stands at its path.

use std::io;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;

use parking_lot::{Mutex, RwLock};
use tokio::sync::{Notify, mpsc, watch};

use super::apply::{Applied, Scanned};
use super::blocking::now;
use super::files::Files;
use super::follow::{follow_hints, follow_root};
use super::refreshes::Refreshes;
use super::service::{Catalog, Obstacle, Options};
use crate::services::error::Error;
use crate::services::events::Events;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::root::{FolderId, Unavailable};
use crate::store::watcher::Hint;

/// How many scans of everything may run or wait.
const RESCANS: usize = 2;
/// How often it is said how far the first reading of a folder is.
const TELL_PROGRESS: Duration = Duration::from_secs(2);
/// How long lists wait for the first reading of a folder before they show a part of it.
const SHOW_PART_AFTER: Duration = Duration::from_secs(4);
/// How long a start waits for the first reading of the folder, before lists show what was read so far.
const FIRST_LOOK: Duration = Duration::from_secs(5);

impl Catalog {
    /// Reads the folder and keeps the catalogue true from then on. An unavailable folder is no error: it is waited for.
    /// One that takes long is read while lists show what is there.
    pub async fn start(
        folder: Arc<Folder>,
        database: Database,
        events: Arc<Events>,
        options: Options,
    ) -> Result<Arc<Self>, Error> {
        folder.trust().none_yet();
        let (hints, hinted) = mpsc::unbounded_channel();
        let first_run = !database.has_scanned().await?;
        let announced_away = database.folder_was_away().await?;
        database.find_indexes().await?;
        let files = Files::new(database.files().await?, &database.apps().await?);
        let catalog = Arc::new(Self {
            folder,
            database,
            events,
            options,
            files: RwLock::new(files),
            applying: tokio::sync::Mutex::default(),
            scanning: tokio::sync::Mutex::default(),
            rescans: Arc::new(tokio::sync::Semaphore::new(RESCANS)),
            absent: Mutex::default(),
            own_changes: watch::Sender::new(()),
            obstacle: RwLock::new(Some(Obstacle::Folder(Unavailable::Away("it has not been read yet".into())))),
            confirmed: AtomicBool::new(options.moved),
            look_now: Arc::new(Notify::new()),
            looks: watch::Sender::new(0),
            refreshes: Refreshes::default(),
            probed: tokio::sync::Mutex::default(),
            generation: AtomicU64::new(1),
            watcher: Mutex::default(),
            all_watched: AtomicBool::new(true),
            hints,
            closed: Mutex::default(),
            announced_away: AtomicBool::new(announced_away),
            first_run: AtomicBool::new(first_run),
            progress: RwLock::default(),
        });
        let mut looks = catalog.looks.subscribe();
        let this = catalog.clone();
        let first_look = tokio::spawn(async move { this.read_anew().await });
        let weak = Arc::downgrade(&catalog);
        tokio::spawn(async move {
            let root = first_look.await.unwrap_or_default();
            follow_root(weak, root).await;
        });
        tokio::spawn(tell_progress(Arc::downgrade(&catalog)));
        if tokio::time::timeout(FIRST_LOOK, looks.wait_for(|looks| *looks > 0)).await.is_err() {
            tracing::info!("the folder is large: until it is read, lists show what was read so far");
        }
        tokio::spawn(follow_hints(Arc::downgrade(&catalog), hinted));
        Ok(catalog)
    }

    /// Reads the folder that stands at the path now; which one that is, or `None` if there is none.
    pub(super) async fn read_anew(self: &Arc<Self>) -> Option<FolderId> {
        let read = self.try_to_read_anew().await;
        *self.progress.write() = None;
        self.set_availability(read.as_ref().err());
        if !self.is_hinted() {
            // From now on, everything is looked at all the time.
            let _ = self.hints.send(Hint::Everything);
        }
        self.looks.send_modify(|looks| *looks += 1);
        read.ok()
    }

    async fn try_to_read_anew(self: &Arc<Self>) -> io::Result<FolderId> {
        let id = self.take_root().await?;
        *self.watcher.lock() = self.new_watcher();
        let is_first = self.files.read().is_empty();
        match is_first {
            true => self.read_for_the_first_time().await?,
            false => drop(self.rescan_all().await?),
        }
        if self.folder.id()? != id {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        self.database.make_indexes().await.map_err(io::Error::other)?;
        self.probe().await?;
        if self.is_first_run() {
            // After what it found: a stop in between makes the next scan the first one again.
            self.database.note_first_scan(now()).await.map_err(io::Error::other)?;
            self.first_run.store(false, Ordering::Release);
        }
        Ok(id)
    }

    /// Where that takes long, lists show what was read so far, and how far the reading is.
    async fn read_for_the_first_time(self: &Arc<Self>) -> io::Result<()> {
        self.show_progress();
        let mut reading = pin!(self.rescan_all());
        tokio::select! {
            done = &mut reading => return done.map(drop),
            () = tokio::time::sleep(SHOW_PART_AFTER) => self.set_availability(None),
        }
        reading.await.map(drop)
    }

    /// Looks at everything, reads what is new or changed, and waits for what is half-written.
    pub(super) async fn rescan_all(self: &Arc<Self>) -> io::Result<(u64, Applied)> {
        let _one_at_a_time = self.scanning.lock().await;
        let Scanned { looked_at, mut applied, unfinished } = self.scan_and_apply(None).await?;
        if self.watch_new_apps() {
            // What changed between the listing and the watch has given no hint.
            let _ = self.hints.send(Hint::Everything);
        }
        applied.add(self.settle(unfinished).await?);
        Ok((looked_at, applied))
    }
}

/// Says how far the first reading of a folder is, until its end.
async fn tell_progress(catalog: Weak<Catalog>) {
    loop {
        tokio::time::sleep(TELL_PROGRESS).await;
        let Some((done, total)) = catalog.upgrade().and_then(|catalog| catalog.reading()) else { return };
        tracing::info!(done, total, "reading the folder");
    }
}

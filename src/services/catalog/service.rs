//! What the parts of the catalog share: its state, and whether the folder can be read.

use std::collections::{HashMap, HashSet};
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::{Mutex, RwLock};
use tokio::sync::{Notify, mpsc, watch};

use super::blocking::now;
use super::files::Files;
use super::refreshes::Refreshes;
use super::scan::Progress;
use crate::domain::app_id::AppId;
use crate::domain::event::{Event, EventKind};
use crate::domain::session::SessionKey;
use crate::services::error::Error;
use crate::services::events::Events;
use crate::store::database::{self, Database};
use crate::store::folder::{Folder, OpenFolder, is_exhausted, was_away, why_away};
use crate::store::root::Unavailable;
use crate::store::watcher::{Hint, Watcher};

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
    pub(super) folder: Arc<Folder>,
    pub(super) database: Database,
    pub(super) events: Arc<Events>,
    pub(super) options: Options,
    /// What the database knows of the files.
    pub(super) files: RwLock<Files>,
    /// Held while what was read is compared with the disk and written down, so that an old reading never replaces a
    /// newer one.
    pub(super) applying: tokio::sync::Mutex<()>,
    /// One scan of everything at a time.
    pub(super) scanning: tokio::sync::Mutex<()>,
    /// Scans that run or wait to.
    pub(super) rescans: Arc<tokio::sync::Semaphore>,
    /// The sessions that went away within the last moments, not by this program, each with when.
    pub(super) absent: Mutex<HashMap<SessionKey, Instant>>,
    /// Tells of every change made here.
    pub(super) own_changes: watch::Sender<()>,
    /// Why the folder cannot be read; `None` when it can.
    pub(super) obstacle: RwLock<Option<Obstacle>>,
    /// Whether a person has said that the folder that stands at the path is the right one.
    pub(super) confirmed: AtomicBool,
    /// The root is to be looked at, now.
    pub(super) look_now: Arc<Notify>,
    /// How often the folder was read anew.
    pub(super) looks: watch::Sender<u64>,
    pub(super) refreshes: Refreshes,
    /// When it was tried last whether sessions can be read.
    pub(super) probed: tokio::sync::Mutex<Option<Instant>>,
    pub(super) generation: AtomicU64,
    pub(super) watcher: Mutex<Option<Watcher>>,
    /// Whether every listed app is watched.
    pub(super) all_watched: AtomicBool,
    pub(super) hints: mpsc::UnboundedSender<Hint>,
    /// The apps whose folders could not be looked into the last time.
    pub(super) closed: Mutex<HashSet<AppId>>,
    /// Whether it was announced that the folder is away.
    pub(super) announced_away: AtomicBool,
    /// Whether sessions that are found now were there before this program's first run.
    pub(super) first_run: AtomicBool,
    /// How far the first reading of a folder is; `None` where none runs.
    pub(super) progress: RwLock<Option<Arc<Progress>>>,
}

/// What keeps sessions from being shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Obstacle {
    Folder(Unavailable),
    /// What was read could not be written.
    Database(String),
}

impl Obstacle {
    fn of(error: &io::Error) -> Self {
        match database_error(error) {
            Some(error) => Obstacle::Database(
                database::explain(error).unwrap_or_else(|| "what was read could not be written".into()),
            ),
            None => Obstacle::Folder(why_away(error)),
        }
    }
}

fn database_error(error: &io::Error) -> Option<&database::Error> {
    error.get_ref().and_then(|inner| inner.downcast_ref())
}

impl Catalog {
    /// Whether sessions can be shown: `Err` says what is wrong with the folder, or with the database that they were to be
    /// read into.
    pub fn availability(&self) -> Result<(), Error> {
        match &*self.obstacle.read() {
            None => Ok(()),
            Some(Obstacle::Folder(reason)) => Err(Error::FolderUnavailable { reason: reason.clone() }),
            Some(Obstacle::Database(reason)) => Err(Error::StoreUnavailable { reason: reason.clone() }),
        }
    }

    /// How many files of the first reading were read, and how many were found so far; `None` where none runs.
    pub fn reading(&self) -> Option<(u64, u64)> {
        let progress = self.progress.read().clone()?;
        Some((progress.done.load(Ordering::Relaxed), progress.total.load(Ordering::Relaxed)))
    }

    /// Changes whenever an answer of a list can have changed.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Tells of every change that is made here from now on.
    pub fn own_changes(&self) -> watch::Receiver<()> {
        self.own_changes.subscribe()
    }

    pub(super) fn is_first_run(&self) -> bool {
        self.first_run.load(Ordering::Acquire)
    }

    /// To be called when something that lists show has changed in the database.
    pub fn lists_changed(&self) {
        self.generation.fetch_add(1, Ordering::Release);
    }

    /// What an error of the folder, or of the database behind it, means to who asked.
    pub(super) fn lost(&self, error: &io::Error) -> Error {
        if let Some(error) = database_error(error) {
            return Error::of_database(error).unwrap_or_else(|| Error::internal(error.to_string()));
        }
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

    pub(super) fn gone(&self, error: &io::Error) -> Error {
        if is_exhausted(error) {
            return Error::TooManyOpenFiles;
        }
        Error::FolderUnavailable { reason: why_away(error) }
    }

    /// Opens the folder that stands at the path. One that is there and cannot be opened is not available either, until
    /// who looks at the root has read it anew.
    pub(super) fn open_root(&self) -> io::Result<OpenFolder> {
        self.folder.open().inspect_err(|error| self.root_failed(error))
    }

    pub(super) fn root_failed(&self, error: &io::Error) {
        if is_exhausted(error) || database_error(error).is_some() {
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
        let obstacle = unavailable.map(Obstacle::of);
        let away = matches!(obstacle, Some(Obstacle::Folder(_)));
        let mut slot = self.obstacle.write();
        if *slot != obstacle {
            match &obstacle {
                Some(Obstacle::Folder(reason)) => tracing::warn!(%reason, "the MobileApps folder is not available"),
                Some(Obstacle::Database(reason)) => tracing::error!(%reason, "the database cannot be written"),
                None => tracing::info!("the MobileApps folder is available"),
            }
            *slot = obstacle;
            drop(slot);
            self.lists_changed();
        }
        if self.announced_away.swap(away, Ordering::AcqRel) != away {
            let kind = if away { EventKind::FolderUnavailable } else { EventKind::FolderAvailable };
            self.events.announce(Event::new(kind, now()));
        }
    }
}

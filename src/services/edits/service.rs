//! The service that changes sessions: what its parts share.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use tokio::sync::Semaphore;

use super::ids::Ids;
use super::intents::Intents;
use super::locks::Locks;
use crate::services::catalog::Catalog;
use crate::services::tasks::Tasks;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::process;
use crate::store::writer::Writer;

/// How many files are worked on at once for one request.
pub(super) const PARALLEL: usize = 8;

/// Changes sessions. Every change runs in a task of its own, to its end, whoever stops waiting.
pub struct Edits {
    pub(super) database: Database,
    pub(super) catalog: Arc<Catalog>,
    pub(super) writer: Arc<Writer>,
    pub(super) folder: Arc<Folder>,
    pub(super) locks: Locks,
    pub(super) ids: Ids,
    pub(super) intents: Intents,
    pub(super) tasks: Tasks,
    pub(super) swept: AtomicBool,
    /// For each file that is worked on, so that descriptors do not run out.
    pub(super) files: Semaphore,
    /// How many files are worked on at once for one request.
    pub(super) parallel: usize,
}

impl Edits {
    /// Changes the sessions of this folder, in tasks of the current runtime.
    pub fn new(database: Database, catalog: Arc<Catalog>, writer: Arc<Writer>, folder: Arc<Folder>) -> Arc<Self> {
        let (locks, ids, intents) = Default::default();
        let at_once = process::descriptors().at_once;
        Arc::new(Self {
            database,
            catalog,
            writer,
            folder,
            locks,
            ids,
            intents,
            tasks: Tasks::here(),
            swept: AtomicBool::new(false),
            files: Semaphore::new(at_once),
            parallel: at_once.min(PARALLEL),
        })
    }

    /// Where changes and batches run.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// Waits until every change that was begun has come to its end.
    pub async fn finish(&self) {
        self.tasks.finish().await;
    }

    /// An id for what a request is about to do.
    pub fn new_id(&self) -> String {
        self.ids.next()
    }
}

//! Authorise, check, journal, write, rescan: every change of a session goes through here.

mod apply;
mod batch;
mod ids;
mod intents;
mod locks;
mod plan;
mod prune;
mod settle;
mod supervision;
#[cfg(test)]
pub(super) mod tests;
mod undo;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use apply::{Done, PARALLEL};
use ids::Ids;
use intents::Intents;
use locks::Locks;
use plan::{Ask, Job, Origin};

pub use batch::{BatchRun, LARGEST_BATCH};
pub use supervision::{Progress, Supervision};
pub use undo::Undoing;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use utoipa::ToSchema;

use super::error::{Error, Problem};
use crate::domain::account::{AppScope, Caller, Permission};
use crate::domain::change::{Digest, Email, Expectation, Patch, Reason};
use crate::domain::query::Filter;
use crate::domain::session::{Session, SessionKey, Status};
use crate::services::catalog::Catalog;
use crate::services::tasks::Tasks;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::process;
use crate::store::writer::Writer;

/// What a change came to.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The session as it was written; `None` when it was deleted.
    pub session: Option<Session>,
    /// The file's bytes as they were written.
    pub bytes: Option<Vec<u8>>,
    /// Of these bytes.
    pub digest: Option<Digest>,
    /// The journal's entry; `None` when nothing had to be changed.
    pub change_id: Option<String>,
}

/// What to do to each session of a batch.
#[derive(Clone, Debug)]
pub enum BatchAction {
    /// Set the status.
    SetStatus(Status),
    /// Set the e-mail.
    SetEmail(Email),
    /// Take the file away.
    Delete,
}

/// One session of a batch.
#[derive(Clone, Debug)]
pub struct BatchItem {
    /// As the caller named it, parsed or not: an impossible name fails as not found.
    pub app: String,
    /// As the caller named it.
    pub id: String,
    /// The state the caller has seen.
    pub expected: Expectation,
    /// For `replace`: the session to delete once this one is accepted, and its expected state.
    pub replaces: Option<(String, String, Expectation)>,
}

/// What a filter lets through, if it is as much as the caller expects.
#[derive(Clone, Debug)]
pub struct Selection {
    /// Which sessions.
    pub filter: Filter,
    /// How many the caller expects; where others match, nothing is done.
    pub if_total: Option<u64>,
}

/// Which sessions a batch is on.
#[derive(Clone, Debug)]
pub enum BatchTarget {
    /// These, at most 10,000.
    Sessions(Vec<BatchItem>),
    /// All that a filter lets through now.
    Filter(Box<Selection>),
    /// What a filter let through when somebody was asked, however many.
    Listed(Vec<SessionKey>),
}

impl BatchTarget {
    /// The sessions that it names, by app and id; none for a filter.
    pub fn named(&self) -> Box<dyn Iterator<Item = (&str, &str)> + '_> {
        match self {
            BatchTarget::Sessions(items) => Box::new(items.iter().map(|item| (item.app.as_str(), item.id.as_str()))),
            BatchTarget::Listed(keys) => Box::new(keys.iter().map(|key| (key.app.as_str(), key.id.as_str()))),
            BatchTarget::Filter(_) => Box::new(std::iter::empty()),
        }
    }
}

/// A batch, parsed.
#[derive(Clone, Debug)]
pub enum BatchRequest {
    /// The same for every session.
    Each(BatchAction, BatchTarget),
    /// Accept the one, then delete the other.
    Replace(Vec<BatchItem>),
    /// Take changes back.
    Undo(Undoing),
}

impl BatchRequest {
    /// How many sessions it names; 0 for a filter.
    pub fn named(&self) -> u64 {
        match self {
            BatchRequest::Each(_, target) => target.named().count() as u64,
            BatchRequest::Replace(items) => items.len() as u64,
            BatchRequest::Undo(undoing) => undoing.count(),
        }
    }

    /// The filter that selects its sessions, if one does.
    pub fn filter(&self) -> Option<&Filter> {
        match self {
            BatchRequest::Each(_, BatchTarget::Filter(selection)) => Some(&selection.filter),
            _ => None,
        }
    }
}

/// What became of one session of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemOutcome {
    /// It was changed.
    Changed,
    /// It was so already.
    Unchanged,
    /// It was left as it was, for the reason in `problem`.
    Failed,
}

/// One session of a batch's result.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct ItemResult {
    /// The app.
    pub app: String,
    /// The session.
    pub id: String,
    /// What became of it.
    pub outcome: ItemOutcome,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// What else is to be known: that a device must sign in again, for example.
    pub note: Option<String>,
}

/// How a batch ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndState {
    /// Every session had its turn.
    #[default]
    Done,
    /// It was stopped, or its caller lost the right to it: what had no turn by then has failed with
    /// `/problems/batch-stopped`.
    Stopped,
}

/// What a batch came to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct BatchResult {
    /// How it ended.
    #[serde(default)]
    #[schema(required = true)]
    pub state: EndState,
    /// How many sessions it was on.
    pub total: u64,
    /// How many were changed.
    pub changed: u64,
    /// How many were so already.
    pub unchanged: u64,
    /// How many were left as they were.
    pub failed: u64,
    /// Nothing was written: the numbers say what would have been.
    pub dry_run: bool,
    /// The journal's batch (or single entry, for the undo of one change), by which it can be undone.
    pub change_id: Option<String>,
    /// Each session.
    pub items: Vec<ItemResult>,
}

impl BatchResult {
    fn of_items(items: Vec<ItemResult>) -> Self {
        let count = |outcome| items.iter().filter(|item| item.outcome == outcome).count() as u64;
        Self {
            state: EndState::Done,
            total: items.len() as u64,
            changed: count(ItemOutcome::Changed),
            unchanged: count(ItemOutcome::Unchanged),
            failed: count(ItemOutcome::Failed),
            dry_run: false,
            change_id: None,
            items,
        }
    }

    /// What a caller of this scope may see of it.
    pub fn within(self, scope: &AppScope) -> Self {
        let Self { state, dry_run, change_id, mut items, .. } = self;
        items.retain(|item| supervision::shows(scope, &item.app));
        let seen = Self::of_items(items);
        let change_id = change_id.filter(|_| seen.changed > 0);
        Self { state, dry_run, change_id, ..seen }
    }
}

/// Changes sessions. Every change runs in a task of its own, to its end, whoever stops waiting.
pub struct Edits {
    database: Database,
    catalog: Arc<Catalog>,
    writer: Arc<Writer>,
    folder: Arc<Folder>,
    locks: Locks,
    ids: Ids,
    intents: Intents,
    tasks: Tasks,
    swept: AtomicBool,
    /// For each file that is worked on, so that descriptors do not run out.
    files: Semaphore,
    /// How many files are worked on at once for one request.
    parallel: usize,
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

    /// Sets status, e-mail or both.
    pub async fn change(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        key: SessionKey,
        patch: Patch,
        reason: Option<Reason>,
        expected: Expectation,
    ) -> Result<Changed, Error> {
        let job = Job { key, ask: Ask::Patch(patch), expected };
        self.single(caller, request_id, job, reason).await
    }

    /// Takes a session's file away and keeps its bytes.
    pub async fn delete(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        key: SessionKey,
        reason: Option<Reason>,
        expected: Expectation,
    ) -> Result<Changed, Error> {
        self.single(caller, request_id, Job { key, ask: Ask::Delete, expected }, reason).await
    }

    /// Where changes and batches run.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// Waits until every change that was begun has come to its end.
    pub async fn finish(&self) {
        self.tasks.finish().await;
    }

    async fn single(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        job: Job,
        reason: Option<Reason>,
    ) -> Result<Changed, Error> {
        caller.require(Permission::Change)?;
        if !caller.apps.allows(&job.key.app) {
            return Err(Error::NotFound("session"));
        }
        let origin = origin(caller, request_id, reason, None);
        let (edits, key) = (self.clone(), job.key.clone());
        let results = self.tasks.to_the_end(async move { edits.run(&origin, &[job]).await }).await?;
        let done = results.into_iter().next().unwrap_or_else(|| Err(Error::internal("a change without a result")))?;
        let (bytes, change_id) = match done {
            Done::Unchanged(bytes) => (Some(bytes), None),
            Done::Changed { id, bytes, .. } => (bytes, Some(id)),
        };
        // What was written, not what is read again: another program may have written, or taken the file away, since.
        let session = bytes.as_ref().and_then(|bytes| self.catalog.session_as_written(&key, bytes));
        Ok(Changed { session, digest: bytes.as_deref().map(Digest::of), bytes, change_id })
    }
}

/// How the journal shows who asks.
fn origin(caller: &Caller, request_id: &str, reason: Option<Reason>, batch_id: Option<String>) -> Origin {
    Origin { actor: caller.actor.clone(), request_id: request_id.to_owned(), reason, batch_id, supervision: None }
}

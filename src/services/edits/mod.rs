//! Authorise, check, journal, write, rescan: every change of a session goes through here.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use utoipa::ToSchema;

use super::error::{Error, Problem};
use crate::domain::account::Caller;
use crate::domain::change::{Digest, Email, Expectation, Patch, Reason};
use crate::domain::query::Filter;
use crate::domain::session::{Session, SessionKey, Status};
use crate::services::catalog::Catalog;
use crate::store::database::Database;
use crate::store::folder::Folder;
use crate::store::writer::Writer;

/// What a change came to.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The session as it is now; `None` when it was deleted.
    pub session: Option<Session>,
    /// Of the file's bytes now.
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

/// Which sessions a batch is on.
#[derive(Clone, Debug)]
pub enum BatchTarget {
    /// These, at most 10,000.
    Sessions(Vec<BatchItem>),
    /// All that a filter lets through now.
    Filter(Box<Filter>),
}

/// A batch, parsed.
#[derive(Clone, Debug)]
pub enum BatchRequest {
    /// The same for every session.
    Each(BatchAction, BatchTarget),
    /// Accept the one, then delete the other.
    Replace(Vec<BatchItem>),
}

/// What became of one session of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
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
#[derive(Clone, Debug, Serialize, ToSchema)]
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

/// What a batch came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchResult {
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

/// Changes sessions. Every change runs in a task of its own, to its end, whoever stops waiting.
pub struct Edits {
    #[allow(dead_code)]
    database: Database,
}

#[allow(unused_variables)]
impl Edits {
    /// Changes the sessions of this folder.
    pub fn new(database: Database, catalog: Arc<Catalog>, writer: Arc<Writer>, folder: Arc<Folder>) -> Arc<Self> {
        Arc::new(Self { database })
    }

    /// Finds out what became of changes that a stop of the program interrupted. To be called at
    /// start, before requests are served; how many there were. Fails while the folder is away.
    pub async fn settle(&self) -> Result<usize, Error> {
        todo!()
    }

    /// Never returns: settles what could not be settled at start, and lets go of what deletes
    /// keep after `keep_deleted`. To be spawned once.
    pub async fn upkeep(self: Arc<Self>, keep_deleted: Duration) {
        todo!()
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
        todo!()
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
        todo!()
    }

    /// Runs a batch to its end. `Batches` adds what requests by HTTP need: a retry that gets the
    /// first answer, and running on without the client.
    pub async fn batch(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        request: BatchRequest,
        reason: Option<Reason>,
        dry_run: bool,
    ) -> Result<BatchResult, Error> {
        todo!()
    }

    /// Undoes a change or a batch, by its id.
    pub async fn undo(self: &Arc<Self>, caller: &Caller, request_id: &str, id: &str) -> Result<BatchResult, Error> {
        todo!()
    }
}

//! What became of changes.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::supervision::{Progress, shows};
use crate::domain::account::AppScope;
use crate::domain::change::Digest;
use crate::domain::session::Session;
use crate::i18n::Message;
use crate::services::error::{Code, Error, Problem};

/// What a change came to.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The session as it is now; `None` when it was deleted.
    pub session: Option<Session>,
    /// The file's bytes as they were written.
    pub bytes: Option<Vec<u8>>,
    /// Of these bytes.
    pub digest: Option<Digest>,
    /// The journal's entry; `None` when nothing had to be changed.
    pub change_id: Option<String>,
}

/// What became of one change on its way.
#[derive(Debug)]
pub(super) enum Done {
    /// It was so already; the file's bytes, where they were looked at.
    Unchanged(Option<Vec<u8>>),
    Changed {
        id: String,
        /// What was written, if this was the only change.
        bytes: Option<Vec<u8>>,
        /// The message of what the caller should know.
        note: Option<&'static str>,
    },
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
        items.retain(|item| shows(scope, &item.app));
        let seen = Self::of_items(items);
        let change_id = change_id.filter(|_| seen.changed > 0);
        Self { state, dry_run, change_id, ..seen }
    }
}

/// The items of a result, as they come.
pub(super) struct Report {
    progress: Progress,
    pub(super) dry_run: bool,
    pub(super) items: Vec<ItemResult>,
    /// The first entry in the journal.
    pub(super) entry: Option<String>,
}

impl Report {
    pub(super) fn new(progress: &Progress, dry_run: bool) -> Self {
        Self { progress: progress.clone(), dry_run, items: Vec::new(), entry: None }
    }

    pub(super) fn push(&mut self, item: ItemResult) {
        self.progress.one_done(&item.app);
        self.items.push(item);
    }

    /// Takes note of what stands in the journal now.
    pub(super) fn entry_of(&mut self, done: &Result<Done, Error>) {
        if let (Ok(Done::Changed { id, .. }), false) = (done, self.dry_run) {
            self.entry.get_or_insert_with(|| id.clone());
        }
    }

    /// The change's id is the batch's, or that of its only entry.
    pub(super) fn finish(self, batch_id: Option<&str>) -> BatchResult {
        let stopped = self
            .items
            .iter()
            .filter_map(|item| item.problem.as_ref())
            .any(|problem| problem.code() == Some(Code::BatchStopped));
        BatchResult {
            state: if stopped { EndState::Stopped } else { EndState::Done },
            dry_run: self.dry_run,
            change_id: self.entry.map(|entry| batch_id.map_or(entry, str::to_owned)),
            ..BatchResult::of_items(self.items)
        }
    }
}

impl ItemResult {
    pub(super) fn new(app: &str, id: &str, outcome: ItemOutcome) -> Self {
        Self { app: app.to_owned(), id: id.to_owned(), outcome, problem: None, note: None }
    }

    pub(super) fn failed(app: &str, id: &str, error: &Error, request_id: &str) -> Self {
        log_failure(error, "a session of a batch could not be changed");
        Self { problem: Some(error.problem(request_id)), ..Self::new(app, id, ItemOutcome::Failed) }
    }

    pub(super) fn done(app: &str, id: &str, done: &Done) -> Self {
        match done {
            Done::Unchanged(_) => Self::new(app, id, ItemOutcome::Unchanged),
            Done::Changed { note, .. } => {
                Self { note: note.map(|key| Message::new(key).into()), ..Self::new(app, id, ItemOutcome::Changed) }
            }
        }
    }
}

/// The cause of a fault goes to the log: the answer does not tell it.
pub(super) fn log_failure(error: &Error, what: &str) {
    if let Error::Internal(cause) = error {
        tracing::error!(%cause, "{what}");
    }
}

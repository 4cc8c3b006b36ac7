//! Batches as requests ask for them: they end with their caller's rights, can be stopped, and run on without the client.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use strum::{IntoStaticStr, VariantArray};
use tokio_util::sync::CancellationToken;
use utoipa::ToSchema;

use super::accounts::Accounts;
use super::edits::{
    BatchRequest, BatchResult, BatchRun, BatchTarget, Edits, EndState, ItemOutcome, ItemResult, Progress, Supervision,
};
use super::error::{Error, Problem};
use crate::domain::account::{AppScope, Caller, Permission};
use crate::domain::change::Reason;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
use crate::store::database::idempotency::Claim;

/// A batch, as a request asks for it.
#[derive(Clone, Debug)]
pub struct BatchOrder {
    /// What to do to which sessions.
    pub request: BatchRequest,
    pub reason: Option<Reason>,
    /// Write nothing, and say what would be.
    pub dry_run: bool,
    /// What the request's `Idempotency-Key` gave.
    pub claim: Option<Claim>,
}

impl From<BatchRequest> for BatchOrder {
    fn from(request: BatchRequest) -> Self {
        Self { request, reason: None, dry_run: false, claim: None }
    }
}

/// A batch that runs without its client.
#[derive(Debug)]
pub struct Started {
    /// For `/batches/{id}`.
    pub id: String,
    pub state: BatchState,
}

/// Whether a batch still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum RunState {
    /// It does.
    Running,
    /// It has ended.
    Done,
    /// It was stopped, or its caller lost the right to it.
    Stopped,
}

/// How far a batch is that runs without its client.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BatchState {
    /// Whether it still runs.
    pub state: RunState,
    /// How many sessions it is on; 0 while they are being looked up.
    pub total: u64,
    /// How many of them are through.
    pub done: u64,
    /// What it came to; `null` while it runs, and when it failed as a whole.
    #[schema(value_type = Option<BatchResult>)]
    pub result: Option<Box<RawValue>>,
    /// Why it failed as a whole: nothing was changed.
    #[schema(value_type = Option<Problem>)]
    pub problem: Option<Box<RawValue>>,
    /// The program was stopped before the batch's end: `result` tells what was changed until then,
    /// and counts all else as failed.
    pub interrupted: bool,
}

/// What a batch that ran without its client came to, as the database keeps it.
#[derive(Serialize, Deserialize)]
struct Ended {
    total: u64,
    result: Option<BatchResult>,
    problem: Option<Problem>,
}

/// A batch that runs now, or whose end could not be written down.
struct Running {
    caller: Caller,
    progress: Progress,
    stop: CancellationToken,
    unsaved: Option<Vec<u8>>,
}

/// For how long results are kept: 24 hours, in milliseconds.
const KEPT_FOR: i64 = 24 * 60 * 60 * 1000;

pub struct Batches {
    database: Database,
    edits: Arc<Edits>,
    accounts: Arc<Accounts>,
    running: Mutex<HashMap<String, Running>>,
}

impl Batches {
    /// Batches through these edits, for these accounts.
    pub fn new(database: Database, edits: Arc<Edits>, accounts: Arc<Accounts>) -> Arc<Self> {
        Arc::new(Self { database, edits, accounts, running: Mutex::default() })
    }

    /// Runs a batch and waits for it; it runs to its end whoever stops waiting.
    pub async fn run(&self, caller: &Caller, request_id: &str, order: BatchOrder) -> Result<BatchResult, Error> {
        let run = self.prepare(caller, request_id, order, CancellationToken::new()).await?;
        let result = self.edits.run_to_the_end(run).await?;
        Ok(match self.accounts.caller_by_id(&caller.id).await? {
            Some(now) if narrows(&caller.apps, &now) => result.within(&now.apps),
            _ => result,
        })
    }

    /// Starts a batch and answers at once (`Prefer: respond-async`).
    pub async fn start(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
    ) -> Result<Started, Error> {
        let (batches, caller, request_id) = (self.clone(), caller.clone(), request_id.to_owned());
        // Nothing may come between what is written down and the start.
        self.edits.tasks().to_the_end(async move { batches.start_now(caller, request_id, order).await }).await?
    }

    async fn start_now(
        self: &Arc<Self>,
        caller: Caller,
        request_id: String,
        order: BatchOrder,
    ) -> Result<Started, Error> {
        let now = Timestamp::from(SystemTime::now());
        self.database.prune_batches(now.plus_millis(-KEPT_FOR)).await?;
        let stop = CancellationToken::new();
        let mut run = self.prepare(&caller, &request_id, order, stop.clone()).await?;
        let id = run.id.get_or_insert_with(|| self.edits.new_id()).clone();
        let (total, progress) = (run.request.named(), run.progress.clone());
        self.database.add_batch(&id, &caller, now, total).await?;
        self.running.lock().insert(id.clone(), Running { caller, progress: progress.clone(), stop, unsaved: None });
        let (batches, batch_id) = (self.clone(), id.clone());
        self.edits.tasks().spawn(async move {
            let result = batches.edits.run_to_the_end(run).await;
            batches.end(&batch_id, &Ended::new(result, &request_id, progress.counts(&AppScope::all()).0)).await;
        });
        Ok(Started { id, state: BatchState::running((total, 0)) })
    }

    async fn prepare(
        &self,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
        stop: CancellationToken,
    ) -> Result<BatchRun, Error> {
        let BatchOrder { request, reason, dry_run, claim } = order;
        let request = self.selected(caller, request, claim.as_ref()).await?;
        Ok(BatchRun {
            id: claim.as_ref().map(|claim| claim.operation.clone()).or_else(|| self.edits.id_for(&request)),
            caller: caller.clone(),
            request_id: request_id.to_owned(),
            request,
            reason,
            dry_run,
            resumed: claim.is_some_and(|claim| claim.resumed),
            progress: Progress::default(),
            supervision: Some(Arc::new(Supervision::new(self.accounts.clone(), &caller.id, stop))),
        })
    }

    /// The batch, with the sessions that it is on. One that goes on is on those that its filter selected first: what
    /// it has changed since may not match any more.
    async fn selected(
        &self,
        caller: &Caller,
        request: BatchRequest,
        claim: Option<&Claim>,
    ) -> Result<BatchRequest, Error> {
        let (BatchRequest::Each(action, BatchTarget::Filter(_)), Some(claim)) = (&request, claim) else {
            return self.edits.checked(caller, request).await;
        };
        if claim.resumed
            && let Some(keys) = self.database.selection(&claim.operation).await?
        {
            return self.edits.checked(caller, BatchRequest::Each(action.clone(), BatchTarget::Listed(keys))).await;
        }
        let request = self.edits.checked(caller, request).await?;
        if let BatchRequest::Each(_, BatchTarget::Listed(keys)) = &request {
            self.database.keep_selection(&claim.operation, keys).await?;
        }
        Ok(request)
    }

    async fn end(&self, id: &str, ended: &Ended) {
        let json = match serde_json::to_vec(ended) {
            Ok(json) => json,
            Err(error) => return tracing::error!(%error, batch = id, "a batch's result has no JSON"),
        };
        let saved = self.database.finish_batch(id, &json).await;
        let mut table = self.running.lock();
        match saved {
            Ok(()) => drop(table.remove(id)),
            Err(error) => {
                tracing::error!(%error, batch = id, "a batch's result could not be written, and is kept in memory");
                if let Some(running) = table.get_mut(id) {
                    running.unsaved = Some(json);
                }
            }
        }
    }

    /// How far a batch is, as this caller may see it now; `None` for one that they did not start (owners of all apps
    /// see every batch).
    pub async fn state(&self, caller: &Caller, id: &str) -> Result<Option<BatchState>, Error> {
        if let Some(running) = self.running.lock().get(id) {
            return if sees(caller, &running.caller.id) { running.state(caller).map(Some) } else { Ok(None) };
        }
        let batch = self.database.batch(id).await?;
        let Some(batch) = batch.filter(|batch| sees(caller, &batch.caller)) else { return Ok(None) };
        match batch.result {
            Some(json) => ended(&json, &batch.scope, caller).map(Some),
            // The end of one that is not running any more is known by the journal.
            None => self.interrupted(id, batch.total, &batch.scope, caller).await.map(Some),
        }
    }

    /// Stops a batch; nothing is to be stopped in one that has ended. Whether there is one for this caller.
    pub async fn stop(&self, caller: &Caller, id: &str) -> Result<bool, Error> {
        if let Some(running) = self.running.lock().get(id) {
            let seen = sees(caller, &running.caller.id);
            if seen {
                running.stop.cancel();
            }
            return Ok(seen);
        }
        Ok(self.database.batch(id).await?.is_some_and(|batch| sees(caller, &batch.caller)))
    }

    async fn interrupted(&self, id: &str, total: u64, scope: &AppScope, caller: &Caller) -> Result<BatchState, Error> {
        let changed = self.database.changes_of(id).await?.into_iter().map(|(_, key)| key);
        let mut changed: Vec<SessionKey> = changed.filter(|key| caller.apps.allows(&key.app)).collect();
        changed.sort();
        changed.dedup();
        let count = changed.len() as u64;
        // How many of the rest are in apps that the caller may still see is not known.
        let total = if narrows(scope, caller) { count } else { total.max(count) };
        let item = |key: SessionKey| ItemResult {
            app: key.app.as_str().to_owned(),
            id: key.id.as_str().to_owned(),
            outcome: ItemOutcome::Changed,
            problem: None,
            note: None,
        };
        let result = BatchResult {
            state: EndState::Done,
            total,
            changed: count,
            unchanged: 0,
            failed: total - count,
            dry_run: false,
            change_id: (count > 0).then(|| id.to_owned()),
            items: changed.into_iter().map(item).collect(),
        };
        let ended = BatchState::running((total, count));
        Ok(BatchState { state: RunState::Done, result: Some(raw(&result)?), interrupted: true, ..ended })
    }

    /// To be called at start: batches that a stop of the program cut off are over, and a retry with their key goes on
    /// with them.
    pub async fn settle(&self) -> Result<(), Error> {
        self.database.interrupt_batches().await?;
        self.database.reopen_cut_off_batches().await?;
        let now = Timestamp::from(SystemTime::now());
        Ok(self.database.prune_batches(now.plus_millis(-KEPT_FOR)).await?)
    }
}

/// Whether a batch that this caller started, by their id, is told to `caller`.
fn sees(caller: &Caller, started_by: &str) -> bool {
    started_by == caller.id || (caller.require(Permission::Administer).is_ok() && caller.apps.is_all())
}

/// Whether the caller may see less than whoever had this scope.
fn narrows(began: &AppScope, caller: &Caller) -> bool {
    !began.is_within(&caller.apps)
}

fn raw(value: &impl Serialize) -> Result<Box<RawValue>, Error> {
    serde_json::value::to_raw_value(value).map_err(Error::internal)
}

fn ended(json: &[u8], began: &AppScope, caller: &Caller) -> Result<BatchState, Error> {
    let Ended { total, result, problem } = serde_json::from_slice(json).map_err(Error::internal)?;
    let result = match result {
        Some(result) if narrows(began, caller) => Some(result.within(&caller.apps)),
        result => result,
    };
    let stopped = result.as_ref().is_some_and(|result| result.state == EndState::Stopped);
    let total = result.as_ref().map_or(total, |result| result.total);
    Ok(BatchState {
        state: if stopped { RunState::Stopped } else { RunState::Done },
        result: result.as_ref().map(raw).transpose()?,
        problem: problem.as_ref().map(raw).transpose()?,
        ..BatchState::running((total, total))
    })
}

impl Running {
    fn state(&self, caller: &Caller) -> Result<BatchState, Error> {
        let began = &self.caller.apps;
        match &self.unsaved {
            Some(json) => ended(json, began, caller),
            None if narrows(began, caller) => Ok(BatchState::running(self.progress.counts(&caller.apps))),
            None => Ok(BatchState::running(self.progress.counts(&AppScope::all()))),
        }
    }
}

impl BatchState {
    pub fn read_result(&self) -> Result<Option<BatchResult>, Error> {
        read(self.result.as_deref())
    }

    /// Why it failed as a whole, read back.
    pub fn read_problem(&self) -> Result<Option<Problem>, Error> {
        read(self.problem.as_deref())
    }

    fn running((total, done): (u64, u64)) -> Self {
        Self { state: RunState::Running, total, done, result: None, problem: None, interrupted: false }
    }
}

fn read<T: for<'a> Deserialize<'a>>(json: Option<&RawValue>) -> Result<Option<T>, Error> {
    json.map(|json| serde_json::from_str(json.get())).transpose().map_err(Error::internal)
}

impl Ended {
    fn new(result: Result<BatchResult, Error>, request_id: &str, total: u64) -> Self {
        match result {
            Ok(result) => Self { total, result: Some(result), problem: None },
            Err(error) => {
                if let Error::Internal(cause) = &error {
                    tracing::error!(%cause, request_id, "a batch failed");
                }
                Self { total, result: None, problem: Some(error.problem(request_id)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::Role;
    use crate::services::accounts::LoginLimits;
    use crate::services::edits::BatchAction;
    use crate::services::edits::tests::{World, caller, file, items};

    #[tokio::test(flavor = "multi_thread")]
    async fn an_interrupted_batch_tells_what_the_journal_knows() {
        let world = World::with(&["a1", "a2"].map(|id| (id, file(id, "pending")))).await;
        let accounts = Arc::new(Accounts::new(world.database.clone(), LoginLimits::default()));
        let batches = Batches::new(world.database.clone(), world.edits.clone(), accounts);
        let ann = caller(Role::Operator, &[]);
        let request = BatchRequest::Each(BatchAction::Delete, items(&["a1"]));
        world.database.add_batch("01BATCH", &ann, Timestamp::from_millis(i64::MAX), 2).await.unwrap();
        let run = BatchRun {
            id: Some("01BATCH".into()),
            caller: ann.clone(),
            request_id: "request".into(),
            request,
            reason: None,
            dry_run: false,
            resumed: false,
            progress: Progress::default(),
            supervision: None,
        };
        world.edits.run_to_the_end(run).await.unwrap();
        batches.settle().await.unwrap();
        let state = batches.state(&ann, "01BATCH").await.unwrap().unwrap();
        assert_eq!((state.state, state.total, state.done, state.interrupted), (RunState::Done, 2, 1, true));
        let result = state.read_result().unwrap().unwrap();
        assert_eq!((result.changed, result.failed, result.items[0].id.as_str()), (1, 1, "a1"));
    }
}

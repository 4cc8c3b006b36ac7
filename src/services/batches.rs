//! Batches as requests ask for them: one answer for a retry, and running on without the client.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use super::edits::{BatchRequest, BatchResult, Edits, ItemOutcome, ItemResult, Progress};
use super::error::{Error, Problem};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::Reason;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
use crate::store::database::batches::{Claimed, KeptAnswer};

/// A batch, as a request asks for it.
#[derive(Clone, Debug)]
pub struct BatchOrder {
    /// What to do to which sessions.
    pub request: BatchRequest,
    /// Why.
    pub reason: Option<Reason>,
    /// Write nothing, and say what would be.
    pub dry_run: bool,
    /// The request's `Idempotency-Key`.
    pub idempotency: Option<IdempotencyKey>,
}

/// An `Idempotency-Key` with what it came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey {
    key: String,
    request: [u8; 32],
}

impl IdempotencyKey {
    /// `body` is the request's, byte for byte. `None` for a key that is empty, longer than 255
    /// bytes, or not of visible ASCII characters.
    pub fn new(key: &str, body: &[u8]) -> Option<Self> {
        use sha2::{Digest as _, Sha256};
        let good = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        good.then(|| Self { key: key.to_owned(), request: Sha256::digest(body).into() })
    }
}

/// An answer to `POST /sessions/batch`: the same bytes for every retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchAnswer {
    /// 200 with a [`BatchResult`], or 202 with a [`BatchState`].
    pub status: u16,
    /// The JSON body.
    pub body: Vec<u8>,
    /// The batch that runs on, for `Location: /api/v1/batches/{id}`.
    pub batch_id: Option<String>,
}

/// Whether a batch still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// It does.
    Running,
    /// It has ended.
    Done,
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
    result: Option<Box<RawValue>>,
    problem: Option<Box<RawValue>>,
}

/// A batch that runs now, or whose end could not be written down.
struct Running {
    caller: String,
    progress: Progress,
    unsaved: Option<Ended>,
}

/// For how long answers and results are kept: 24 hours, in milliseconds.
const KEPT_FOR: i64 = 24 * 60 * 60 * 1000;

/// Runs batches for requests.
pub struct Batches {
    database: Database,
    edits: Arc<Edits>,
    running: Mutex<HashMap<String, Running>>,
}

impl Batches {
    /// Batches through these edits.
    pub fn new(database: Database, edits: Arc<Edits>) -> Arc<Self> {
        Arc::new(Self { database, edits, running: Mutex::default() })
    }

    /// Runs a batch and waits for it; it runs to its end whoever stops waiting.
    pub async fn run(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        self.edits.check_batch(caller, &order.request)?;
        let (batches, caller, request_id) = (self.clone(), caller.clone(), request_id.to_owned());
        self.edits.tasks().to_the_end(async move { batches.answer(caller, request_id, order, false).await }).await?
    }

    /// Starts a batch and answers at once (`Prefer: respond-async`).
    pub async fn start(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        self.edits.check_batch(caller, &order.request)?;
        let (batches, caller, request_id) = (self.clone(), caller.clone(), request_id.to_owned());
        self.edits.tasks().to_the_end(async move { batches.answer(caller, request_id, order, true).await }).await?
    }

    /// The kept answer, or a new one. A request that fails as a whole changed nothing, and lets go
    /// of its key.
    async fn answer(
        self: Arc<Self>,
        caller: Caller,
        request_id: String,
        order: BatchOrder,
        at_once: bool,
    ) -> Result<BatchAnswer, Error> {
        let (caller_id, key) = (caller.id.clone(), order.idempotency.clone());
        if let Some(answer) = self.claim(&caller_id, key.as_ref()).await? {
            return Ok(answer);
        }
        let answer = match at_once {
            true => self.start_order(caller, request_id, order).await,
            false => self.run_order(caller, request_id, order).await,
        };
        match &answer {
            Ok(answer) => self.keep_answer(&caller_id, key.as_ref(), answer).await,
            Err(_) => self.free_key(&caller_id, key.as_ref()).await,
        }
        answer
    }

    async fn run_order(
        self: &Arc<Self>,
        caller: Caller,
        request_id: String,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        let id = self.edits.new_batch_id();
        let result = self.run_batch(caller, request_id, id, order, Progress::default()).await?;
        let body = serde_json::to_vec(&result).map_err(Error::internal)?;
        Ok(BatchAnswer { status: 200, body, batch_id: None })
    }

    async fn start_order(
        self: &Arc<Self>,
        caller: Caller,
        request_id: String,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        let now = Timestamp::from(SystemTime::now());
        self.database.prune_batches(now.plus_millis(-KEPT_FOR)).await?;
        let id = self.edits.new_batch_id();
        let total = order.request.named();
        let first = BatchState::running(total, 0);
        let body = serde_json::to_vec(&first).map_err(Error::internal)?;
        self.database.add_batch(&id, &caller.id, now, total).await?;
        let progress = Progress::default();
        let running = Running { caller: caller.id.clone(), progress: progress.clone(), unsaved: None };
        self.table().insert(id.clone(), running);
        let (batches, batch_id) = (self.clone(), id.clone());
        self.edits.tasks().spawn(async move {
            let result = batches.run_batch(caller, request_id.clone(), id.clone(), order, progress.clone()).await;
            batches.end(&id, Ended::new(result, &request_id, progress.total())).await;
        });
        Ok(BatchAnswer { status: 202, body, batch_id: Some(batch_id) })
    }

    /// In a task of its own, so that a fault in it is an error here.
    async fn run_batch(
        self: &Arc<Self>,
        caller: Caller,
        request_id: String,
        id: String,
        order: BatchOrder,
        progress: Progress,
    ) -> Result<BatchResult, Error> {
        let BatchOrder { request, reason, dry_run, idempotency: _ } = order;
        let edits = self.edits.clone();
        self.edits
            .tasks()
            .to_the_end(
                async move { edits.run_batch(&caller, &request_id, id, request, reason, dry_run, &progress).await },
            )
            .await?
    }

    async fn end(&self, id: &str, ended: Ended) {
        let saved = match serde_json::to_vec(&ended) {
            Ok(json) => self.database.finish_batch(id, &json).await,
            Err(error) => Err(crate::store::database::Error::Encode(Box::new(error))),
        };
        let mut table = self.table();
        match saved {
            Ok(()) => drop(table.remove(id)),
            Err(error) => {
                tracing::error!(%error, batch = id, "a batch's result could not be written, and is kept in memory");
                if let Some(running) = table.get_mut(id) {
                    running.unsaved = Some(ended);
                }
            }
        }
    }

    /// How far a batch is; `None` for one that this caller did not start (owners of all apps see
    /// every batch).
    pub async fn state(&self, caller: &Caller, id: &str) -> Result<Option<BatchState>, Error> {
        let sees = |started_by: &str| {
            started_by == caller.id || (caller.require(Permission::Administer).is_ok() && caller.apps.is_all())
        };
        if let Some(running) = self.table().get(id) {
            return Ok(sees(&running.caller).then(|| running.state()));
        }
        let Some(batch) = self.database.batch(id).await?.filter(|batch| sees(&batch.caller)) else { return Ok(None) };
        match batch.result {
            Some(json) => {
                let ended: Ended = serde_json::from_slice(&json).map_err(Error::internal)?;
                Ok(Some(BatchState::ended(&ended)))
            }
            // The end of one that is not running any more is known by the journal.
            None => Ok(Some(self.interrupted(id, batch.total).await?)),
        }
    }

    async fn interrupted(&self, id: &str, total: u64) -> Result<BatchState, Error> {
        let mut changed: Vec<_> = self.database.changes_of(id).await?.into_iter().map(|(_, key)| key).collect();
        changed.sort();
        changed.dedup();
        let count = changed.len() as u64;
        let total = total.max(count);
        let item = |key: SessionKey| ItemResult {
            app: key.app.as_str().to_owned(),
            id: key.id.as_str().to_owned(),
            outcome: ItemOutcome::Changed,
            problem: None,
            note: None,
        };
        let result = BatchResult {
            total,
            changed: count,
            unchanged: 0,
            failed: total - count,
            dry_run: false,
            change_id: (count > 0).then(|| id.to_owned()),
            items: changed.into_iter().map(item).collect(),
        };
        let result = serde_json::value::to_raw_value(&result).map_err(Error::internal)?;
        let state = RunState::Done;
        Ok(BatchState { state, total, done: count, result: Some(result), problem: None, interrupted: true })
    }

    /// To be called at start: batches that a stop of the program interrupted are over, and keys
    /// whose first request got no answer are free again, so that a retry does what is left.
    pub async fn settle(&self) -> Result<(), Error> {
        self.database.interrupt_batches().await?;
        let now = Timestamp::from(SystemTime::now());
        Ok(self.database.prune_batches(now.plus_millis(-KEPT_FOR)).await?)
    }

    /// Takes the key for this request; or the answer that the first one got.
    async fn claim(&self, caller: &str, key: Option<&IdempotencyKey>) -> Result<Option<BatchAnswer>, Error> {
        let Some(IdempotencyKey { key, request }) = key else { return Ok(None) };
        let now = Timestamp::from(SystemTime::now());
        match self.database.claim_key(caller, key, request, now, now.plus_millis(-KEPT_FOR)).await? {
            Claimed::First => Ok(None),
            Claimed::Running => Err(Error::IdempotencyRunning),
            Claimed::Mismatch => Err(Error::IdempotencyMismatch),
            Claimed::Answered(KeptAnswer { status, body, batch_id }) => {
                Ok(Some(BatchAnswer { status, body, batch_id }))
            }
        }
    }

    async fn keep_answer(&self, caller: &str, key: Option<&IdempotencyKey>, answer: &BatchAnswer) {
        let Some(IdempotencyKey { key, .. }) = key else { return };
        let BatchAnswer { status, body, batch_id } = answer.clone();
        if let Err(error) = self.database.keep_answer(caller, key, &KeptAnswer { status, body, batch_id }).await {
            tracing::error!(%error, "an answer could not be kept for a retry");
        }
    }

    async fn free_key(&self, caller: &str, key: Option<&IdempotencyKey>) {
        let Some(IdempotencyKey { key, .. }) = key else { return };
        if let Err(error) = self.database.free_key(caller, key).await {
            tracing::error!(%error, "an idempotency key could not be let go");
        }
    }

    fn table(&self) -> MutexGuard<'_, HashMap<String, Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Running {
    fn state(&self) -> BatchState {
        match &self.unsaved {
            Some(ended) => BatchState::ended(ended),
            None => BatchState::running(self.progress.total(), self.progress.done()),
        }
    }
}

impl BatchState {
    /// The result, read back.
    pub fn read_result(&self) -> Result<Option<BatchResult>, Error> {
        read(self.result.as_deref())
    }

    /// Why it failed as a whole, read back.
    pub fn read_problem(&self) -> Result<Option<Problem>, Error> {
        read(self.problem.as_deref())
    }

    fn running(total: u64, done: u64) -> Self {
        Self { state: RunState::Running, total, done, result: None, problem: None, interrupted: false }
    }

    fn ended(ended: &Ended) -> Self {
        Self {
            state: RunState::Done,
            total: ended.total,
            done: ended.total,
            result: ended.result.clone(),
            problem: ended.problem.clone(),
            interrupted: false,
        }
    }
}

fn read<T: for<'a> Deserialize<'a>>(json: Option<&RawValue>) -> Result<Option<T>, Error> {
    json.map(|json| serde_json::from_str(json.get())).transpose().map_err(Error::internal)
}

impl Ended {
    fn new(result: Result<BatchResult, Error>, request_id: &str, total: u64) -> Self {
        let raw = |value: Result<Box<RawValue>, serde_json::Error>| {
            value.inspect_err(|error| tracing::error!(%error, "a batch's result has no JSON")).ok()
        };
        match result {
            Ok(result) => Self { total, result: raw(serde_json::value::to_raw_value(&result)), problem: None },
            Err(error) => {
                if let Error::Internal(cause) = &error {
                    tracing::error!(%cause, request_id, "a batch failed");
                }
                Self { total, result: None, problem: raw(serde_json::value::to_raw_value(&error.problem(request_id))) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Value;

    use super::*;
    use crate::domain::account::Role;
    use crate::domain::session::Status;
    use crate::services::edits::tests::{World, caller, file, items};
    use crate::services::edits::{BatchAction, BatchTarget};

    fn order(action: BatchAction, target: BatchTarget, key: Option<(&str, &str)>) -> BatchOrder {
        BatchOrder {
            request: BatchRequest::Each(action, target),
            reason: None,
            dry_run: false,
            idempotency: key.map(|(key, body)| IdempotencyKey::new(key, body.as_bytes()).unwrap()),
        }
    }

    fn delete(key: Option<(&str, &str)>) -> BatchOrder {
        order(BatchAction::Delete, items(&["a1", "a2"]), key)
    }

    fn named(id: &str, role: Role) -> Caller {
        Caller { id: id.to_owned(), ..caller(role, &[]) }
    }

    async fn world() -> (World, Arc<Batches>) {
        let world = World::with(&["a1", "a2"].map(|id| (id, file(id, "pending")))).await;
        let batches = Batches::new(world.database.clone(), world.edits.clone());
        (world, batches)
    }

    fn json(answer: &BatchAnswer) -> Value {
        serde_json::from_slice(&answer.body).unwrap()
    }

    async fn ended(batches: &Batches, caller: &Caller, id: &str) -> BatchState {
        for _ in 0..500 {
            let state = batches.state(caller, id).await.unwrap().unwrap();
            if state.state == RunState::Done {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the batch does not end");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_retry_gets_the_first_answer_to_the_byte() {
        let (world, batches) = world().await;
        let ann = named("ann", Role::Operator);
        let first = batches.run(&ann, "first", delete(Some(("key", "body")))).await.unwrap();
        assert_eq!((first.status, json(&first)["changed"].as_u64()), (200, Some(2)));
        let again = batches.run(&ann, "again", delete(Some(("key", "body")))).await.unwrap();
        assert_eq!(again, first);
        assert_eq!(world.entries().await.len(), 2);
        let other = batches.run(&ann, "other", delete(Some(("key", "another body")))).await;
        assert!(matches!(other, Err(Error::IdempotencyMismatch)));
        let bob =
            batches.run(&named("bob", Role::Operator), "bob", delete(Some(("key", "another body")))).await.unwrap();
        assert_eq!(json(&bob)["failed"], 2, "a key is its caller's own");
        let viewer = batches.run(&named("ann", Role::Viewer), "viewer", delete(Some(("key", "body")))).await;
        assert!(matches!(viewer, Err(Error::Forbidden(_))));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_key_whose_request_runs_is_taken_and_one_that_was_interrupted_is_free() {
        let (world, batches) = world().await;
        let ann = named("ann", Role::Operator);
        let IdempotencyKey { key, request } = IdempotencyKey::new("key", b"body").unwrap();
        let time = Timestamp::from(SystemTime::now());
        assert_eq!(world.database.claim_key("ann", &key, &request, time, time).await.unwrap(), Claimed::First);
        let running = batches.run(&ann, "again", delete(Some(("key", "body")))).await;
        assert!(matches!(running, Err(Error::IdempotencyRunning)));
        batches.settle().await.unwrap();
        assert_eq!(batches.run(&ann, "again", delete(Some(("key", "body")))).await.unwrap().status, 200);
        let day = time.plus_millis(KEPT_FOR + 60_000);
        let later = world.database.claim_key("ann", &key, &[0; 32], day, day.plus_millis(-KEPT_FOR)).await.unwrap();
        assert_eq!(later, Claimed::First, "after a day the key is free");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_batch_that_fails_as_a_whole_lets_go_of_its_key() {
        let (_world, batches) = world().await;
        let ann = named("ann", Role::Operator);
        let pair = crate::services::edits::BatchItem {
            app: "x".into(),
            id: "y".into(),
            expected: crate::domain::change::Expectation::Nothing,
            replaces: None,
        };
        let bad = BatchOrder { request: BatchRequest::Replace(vec![pair]), ..delete(Some(("key", "body"))) };
        assert!(matches!(batches.run(&ann, "first", bad).await, Err(Error::Invalid(_))));
        assert_eq!(batches.run(&ann, "again", delete(Some(("key", "body")))).await.unwrap().status, 200);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_batch_without_its_client_is_told_to_who_started_it_and_to_owners() {
        let (world, batches) = world().await;
        let ann = named("ann", Role::Operator);
        let accept = BatchAction::SetStatus(Status::Accepted);
        let make = || order(accept.clone(), items(&["a1", "ff"]), Some(("key", "body")));
        let started = batches.start(&ann, "request", make()).await.unwrap();
        assert_eq!((started.status, &json(&started)["state"]), (202, &Value::from("running")));
        assert_eq!(json(&started)["total"], 2);
        let id = started.batch_id.clone().unwrap();
        let state = ended(&batches, &ann, &id).await;
        assert_eq!((state.total, state.done, state.interrupted), (2, 2, false));
        let result: Value = serde_json::from_str(state.result.unwrap().get()).unwrap();
        assert_eq!((&result["changed"], &result["failed"]), (&Value::from(1), &Value::from(1)));
        assert_eq!(result["change_id"], Value::from(id.as_str()));
        assert_eq!(world.bytes("a1"), file("a1", "accepted"));

        assert_eq!(batches.start(&ann, "again", make()).await.unwrap(), started);
        assert!(batches.state(&named("bob", Role::Operator), &id).await.unwrap().is_none());
        assert!(batches.state(&named("eve", Role::Owner), &id).await.unwrap().is_some());
        assert!(batches.state(&ann, "nothing").await.unwrap().is_none());

        let after_restart = Batches::new(world.database.clone(), world.edits.clone());
        after_restart.settle().await.unwrap();
        let state = after_restart.state(&ann, &id).await.unwrap().unwrap();
        assert_eq!((state.state, state.interrupted), (RunState::Done, false));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_interrupted_batch_tells_what_the_journal_knows() {
        let (world, batches) = world().await;
        let ann = named("ann", Role::Operator);
        let BatchOrder { request, .. } = order(BatchAction::Delete, items(&["a1"]), None);
        world.database.add_batch("01BATCH", "ann", Timestamp::from_millis(i64::MAX), 2).await.unwrap();
        let progress = Progress::default();
        world.edits.run_batch(&ann, "request", "01BATCH".into(), request, None, false, &progress).await.unwrap();
        batches.settle().await.unwrap();
        let state = batches.state(&ann, "01BATCH").await.unwrap().unwrap();
        assert_eq!((state.state, state.total, state.done, state.interrupted), (RunState::Done, 2, 1, true));
        let result: Value = serde_json::from_str(state.result.unwrap().get()).unwrap();
        assert_eq!((&result["changed"], &result["failed"]), (&Value::from(1), &Value::from(1)));
        assert_eq!(result["items"][0]["id"], "a1");
    }
}

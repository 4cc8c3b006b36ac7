//! Batches as requests ask for them: one answer for a retry, and running on without the client.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::edits::{BatchRequest, BatchResult, Edits};
use super::error::Error;
use crate::domain::account::Caller;
use crate::domain::change::Reason;
use crate::store::database::Database;

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
    /// What it came to; `null` while it runs.
    pub result: Option<BatchResult>,
}

/// Runs batches for requests.
pub struct Batches {
    #[allow(dead_code)]
    database: Database,
}

#[allow(unused_variables)]
impl Batches {
    /// Batches through these edits.
    pub fn new(database: Database, edits: Arc<Edits>) -> Arc<Self> {
        Arc::new(Self { database })
    }

    /// Runs a batch and waits for it; it runs to its end whoever stops waiting.
    pub async fn run(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        todo!()
    }

    /// Starts a batch and answers at once (`Prefer: respond-async`).
    pub async fn start(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        order: BatchOrder,
    ) -> Result<BatchAnswer, Error> {
        todo!()
    }

    /// How far a batch is; `None` for one that this caller did not start (owners see all).
    pub async fn state(&self, caller: &Caller, id: &str) -> Result<Option<BatchState>, Error> {
        todo!()
    }

    /// To be called at start: lets go of what a stop of the program interrupted.
    pub async fn settle(&self) -> Result<(), Error> {
        todo!()
    }
}

//! Refreshes that somebody asked for, and what they found.

use std::io;
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::Instant as TokioInstant;
use utoipa::ToSchema;

/// What a rescan of everything found.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct Refreshed {
    /// How many files were looked at.
    pub scanned: u64,
    /// How many are new.
    pub added: u64,
    /// How many have other bytes.
    pub changed: u64,
    /// How many are gone.
    pub removed: u64,
    /// How long it took, in milliseconds.
    pub duration_ms: u64,
}

pub(super) type Outcome = Arc<io::Result<Refreshed>>;

/// The refreshes that were asked for.
#[derive(Default)]
pub(super) struct Refreshes {
    /// The one that has not begun yet: whoever asks now waits for it.
    pub(super) next: Mutex<Option<watch::Receiver<Option<Outcome>>>>,
    /// Held by the one that runs; when the next may begin.
    pub(super) running: tokio::sync::Mutex<Option<TokioInstant>>,
}

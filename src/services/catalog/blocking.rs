//! What blocks, off the threads that answer requests; and the clock.

use std::io;
use std::time::SystemTime;

use crate::domain::timestamp::Timestamp;

/// Runs what blocks on a thread of its own.
pub(super) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}

/// The time by this machine's clock.
pub(super) fn now() -> Timestamp {
    Timestamp::from(SystemTime::now())
}

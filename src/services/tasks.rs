//! Work that goes on to its end, whoever stops waiting for it.

use std::future::Future;

use tokio::runtime::Handle;
use tokio_util::task::TaskTracker;

use super::error::Error;

/// Runs tasks in the runtime that it was made in, not in that of whoever asks: a worker of the web
/// server drops what it runs when it stops.
#[derive(Clone, Debug)]
pub struct Tasks {
    runtime: Handle,
    tracker: TaskTracker,
}

impl Tasks {
    /// Tasks of the current runtime.
    pub fn here() -> Self {
        Self { runtime: Handle::current(), tracker: TaskTracker::new() }
    }

    /// Runs something to its end, even when nobody waits for it any more.
    pub async fn to_the_end<T: Send + 'static>(
        &self,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Error> {
        self.tracker.spawn_on(work, &self.runtime).await.map_err(Error::internal)
    }

    /// Runs something for which nobody waits.
    pub fn spawn(&self, work: impl Future<Output = ()> + Send + 'static) {
        self.tracker.spawn_on(work, &self.runtime);
    }

    /// Waits until everything has ended.
    pub async fn finish(&self) {
        self.tracker.close();
        self.tracker.wait().await;
    }
}

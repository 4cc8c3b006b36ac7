//! Reading the folder again because somebody asks: one at a time, shared by those who ask meanwhile, and not all the time.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::{Instant as TokioInstant, sleep_until};

use super::refreshes::{Outcome, Refreshed};
use super::service::Catalog;
use crate::services::error::Error;

/// After a refresh, so many times as long as it took passes until the next one begins, but no longer than this.
const REST: u32 = 3;
const LONGEST_REST: Duration = Duration::from_secs(2);

impl Catalog {
    /// Reads the folder again, now, and waits until half-written files are settled. What was there when it was asked
    /// for is seen.
    pub async fn refresh(self: &Arc<Self>) -> Result<Refreshed, Error> {
        let mut outcome = self.next_refresh();
        let outcome = outcome.wait_for(Option::is_some).await.map_err(Error::internal)?.clone();
        match outcome.as_deref() {
            Some(Ok(refreshed)) => self.availability().map(|()| *refreshed),
            Some(Err(error)) => Err(self.lost(error)),
            None => Err(Error::internal("a refresh without an outcome")),
        }
    }

    fn next_refresh(self: &Arc<Self>) -> watch::Receiver<Option<Outcome>> {
        let mut next = self.refreshes.next.lock();
        if let Some(next) = &*next {
            return next.clone();
        }
        let (told, outcome) = watch::channel(None);
        *next = Some(outcome.clone());
        tokio::spawn(self.clone().refresh_in_turn(told));
        outcome
    }

    async fn refresh_in_turn(self: Arc<Self>, told: watch::Sender<Option<Outcome>>) {
        let mut earliest = self.refreshes.running.lock().await;
        if let Some(earliest) = *earliest {
            sleep_until(earliest).await;
        }
        // Who asks from here on cannot know what of the folder was read already.
        self.refreshes.next.lock().take();
        let start = Instant::now();
        let done = self.read_again().await;
        *earliest = Some(TokioInstant::now() + (start.elapsed() * REST).min(LONGEST_REST));
        told.send_replace(Some(Arc::new(done)));
    }

    /// Reads the folder again, now, for the program itself.
    pub async fn read_again(self: &Arc<Self>) -> io::Result<Refreshed> {
        let start = Instant::now();
        let (scanned, applied) = self.rescan_all().await?;
        Ok(Refreshed {
            scanned,
            added: applied.added,
            changed: applied.changed,
            removed: applied.removed,
            duration_ms: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
        })
    }
}

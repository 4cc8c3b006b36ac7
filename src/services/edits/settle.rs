//! What became of changes that a stop of the program interrupted.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Edits;
use super::plan::current_digest;
use crate::domain::change::{Digest, Outcome};
use crate::services::error::Error;
use crate::store::database::journal::{End, OpenIntent};
use crate::store::writer::Interrupted;

/// How often upkeep looks for something to settle.
const SETTLE_EVERY: Duration = Duration::from_secs(30);

impl Edits {
    /// Removes temporary files that a stop of the program left behind, and finds out what became of
    /// changes that it interrupted, by the files. To be called at start, before requests are served.
    /// Gives how many there were; fails while the folder is away.
    pub async fn settle(&self) -> Result<usize, Error> {
        if let Some(id) = self.database.last_change_id().await? {
            self.ids.go_on_after(&id);
        }
        let open = self.database.open_changes().await?;
        self.sweep(&open).await?;
        let mut settled = 0;
        for intent in &open {
            settled += usize::from(self.settle_one(intent).await?);
        }
        Ok(settled)
    }

    /// Once is enough: no others come after the start.
    async fn sweep(&self, open: &[OpenIntent]) -> Result<(), Error> {
        if self.swept.load(Ordering::Acquire) {
            return Ok(());
        }
        let interrupted = |intent: &OpenIntent| Interrupted {
            key: intent.key.clone(),
            before: intent.digest_before,
            after: intent.digest_after,
        };
        let interrupted: Vec<Interrupted> = open.iter().map(interrupted).collect();
        let writer = self.writer.clone();
        match tokio::task::spawn_blocking(move || writer.sweep(&interrupted)).await.map_err(Error::internal)? {
            Ok(swept) => {
                if swept > 0 {
                    tracing::info!(swept, "temporary files of an earlier run were removed");
                }
                self.swept.store(true, Ordering::Release);
                Ok(())
            }
            Err(error) => {
                self.catalog.availability()?;
                tracing::warn!(%error, "temporary files of an earlier run could not be removed yet");
                Ok(())
            }
        }
    }

    async fn settle_one(&self, intent: &OpenIntent) -> Result<bool, Error> {
        // Whoever makes a change holds this until its outcome is written: it is not ours to settle.
        let _held = self.locks.take([&intent.key]).await;
        if !self.database.is_open(&intent.id).await? {
            return Ok(false);
        }
        let end = match self.database.found_by_next(intent).await? {
            // The file is another change's by now: what that one was built on is what this one left.
            Some(found) => end_by_file(intent, found),
            None => self.look(intent).await?,
        };
        self.database.end_changes(&[(intent.id.clone(), end)]).await?;
        if end != End::NotDone {
            let made = self.database.unpushed_change(&intent.id).await?;
            self.catalog.mark_unpushed(made.as_slice());
            // Another program may have written over it long since.
            self.catalog.compare_unpushed(&intent.key);
        }
        Ok(true)
    }

    async fn look(&self, intent: &OpenIntent) -> Result<End, Error> {
        let (folder, writer, key) = (self.folder.clone(), self.writer.clone(), intent.key.clone());
        let now = tokio::task::spawn_blocking(move || current_digest(&folder, &writer, &key));
        match now.await.map_err(Error::internal)? {
            Ok(now) => Ok(end_by_file(intent, now)),
            Err(error @ Error::FolderUnavailable { .. }) => Err(error),
            // Somebody put a file there that may not be read: ours could be.
            Err(_) => Ok(End::Outcome(Outcome::Overwritten)),
        }
    }

    /// Never returns: settles what could not be settled at start. To be spawned once.
    pub async fn upkeep(self: Arc<Self>) {
        loop {
            tokio::time::sleep(SETTLE_EVERY).await;
            match self.settle().await {
                Ok(_) | Err(Error::FolderUnavailable { .. }) => (),
                Err(error) => tracing::warn!(%error, "interrupted changes could not be settled"),
            }
        }
    }
}

fn end_by_file(intent: &OpenIntent, now: Option<Digest>) -> End {
    if now == intent.digest_before {
        End::NotDone
    } else if now == intent.digest_after {
        End::Outcome(Outcome::Done)
    } else {
        End::Outcome(Outcome::Overwritten)
    }
}

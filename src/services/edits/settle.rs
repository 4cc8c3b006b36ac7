//! What became of changes that a stop of the program interrupted.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::plan::kept_aside;
use super::reading::{current_digest, of_write};
use super::service::Edits;
use crate::domain::account::{Actor, ActorKind};
use crate::domain::app_id::AppId;
use crate::domain::change::{Digest, Outcome};
use crate::domain::session::SessionKey;
use crate::services::catalog::OwnChange;
use crate::services::error::Error;
use crate::store::database::journal::{End, OpenIntent};
use crate::store::folder::why_away;
use crate::store::writer::{Interrupted, KeptFile, Leftover, Recovered};

/// How often upkeep looks for something to settle.
const SETTLE_EVERY: Duration = Duration::from_secs(30);

impl Edits {
    /// Recovers what a stop of the program left in temporary files, and finds out what became of
    /// changes that it interrupted, by the files. To be called at start, before requests are served.
    /// Gives how many there were; fails while the folder is away.
    pub async fn settle(&self) -> Result<usize, Error> {
        if let Some(id) = self.database.last_change_id().await? {
            self.ids.go_on_after(&id);
        }
        let open = self.database.open_changes().await?;
        let unlisted = self.sweep().await?;
        let mut settled = 0;
        for intent in open.iter().filter(|intent| !unlisted.contains(&intent.key.app)) {
            settled += usize::from(self.settle_one(intent).await?);
        }
        Ok(settled)
    }

    /// Finds out whose bytes lie in the temporary files that an earlier run, or a disk that failed half way, left behind.
    /// Gives the apps that could not be looked into.
    async fn sweep(&self) -> Result<Vec<AppId>, Error> {
        // After the start, no others come than those that this run leaves.
        if self.swept.load(Ordering::Acquire) && !self.writer.has_left_any() {
            return Ok(Vec::new());
        }
        self.swept.store(false, Ordering::Release);
        let writer = self.writer.clone();
        let listed = tokio::task::spawn_blocking(move || writer.leftovers()).await.map_err(Error::internal)?;
        let (leftovers, unlisted) = listed.map_err(|error| {
            tracing::debug!(%error, "temporary files of an earlier run could not be looked for yet");
            Error::FolderUnavailable { reason: why_away(&error) }
        })?;
        // Behind the list: a change whose file is in it has its intent here.
        let mut open = self.database.open_changes().await?;
        open.retain(|intent| !intent.is_decision);
        let interrupted = |intent: &OpenIntent| Interrupted {
            key: intent.key.clone(),
            before: intent.digest_before,
            after: intent.digest_after,
        };
        let interrupted: Arc<[Interrupted]> = open.iter().map(interrupted).collect();
        let mut removed = 0;
        for leftover in leftovers {
            match self.recover(&leftover, interrupted.clone()).await {
                Ok(is_gone) => removed += usize::from(is_gone),
                Err(error) => {
                    tracing::warn!(%error, file = leftover.name(), "a temporary file could not be recovered yet");
                }
            }
        }
        if removed > 0 {
            tracing::info!(removed, "temporary files of an earlier run were removed");
        }
        self.swept.store(unlisted.is_empty(), Ordering::Release);
        Ok(unlisted)
    }

    /// Whether the file is gone then.
    async fn recover(&self, leftover: &Leftover, interrupted: Arc<[Interrupted]>) -> Result<bool, Error> {
        let key = leftover.session();
        let _held = self.locks.take(&key).await;
        let (writer, found) = (self.writer.clone(), leftover.clone());
        let recovered = tokio::task::spawn_blocking(move || writer.recover(&found, &interrupted));
        match recovered.await.map_err(Error::internal)?.map_err(|error| of_write(&self.folder, error))? {
            Recovered::Removed => {}
            Recovered::PutBack(key) => {
                tracing::warn!(app = %key.app, session = %key.id, "what another program wrote was put back");
            }
            Recovered::Older(key, file) => {
                tracing::warn!(
                    app = %key.app, session = %key.id,
                    "of two versions of another program's, the newer one stands there and the older one is in the journal"
                );
                let digest = Digest::of(&file.bytes);
                self.keep_aside(key, *file, digest).await?;
                let (writer, found) = (self.writer.clone(), leftover.clone());
                let gone = tokio::task::spawn_blocking(move || writer.let_go(&found, &digest));
                gone.await.map_err(Error::internal)?.map_err(|error| of_write(&self.folder, error))?;
            }
            Recovered::Unknown => {
                tracing::warn!(file = leftover.name(), "nobody knows whose bytes this file has: it was left there");
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Keeps a version of another program's in the journal, from where undo brings it back.
    async fn keep_aside(&self, key: SessionKey, file: KeptFile, digest: Digest) -> Result<(), Error> {
        if self.database.keeps(&key, &digest).await? {
            return Ok(());
        }
        let actor = Actor { kind: ActorKind::Cli, name: "mobile-sessions".to_owned() };
        let id = self.ids.next();
        let intent = kept_aside(id.clone(), key, actor, file);
        self.database.begin_changes(&[intent]).await?;
        self.database.end_changes(&[(id, End::Outcome(Outcome::Overwritten))]).await?;
        Ok(())
    }

    async fn settle_one(&self, intent: &OpenIntent) -> Result<bool, Error> {
        // Whoever makes a change holds this until its outcome is written: it is not ours to settle.
        let _held = self.locks.take([&intent.key]).await;
        // What lies in a temporary file can still get the name.
        if self.writer.has_left(&intent.key) || !self.database.is_open(&intent.id).await? {
            return Ok(false);
        }
        if intent.is_decision {
            // It counts from its outcome on, which was not written.
            self.catalog.record_changes(vec![(intent.id.clone(), End::NotDone)], &[]).await;
            return Ok(true);
        }
        let end = match self.database.found_by_next(intent).await? {
            // The file is another change's by now: what that one was built on is what this one left.
            Some(found) => end_by_file(intent, found),
            None => self.look(intent).await?,
        };
        let made = OwnChange { key: intent.key.clone(), is_deleted: intent.digest_after.is_none() };
        // Another program may have written over it long since, and the lists may not know of either.
        let changed = if end == End::NotDone { &[][..] } else { std::slice::from_ref(&made) };
        self.catalog.record_changes(vec![(intent.id.clone(), end)], changed).await;
        Ok(true)
    }

    async fn look(&self, intent: &OpenIntent) -> Result<End, Error> {
        let (folder, writer, key) = (self.folder.clone(), self.writer.clone(), intent.key.clone());
        let now = tokio::task::spawn_blocking(move || current_digest(&folder, &writer, &key));
        match now.await.map_err(Error::internal)? {
            Ok(now) => Ok(end_by_file(intent, now)),
            Err(error @ (Error::FolderUnavailable { .. } | Error::TooManyOpenFiles)) => Err(error),
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

//! Changes that are about to be made at the same time share one synced commit.

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::oneshot;

use crate::services::error::Error;
use crate::store::database::journal::Intent;
use crate::store::database::{self, Database, is_busy};

type Failure = Arc<database::Error>;
type Waiting = (Vec<Intent>, oneshot::Sender<Result<(), Failure>>);

/// Intents that wait for the next commit. Whoever comes first commits for all that wait.
#[derive(Default)]
pub(super) struct Intents {
    waiting: Mutex<Vec<Waiting>>,
    committing: tokio::sync::Mutex<()>,
}

impl Intents {
    /// Returns when these intents are on disk. Must not be cancelled: others may depend on it.
    pub(super) async fn write(&self, database: &Database, intents: Vec<Intent>) -> Result<(), Error> {
        if database.is_locked_out() && self.committing.try_lock().is_err() {
            // Somebody waits for another program already: nobody waits behind them.
            return Err(database::locked_out().into());
        }
        let (sender, receiver) = oneshot::channel();
        self.waiting.lock().push((intents, sender));
        let turn = self.committing.lock().await;
        self.commit(database).await;
        drop(turn);
        match receiver.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(failure)) => Err(shared(failure)),
            Err(gone) => Err(Error::internal(gone)),
        }
    }

    async fn commit(&self, database: &Database) {
        let waiting = std::mem::take(&mut *self.waiting.lock());
        if waiting.is_empty() {
            return;
        }
        let (intents, senders): (Vec<_>, Vec<_>) = waiting.into_iter().unzip();
        let intents: Vec<Intent> = intents.into_iter().flatten().collect();
        let result = database.begin_changes(&intents).await.map_err(Arc::new);
        let mut senders = senders;
        if result.as_ref().is_err_and(|error| is_busy(error)) {
            // Those who came meanwhile have waited long enough, too.
            let behind = std::mem::take(&mut *self.waiting.lock());
            senders.extend(behind.into_iter().map(|(_, sender)| sender));
        }
        for sender in senders {
            // Nobody is left to be told only if the program is being stopped.
            let _ = sender.send(result.clone());
        }
    }
}

/// The same error for everybody who shared the commit.
fn shared(failure: Failure) -> Error {
    match Arc::try_unwrap(failure) {
        Ok(error) => error.into(),
        Err(shared) => Error::of_database(&shared).unwrap_or_else(|| Error::internal(shared.to_string())),
    }
}

//! The right to write: one writer at a time, and none while another program has locked the database.

use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlx::any::AnyArguments;
use sqlx::query::Query;
use sqlx::{Any, AnyPool, Transaction};
use tokio::sync::{Mutex, MutexGuard, watch};

use super::engine::Engine;
use super::error::{Error, is_busy, locked_out};
use crate::store::os;

/// How long a writer of a server waits for another program to unlock the database: a client waits for it.
pub(super) const SERVER_PATIENCE: Duration = Duration::from_secs(2);
/// The same of a command: a server that fills its tables or makes their indexes holds the database for seconds.
pub(super) const COMMAND_PATIENCE: Duration = Duration::from_secs(30);
/// From this long on, those behind the writer that waits are turned away.
const A_MOMENT: Duration = Duration::from_millis(500);
/// Between two tries.
pub(super) const PAUSE: Duration = Duration::from_millis(10);

/// One writer at a time: waiting here is fair, waiting in SQLite is by sleeping.
#[derive(Debug)]
pub(super) struct Gate {
    turn: Mutex<()>,
    /// Another program has locked the database.
    locked_out: watch::Sender<bool>,
    patience: Duration,
    files: Files,
}

impl Gate {
    pub(super) fn new(files: Files, patience: Duration) -> Self {
        Self { turn: Mutex::default(), locked_out: watch::Sender::new(false), patience, files }
    }

    /// Waits for the turn, but for no other program: who would have to stand behind one that does gets none.
    pub(super) async fn turn<'a>(&'a self, engine: Engine, pool: &'a AnyPool) -> Turn<'a> {
        let mut locked_out = self.locked_out.subscribe();
        let held = tokio::select! {
            biased;
            held = self.turn.lock() => Some(held),
            _ = locked_out.wait_for(|locked| *locked) => None,
        };
        Turn { engine, pool, gate: self, held }
    }

    /// Whether the database itself, which outlives its log, still is the one that was opened.
    pub(super) fn check_path(&self) -> Result<(), Error> {
        self.files.check_first(1)
    }

    pub(super) fn is_locked_out(&self) -> bool {
        *self.locked_out.borrow()
    }

    /// Whether the files still are those that were opened.
    pub(super) fn check_files(&self) -> Result<(), Error> {
        self.files.check()
    }
}

/// The right to write, held until it is dropped; or that it was not to be had.
pub(super) struct Turn<'a> {
    engine: Engine,
    pool: &'a AnyPool,
    gate: &'a Gate,
    held: Option<MutexGuard<'a, ()>>,
}

impl Turn<'_> {
    /// A transaction that has the write lock from its start: one that takes it later can fail.
    pub(super) async fn begin(&self) -> Result<Transaction<'static, Any>, Error> {
        self.begin_within(self.gate.patience).await
    }

    /// The same for somebody who can do without: waits for a moment, and not at all once it is known that another
    /// program has locked the database.
    pub(super) async fn begin_at_once(&self) -> Result<Transaction<'static, Any>, Error> {
        self.begin_within(if self.gate.is_locked_out() { Duration::ZERO } else { A_MOMENT }).await
    }

    async fn begin_within(&self, patience: Duration) -> Result<Transaction<'static, Any>, Error> {
        let mut tries = self.tries(patience)?;
        loop {
            let done = self.engine.begin(self.pool).await;
            if !tries.again(done.as_ref().err()).await {
                return done;
            }
        }
    }

    /// One statement, in a transaction of its own.
    pub(super) async fn execute(&self, statement: Query<'_, Any, AnyArguments>) -> Result<(), Error> {
        let mut tx = self.begin().await?;
        statement.execute(&mut *tx).await?;
        tx.commit().await
    }

    /// For one statement, which is a transaction by itself: it is tried again as long as these tries say so.
    pub(super) fn alone(&self) -> Result<(&AnyPool, Tries<'_>), Error> {
        Ok((self.pool, self.tries(self.gate.patience)?))
    }

    fn tries(&self, patience: Duration) -> Result<Tries<'_>, Error> {
        if self.held.is_none() {
            return Err(locked_out());
        }
        self.gate.check_files()?;
        Ok(Tries { gate: self.gate, begun: Instant::now(), patience })
    }
}

/// Tries until another program has unlocked the database, or for so long.
pub(super) struct Tries<'a> {
    gate: &'a Gate,
    begun: Instant,
    patience: Duration,
}

impl Tries<'_> {
    /// Waits a moment and says that it is worth another try, if this one failed because the database is locked.
    pub(super) async fn again(&mut self, error: Option<&Error>) -> bool {
        if !error.is_some_and(is_busy) {
            self.gate.locked_out.send_if_modified(std::mem::take);
            return false;
        }
        let waited = self.begun.elapsed();
        if waited >= A_MOMENT {
            self.gate.locked_out.send_replace(true);
        }
        if waited >= self.patience {
            return false;
        }
        tokio::time::sleep(PAUSE).await;
        true
    }
}

/// The files of the database, as they were when it was opened. Who goes on writing into one that has no name any more
/// writes for nobody.
#[derive(Debug)]
pub(super) struct Files(Vec<(PathBuf, (u64, u64))>);

impl Files {
    /// Those that stand there now: the database, and its log and index, which live as long as it is open.
    pub(super) fn of(database: &Path) -> Result<Self, Error> {
        let beside = |suffix: &str| {
            let mut name = database.as_os_str().to_owned();
            name.push(suffix);
            PathBuf::from(name)
        };
        let paths = [database.to_owned(), beside("-wal"), beside("-shm")];
        let files = paths.into_iter().map(|path| Ok((path.clone(), os::look_at(&path)?.0)));
        Ok(Self(files.collect::<io::Result<_>>()?))
    }

    /// Those of a database that is elsewhere.
    pub(super) fn none() -> Self {
        Self(Vec::new())
    }

    fn check(&self) -> Result<(), Error> {
        self.check_first(self.0.len())
    }

    fn check_first(&self, count: usize) -> Result<(), Error> {
        for (path, opened) in self.0.iter().take(count) {
            match os::look_at(path) {
                Ok((found, _)) if found == *opened => {}
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(Error::Io(error)),
                _ => return Err(Error::Io(io::Error::new(io::ErrorKind::NotFound, Lost(path.clone())))),
            }
        }
        Ok(())
    }
}

/// A file of the database was deleted, moved or replaced while it was open. Strangers read this: it names no path.
#[derive(Clone, Debug, thiserror::Error)]
#[error("its files were deleted, moved or replaced while the program was running")]
pub struct Lost(PathBuf);

impl Lost {
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What an error says of it, if it does.
    pub fn of(error: &Error) -> Option<&Self> {
        match error {
            Error::Io(error) => error.get_ref()?.downcast_ref(),
            _ => None,
        }
    }
}

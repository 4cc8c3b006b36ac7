//! The database: journal, accounts, and what is known of sessions. SQLite through sqlx, in SQL
//! plain enough for another database later.

pub mod access_log;
pub mod accounts;
pub mod batches;
pub mod events;
pub mod idempotency;
pub mod journal;
pub mod known;
pub mod links;
pub mod pushes;
pub mod rules;
pub mod webhooks;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use tokio::sync::{Mutex, MutexGuard};

/// The database's file in the data folder.
pub const FILE: &str = "mobile-sessions.db";

/// What makes the database of an earlier version one of this version.
static MIGRATIONS: Migrator = sqlx::migrate!("src/store/database/migrations");

/// The number of the schema that this program's database has: its newest migration's.
pub fn schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or_default()
}

/// The database of one data folder. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    /// One connection whose commits are synced to disk.
    durable: SqlitePool,
    /// One connection whose commits are visible at once and synced with the next durable one.
    relaxed: SqlitePool,
    readers: SqlitePool,
    /// SQLite takes one writer at a time: waiting here is fair, waiting in SQLite is by sleeping.
    turn: Arc<Mutex<()>>,
    installation: Arc<str>,
    stamp: Arc<Path>,
}

/// Why the database does not open, or an operation on it failed.
pub type Error = sqlx::Error;

/// Whether an operation failed because the disk is full.
pub fn is_out_of_space(error: &Error) -> bool {
    /// SQLITE_FULL, and SQLITE_IOERR_WRITE, which a file that may not grow ends in (source: sqlite.org/rescode.html).
    const FULL: [&str; 2] = ["13", "778"];
    error.as_database_error().and_then(|error| error.code()).is_some_and(|code| FULL.contains(&code.as_ref()))
}

impl Database {
    /// Opens the database of a data folder, making it where there is none.
    pub async fn open(data_dir: &Path) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(data_dir.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .foreign_keys(true)
            // In KiB, of each connection: pages that it wants again are in the system's cache as well.
            .pragma("cache_size", "-256")
            .busy_timeout(Duration::from_secs(10));
        let _others_wait = opening(data_dir.join("opening.lock")).await?;
        let one = || {
            // SQLite takes a transaction back by itself when the disk is full or broken; sqlx counts it
            // on and would never begin another one on that connection.
            let is_usable = |connection: &mut SqliteConnection| !connection.is_in_transaction();
            SqlitePoolOptions::new()
                .max_connections(1)
                .idle_timeout(None)
                .max_lifetime(None)
                // A file does not hang up, and asking costs each statement as much again.
                .test_before_acquire(false)
                .before_acquire(move |connection, _| Box::pin(async move { Ok(is_usable(connection)) }))
        };
        let durable = one().connect_with(options.clone().synchronous(SqliteSynchronous::Full)).await?;
        MIGRATIONS.run(&durable).await.map_err(|e| Error::Migrate(Box::new(e)))?;
        let relaxed = one().connect_with(options.clone().synchronous(SqliteSynchronous::Normal)).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(4)
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await?;
        let installation = installation(&durable).await?;
        Ok(Self {
            durable,
            relaxed,
            readers,
            turn: Arc::new(Mutex::new(())),
            installation: installation.into(),
            stamp: data_dir.join(accounts::STAMP).into(),
        })
    }

    /// This installation's id: 16 hexadecimal digits, made once with the database.
    pub fn installation(&self) -> &str {
        &self.installation
    }

    /// For reading.
    fn readers(&self) -> &SqlitePool {
        &self.readers
    }

    /// For what must be on disk before anybody is told of it.
    async fn durable(&self) -> Turn<'_> {
        Turn { pool: &self.durable, _turn: self.turn.lock().await }
    }

    /// For what a restart can work out again.
    async fn relaxed(&self) -> Turn<'_> {
        Turn { pool: &self.relaxed, _turn: self.turn.lock().await }
    }

    /// The file that tells other processes of changed accounts.
    fn stamp_file(&self) -> &Path {
        &self.stamp
    }

    /// Whether the database can be written.
    pub async fn check(&self) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let tx = turn.begin().await?;
        tx.rollback().await
    }

    /// Syncs what is left and closes; later operations fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.relaxed.close().await;
        self.durable.close().await;
    }
}

/// The right to write, held until it is dropped.
struct Turn<'a> {
    pool: &'a SqlitePool,
    _turn: MutexGuard<'a, ()>,
}

impl Turn<'_> {
    /// A transaction that has the write lock from its start: one that takes it later can fail.
    async fn begin(&self) -> Result<sqlx::Transaction<'static, sqlx::Sqlite>, Error> {
        self.pool.begin_with("BEGIN IMMEDIATE").await
    }

    /// For one statement, which is a transaction by itself.
    fn alone(&self) -> &SqlitePool {
        self.pool
    }
}

/// Two processes that make the tables of a new database at once would be in each other's way.
async fn opening(lock: PathBuf) -> Result<File, Error> {
    let locked = tokio::task::spawn_blocking(move || {
        let file = File::options().create(true).append(true).open(lock)?;
        file.lock()?;
        Ok(file)
    });
    locked.await.map_err(|e| Error::Io(std::io::Error::other(e)))?
}

async fn installation(pool: &SqlitePool) -> Result<String, Error> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|e| Error::Io(std::io::Error::other(e)))?;
    sqlx::query("INSERT INTO installation (one, id) VALUES (1, ?) ON CONFLICT DO NOTHING")
        .bind(hex::encode(random))
        .execute(pool)
        .await?;
    sqlx::query_scalar("SELECT id FROM installation").fetch_one(pool).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_durable_is_on_disk_when_it_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let mode = |pool: SqlitePool| async move {
            let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&pool).await.unwrap();
            let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
            (synchronous, journal)
        };
        // FULL and NORMAL (sqlite.org/pragma.html#pragma_synchronous).
        assert_eq!(mode(database.durable().await.pool.clone()).await, (2, "wal".into()));
        assert_eq!(mode(database.relaxed().await.pool.clone()).await, (1, "wal".into()));
    }
}

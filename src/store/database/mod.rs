//! The database: journal, accounts, and what is known of sessions. SQLite in the data folder, or PostgreSQL: the same SQL
//! on both through sqlx's `Any`, but for what stands in `engine.rs`.

pub mod access_log;
pub mod accounts;
pub mod auto_push;
pub mod backup;
pub mod batches;
pub mod browsers;
pub mod checklist;
pub mod columns;
mod copy;
mod decisions;
pub mod deliveries;
mod engine;
mod error;
pub mod events;
pub mod everybody;
pub mod idempotency;
pub mod journal;
pub mod let_in;
pub mod links;
pub mod looks;
mod marker;
pub mod measured;
mod migrations;
pub mod moving;
pub mod newest;
pub(super) mod notes;
mod numbers;
mod opening;
mod postgres;
pub mod pushes;
pub mod root;
pub mod rules;
pub mod second_factors;
pub mod server;
pub mod sessions;
mod sql;
pub mod stamp;
pub mod tokens;
mod turn;
pub mod views;
pub mod webhooks;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64};
use std::time::{Duration, Instant};

use sqlx::AnyPool;
#[cfg(test)]
use sqlx::Connection;
use tokio::sync::Mutex;

use self::engine::Engine;
pub use self::error::{Error, explain, holds_nul, is_busy, is_out_of_space, locked_out};
pub use self::marker::DATABASE_FILE;
use self::marker::Marker;
pub use self::migrations::schema;
use self::opening::Opened;
pub use self::opening::{Damage, OpenError};
pub use self::postgres::Purpose;
use self::server::Server;
pub use self::turn::Lost;
use self::turn::{COMMAND_PATIENCE, Files, Gate, SERVER_PATIENCE, Turn};

/// When the database was last written to see whether it can be, and why it could not.
type Checked = (Instant, Result<(), String>);

/// The database of one data folder. Cheap to clone.
#[derive(Clone)]
pub struct Database {
    engine: Engine,
    /// One connection whose commits are synced to disk.
    durable: AnyPool,
    /// One connection whose commits are visible at once and synced with the next durable one. On PostgreSQL it is the same
    /// connection: a server that ends loses what is not synced, while this program goes on.
    relaxed: AnyPool,
    readers: AnyPool,
    gate: Arc<Gate>,
    installation: Arc<str>,
    data_dir: Arc<Path>,
    stamp: Arc<Path>,
    /// Events may get numbers up to this one.
    reserved: Arc<AtomicI64>,
    last_check: Arc<Mutex<Option<Checked>>>,
    /// Whether the indexes of lists are there.
    indexed: Arc<AtomicBool>,
}

const CHECK_EVERY: Duration = Duration::from_secs(1);

impl Database {
    /// Opens the database of a data folder, making it where there never was one.
    pub async fn open(data_dir: &Path, purpose: Purpose) -> Result<Self, OpenError> {
        let opened = opening::open(data_dir).await?;
        let files = Files::of(&data_dir.join(DATABASE_FILE)).map_err(|error| OpenError::failed(data_dir, error))?;
        let patience = match purpose {
            Purpose::Serve => SERVER_PATIENCE,
            Purpose::Command => COMMAND_PATIENCE,
        };
        Ok(Self::of(Engine::Sqlite, data_dir, opened, Gate::new(files, patience)))
    }

    /// Opens the database of a data folder that is on a PostgreSQL server, and makes its tables where there are none.
    pub async fn connect(data_dir: &Path, server: &Server, purpose: Purpose) -> Result<Self, OpenError> {
        let opened = postgres::open(data_dir, server, purpose).await?;
        Ok(Self::of(Engine::Postgres, data_dir, opened, Gate::new(Files::none(), SERVER_PATIENCE)))
    }

    /// Says what opening the database of a data folder would refuse, and changes nothing.
    pub async fn try_out(data_dir: &Path, server: Option<&Server>) -> Result<(), OpenError> {
        match server {
            Some(server) => postgres::try_out(data_dir, server).await,
            None => opening::try_out(data_dir).await,
        }
    }

    fn of(engine: Engine, data_dir: &Path, opened: Opened, gate: Gate) -> Self {
        Self {
            engine,
            durable: opened.durable,
            relaxed: opened.relaxed,
            readers: opened.readers,
            gate: Arc::new(gate),
            installation: opened.installation.into(),
            stamp: data_dir.join(stamp::STAMP).into(),
            data_dir: data_dir.into(),
            reserved: Arc::default(),
            last_check: Arc::default(),
            indexed: Arc::default(),
        }
    }

    /// This installation's id: 16 hexadecimal digits, made once for each data folder.
    pub fn installation(&self) -> &str {
        &self.installation
    }

    fn readers(&self) -> &AnyPool {
        &self.readers
    }

    /// For what must be on disk before anybody is told of it.
    async fn durable(&self) -> Turn<'_> {
        self.gate.turn(self.engine, &self.durable).await
    }

    /// For what a restart can work out again.
    async fn relaxed(&self) -> Turn<'_> {
        self.gate.turn(self.engine, &self.relaxed).await
    }

    /// The file that tells other processes of changed accounts.
    fn stamp_file(&self) -> &Path {
        &self.stamp
    }

    /// Whether the database can be written, down to the disk, and is still the one that has this name; if not, why.
    /// It is tried once a second at most, whoever asks.
    pub async fn check(&self) -> Result<(), String> {
        self.timed_check().await.map(drop)
    }

    /// The same; how long the write took, if this is the second's.
    pub async fn timed_check(&self) -> Result<Option<Duration>, String> {
        let mut last = self.last_check.lock().await;
        if let Some((at, outcome)) = &*last
            && at.elapsed() < CHECK_EVERY
        {
            return outcome.clone().map(|()| None);
        }
        let begun = Instant::now();
        let outcome = self.write_something().await.map_err(|error| match is_out_of_space(&error) {
            true => "its disk is full".into(),
            false => explain(&error).unwrap_or_else(|| error.to_string()),
        });
        *last = Some((Instant::now(), outcome.clone()));
        outcome.map(|()| Some(begun.elapsed()))
    }

    async fn write_something(&self) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("INSERT INTO written (one, at) VALUES (1, 0) ON CONFLICT (one) DO UPDATE SET at = written.at + 1")
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Whether it is known that another program has locked the database.
    pub fn is_locked_out(&self) -> bool {
        self.gate.is_locked_out()
    }

    /// Whether the files still are those that were opened.
    pub fn check_files(&self) -> Result<(), Error> {
        self.gate.check_files()
    }

    /// Overwrites what the log still holds of what was deleted.
    async fn clear_log(&self) -> Result<(), Error> {
        let _turn = self.relaxed().await;
        self.engine.clear_log(&self.durable).await
    }

    /// Syncs what is left and closes; later operations fail.
    pub async fn close(&self) {
        self.readers.close().await;
        self.relaxed.close().await;
        self.durable.close().await;
        if self.engine == Engine::Sqlite
            && self.gate.check_path().is_ok()
            && let Err(error) = self.note_size()
        {
            tracing::debug!(%error, "how large the database is could not be noted");
        }
    }

    /// So that one that is cut off later is told from it.
    fn note_size(&self) -> std::io::Result<()> {
        let Some(before) = Marker::read(&self.data_dir)? else { return Ok(()) };
        let now = Marker::of(&self.data_dir, &before.installation, before.reserved)?;
        if now == before { Ok(()) } else { now.write(&self.data_dir) }
    }
}

#[cfg(test)]
impl Database {
    /// The database of a test's data folder; on the PostgreSQL server whose socket `TESTED_POSTGRES` names, if it does.
    pub async fn for_tests(data_dir: &Path) -> Self {
        let Ok(socket) = std::env::var("TESTED_POSTGRES") else {
            return Self::open(data_dir, Purpose::Serve).await.unwrap();
        };
        let schema = format!("s{}", hex::encode(data_dir.as_os_str().as_encoded_bytes()));
        let schema = &schema[schema.len().saturating_sub(60)..];
        let address = format!("postgres:///tests?host={socket}&user=tests");
        let create = format!("CREATE SCHEMA IF NOT EXISTS s{schema}");
        let mut connection = sqlx::postgres::PgConnection::connect(&address).await.unwrap();
        sqlx::raw_sql(sqlx::AssertSqlSafe(create)).execute(&mut connection).await.unwrap();
        let server: Server = format!("{address}&options=-c%20search_path%3Ds{schema}").parse().unwrap();
        Self::connect(data_dir, &server, Purpose::Command).await.unwrap()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_durable_is_on_disk_when_it_is_committed() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path(), Purpose::Serve).await.unwrap();
        let mode = |pool: AnyPool| async move {
            let synchronous: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&pool).await.unwrap();
            let journal: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&pool).await.unwrap();
            (synchronous, journal)
        };
        // FULL and NORMAL (sqlite.org/pragma.html#pragma_synchronous).
        assert_eq!(mode(database.durable.clone()).await, (2, "wal".into()));
        assert_eq!(mode(database.relaxed.clone()).await, (1, "wal".into()));
    }

    #[tokio::test]
    async fn any_text_is_read_as_it_was_stored() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::for_tests(folder.path()).await;
        for given in ["", "plain", "\0", "\u{1}", "\u{1}0", "\0\u{1}1\0", "a\u{1}\u{1}0b"] {
            let row = sqlx::query("SELECT CAST($1 AS TEXT)").bind(columns::stored(given));
            let row = row.fetch_one(database.readers()).await.unwrap();
            assert_eq!(columns::text(&row, 0).unwrap().as_deref(), Some(given));
        }
    }
}

//! What the two engines do not have in common. Everything else is the same SQL on both.

use sqlx::{Any, AnyConnection, AnyPool, Transaction};

use super::error::Error;

/// Where tables are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// In a file of the data folder.
    Sqlite,
    /// On a PostgreSQL server.
    Postgres,
}

impl Engine {
    /// Begins a transaction that has the right to write from its start: one that takes it later can fail. On PostgreSQL
    /// the right is a lock that everybody asks for who writes.
    pub(super) async fn begin(self, pool: &AnyPool) -> Result<Transaction<'static, Any>, Error> {
        let statement = match self {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN; SELECT pg_advisory_xact_lock(1836016242, hashtext(current_schema()))",
        };
        pool.begin_with(statement).await
    }

    /// What follows a table's name to read it by this index. PostgreSQL knows how large an index is; SQLite would rather
    /// read the table.
    pub(super) fn indexed_by(self, index: &str) -> String {
        match self {
            Engine::Sqlite => format!(" INDEXED BY {index}"),
            Engine::Postgres => String::new(),
        }
    }

    /// What stands before a column so that no index of it is used.
    pub(super) fn unindexed(self) -> &'static str {
        match self {
            Engine::Sqlite => "+",
            Engine::Postgres => "",
        }
    }

    /// The names of all indexes.
    pub(super) fn index_names(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT name FROM sqlite_schema WHERE type = 'index'",
            Engine::Postgres => "SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()",
        }
    }

    /// After a table was filled: PostgreSQL chooses indexes by what it has counted.
    pub(super) async fn analyze(self, pool: &AnyPool) -> Result<(), Error> {
        match self {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => sqlx::query("ANALYZE session").execute(pool).await.map(drop),
        }
    }

    /// Tells programs on other machines that accounts change: those with the same data folder are told by its stamp.
    pub(super) async fn count_account_changes(self, tx: &mut AnyConnection) -> Result<(), Error> {
        match self {
            Engine::Sqlite => Ok(()),
            Engine::Postgres => sqlx::query("UPDATE account_changes SET count = count + 1").execute(tx).await.map(drop),
        }
    }

    /// Overwrites what SQLite's log still holds of what was deleted.
    pub(super) async fn clear_log(self, pool: &AnyPool) -> Result<(), Error> {
        match self {
            Engine::Sqlite => sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await.map(drop),
            Engine::Postgres => Ok(()),
        }
    }
}

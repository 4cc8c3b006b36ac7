//! The indexes that lists are read by. A first fill of the table comes first: making them afterwards takes half the time.

use std::sync::atomic::Ordering;

use sqlx::AssertSqlSafe;

use super::row::LIVE;
use crate::store::database::engine::Engine;
use crate::store::database::{Database, Error};

/// Name, columns, and which rows.
const INDEXES: [(&str, &str, &str); 12] = [
    ("session_by_device", "device_key, app, id", LIVE),
    ("session_by_status", "status_key, app, id", LIVE),
    ("session_by_os", "os_key, app, id", LIVE),
    ("session_by_email", "email_key, app, id", LIVE),
    ("session_by_modified", "modified, app, id", LIVE),
    ("session_by_waiting", "waiting, app, id", LIVE),
    ("session_by_first_seen", "first_seen, app, id", LIVE),
    ("session_by_id", "id, app", LIVE),
    ("session_by_class", "class, app", LIVE),
    ("session_same_device", "same_device, app", "there = 1 AND same_device IS NOT NULL"),
    ("session_same_email", "same_email, app", "there = 1 AND same_email IS NOT NULL"),
    ("session_push_token", "push_token_hash, app", "there = 1 AND push_token_hash IS NOT NULL"),
];

/// What is read from the index alone. PostgreSQL takes no texts as long as these can be.
const SQLITE_INDEXES: [(&str, &str, &str); 2] =
    [("session_search", "search, app", LIVE), ("session_systems", "system, app", LIVE)];

/// The index that has the order of this column. SQLite would rather read the whole table and sort it than look rows up in
/// the order of an index.
pub(super) fn in_order_of(column: &str) -> &'static str {
    match column {
        "device_key" => "session_by_device",
        "status_key" => "session_by_status",
        "os_key" => "session_by_os",
        "email_key" => "session_by_email",
        "modified" => "session_by_modified",
        "waiting" => "session_by_waiting",
        "first_seen" => "session_by_first_seen",
        "id" => "session_by_id",
        // That of the key, app and id.
        _ => "sqlite_autoindex_session_1",
    }
}

impl Database {
    /// Looks whether the indexes are there.
    pub async fn find_indexes(&self) -> Result<(), Error> {
        let names: Vec<String> = sqlx::query_scalar(self.engine.index_names()).fetch_all(self.readers()).await?;
        let are_there = self.indexes().all(|(name, ..)| names.iter().any(|found| found == name));
        self.indexed.store(are_there, Ordering::Release);
        Ok(())
    }

    /// Makes the indexes that are not there yet.
    pub async fn make_indexes(&self) -> Result<(), Error> {
        for (name, columns, rows) in self.indexes() {
            let turn = self.relaxed().await;
            let sql = format!("CREATE INDEX IF NOT EXISTS {name} ON session ({columns}) WHERE {rows}");
            turn.execute(sqlx::query(AssertSqlSafe(sql))).await?;
        }
        let _turn = self.relaxed().await;
        self.engine.analyze(&self.relaxed).await?;
        self.indexed.store(true, Ordering::Release);
        Ok(())
    }

    fn indexes(&self) -> impl Iterator<Item = &'static (&'static str, &'static str, &'static str)> {
        let more: &[_] = if self.engine == Engine::Sqlite { &SQLITE_INDEXES } else { &[] };
        INDEXES.iter().chain(more)
    }

    /// What follows the table's name to read it by this index: SQLite cannot know that it is much smaller than the table.
    pub(super) fn covered_by(&self, index: &str) -> String {
        match self.indexed.load(Ordering::Acquire) {
            true => self.engine.indexed_by(index),
            false => String::new(),
        }
    }
}

//! The indexes that lists are read by. A first fill of the table comes first: making them afterwards takes half the time.

use std::sync::atomic::Ordering;

use sqlx::AssertSqlSafe;

use super::row::LIVE;
use crate::store::database::{Database, Error};

/// Name, columns, and which rows.
const INDEXES: [(&str, &str, &str); 14] = [
    ("session_by_device", "device_key, app, id", LIVE),
    ("session_by_status", "status_key, app, id", LIVE),
    ("session_by_os", "os_key, app, id", LIVE),
    ("session_by_email", "email_key, app, id", LIVE),
    ("session_by_modified", "modified, app, id", LIVE),
    ("session_by_waiting", "waiting, app, id", LIVE),
    ("session_by_first_seen", "first_seen, app, id", LIVE),
    ("session_by_id", "id, app", LIVE),
    ("session_by_class", "class, app", LIVE),
    ("session_search", "search, app", LIVE),
    ("session_same_device", "same_device, app", "there = 1 AND same_device IS NOT NULL"),
    ("session_same_email", "same_email, app", "there = 1 AND same_email IS NOT NULL"),
    ("session_push_token", "push_token_hash, app", "there = 1 AND push_token_hash IS NOT NULL"),
    ("session_systems", "system, app", LIVE),
];

/// What follows the table's name to read it in the order of this column. SQLite would rather read the whole table and
/// sort it than look rows up in the order of an index.
pub(super) fn hint(column: &str) -> &'static str {
    match column {
        "device_key" => " INDEXED BY session_by_device",
        "status_key" => " INDEXED BY session_by_status",
        "os_key" => " INDEXED BY session_by_os",
        "email_key" => " INDEXED BY session_by_email",
        "modified" => " INDEXED BY session_by_modified",
        "waiting" => " INDEXED BY session_by_waiting",
        "first_seen" => " INDEXED BY session_by_first_seen",
        "id" => " INDEXED BY session_by_id",
        // That of the key, app and id.
        _ => " INDEXED BY sqlite_autoindex_session_1",
    }
}

impl Database {
    /// Looks whether the indexes are there.
    pub async fn find_indexes(&self) -> Result<(), Error> {
        let names: Vec<String> =
            sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'index'").fetch_all(self.readers()).await?;
        let are_there = INDEXES.iter().all(|(name, ..)| names.iter().any(|found| found == name));
        self.indexed.store(are_there, Ordering::Release);
        Ok(())
    }

    /// Makes the indexes that are not there yet.
    pub async fn make_indexes(&self) -> Result<(), Error> {
        for (name, columns, rows) in INDEXES {
            let turn = self.relaxed().await;
            let sql = format!("CREATE INDEX IF NOT EXISTS {name} ON session ({columns}) WHERE {rows}");
            turn.execute(sqlx::query(AssertSqlSafe(sql))).await?;
        }
        self.indexed.store(true, Ordering::Release);
        Ok(())
    }

    /// What follows the table's name to read it by this index: SQLite cannot know that it is much smaller than the table.
    pub(super) fn covered_by(&self, index: &str) -> String {
        match self.indexed.load(Ordering::Acquire) {
            true => format!(" INDEXED BY {index}"),
            false => String::new(),
        }
    }
}

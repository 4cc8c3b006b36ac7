//! The indexes that lists are read by. A first fill of the table comes first: making them afterwards takes half the time.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use sqlx::AssertSqlSafe;

use super::row::LIVE;
use crate::store::database::engine::Engine;
use crate::store::database::turn::PAUSE;
use crate::store::database::{Database, Error};

/// Those that have an order of lists. On SQLite they also hold what lists are filtered by most, so that rows which do
/// not match are passed over unread; PostgreSQL takes no texts as long as these can be.
const ORDERS: [(&str, &str); 8] = [
    ("session_order_device", "device_key, app, id"),
    ("session_order_status", "status_key, app, id"),
    ("session_order_os", "os_key, app, id"),
    ("session_order_email", "email_key, app, id"),
    ("session_order_modified", "modified, app, id"),
    ("session_order_waiting", "waiting, app, id"),
    ("session_order_first_seen", "first_seen, app, id"),
    ("session_order_id", "id, app"),
];

/// Name, columns, and which rows.
const INDEXES: [(&str, &str, &str); 4] = [
    ("session_by_class", "class, app", LIVE),
    ("session_same_device", "same_device, app", "there = 1 AND same_device IS NOT NULL"),
    ("session_same_email", "same_email, app", "there = 1 AND same_email IS NOT NULL"),
    ("session_push_token", "push_token_hash, app", "there = 1 AND push_token_hash IS NOT NULL"),
];

/// What is read from the index alone, on SQLite. `session_filters` has the columns of [`FILTERS`].
const SQLITE_INDEXES: [(&str, &str, &str); 3] = [
    ("session_search", "search, app", LIVE),
    ("session_systems", "system, app", LIVE),
    ("session_filters", FILTERS, LIVE),
];

/// All that a filter asks for which many sessions can have in common.
const FILTERS: &str =
    "app, class, compliance, simulator, readable, jailbroken, modified, unpushed, declined, os_name, os_family";

/// The index that has the order of this column. SQLite would rather read the whole table and sort it than look rows up in
/// the order of an index.
pub(super) fn in_order_of(column: &str) -> &'static str {
    match column {
        "device_key" => "session_order_device",
        "status_key" => "session_order_status",
        "os_key" => "session_order_os",
        "email_key" => "session_order_email",
        "modified" => "session_order_modified",
        "waiting" => "session_order_waiting",
        "first_seen" => "session_order_first_seen",
        "id" => "session_order_id",
        // That of the key, app and id.
        _ => "sqlite_autoindex_session_1",
    }
}

struct Index {
    name: &'static str,
    columns: String,
    rows: &'static str,
}

impl Database {
    /// Looks whether the indexes are there.
    pub async fn find_indexes(&self) -> Result<(), Error> {
        let names: Vec<String> = sqlx::query_scalar(self.engine.index_names()).fetch_all(self.readers()).await?;
        let are_there = self.indexes().all(|index| names.contains(&index.name.to_owned()));
        self.indexed.store(are_there, Ordering::Release);
        Ok(())
    }

    /// Makes the indexes that are not there yet.
    pub async fn make_indexes(&self) -> Result<(), Error> {
        /// One that is made within this time keeps nobody waiting.
        const A_MOMENT: Duration = Duration::from_millis(50);
        if self.indexed.load(Ordering::Acquire) {
            return Ok(());
        }
        for Index { name, columns, rows } in self.indexes() {
            let turn = self.relaxed().await;
            let begun = Instant::now();
            let sql = format!("CREATE INDEX IF NOT EXISTS {name} ON session ({columns}) WHERE {rows}");
            turn.execute(sqlx::query(AssertSqlSafe(sql))).await?;
            drop(turn);
            if begun.elapsed() > A_MOMENT {
                // Another program that wants to write asks once a pause.
                tokio::time::sleep(2 * PAUSE).await;
            }
        }
        let _turn = self.relaxed().await;
        self.engine.analyze(&self.relaxed).await?;
        self.indexed.store(true, Ordering::Release);
        Ok(())
    }

    fn indexes(&self) -> impl Iterator<Item = Index> {
        let (filtered, more): (_, &[_]) = match self.engine {
            Engine::Sqlite => (", class, declined", &SQLITE_INDEXES),
            Engine::Postgres => ("", &[]),
        };
        let orders = ORDERS.iter().map(move |(name, columns)| Index {
            name,
            columns: format!("{columns}{filtered}"),
            rows: LIVE,
        });
        let others = INDEXES.iter().chain(more);
        orders.chain(others.map(|(name, columns, rows)| Index { name, columns: (*columns).to_owned(), rows }))
    }

    /// What follows the table's name to read it by this index: SQLite cannot know that it is much smaller than the table.
    pub(super) fn covered_by(&self, index: &str) -> String {
        match self.indexed.load(Ordering::Acquire) {
            true => self.engine.indexed_by(index),
            false => String::new(),
        }
    }
}

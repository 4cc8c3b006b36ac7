//! What is counted of the database when somebody measures the program.

use std::time::{Duration, Instant};

use sqlx::Row;

use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

/// What is so in the database right now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// Deliveries to webhooks that wait, or are tried again.
    pub deliveries_pending: u64,
    /// Deliveries that were given up, as long as they are kept.
    pub deliveries_failed: u64,
    /// Since when the session waits that waits longest.
    pub pending_since: Option<Timestamp>,
    /// How long these questions took.
    pub took: Duration,
}

/// What a session that does not wait has in the place of a time.
const NOT_WAITING: i64 = i64::MAX;

impl Database {
    pub async fn measured(&self) -> Result<Measured, Error> {
        let begun = Instant::now();
        let row = sqlx::query(
            "SELECT (SELECT count(*) FROM delivery WHERE state = 'pending'),
                    (SELECT count(*) FROM delivery WHERE state = 'failed'),
                    (SELECT CAST(coalesce(min(waiting), $1) AS BIGINT) FROM session WHERE there = 1)",
        );
        let row = row.bind(NOT_WAITING).fetch_one(self.readers()).await?;
        let waiting: i64 = row.try_get(2)?;
        Ok(Measured {
            deliveries_pending: row.try_get::<i64, _>(0)?.cast_unsigned(),
            deliveries_failed: row.try_get::<i64, _>(1)?.cast_unsigned(),
            pending_since: (waiting != NOT_WAITING).then(|| Timestamp::from_millis(waiting)),
            took: begun.elapsed(),
        })
    }
}

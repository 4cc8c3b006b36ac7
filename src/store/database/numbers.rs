//! The numbers of events: none is given twice, whatever a power loss takes away. So they are reserved in blocks, on
//! disk, before they are given, and each start goes on behind its last block.

use std::sync::atomic::Ordering;

use super::marker::Marker;
use super::{Database, Error};

/// How many numbers are reserved at once.
const BLOCK: i64 = 10_000;

impl Database {
    /// Goes on behind all numbers that may have been given. To be called once at the start of a server.
    pub async fn reserve_event_numbers(&self) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let last: i64 = sqlx::query_scalar(
            "SELECT max(reserved, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'event'))
             FROM event_numbers",
        )
        .fetch_one(&mut *tx)
        .await?;
        // Without a row, numbers begin at 1.
        sqlx::query("UPDATE sqlite_sequence SET seq = ? WHERE name = 'event'").bind(last).execute(&mut *tx).await?;
        sqlx::query(
            "INSERT INTO sqlite_sequence (name, seq) SELECT 'event', ?1 WHERE ?1 > 0
             AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'event')",
        )
        .bind(last)
        .execute(&mut *tx)
        .await?;
        sqlx::query("UPDATE event_numbers SET reserved = ?").bind(last + BLOCK).execute(&mut *tx).await?;
        tx.commit().await?;
        drop(turn);
        self.note_reserved(last + BLOCK)
    }

    /// Reserves more, if so many events could need numbers that are not reserved.
    pub(super) async fn reserve_for(&self, events: usize) -> Result<(), Error> {
        let events = i64::try_from(events).unwrap_or(i64::MAX);
        let last: Option<i64> = sqlx::query_scalar("SELECT seq FROM sqlite_sequence WHERE name = 'event'")
            .fetch_optional(self.readers())
            .await?;
        let needed = last.unwrap_or(0).saturating_add(events);
        if needed <= self.reserved.load(Ordering::Acquire) {
            return Ok(());
        }
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE event_numbers SET reserved = ?").bind(needed + BLOCK).execute(&mut *tx).await?;
        tx.commit().await?;
        drop(turn);
        self.note_reserved(needed + BLOCK)
    }

    /// The database has it: what is said beside it never says more than it.
    fn note_reserved(&self, reserved: i64) -> Result<(), Error> {
        let marker = Marker::of(&self.data_dir, &self.installation, reserved).map_err(Error::Io)?;
        marker.write(&self.data_dir).map_err(Error::Io)?;
        self.reserved.store(reserved, Ordering::Release);
        Ok(())
    }
}

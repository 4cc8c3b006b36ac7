//! The numbers of events: none is given twice, whatever a power loss takes away. So they are reserved in blocks, on
//! disk, before they are given, and each start goes on behind its last block.

use std::sync::atomic::Ordering;

use sqlx::AnyConnection;

use super::engine::Engine;
use super::marker::Marker;
use super::{Database, Error};

/// How many numbers are reserved at once.
const BLOCK: i64 = 10_000;

impl Database {
    /// Goes on behind all numbers that may have been given. To be called once at the start of a server.
    pub async fn reserve_event_numbers(&self) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let reserved: i64 = sqlx::query_scalar(
            "UPDATE event_numbers SET last = CASE WHEN last > reserved THEN last ELSE reserved END RETURNING last",
        )
        .fetch_one(&mut *tx)
        .await?;
        let reserved = reserved + BLOCK;
        sqlx::query("UPDATE event_numbers SET reserved = $1").bind(reserved).execute(&mut *tx).await?;
        tx.commit().await?;
        drop(turn);
        self.note_reserved(reserved)
    }

    /// Reserves more, if so many events could need numbers that are not reserved.
    pub(super) async fn reserve_for(&self, events: usize) -> Result<(), Error> {
        let events = i64::try_from(events).unwrap_or(i64::MAX);
        let last: i64 = sqlx::query_scalar("SELECT last FROM event_numbers").fetch_one(self.readers()).await?;
        let needed = last.saturating_add(events);
        if needed <= self.reserved.load(Ordering::Acquire) {
            return Ok(());
        }
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE event_numbers SET reserved = $1").bind(needed + BLOCK).execute(&mut *tx).await?;
        tx.commit().await?;
        drop(turn);
        self.note_reserved(needed + BLOCK)
    }

    /// The database has it: what is said beside it never says more than it.
    fn note_reserved(&self, reserved: i64) -> Result<(), Error> {
        if self.engine == Engine::Sqlite {
            let marker = Marker::of(&self.data_dir, &self.installation, reserved).map_err(Error::Io)?;
            marker.write(&self.data_dir).map_err(Error::Io)?;
        }
        self.reserved.store(reserved, Ordering::Release);
        Ok(())
    }
}

/// Takes so many numbers; the first of them.
pub(super) async fn take_numbers(tx: &mut AnyConnection, count: usize) -> Result<i64, Error> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    sqlx::query_scalar("UPDATE event_numbers SET last = last + $1 RETURNING last - $1 + 1")
        .bind(count)
        .fetch_one(tx)
        .await
}

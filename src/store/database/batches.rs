//! Batches that run on without their client.

use sqlx::Row;

use super::columns::flag;
use super::{Database, Error};
use crate::domain::account::{AppScope, Caller};
use crate::domain::timestamp::Timestamp;

/// A batch that ran without its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBatch {
    pub caller: String,
    /// The apps that they might see then.
    pub scope: AppScope,
    pub total: u64,
    /// A stop of the program came before its end.
    pub interrupted: bool,
    /// What it came to, as JSON; `None` before its end.
    pub result: Option<Vec<u8>>,
}

impl Database {
    /// Writes down that a batch runs without its client.
    pub async fn add_batch(&self, id: &str, caller: &Caller, at: Timestamp, total: u64) -> Result<(), Error> {
        let scope = serde_json::to_string(caller.apps.lists()).map_err(|error| Error::Encode(Box::new(error)))?;
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        // One that was cut off goes on.
        sqlx::query(
            "INSERT INTO batch (id, caller, scope, at, total) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET caller = excluded.caller, scope = excluded.scope, at = excluded.at,
             total = excluded.total, interrupted = 0, result = NULL",
        )
        .bind(id)
        .bind(&caller.id)
        .bind(scope)
        .bind(at.millis())
        .bind(i64::try_from(total).unwrap_or(i64::MAX))
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Writes down what a batch came to.
    pub async fn finish_batch(&self, id: &str, result: &[u8]) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE batch SET result = $1 WHERE id = $2").bind(result).bind(id).execute(&mut *tx).await?;
        sqlx::query("UPDATE idempotency SET selection = NULL WHERE operation = $1").bind(id).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// A batch that runs, or ran, without its client.
    pub async fn batch(&self, id: &str) -> Result<Option<KeptBatch>, Error> {
        let row = sqlx::query("SELECT caller, scope, total, interrupted, result FROM batch WHERE id = $1")
            .bind(id)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(KeptBatch {
            caller: row.try_get("caller")?,
            scope: scope(row.try_get("scope")?)?,
            total: u64::try_from(row.try_get::<i64, _>("total")?).unwrap_or(0),
            interrupted: flag(&row, "interrupted")?,
            result: row.try_get("result")?,
        }))
    }

    /// At start: what is running now was interrupted.
    pub async fn interrupt_batches(&self) -> Result<(), Error> {
        let turn = self.relaxed().await;
        turn.execute(sqlx::query("UPDATE batch SET interrupted = 1 WHERE result IS NULL")).await
    }

    /// Forgets batches from before this time.
    pub async fn prune_batches(&self, before: Timestamp) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query("DELETE FROM batch WHERE at < $1 AND (result IS NOT NULL OR interrupted = 1)")
            .bind(before.millis());
        turn.execute(statement).await
    }
}

fn scope(json: &str) -> Result<AppScope, Error> {
    let lists = serde_json::from_str(json).map_err(|error| Error::Decode(Box::new(error)))?;
    AppScope::from_lists(lists).ok_or_else(|| Error::Decode("a batch's scope is none that was written".into()))
}

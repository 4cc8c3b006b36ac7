//! Batches that run on without their client, and the answers kept for an `Idempotency-Key`.

use sqlx::Row;

use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

/// What a request with an `Idempotency-Key` meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is the first: it has to answer, or to let go of the key.
    First,
    /// The first is still running.
    Running,
    /// The first was another request.
    Mismatch,
    /// The first was answered so.
    Answered(KeptAnswer),
}

/// An answer kept for a retry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Vec<u8>,
    /// The batch that ran on.
    pub batch_id: Option<String>,
}

/// A batch that ran without its client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptBatch {
    /// Who started it.
    pub caller: String,
    /// On how many sessions.
    pub total: u64,
    /// A stop of the program came before its end.
    pub interrupted: bool,
    /// What it came to, as JSON; `None` before its end.
    pub result: Option<Vec<u8>>,
}

impl Database {
    /// Takes a key for a request, unless it is taken. Keys from before `oldest` are free.
    pub async fn claim_key(
        &self,
        caller: &str,
        key: &str,
        request: &[u8; 32],
        now: Timestamp,
        oldest: Timestamp,
    ) -> Result<Claimed, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("DELETE FROM idempotency WHERE at < ? AND status IS NOT NULL")
            .bind(oldest.millis())
            .execute(&mut *tx)
            .await?;
        let taken = sqlx::query("SELECT request, status, body, batch_id FROM idempotency WHERE caller = ? AND key = ?")
            .bind(caller)
            .bind(key)
            .fetch_optional(&mut *tx)
            .await?;
        let claimed = match taken {
            Some(row) if row.try_get::<Vec<u8>, _>("request")? != request => Claimed::Mismatch,
            Some(row) => match row.try_get::<Option<u16>, _>("status")? {
                None => Claimed::Running,
                Some(status) => Claimed::Answered(KeptAnswer {
                    status,
                    body: row.try_get::<Option<Vec<u8>>, _>("body")?.unwrap_or_default(),
                    batch_id: row.try_get("batch_id")?,
                }),
            },
            None => {
                sqlx::query("INSERT INTO idempotency (caller, key, request, at) VALUES (?, ?, ?, ?)")
                    .bind(caller)
                    .bind(key)
                    .bind(&request[..])
                    .bind(now.millis())
                    .execute(&mut *tx)
                    .await?;
                Claimed::First
            }
        };
        tx.commit().await?;
        Ok(claimed)
    }

    /// Keeps the answer to the first request with this key.
    pub async fn keep_answer(&self, caller: &str, key: &str, answer: &KeptAnswer) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE idempotency SET status = ?, body = ?, batch_id = ? WHERE caller = ? AND key = ?")
            .bind(answer.status)
            .bind(&answer.body)
            .bind(&answer.batch_id)
            .bind(caller)
            .bind(key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Lets go of a key: the first request with it did nothing.
    pub async fn free_key(&self, caller: &str, key: &str) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("DELETE FROM idempotency WHERE caller = ? AND key = ? AND status IS NULL")
            .bind(caller)
            .bind(key)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Writes down that a batch runs without its client.
    pub async fn add_batch(&self, id: &str, caller: &str, at: Timestamp, total: u64) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("INSERT INTO batch (id, caller, at, total) VALUES (?, ?, ?, ?)")
            .bind(id)
            .bind(caller)
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
        sqlx::query("UPDATE batch SET result = ? WHERE id = ?").bind(result).bind(id).execute(&mut *tx).await?;
        tx.commit().await
    }

    /// A batch that runs, or ran, without its client.
    pub async fn batch(&self, id: &str) -> Result<Option<KeptBatch>, Error> {
        let row = sqlx::query("SELECT caller, total, interrupted, result FROM batch WHERE id = ?")
            .bind(id)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(KeptBatch {
            caller: row.try_get("caller")?,
            total: u64::try_from(row.try_get::<i64, _>("total")?).unwrap_or(0),
            interrupted: row.try_get("interrupted")?,
            result: row.try_get("result")?,
        }))
    }

    /// At start: what is running now was interrupted, and keys without an answer are free.
    pub async fn interrupt_batches(&self) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE batch SET interrupted = TRUE WHERE result IS NULL").execute(&mut *tx).await?;
        sqlx::query("DELETE FROM idempotency WHERE status IS NULL").execute(&mut *tx).await?;
        tx.commit().await
    }

    /// Forgets batches and answers from before this time.
    pub async fn prune_batches(&self, before: Timestamp) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        for statement in [
            "DELETE FROM batch WHERE at < ? AND (result IS NOT NULL OR interrupted)",
            "DELETE FROM idempotency WHERE at < ? AND status IS NOT NULL",
        ] {
            sqlx::query(statement).bind(before.millis()).execute(&mut *tx).await?;
        }
        tx.commit().await
    }
}

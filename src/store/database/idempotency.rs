//! What is kept for an `Idempotency-Key`: what was asked for, under which id it is done, and the answer.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::{Database, Error};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A key of one caller, as it is kept.
#[derive(Clone, Debug)]
pub struct KeyOf {
    /// Who sent it.
    pub caller: String,
    /// SHA-256 of the key.
    pub key: [u8; 32],
}

/// The right to make the request of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// By which its changes stand in the journal as a batch.
    pub operation: String,
    /// The request was begun before, and cut off.
    pub resumed: bool,
}

/// What a request with a key meets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It is to be made, and then answered or let go.
    Free(Claim),
    /// The same request is still running.
    Running,
    /// The key came with another request.
    Mismatch,
    /// The request was answered so.
    Answered(Vec<u8>),
}

impl Database {
    /// Takes a key for a request, unless it is taken; `operation` is for a first request. Keys from before `oldest`
    /// are free.
    pub async fn claim_key(
        &self,
        key: &KeyOf,
        request: &[u8; 32],
        operation: &str,
        now: Timestamp,
        oldest: Timestamp,
    ) -> Result<Claimed, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("DELETE FROM idempotency WHERE at < ? AND NOT running")
            .bind(oldest.millis())
            .execute(&mut *tx)
            .await?;
        let taken = "SELECT request, operation, running, answer FROM idempotency WHERE caller = ? AND key = ?";
        let taken = sqlx::query(taken).bind(&key.caller).bind(&key.key[..]).fetch_optional(&mut *tx).await?;
        let claimed = match taken {
            Some(row) => taken_by(&row, request)?,
            None => Claimed::Free(Claim { operation: operation.to_owned(), resumed: false }),
        };
        if let Claimed::Free(claim) = &claimed {
            sqlx::query(
                "INSERT INTO idempotency (caller, key, request, at, operation) VALUES (?, ?, ?, ?, ?)
                 ON CONFLICT (caller, key) DO UPDATE SET running = 1",
            )
            .bind(&key.caller)
            .bind(&key.key[..])
            .bind(&request[..])
            .bind(now.millis())
            .bind(&claim.operation)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(claimed)
    }

    /// Keeps the answer to the request of a key. What a batch that runs on has selected is kept until its end.
    pub async fn keep_answer(&self, key: &KeyOf, answer: &[u8]) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query(
            "UPDATE idempotency SET answer = ?, running = 0, selection = CASE WHEN EXISTS
             (SELECT 1 FROM batch WHERE id = operation AND result IS NULL) THEN selection END
             WHERE caller = ? AND key = ?",
        )
        .bind(answer)
        .bind(&key.caller)
        .bind(&key.key[..]);
        turn.execute(statement).await
    }

    /// Lets go of a key: its request did nothing.
    pub async fn free_key(&self, key: &KeyOf) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query("DELETE FROM idempotency WHERE caller = ? AND key = ? AND answer IS NULL")
            .bind(&key.caller)
            .bind(&key.key[..]);
        turn.execute(statement).await
    }

    /// The request of a key was cut off: the next with this key goes on with it.
    pub async fn leave_key(&self, key: &KeyOf) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query("UPDATE idempotency SET running = 0 WHERE caller = ? AND key = ?")
            .bind(&key.caller)
            .bind(&key.key[..]);
        turn.execute(statement).await
    }

    /// At start: no request is running, and what runs without its client was cut off too.
    pub async fn leave_all_keys(&self) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE idempotency SET running = 0 WHERE running").execute(&mut *tx).await?;
        sqlx::query(
            "UPDATE idempotency SET answer = NULL WHERE operation IN (SELECT id FROM batch WHERE result IS NULL)",
        )
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }

    /// Keeps what the filter of a batch selected, so that the batch can go on with it.
    pub async fn keep_selection(&self, operation: &str, keys: &[SessionKey]) -> Result<(), Error> {
        let names: Vec<(&str, &str)> = keys.iter().map(|key| (key.app.as_str(), key.id.as_str())).collect();
        let json = serde_json::to_string(&names).map_err(|error| Error::Encode(Box::new(error)))?;
        let turn = self.relaxed().await;
        let statement =
            sqlx::query("UPDATE idempotency SET selection = ? WHERE operation = ?").bind(json).bind(operation);
        turn.execute(statement).await
    }

    /// What the filter of a batch selected when it began.
    pub async fn selection(&self, operation: &str) -> Result<Option<Vec<SessionKey>>, Error> {
        let json: Option<Option<String>> = sqlx::query_scalar("SELECT selection FROM idempotency WHERE operation = ?")
            .bind(operation)
            .fetch_optional(self.readers())
            .await?;
        let Some(json) = json.flatten() else { return Ok(None) };
        let names: Vec<(String, String)> =
            serde_json::from_str(&json).map_err(|error| Error::Decode(Box::new(error)))?;
        Ok(Some(names.iter().filter_map(|(app, id)| SessionKey::parse(app, id)).collect()))
    }
}

fn taken_by(row: &SqliteRow, request: &[u8; 32]) -> Result<Claimed, Error> {
    if row.try_get::<Vec<u8>, _>("request")? != request {
        return Ok(Claimed::Mismatch);
    }
    if let Some(answer) = row.try_get("answer")? {
        return Ok(Claimed::Answered(answer));
    }
    match row.try_get("running")? {
        true => Ok(Claimed::Running),
        false => Ok(Claimed::Free(Claim { operation: row.try_get("operation")?, resumed: true })),
    }
}

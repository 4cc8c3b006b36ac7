//! What is kept for an `Idempotency-Key`: what was asked for, under which id it is done, and the answer.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::columns::Flag;
use super::{Database, Error};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A key of one caller, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct KeyOf {
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
    /// It was not answered yet.
    Open(Claim),
    /// The key came with another request.
    Mismatch,
    /// The request was answered so.
    Answered(Vec<u8>),
}

/// Of how many requests that changed nothing a caller's answers are kept.
const MOST_READS: i64 = 100;

impl Database {
    /// Writes down that this request has this key, unless one has it; `operation` is for a first request. Keys from
    /// before `oldest` are free.
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
        sqlx::query("DELETE FROM idempotency WHERE at < $1").bind(oldest.millis()).execute(&mut *tx).await?;
        let taken = "SELECT request, operation, answer FROM idempotency WHERE caller = $1 AND key = $2";
        let taken = sqlx::query(taken).bind(&key.caller).bind(&key.key[..]).fetch_optional(&mut *tx).await?;
        let claimed = match taken {
            Some(row) => taken_by(&row, request)?,
            None => Claimed::Open(Claim { operation: operation.to_owned(), resumed: false }),
        };
        if let Claimed::Open(claim) = &claimed {
            sqlx::query(
                "INSERT INTO idempotency (caller, key, request, at, operation) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (caller, key) DO NOTHING",
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

    /// Keeps the answer to the request of a key. What a batch that runs on has selected is kept until its end. Where
    /// the request changed nothing (`reads`), older answers of this kind go.
    pub async fn keep_answer(&self, key: &KeyOf, answer: &[u8], reads: bool) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query(
            "UPDATE idempotency SET answer = $1, reads = $2, selection = CASE WHEN EXISTS
             (SELECT 1 FROM batch WHERE id = operation AND result IS NULL) THEN selection END
             WHERE caller = $3 AND key = $4",
        )
        .bind(answer)
        .bind(Flag(reads))
        .bind(&key.caller)
        .bind(&key.key[..])
        .execute(&mut *tx)
        .await?;
        if reads {
            sqlx::query(
                "DELETE FROM idempotency WHERE caller = $1 AND reads = 1 AND operation NOT IN (SELECT operation
                 FROM idempotency WHERE caller = $1 AND reads = 1 ORDER BY operation DESC LIMIT $2)",
            )
            .bind(&key.caller)
            .bind(MOST_READS)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await
    }

    /// Lets go of a key: its request did nothing.
    pub async fn free_key(&self, key: &KeyOf) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query("DELETE FROM idempotency WHERE caller = $1 AND key = $2 AND answer IS NULL")
            .bind(&key.caller)
            .bind(&key.key[..]);
        turn.execute(statement).await
    }

    /// At start: what ran on without its client was cut off, and the next request with its key goes on with it.
    pub async fn reopen_cut_off_batches(&self) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let statement = sqlx::query(
            "UPDATE idempotency SET answer = NULL WHERE operation IN (SELECT id FROM batch WHERE result IS NULL)",
        );
        turn.execute(statement).await
    }

    /// Keeps what the filter of a batch selected, so that the batch can go on with it.
    pub async fn keep_selection(&self, operation: &str, keys: &[SessionKey]) -> Result<(), Error> {
        let names: Vec<(&str, &str)> = keys.iter().map(|key| (key.app.as_str(), key.id.as_str())).collect();
        let json = serde_json::to_string(&names).map_err(|error| Error::Encode(Box::new(error)))?;
        let turn = self.relaxed().await;
        let statement =
            sqlx::query("UPDATE idempotency SET selection = $1 WHERE operation = $2").bind(json).bind(operation);
        turn.execute(statement).await
    }

    /// What the filter of a batch selected when it began.
    pub async fn selection(&self, operation: &str) -> Result<Option<Vec<SessionKey>>, Error> {
        let json: Option<Option<String>> = sqlx::query_scalar("SELECT selection FROM idempotency WHERE operation = $1")
            .bind(operation)
            .fetch_optional(self.readers())
            .await?;
        let Some(json) = json.flatten() else { return Ok(None) };
        let names: Vec<(String, String)> =
            serde_json::from_str(&json).map_err(|error| Error::Decode(Box::new(error)))?;
        Ok(Some(names.iter().filter_map(|(app, id)| SessionKey::parse(app, id)).collect()))
    }
}

fn taken_by(row: &AnyRow, request: &[u8; 32]) -> Result<Claimed, Error> {
    if row.try_get::<Vec<u8>, _>("request")? != request {
        return Ok(Claimed::Mismatch);
    }
    if let Some(answer) = row.try_get("answer")? {
        return Ok(Claimed::Answered(answer));
    }
    Ok(Claimed::Open(Claim { operation: row.try_get("operation")?, resumed: true }))
}

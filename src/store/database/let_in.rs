//! Who was let in, or declined, a moment ago, and whether 4D has read it.

use sqlx::Row;

use super::columns::unreadable;
use super::{Database, Error};
use crate::domain::account::Actor;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A session that somebody took out of the queue.
#[derive(Clone, Debug)]
pub struct LetIn {
    pub key: SessionKey,
    /// The id to undo it by: the change's, or that of the batch that replaced old sessions with it.
    pub undo: String,
    pub waited_since: Timestamp,
    /// Whether 4D has read the change.
    pub is_read: bool,
}

/// The newest change, or decision, of a session that was waiting before it. Of a batch, only those that replace: they delete too.
const LET_IN: &str = "SELECT app, session, coalesce(batch_id, id) AS undo, waited_since, pushed_at FROM change
     WHERE id >= $1 AND at >= $2 AND actor_kind = $3 AND actor_name = $4 AND outcome IS NOT NULL
     AND action <> 'delete' AND waited_since IS NOT NULL
     AND (batch_id IS NULL OR EXISTS (SELECT 1 FROM change AS other
          WHERE other.batch_id = change.batch_id AND other.action = 'delete' AND other.outcome IS NOT NULL))
     AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.app = change.app AND later.session = change.session
          AND later.id > change.id AND later.outcome IS NOT NULL AND later.action <> 'set_note')
     ORDER BY id DESC LIMIT $5";

impl Database {
    /// The sessions that this actor took out of the queue one by one since then, the last first, at most so many.
    /// A session that was changed again is left out.
    pub async fn let_in_by(&self, actor: &Actor, since: Timestamp, most: usize) -> Result<Vec<LetIn>, Error> {
        let since = since.millis();
        let rows = sqlx::query(LET_IN)
            // An id begins with its time: so few rows are looked at.
            .bind(ulid::Ulid::from_parts(since.max(0).cast_unsigned(), 0).to_string())
            .bind(since)
            .bind(actor.kind.as_str())
            .bind(&actor.name)
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .fetch_all(self.readers())
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in &rows {
            let (app, session): (String, String) = (row.try_get("app")?, row.try_get("session")?);
            all.push(LetIn {
                key: SessionKey::parse(&app, &session).ok_or_else(|| unreadable("a session that is none"))?,
                undo: row.try_get("undo")?,
                waited_since: Timestamp::from_millis(row.try_get("waited_since")?),
                is_read: row.try_get::<Option<i64>, _>("pushed_at")?.is_some(),
            });
        }
        Ok(all)
    }

    /// Whether 4D has read all of a batch.
    pub async fn is_batch_read(&self, batch_id: &str) -> Result<bool, Error> {
        let left: i64 = sqlx::query_scalar(
            "SELECT CAST(count(*) AS BIGINT) FROM change
             WHERE batch_id = $1 AND outcome IS NOT NULL AND pushed_at IS NULL",
        )
        .bind(batch_id.to_owned())
        .fetch_one(self.readers())
        .await?;
        Ok(left == 0)
    }
}

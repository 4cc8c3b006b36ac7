//! What 4D was told: the last push, which changes it was told of, and what it has dropped.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::columns::flag;
use super::journal::OF_FILES;
use super::sessions::{Contents, refresh_unpushed};
use super::{Database, Error};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::push::{Completed, Failure, PushOutcome};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;

/// A session, and its newest change that 4D was not told of.
pub type Mark = (SessionKey, String);

/// A session that somebody else changed, as it was when it was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    pub key: SessionKey,
    content: Option<i64>,
    gone_at: Option<i64>,
}

/// What is written down of a push.
pub struct Pushed<'a> {
    pub completed: &'a Completed,
    /// What 4D knows from now on.
    pub marks: &'a [Mark],
    /// What 4D has looked at, if it answered.
    pub looked_at: Option<LookedAt<'a>>,
}

/// What there was when a push began that 4D answered.
pub struct LookedAt<'a> {
    /// The sessions that somebody else had changed.
    pub outside: &'a [Outside],
    /// The files that were not compliant.
    pub dropped: &'a Contents,
}

impl Database {
    /// All sessions that were changed here since the last push that 4D answered, each with its newest change and whether
    /// something of it is left to push.
    pub async fn unpushed(&self) -> Result<Vec<(Mark, bool)>, Error> {
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT change.app, change.session, max(change.id), coalesce(max(session.unpushed), 0) FROM change
             LEFT JOIN session ON session.app = change.app AND session.id = change.session
             WHERE pushed_at IS NULL AND outcome IS NOT NULL AND {OF_FILES} GROUP BY change.app, change.session
             ORDER BY change.app, change.session"
        )))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok(((key(row, "session")?, row.try_get(2)?), flag(row, 3)?))).collect()
    }

    /// The sessions that somebody else changed since the last push that 4D answered, by app then id.
    pub async fn changed_outside(&self) -> Result<Vec<Outside>, Error> {
        let rows = sqlx::query("SELECT app, id, content, gone_at FROM session WHERE outside = 1 ORDER BY app, id");
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter()
            .map(|row| {
                Ok(Outside { key: key(row, "id")?, content: row.try_get("content")?, gone_at: row.try_get("gone_at")? })
            })
            .collect()
    }

    /// The files that were not compliant at the last push that 4D answered, with the bytes that they had then.
    pub async fn dropped(&self) -> Result<Contents, Error> {
        let rows = sqlx::query("SELECT app, id, content FROM dropped_session").fetch_all(self.readers()).await?;
        rows.iter().map(|row| Ok((key(row, "id")?, row.try_get::<i64, _>("content")?.cast_unsigned()))).collect()
    }

    /// How the last push ended; `None` before the first.
    pub async fn last_push(&self) -> Result<Option<Completed>, Error> {
        let row = sqlx::query("SELECT * FROM last_push").fetch_optional(self.readers()).await?;
        row.as_ref().map(completed).transpose()
    }

    /// Writes a push down: all of it, or nothing if it fails.
    pub async fn record_push(&self, pushed: &Pushed<'_>) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        set_last(&mut tx, pushed.completed).await?;
        for mark in pushed.marks {
            set_pushed(&mut tx, mark, pushed.completed).await?;
            refresh_unpushed(&mut tx, &mark.0).await?;
        }
        if let Some(looked_at) = &pushed.looked_at {
            for outside in looked_at.outside {
                set_seen(&mut tx, outside).await?;
            }
            sqlx::query("DELETE FROM dropped_session").execute(&mut *tx).await?;
            for (key, content) in looked_at.dropped {
                sqlx::query("INSERT INTO dropped_session (app, id, content) VALUES ($1, $2, $3)")
                    .bind(key.app.as_str())
                    .bind(key.id.as_str())
                    .bind(content.cast_signed())
                    .execute(&mut *tx)
                    .await?;
            }
        }
        tx.commit().await
    }
}

async fn set_last(tx: &mut AnyConnection, completed: &Completed) -> Result<(), Error> {
    let errors = serde_json::to_string(&completed.push_errors).map_err(|error| Error::Encode(Box::new(error)))?;
    sqlx::query(
        "INSERT INTO last_push
         (one, at, actor_kind, actor_name, outcome, detail, push_errors, duration_ms) VALUES (1, $1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (one) DO UPDATE SET at = excluded.at, actor_kind = excluded.actor_kind,
         actor_name = excluded.actor_name, outcome = excluded.outcome, detail = excluded.detail,
         push_errors = excluded.push_errors, duration_ms = excluded.duration_ms",
    )
    .bind(completed.at.millis())
    .bind(completed.by.kind.as_str())
    .bind(&completed.by.name)
    .bind(completed.outcome.as_str())
    .bind(completed.detail.as_ref().map(Failure::spelled))
    .bind(errors)
    .bind(i64::try_from(completed.duration_ms).unwrap_or(i64::MAX))
    .execute(tx)
    .await
    .map(drop)
}

/// A change that was made while the push ran is newer than its mark, and stays.
async fn set_pushed(tx: &mut AnyConnection, mark: &Mark, completed: &Completed) -> Result<(), Error> {
    sqlx::query(AssertSqlSafe(format!(
        "UPDATE change SET pushed_at = $1, pushed_by_kind = $2, pushed_by_name = $3
         WHERE app = $4 AND session = $5 AND id <= $6 AND pushed_at IS NULL AND outcome IS NOT NULL AND {OF_FILES}"
    )))
    .bind(completed.at.millis())
    .bind(completed.by.kind.as_str())
    .bind(&completed.by.name)
    .bind(mark.0.app.as_str())
    .bind(mark.0.id.as_str())
    .bind(&mark.1)
    .execute(tx)
    .await
    .map(drop)
}

/// What somebody changed while the push ran has other bytes, and stays.
async fn set_seen(tx: &mut AnyConnection, outside: &Outside) -> Result<(), Error> {
    sqlx::query(
        "UPDATE session SET outside = 0 WHERE app = $1 AND id = $2 AND content IS NOT DISTINCT FROM $3
         AND gone_at IS NOT DISTINCT FROM $4",
    )
    .bind(outside.key.app.as_str())
    .bind(outside.key.id.as_str())
    .bind(outside.content)
    .bind(outside.gone_at)
    .execute(tx)
    .await
    .map(drop)
}

fn completed(row: &AnyRow) -> Result<Completed, Error> {
    let kind = ActorKind::parse(row.try_get("actor_kind")?).ok_or_else(unreadable)?;
    Ok(Completed {
        at: Timestamp::from_millis(row.try_get("at")?),
        by: Actor { kind, name: row.try_get("actor_name")? },
        outcome: PushOutcome::parse(row.try_get("outcome")?).ok_or_else(unreadable)?,
        detail: row.try_get::<Option<&str>, _>("detail")?.map(Failure::parse),
        push_errors: serde_json::from_str(row.try_get("push_errors")?).map_err(|_| unreadable())?,
        duration_ms: row.try_get::<i64, _>("duration_ms")?.cast_unsigned(),
    })
}

fn key(row: &AnyRow, id: &str) -> Result<SessionKey, Error> {
    SessionKey::parse(row.try_get("app")?, row.try_get(id)?).ok_or_else(unreadable)
}

fn unreadable() -> Error {
    Error::Decode("what is kept of pushes holds what was never written there".into())
}

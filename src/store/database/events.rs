//! What happened: remembered and numbered in one transaction, so that a stop loses neither.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::{Database, Error, webhooks};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::app_id::AppId;
use crate::domain::event::{Event, EventKind, Numbered};
use crate::domain::session::{SessionId, SessionKey};
use crate::domain::timestamp::Timestamp;

/// How many events are kept for listeners that come back.
pub const KEPT: u64 = 10_000;

/// Pending sessions for rules to look at.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Those to look at now.
    pub keys: Vec<SessionKey>,
    /// Whether there are others, to look at in a moment.
    pub later: bool,
}

impl Database {
    /// Writes an event down that is about no session and no app, and numbers it.
    pub async fn add_event(&self, event: &Event) -> Result<Numbered, Error> {
        self.reserve_for(1).await?;
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let mut events = [Numbered::unnumbered(event.clone(), None)];
        number(&mut tx, &mut events).await?;
        webhooks::enqueue(&mut tx, &events).await?;
        tx.commit().await?;
        let [event] = events;
        Ok(event)
    }

    /// The events that are kept, oldest first.
    pub async fn events(&self) -> Result<Vec<(u64, Event)>, Error> {
        let rows = sqlx::query("SELECT * FROM event ORDER BY number").fetch_all(self.readers()).await?;
        rows.iter().map(|row| Ok((row.try_get::<i64, _>("number")?.cast_unsigned(), event(row)?))).collect()
    }

    /// Whether the last that was told of the MobileApps folder is that it is away.
    pub async fn folder_was_away(&self) -> Result<bool, Error> {
        let last: Option<String> = sqlx::query_scalar(
            "SELECT kind FROM event WHERE kind IN ('folder.unavailable', 'folder.available')
             ORDER BY number DESC LIMIT 1",
        )
        .fetch_optional(self.readers())
        .await?;
        Ok(last.as_deref() == Some(EventKind::FolderUnavailable.as_str()))
    }

    /// Sessions that came, or became, pending by no doing of this program's and that no rule has looked at. Those that
    /// were changed here since `lately` and of which no event was told yet are left to the next time: what a person
    /// did is not undone by a rule that has not heard of it.
    pub async fn arrivals(&self, lately: Timestamp) -> Result<Arrivals, Error> {
        let rows = sqlx::query(
            "SELECT app, id, EXISTS (SELECT 1 FROM change WHERE session = known.id AND app = known.app AND at > ?
             AND change.id > ifnull(known.change_id, '')) AS untold
             FROM session AS known WHERE arrived = 1 AND gone_at IS NULL ORDER BY app, id",
        )
        .bind(lately.millis())
        .fetch_all(self.readers())
        .await?;
        let mut arrivals = Arrivals::default();
        for row in &rows {
            match row.try_get("untold")? {
                true => arrivals.later = true,
                false => arrivals.keys.extend(key(row)),
            }
        }
        Ok(arrivals)
    }

    /// Notes that rules have looked at these sessions.
    pub async fn forget_arrivals(&self, keys: &[SessionKey]) -> Result<(), Error> {
        // Others get their turn in between.
        for some in keys.chunks(5000) {
            let rows: Vec<serde_json::Value> = some.iter().map(|key| serde_json::json!([key.app, key.id])).collect();
            let turn = self.relaxed().await;
            let mut tx = turn.begin().await?;
            sqlx::query(
                "UPDATE session SET arrived = 0
                 WHERE (app, id) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))",
            )
            .bind(serde_json::Value::Array(rows).to_string())
            .execute(&mut *tx)
            .await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

/// Writes events down, in their order, and gives them their numbers.
pub(super) async fn number(tx: &mut SqliteConnection, events: &mut [Numbered]) -> Result<(), Error> {
    for numbered in &mut *events {
        numbered.number = insert(tx, &numbered.event).await?;
    }
    // A few more may be kept.
    if events.last().is_some_and(|last| last.number % 64 < events.len() as u64) {
        // By their count: numbers jump ahead at each start.
        let delete = sqlx::query(
            "DELETE FROM event WHERE number <= (SELECT number FROM event ORDER BY number DESC LIMIT 1 OFFSET ?)",
        );
        delete.bind(KEPT.cast_signed()).execute(tx).await?;
    }
    Ok(())
}

async fn insert(tx: &mut SqliteConnection, event: &Event) -> Result<u64, Error> {
    let inserted = sqlx::query(
        "INSERT INTO event (at, kind, app, session, status, previous_status, actor_kind, actor_name)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(event.at.millis())
    .bind(event.kind.as_str())
    .bind(event.app.as_ref().map(AppId::as_str))
    .bind(event.id.as_ref().map(SessionId::as_str))
    .bind(&event.status)
    .bind(&event.previous_status)
    .bind(event.actor.as_ref().map(|actor| actor.kind.as_str()))
    .bind(event.actor.as_ref().map(|actor| &actor.name))
    .execute(tx)
    .await?;
    Ok(inserted.last_insert_rowid().cast_unsigned())
}

fn event(row: &SqliteRow) -> Result<Event, Error> {
    let kind = EventKind::parse(row.try_get("kind")?).ok_or_else(|| Error::Decode("a kind that is none".into()))?;
    let (app, session): (Option<&str>, Option<&str>) = (row.try_get("app")?, row.try_get("session")?);
    Ok(Event {
        kind,
        app: app.and_then(AppId::parse),
        id: session.and_then(SessionId::parse),
        status: row.try_get("status")?,
        previous_status: row.try_get("previous_status")?,
        actor: actor(row)?,
        at: Timestamp::from_millis(row.try_get("at")?),
    })
}

fn actor(row: &SqliteRow) -> Result<Option<Actor>, Error> {
    let Some(kind) = row.try_get::<Option<&str>, _>("actor_kind")? else { return Ok(None) };
    let kind = ActorKind::parse(kind).ok_or_else(|| Error::Decode("an actor that is none".into()))?;
    Ok(Some(Actor { kind, name: row.try_get("actor_name")? }))
}

fn key(row: &SqliteRow) -> Option<SessionKey> {
    SessionKey::parse(row.try_get("app").ok()?, row.try_get("id").ok()?)
}

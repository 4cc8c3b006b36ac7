//! What happened: remembered and numbered in one transaction, so that a stop loses neither.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use super::columns::{Flag, flag, stored, text};
use super::journal::OF_FILES;
use super::numbers::take_numbers;
use super::sql::Sql;
use super::{Database, Error, deliveries};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::app_id::AppId;
use crate::domain::event::{Event, EventKind, Numbered};
use crate::domain::session::{SessionId, SessionKey};
use crate::domain::timestamp::Timestamp;

/// How many events are kept for listeners that come back.
pub const KEPT: u64 = 10_000;

/// How many keys one statement names.
const KEYS_AT_ONCE: usize = 500;

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
        deliveries::enqueue(&mut tx, &events).await?;
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
        let rows = sqlx::query(AssertSqlSafe(format!(
            "SELECT app, id, EXISTS (SELECT 1 FROM change WHERE session = known.id AND app = known.app AND at > $1
             AND change.id > coalesce(known.change_id, '') AND {OF_FILES}) AS untold
             FROM session AS known WHERE arrived = 1 AND gone_at IS NULL ORDER BY app, id"
        )))
        .bind(lately.millis())
        .fetch_all(self.readers())
        .await?;
        let mut arrivals = Arrivals::default();
        for row in &rows {
            match flag(row, "untold")? {
                true => arrivals.later = true,
                false => arrivals.keys.extend(key(row)),
            }
        }
        Ok(arrivals)
    }

    /// Notes that rules have looked at these sessions.
    pub async fn forget_arrivals(&self, keys: &[SessionKey]) -> Result<(), Error> {
        // Others get their turn in between.
        for some in keys.chunks(KEYS_AT_ONCE) {
            let mut sql = Sql::new("UPDATE session SET arrived = 0 WHERE (app, id) IN (VALUES ");
            sql.push_pairs(some.iter().map(|key| (key.app.as_str(), key.id.as_str()))).push(")");
            let turn = self.relaxed().await;
            turn.execute(sql.build()?).await?;
        }
        Ok(())
    }
}

/// Writes events down, in their order, and gives them their numbers.
pub(super) async fn number(tx: &mut AnyConnection, events: &mut [Numbered]) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let mut next = take_numbers(tx, events.len()).await?;
    for numbered in &mut *events {
        insert(tx, next, &numbered.event).await?;
        numbered.number = next.cast_unsigned();
        next += 1;
    }
    // A few more may be kept.
    if events.last().is_some_and(|last| last.number % 64 < events.len() as u64) {
        // By their count: numbers jump ahead at each start.
        let delete = sqlx::query(
            "DELETE FROM event WHERE number <= (SELECT number FROM event ORDER BY number DESC LIMIT 1 OFFSET $1)",
        );
        delete.bind(KEPT.cast_signed()).execute(tx).await?;
    }
    Ok(())
}

async fn insert(tx: &mut AnyConnection, number: i64, event: &Event) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO event (number, at, kind, app, session, status, previous_status, declined, actor_kind, actor_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(number)
    .bind(event.at.millis())
    .bind(event.kind.as_str())
    .bind(event.app.as_ref().map(AppId::as_str))
    .bind(event.id.as_ref().map(SessionId::as_str))
    .bind(event.status.as_deref().map(stored))
    .bind(event.previous_status.as_deref().map(stored))
    .bind(Flag(event.declined))
    .bind(event.actor.as_ref().map(|actor| actor.kind.as_str()))
    .bind(event.actor.as_ref().map(|actor| &actor.name))
    .execute(tx)
    .await
    .map(drop)
}

fn event(row: &AnyRow) -> Result<Event, Error> {
    let kind = EventKind::parse(row.try_get("kind")?).ok_or_else(|| Error::Decode("a kind that is none".into()))?;
    let (app, session): (Option<&str>, Option<&str>) = (row.try_get("app")?, row.try_get("session")?);
    Ok(Event {
        kind,
        app: app.and_then(AppId::parse),
        id: session.and_then(SessionId::parse),
        status: text(row, "status")?,
        previous_status: text(row, "previous_status")?,
        declined: flag(row, "declined")?,
        actor: actor(row)?,
        at: Timestamp::from_millis(row.try_get("at")?),
    })
}

fn actor(row: &AnyRow) -> Result<Option<Actor>, Error> {
    let Some(kind) = row.try_get::<Option<&str>, _>("actor_kind")? else { return Ok(None) };
    let kind = ActorKind::parse(kind).ok_or_else(|| Error::Decode("an actor that is none".into()))?;
    Ok(Some(Actor { kind, name: row.try_get("actor_name")? }))
}

fn key(row: &AnyRow) -> Option<SessionKey> {
    SessionKey::parse(row.try_get("app").ok()?, row.try_get("id").ok()?)
}

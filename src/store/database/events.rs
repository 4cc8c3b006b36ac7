//! What happened: remembered and numbered in one transaction, so that a stop loses neither.

use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use super::known::{Known, note_first_scan, remember};
use super::{Database, Error, webhooks};
use crate::domain::account::{Actor, ActorKind};
use crate::domain::app_id::AppId;
use crate::domain::change::{Digest, Values};
use crate::domain::event::{Event, EventKind, Numbered};
use crate::domain::session::{Session, SessionId, SessionKey};
use crate::domain::timestamp::Timestamp;

/// How many events are kept for listeners that come back.
pub const KEPT: u64 = 10_000;

/// Something that was noticed, to be remembered, and to be told if it is news.
#[derive(Clone, Debug)]
pub enum Note {
    /// What a session is now, and the news that it is, if it is.
    Session(SessionKey, Known, Option<Box<News>>),
    /// Whether there is such an app, and the news that it is so.
    App(AppId, bool, Option<Event>),
    /// That the folder has been read for the first time, then.
    FirstScan(Timestamp),
    /// What is about no session and no app.
    Other(Event),
}

/// What is told of a session.
#[derive(Clone, Debug)]
pub struct News {
    /// What happened. Who did it is found in the journal.
    pub event: Event,
    /// The session as lists show it; `None` when it is gone.
    pub session: Option<Session>,
    /// Whether it came, or became, pending.
    pub arrives: bool,
}

#[derive(Debug, Default)]
pub struct Recorded {
    /// The events, in their order.
    pub events: Vec<Numbered>,
    /// Whether sessions came, or became, pending by no doing of this program's.
    pub arrivals: bool,
}

/// Pending sessions for rules to look at.
#[derive(Debug, Default)]
pub struct Arrivals {
    /// Those to look at now.
    pub keys: Vec<SessionKey>,
    /// Whether there are others, to look at in a moment.
    pub later: bool,
}

impl Database {
    /// Remembers and numbers what was noticed: all of it, or nothing if it fails. Not synced: after a crash
    /// of the system it is noticed again.
    pub async fn record(&self, notes: &[Note]) -> Result<Recorded, Error> {
        self.reserve_for(notes.len()).await?;
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let sessions = notes.iter().filter_map(|note| match note {
            Note::Session(key, known, _) => Some((key, known)),
            _ => None,
        });
        remember(&mut tx, sessions).await?;
        let mut recorded = Recorded::default();
        for note in notes {
            let (event, session) = match note {
                Note::Session(_, _, None) => continue,
                Note::Session(key, known, Some(news)) => {
                    let (actor, arrived) = attribute(&mut tx, key, known, news).await?;
                    recorded.arrivals |= arrived;
                    (Some(Event { actor, ..news.event.clone() }), news.session.clone())
                }
                Note::App(app, there, event) => {
                    know_app(&mut tx, app, *there).await?;
                    (event.clone(), None)
                }
                Note::FirstScan(at) => {
                    note_first_scan(&mut tx, *at).await?;
                    continue;
                }
                Note::Other(event) => (Some(event.clone()), None),
            };
            if let Some(event) = event {
                let number = insert(&mut tx, &event).await?;
                recorded.events.push(Numbered { number, event, session });
            }
        }
        // A few more may be kept.
        if recorded.events.last().is_some_and(|last| last.number % 64 < recorded.events.len() as u64) {
            // By their count: numbers jump ahead at each start.
            sqlx::query(
                "DELETE FROM event WHERE number <= (SELECT number FROM event ORDER BY number DESC LIMIT 1 OFFSET ?)",
            )
            .bind(KEPT.cast_signed())
            .execute(&mut *tx)
            .await?;
        }
        webhooks::enqueue(&mut tx, &recorded.events).await?;
        tx.commit().await?;
        Ok(recorded)
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
             FROM known_sessions AS known WHERE arrived = 1 AND gone_at IS NULL ORDER BY app, id",
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
                "UPDATE known_sessions SET arrived = 0
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

/// Who made a session what it is now, by the journal; and whether it arrived pending by no doing of ours.
async fn attribute(
    tx: &mut SqliteConnection,
    key: &SessionKey,
    known: &Known,
    news: &News,
) -> Result<(Option<Actor>, bool), Error> {
    let changes = untold_changes(tx, key).await?;
    let change = changes.iter().find(|change| change.left(known));
    let change = change.or_else(|| changes.iter().rfind(|change| change.set_status(known, &news.event)));
    let is_pending = known.gone_at.is_none() && known.status.as_deref() == Some("pending");
    let arrived = news.arrives && is_pending && change.is_none();
    // A pending session that no rule has looked at yet stays one, whatever else changes in it: also while it cannot
    // be read, or when it was gone for a moment with its folder, and not by a delete of ours.
    let stays = known.pending_since.is_some() && !news.arrives && (known.gone_at.is_none() || change.is_none());
    sqlx::query(
        "UPDATE known_sessions SET change_id = coalesce(?, change_id), outside = outside OR ?,
         arrived = CASE WHEN ? THEN 1 WHEN ? THEN arrived ELSE 0 END WHERE app = ? AND id = ?",
    )
    .bind(change.map(|change| change.id.as_str()))
    .bind(change.is_none())
    .bind(arrived)
    .bind(stays)
    .bind(key.app.as_str())
    .bind(key.id.as_str())
    .execute(&mut *tx)
    .await?;
    Ok((change.map(|change| change.actor.clone()), arrived))
}

/// A change that no event was told of yet. Without an outcome too: its event may come first.
struct UntoldChange {
    id: String,
    actor: Actor,
    status_after: Option<String>,
    /// `None` where it took the file away.
    content_after: Option<u64>,
}

impl UntoldChange {
    /// Whether the session is what this change left.
    fn left(&self, known: &Known) -> bool {
        match known.gone_at {
            Some(_) => self.content_after.is_none(),
            None => self.content_after.is_some() && self.content_after == known.content,
        }
    }

    /// Whether it made the status what it is, and another program wrote over the rest before anybody looked.
    fn set_status(&self, known: &Known, event: &Event) -> bool {
        let status = known.status.as_deref().filter(|_| known.gone_at.is_none());
        status.is_some() && status != event.previous_status.as_deref() && status == self.status_after.as_deref()
    }
}

/// Oldest first. That none of the last few left the session as it is says enough.
async fn untold_changes(tx: &mut SqliteConnection, key: &SessionKey) -> Result<Vec<UntoldChange>, Error> {
    let rows = sqlx::query(
        "SELECT id, actor_kind, actor_name, after_values, digest_after FROM change
         WHERE session = ?1 AND app = ?2
         AND id > ifnull((SELECT change_id FROM known_sessions WHERE app = ?2 AND id = ?1), '')
         ORDER BY id DESC LIMIT 20",
    )
    .bind(key.id.as_str())
    .bind(key.app.as_str())
    .fetch_all(tx)
    .await?;
    rows.iter().rev().map(untold_change).collect()
}

fn untold_change(row: &SqliteRow) -> Result<UntoldChange, Error> {
    let values: Option<&str> = row.try_get("after_values")?;
    let values: Option<Values> = values.map(serde_json::from_str).transpose().map_err(|e| Error::Decode(e.into()))?;
    let digest: Option<&[u8]> = row.try_get("digest_after")?;
    Ok(UntoldChange {
        id: row.try_get("id")?,
        actor: actor(row)?.ok_or_else(|| Error::Decode("a change without an actor".into()))?,
        status_after: values.and_then(|values| values.status),
        content_after: digest.and_then(Digest::from_bytes).map(|digest| digest.content()),
    })
}

async fn know_app(tx: &mut SqliteConnection, app: &AppId, there: bool) -> Result<(), Error> {
    let sql = if there {
        "INSERT INTO known_apps (app) VALUES (?) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM known_apps WHERE app = ?"
    };
    sqlx::query(sql).bind(app.as_str()).execute(tx).await.map(drop)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> SessionKey {
        SessionKey::parse("com.a", "0a").unwrap()
    }

    /// What was noticed of the session: its status and since when it is pending, `None` for gone.
    fn note(kind: EventKind, status: Option<&'static str>, pending_since: Option<i64>, arrives: bool) -> Note {
        let gone_at = (kind == EventKind::SessionDeleted).then_some(9);
        let known = Known { first_seen: 1, pending_since, gone_at, content: Some(7), status: status.map(Into::into) };
        let event = Event {
            app: Some(key().app),
            id: Some(key().id),
            status: status.map(str::to_owned),
            ..Event::new(kind, Timestamp::from_millis(9))
        };
        Note::Session(key(), known, Some(Box::new(News { event, session: None, arrives })))
    }

    #[tokio::test]
    async fn who_arrived_waits_for_rules_until_they_have_looked() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).await.unwrap();
        let waits = async || !database.arrivals(Timestamp::from_millis(0)).await.unwrap().keys.is_empty();
        let arrives = note(EventKind::SessionCreated, Some("pending"), Some(5), true);
        assert!(database.record(std::slice::from_ref(&arrives)).await.unwrap().arrivals);
        assert!(waits().await);
        // It changes, cannot be read for a moment, and is gone for a moment with its folder: nobody has looked yet.
        for (kind, status, still) in [
            (EventKind::SessionChanged, Some("pending"), true),
            (EventKind::SessionChanged, None, true),
            (EventKind::SessionDeleted, Some("pending"), false),
            (EventKind::SessionCreated, Some("pending"), true),
        ] {
            database.record(&[note(kind, status, Some(5), false)]).await.unwrap();
            assert_eq!(waits().await, still, "{kind:?} {status:?}");
        }
        database.record(&[note(EventKind::SessionChanged, Some("accepted"), None, false)]).await.unwrap();
        assert!(!waits().await, "somebody let it in");
        database.record(&[arrives]).await.unwrap();
        database.forget_arrivals(&[key()]).await.unwrap();
        assert!(!waits().await);
        database.record(&[note(EventKind::SessionChanged, Some("pending"), Some(5), false)]).await.unwrap();
        assert!(!waits().await, "it did not arrive again");
    }
}

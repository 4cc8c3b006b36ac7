//! The outbox: what webhooks are to be told, put there with the event itself, so that a stop loses nothing.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};
use ulid::Ulid;

use super::access_log::{self, Access};
use super::columns::{Flag, flag, number, optional_time, time, unreadable};
use super::links::{self, NewLinkRow};
use super::webhooks::{WebhookRow, switch_off, webhook};
use super::{Database, Error};
use crate::domain::event::Numbered;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{
    DeliveryState, Failure, FailureKind, SwitchedOff, longest_pause, payload, queue, wants_link,
};

/// One entry of the outbox.
#[derive(Clone, Debug)]
pub struct DeliveryRow {
    /// In the order of the events.
    pub number: i64,
    /// The same at every attempt.
    pub id: String,
    /// What kind of event is told.
    pub kind: String,
    pub app: Option<String>,
    pub session: Option<String>,
    /// Deliveries of one queue wait for one another.
    pub queue: String,
    /// What is sent. It can hold an approval link.
    pub payload: Secret<String>,
    /// Whether it still is to get its approval link.
    pub wants_link: bool,
    /// When it was put here.
    pub at: Timestamp,
    pub state: DeliveryState,
    /// How many attempts there were.
    pub attempts: u32,
    /// How many of them failed since it was begun, or begun again.
    pub failed: u32,
    /// What the receiver answered last.
    pub status_code: Option<u16>,
    /// Why the last attempt failed.
    pub error: Option<Failure>,
    /// When it is tried next; `None` for one that is done, or waits for an earlier one.
    pub next_attempt_at: Option<Timestamp>,
}

/// What became of an attempt.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The status that was answered, if any.
    pub status_code: Option<u16>,
    /// Why it failed; `None` if it did not.
    pub error: Option<Failure>,
    pub then: Then,
}

/// What is done after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// Nothing: the receiver has it.
    Done,
    /// It is tried again then.
    Again(Timestamp),
    /// It is given up. If nothing else worked meanwhile, the webhook is switched off.
    GiveUp,
    /// The webhook is switched off, and the delivery waits until it is on again.
    SwitchOff,
}

/// Puts what webhooks are to be told of these events into the outbox. A webhook that is off is told nothing.
pub(super) async fn enqueue(tx: &mut AnyConnection, events: &[Numbered]) -> Result<(), Error> {
    if events.is_empty() {
        return Ok(());
    }
    let rows = sqlx::query("SELECT * FROM webhook WHERE enabled = 1 ORDER BY id").fetch_all(&mut *tx).await?;
    // One that is unreadable must not keep events from being written down.
    let readable = |row| webhook(row).inspect_err(|error| tracing::error!(%error, "a webhook is not told of events"));
    let webhooks: Vec<WebhookRow> = rows.iter().filter_map(|row| readable(row).ok()).collect();
    for Numbered { event, session, .. } in events {
        for webhook in webhooks.iter().filter(|webhook| webhook.events.wants(&webhook.apps, event)) {
            sqlx::query(
                "INSERT INTO delivery (id, webhook, kind, app, session, queue, payload, at, wants_link, state, next_attempt_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', CASE WHEN EXISTS
                 (SELECT 1 FROM delivery WHERE webhook = $2 AND queue = $6 AND state = 'pending') THEN NULL ELSE $8 END)",
            )
            .bind(Ulid::generate().to_string())
            .bind(&webhook.id)
            .bind(event.kind.as_str())
            .bind(event.app.as_ref().map(|app| app.as_str()))
            .bind(event.id.as_ref().map(|id| id.as_str()))
            .bind(queue(event))
            .bind(payload(event, session.as_ref()).map_err(|error| Error::Encode(Box::new(error)))?)
            .bind(event.at.millis())
            .bind(Flag(webhook.links_by.is_some() && wants_link(event, session.as_ref())))
            .execute(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

impl Database {
    /// What of this webhook's outbox can be tried now, those that wait longest first. What would be due further away
    /// than anything ever waits was written down by a clock that has been set back since: it is due, too.
    pub async fn due_deliveries(&self, webhook: &str, now: Timestamp, limit: u32) -> Result<Vec<DeliveryRow>, Error> {
        let rows = sqlx::query(
            "SELECT * FROM delivery WHERE webhook = $1 AND state = 'pending' AND (next_attempt_at <= $2
             OR next_attempt_at > $2 + CASE failed WHEN 0 THEN 0 ELSE $3 END) ORDER BY next_attempt_at, number LIMIT $4",
        )
        .bind(webhook)
        .bind(now.millis())
        .bind(i64::try_from(longest_pause().as_millis()).unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(delivery).collect()
    }

    /// Gives a delivery that is still pending its last payload, and adds the approval link in it, both on disk: every
    /// attempt sends that payload. `false` where the delivery was ended meanwhile: then there is no link either.
    pub async fn put_payload(
        &self,
        number: i64,
        payload: &Secret<String>,
        link: Option<&NewLinkRow>,
    ) -> Result<bool, Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        let done = sqlx::query(
            "UPDATE delivery SET payload = $1, wants_link = 0 WHERE number = $2 AND state = 'pending' AND wants_link = 1",
        )
        .bind(payload.expose())
        .bind(number)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        if let Some(link) = link {
            links::insert(&mut tx, link).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// When something of the outbox can be tried next, after `now`.
    pub async fn next_delivery(&self, now: Timestamp) -> Result<Option<Timestamp>, Error> {
        let next: Option<i64> = sqlx::query_scalar(
            "SELECT min((SELECT min(next_attempt_at) FROM delivery WHERE webhook = webhook.id AND state = 'pending'
             AND next_attempt_at > $1)) FROM webhook WHERE enabled = 1",
        )
        .bind(now.millis())
        .fetch_one(self.readers())
        .await?;
        Ok(next.map(Timestamp::from_millis))
    }

    /// Writes down what became of an attempt; whether the webhook was switched off by it. Not synced: after a crash
    /// of the system it is sent again.
    pub async fn settle_delivery(
        &self,
        webhook: &str,
        delivery: &DeliveryRow,
        settled: &Settled,
        now: Timestamp,
    ) -> Result<Option<SwitchedOff>, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        let (state, next) = match settled.then {
            Then::Done => (DeliveryState::Delivered, None),
            Then::Again(at) => (DeliveryState::Pending, Some(at)),
            Then::GiveUp => (DeliveryState::Failed, None),
            Then::SwitchOff => (DeliveryState::Pending, Some(now)),
        };
        let failed = settled.then != Then::Done;
        // What was ended while it was on its way stays so.
        let done = sqlx::query(
            "UPDATE delivery SET state = $1, attempts = attempts + 1, failed = failed + $2,
             failed_at = CASE WHEN $3 = 1 THEN coalesce(failed_at, $4) END, status_code = $5, error = $6, error_detail = $7,
             next_attempt_at = $8 WHERE number = $9 AND state = 'pending'",
        )
        .bind(state.as_str())
        .bind(Flag(failed))
        .bind(Flag(failed))
        .bind(now.millis())
        .bind(settled.status_code.map(i64::from))
        .bind(settled.error.as_ref().map(|error| error.kind.as_str()))
        .bind(settled.error.as_ref().map(|error| error.detail.as_str()))
        .bind(next.map(Timestamp::millis))
        .bind(delivery.number)
        .execute(&mut *tx)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(None);
        }
        sqlx::query(
            "UPDATE webhook SET failing_since = CASE WHEN $1 = 1 THEN coalesce(failing_since, $2) END WHERE id = $3",
        )
        .bind(Flag(failed))
        .bind(now.millis())
        .bind(webhook)
        .execute(&mut *tx)
        .await?;
        if state != DeliveryState::Pending {
            promote(&mut tx, webhook, &delivery.queue, now).await?;
        }
        let off = match settled.then {
            Then::SwitchOff => switch_off(&mut tx, webhook, SwitchedOff::Gone, None).await?,
            Then::GiveUp => switch_off(&mut tx, webhook, SwitchedOff::Failing, Some(delivery.number)).await?,
            Then::Done | Then::Again(_) => None,
        };
        tx.commit().await?;
        Ok(off)
    }

    /// A webhook that is on, and a delivery of it that is still pending, both as they are at one moment.
    pub async fn pending_delivery(
        &self,
        webhook: &str,
        number: i64,
    ) -> Result<Option<(WebhookRow, DeliveryRow)>, Error> {
        let mut tx = self.readers().begin().await?;
        let hook = sqlx::query("SELECT * FROM webhook WHERE id = $1 AND enabled = 1")
            .bind(webhook)
            .fetch_optional(&mut *tx)
            .await?;
        let row = sqlx::query("SELECT * FROM delivery WHERE number = $1 AND webhook = $2 AND state = 'pending'")
            .bind(number)
            .bind(webhook)
            .fetch_optional(&mut *tx)
            .await?;
        let Some((hook, row)) = hook.zip(row) else { return Ok(None) };
        Ok(Some((self::webhook(&hook)?, delivery(&row)?)))
    }

    /// Ends a pending delivery without another attempt, and lets the next of its queue go.
    pub async fn end_delivery(
        &self,
        webhook: &str,
        delivery: &DeliveryRow,
        why: FailureKind,
        now: Timestamp,
    ) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query(
            "UPDATE delivery SET state = 'failed', wants_link = 0, error = $1, error_detail = '', next_attempt_at = NULL
             WHERE number = $2 AND state = 'pending'",
        )
        .bind(why.as_str())
        .bind(delivery.number)
        .execute(&mut *tx)
        .await?;
        promote(&mut tx, webhook, &delivery.queue, now).await?;
        tx.commit().await
    }

    /// The apps that deliveries of a webhook are about.
    pub async fn delivery_apps(&self, webhook: &str) -> Result<Vec<String>, Error> {
        sqlx::query_scalar("SELECT DISTINCT app FROM delivery WHERE webhook = $1 AND app IS NOT NULL")
            .bind(webhook)
            .fetch_all(self.readers())
            .await
    }

    /// The newest deliveries of a webhook first, from behind the one of this number on; those about no app, and about
    /// these apps where some are given.
    pub async fn deliveries(
        &self,
        webhook: &str,
        apps: Option<&[String]>,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<DeliveryRow>, Error> {
        let rows = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT * FROM delivery WHERE webhook = $1 AND {IN_APPS} AND number < $3 ORDER BY number DESC LIMIT $4"
        )))
        .bind(webhook)
        .bind(json_list(apps))
        .bind(after.unwrap_or(i64::MAX))
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(delivery).collect()
    }

    /// How many such deliveries a webhook has, and how many of them are pending.
    pub async fn count_deliveries(&self, webhook: &str, apps: Option<&[String]>) -> Result<(u64, u64), Error> {
        let row = sqlx::query(sqlx::AssertSqlSafe(format!(
            "SELECT count(*), count(*) FILTER (WHERE state = 'pending') FROM delivery WHERE webhook = $1 AND {IN_APPS}"
        )))
        .bind(webhook)
        .bind(json_list(apps))
        .fetch_one(self.readers())
        .await?;
        Ok((row.try_get::<i64, _>(0)?.unsigned_abs(), row.try_get::<i64, _>(1)?.unsigned_abs()))
    }

    /// One delivery of a webhook.
    pub async fn delivery(&self, webhook: &str, id: &str) -> Result<Option<DeliveryRow>, Error> {
        let row = sqlx::query("SELECT * FROM delivery WHERE webhook = $1 AND id = $2")
            .bind(webhook)
            .bind(id)
            .fetch_optional(self.readers())
            .await?;
        row.as_ref().map(delivery).transpose()
    }

    /// Begins a delivery again, now, whatever became of it, with the entry of the access log that says who did so.
    pub async fn retry_delivery(&self, number: i64, access: &Access, now: Timestamp) -> Result<(), Error> {
        let turn = self.durable().await;
        let mut tx = turn.begin().await?;
        sqlx::query(
            "UPDATE delivery SET state = 'pending', failed = 0, failed_at = NULL, next_attempt_at = $1 WHERE number = $2",
        )
        .bind(now.millis())
        .bind(number)
        .execute(&mut *tx)
        .await?;
        access_log::insert(&mut tx, access).await?;
        tx.commit().await
    }

    /// Lets go of what was delivered before `delivered` or is not among the newest `kept` of its webhook, of what was
    /// given up before `failed`, and of secrets that are not valid any more at `now`.
    pub async fn prune_deliveries(
        &self,
        delivered: Timestamp,
        kept: u32,
        failed: Timestamp,
        now: Timestamp,
    ) -> Result<u64, Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE webhook SET previous_secret = NULL, previous_until = NULL WHERE previous_until <= $1")
            .bind(now.millis())
            .execute(&mut *tx)
            .await?;
        let mut gone = sqlx::query(
            "DELETE FROM delivery WHERE (state = 'delivered' AND at < $1) OR (state = 'failed' AND at < $2)",
        )
        .bind(delivered.millis())
        .bind(failed.millis())
        .execute(&mut *tx)
        .await?
        .rows_affected();
        let webhooks: Vec<String> = sqlx::query_scalar("SELECT id FROM webhook").fetch_all(&mut *tx).await?;
        for webhook in webhooks {
            let done = sqlx::query(
                "DELETE FROM delivery WHERE webhook = $1 AND state = 'delivered' AND number <= (SELECT number
                 FROM delivery WHERE webhook = $1 AND state = 'delivered' ORDER BY number DESC LIMIT 1 OFFSET $2)",
            )
            .bind(&webhook)
            .bind(i64::from(kept))
            .execute(&mut *tx)
            .await?;
            gone += done.rows_affected();
        }
        tx.commit().await?;
        Ok(gone)
    }
}

/// Whether a delivery is about no app, or about one of the JSON list `?2`, where there is one.
const IN_APPS: &str = "($2 IS NULL OR app IS NULL OR app IN (SELECT value FROM json_each($2)))";

fn json_list(texts: Option<&[String]>) -> Option<String> {
    texts.map(|texts| serde_json::json!(texts).to_string())
}

/// Lets the next of a queue go, unless one of it is on its way already.
async fn promote(tx: &mut AnyConnection, webhook: &str, queue: &str, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "UPDATE delivery SET next_attempt_at = $3 WHERE number = (SELECT min(number) FROM delivery
         WHERE webhook = $1 AND queue = $2 AND state = 'pending')
         AND NOT EXISTS (SELECT 1 FROM delivery
         WHERE webhook = $1 AND queue = $2 AND state = 'pending' AND next_attempt_at IS NOT NULL)",
    )
    .bind(webhook)
    .bind(queue)
    .bind(now.millis())
    .execute(tx)
    .await
    .map(drop)
}

fn delivery(row: &AnyRow) -> Result<DeliveryRow, Error> {
    let kind = row.try_get::<Option<&str>, _>("error")?.and_then(FailureKind::parse);
    let detail: Option<String> = row.try_get("error_detail")?;
    Ok(DeliveryRow {
        number: row.try_get("number")?,
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        app: row.try_get("app")?,
        session: row.try_get("session")?,
        queue: row.try_get("queue")?,
        payload: Secret::new(row.try_get("payload")?),
        wants_link: flag(row, "wants_link")?,
        at: time(row, "at")?,
        state: DeliveryState::parse(row.try_get("state")?).ok_or_else(|| unreadable("a state that is none"))?,
        attempts: number(row, "attempts")?,
        failed: number(row, "failed")?,
        status_code: row.try_get::<Option<i64>, _>("status_code")?.and_then(|code| u16::try_from(code).ok()),
        error: kind.map(|kind| Failure { kind, detail: detail.unwrap_or_default() }),
        next_attempt_at: optional_time(row, "next_attempt_at")?,
    })
}

//! Webhooks, and the outbox of what they are to be told: filled with the event itself, so that a stop loses nothing.

use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};
use ulid::Ulid;

use super::access_log::{self, Access};
use super::accounts::AccountsChange;
use super::columns::{CALLERS_OF, Flag, flag, key, number, optional_time, scope, scope_text, time, unreadable};
use super::links::{self, NewLinkRow};
use super::{Database, Error, Turn};
use crate::domain::account::{Actor, ActorKind, AppScope};
use crate::domain::event::{EventKind, Numbered};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{
    DeliveryState, EventChoice, Failure, FailureKind, HookUrl, SwitchedOff, longest_pause, payload, queue, wants_link,
};

#[derive(Clone, Debug, PartialEq)]
pub struct WebhookRow {
    /// A ULID.
    pub id: String,
    pub name: String,
    pub url: HookUrl,
    pub events: EventChoice,
    pub apps: AppScope,
    /// Whether it is told anything.
    pub enabled: bool,
    /// Why the program itself switched it off.
    pub disabled_reason: Option<SwitchedOff>,
    pub secret: Secret<String>,
    /// It signs too, until then.
    pub previous: Option<(Secret<String>, Timestamp)>,
    /// Who had approval links put into what it is told, and the id of that caller: they may do what the caller may.
    pub links_by: Option<(Actor, String)>,
    /// Who made or last changed it, and the id of that caller: it sends what they may see now. `None` for one that was
    /// made before this was kept.
    pub owner: Option<(Actor, String)>,
    pub created_at: Timestamp,
    /// When an attempt failed first since one worked.
    pub failing_since: Option<Timestamp>,
}

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
    pub async fn webhooks(&self) -> Result<Vec<WebhookRow>, Error> {
        let rows = sqlx::query("SELECT * FROM webhook ORDER BY name_key").fetch_all(self.readers()).await?;
        rows.iter().map(webhook).collect()
    }

    /// Begins a change of webhooks; without [`WebhooksChange::commit`] nothing is changed.
    pub async fn change_webhooks(&self) -> Result<WebhooksChange<'_>, Error> {
        let turn = self.durable().await;
        Ok(WebhooksChange { tx: turn.begin().await?, _turn: turn })
    }

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

/// Switches a webhook off; with a delivery that was given up, only if nothing worked since that failed first: a
/// receiver that refuses one event alone is told of the others.
async fn switch_off(
    tx: &mut AnyConnection,
    webhook: &str,
    reason: SwitchedOff,
    given_up: Option<i64>,
) -> Result<Option<SwitchedOff>, Error> {
    let done = sqlx::query(
        "UPDATE webhook SET enabled = 0, disabled_reason = $1 WHERE id = $2 AND enabled = 1
         AND ($3 IS NULL OR failing_since <= (SELECT failed_at FROM delivery WHERE number = $3))",
    )
    .bind(reason.as_str())
    .bind(webhook)
    .bind(given_up)
    .execute(tx)
    .await?;
    Ok((done.rows_affected() > 0).then_some(reason))
}

/// A change of webhooks, whole or not at all.
pub struct WebhooksChange<'a> {
    // Dropped, and so rolled back, before the next writer gets its turn.
    tx: Transaction<'static, Any>,
    _turn: Turn<'a>,
}

impl WebhooksChange<'_> {
    /// Makes the change, on disk.
    pub async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await
    }

    /// The webhook of this id.
    pub async fn webhook(&mut self, id: &str) -> Result<Option<WebhookRow>, Error> {
        let row = sqlx::query("SELECT * FROM webhook WHERE id = $1").bind(id).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(webhook).transpose()
    }

    /// Adds a webhook, or writes all of it anew; a name that is taken is a unique violation.
    pub async fn put(&mut self, webhook: &WebhookRow) -> Result<(), Error> {
        let kinds: Vec<&str> = webhook.events.kinds().iter().map(|kind| kind.as_str()).collect();
        let (previous, until) = webhook.previous.as_ref().map(|(secret, until)| (secret.expose(), until)).unzip();
        sqlx::query(
            "INSERT INTO webhook (id, name, name_key, url, events, apps, enabled, disabled_reason, secret,
             previous_secret, previous_until, created_at, failing_since, links_kind, links_name, links_caller,
             owner_kind, owner_name, owner_caller)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, url = excluded.url,
             events = excluded.events, apps = excluded.apps, enabled = excluded.enabled,
             disabled_reason = excluded.disabled_reason, secret = excluded.secret,
             previous_secret = excluded.previous_secret, previous_until = excluded.previous_until,
             failing_since = excluded.failing_since, links_kind = excluded.links_kind,
             links_name = excluded.links_name, links_caller = excluded.links_caller,
             owner_kind = excluded.owner_kind, owner_name = excluded.owner_name,
             owner_caller = excluded.owner_caller",
        )
        .bind(&webhook.id)
        .bind(&webhook.name)
        .bind(key(&webhook.name))
        .bind(webhook.url.as_str())
        .bind(serde_json::to_string(&kinds).map_err(|error| Error::Encode(Box::new(error)))?)
        .bind(scope_text(&webhook.apps)?)
        .bind(Flag(webhook.enabled))
        .bind(webhook.disabled_reason.map(SwitchedOff::as_str))
        .bind(webhook.secret.expose())
        .bind(previous)
        .bind(until.map(|until| until.millis()))
        .bind(webhook.created_at.millis())
        .bind(webhook.failing_since.map(Timestamp::millis))
        .bind(webhook.links_by.as_ref().map(|(actor, _)| actor.kind.as_str()))
        .bind(webhook.links_by.as_ref().map(|(actor, _)| actor.name.as_str()))
        .bind(webhook.links_by.as_ref().map(|(_, caller)| caller.as_str()))
        .bind(webhook.owner.as_ref().map(|(actor, _)| actor.kind.as_str()))
        .bind(webhook.owner.as_ref().map(|(actor, _)| actor.name.as_str()))
        .bind(webhook.owner.as_ref().map(|(_, caller)| caller.as_str()))
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Begins again, now, with everything that waits for its next attempt.
    pub async fn resume(&mut self, id: &str, now: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "UPDATE delivery SET failed = 0, failed_at = NULL, next_attempt_at = $1
             WHERE webhook = $2 AND state = 'pending' AND next_attempt_at IS NOT NULL",
        )
        .bind(now.millis())
        .bind(id)
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Ends what waits to be sent, and the approval links that were sent.
    pub async fn end_waiting(&mut self, id: &str, now: Timestamp) -> Result<(), Error> {
        links::revoke_of_webhook(&mut self.tx, id, now).await?;
        sqlx::query(
            "UPDATE delivery SET state = 'failed', wants_link = 0, error = $1, error_detail = '', next_attempt_at = NULL
             WHERE webhook = $2 AND state = 'pending'",
        )
        .bind(FailureKind::Ended.as_str())
        .bind(id)
        .execute(&mut *self.tx)
        .await
        .map(drop)
    }

    /// Removes a webhook with its outbox, and ends the approval links that were sent.
    pub async fn remove(&mut self, id: &str, now: Timestamp) -> Result<(), Error> {
        links::revoke_of_webhook(&mut self.tx, id, now).await?;
        sqlx::query("DELETE FROM webhook WHERE id = $1").bind(id).execute(&mut *self.tx).await.map(drop)
    }

    /// Writes an entry of the access log, with the change or not at all.
    pub async fn note(&mut self, access: &Access) -> Result<(), Error> {
        access_log::insert(&mut self.tx, access).await.map(drop)
    }
}

fn webhook(row: &AnyRow) -> Result<WebhookRow, Error> {
    let kinds: Vec<String> =
        serde_json::from_str(row.try_get("events")?).map_err(|error| Error::Decode(Box::new(error)))?;
    // Anything unreadable is an error: read as no kind, it would be told everything.
    let kinds: Option<Vec<EventKind>> = kinds.iter().map(|kind| EventKind::parse(kind)).collect();
    let previous: Option<String> = row.try_get("previous_secret")?;
    Ok(WebhookRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        url: HookUrl::parse(row.try_get("url")?).map_err(|_| unreadable("an address that is none"))?,
        events: EventChoice::new(&kinds.ok_or_else(|| unreadable("kinds of event that are none"))?),
        apps: scope(row)?,
        enabled: flag(row, "enabled")?,
        disabled_reason: row.try_get::<Option<&str>, _>("disabled_reason")?.and_then(SwitchedOff::parse),
        secret: Secret::new(row.try_get("secret")?),
        previous: previous.map(Secret::new).zip(optional_time(row, "previous_until")?),
        links_by: lender(row, ["links_kind", "links_name", "links_caller"])?,
        owner: lender(row, OWNER)?,
        created_at: time(row, "created_at")?,
        failing_since: optional_time(row, "failing_since")?,
    })
}

impl AccountsChange<'_> {
    /// Switches off the webhooks that send with the rights of a user, or of their tokens, and the approval links that are
    /// sent with them; the names of those webhooks.
    pub async fn stop_webhooks_of(&mut self, user: &str) -> Result<Vec<String>, Error> {
        let sql = format!(
            "UPDATE webhook SET enabled = CASE WHEN owner_caller IN ({CALLERS_OF}) THEN 0 ELSE enabled END,
             links_kind = CASE WHEN links_caller IN ({CALLERS_OF}) THEN NULL ELSE links_kind END,
             links_name = CASE WHEN links_caller IN ({CALLERS_OF}) THEN NULL ELSE links_name END,
             links_caller = CASE WHEN links_caller IN ({CALLERS_OF}) THEN NULL ELSE links_caller END
             WHERE enabled = 1 AND owner_caller IN ({CALLERS_OF}) OR links_caller IN ({CALLERS_OF}) RETURNING name"
        );
        sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).bind(user).fetch_all(&mut *self.tx).await
    }
}

/// The columns of an owner.
pub(super) const OWNER: [&str; 3] = ["owner_kind", "owner_name", "owner_caller"];

/// Whose rights something has, by the columns of the actor's kind and name and of the caller's id.
pub(super) fn lender(row: &AnyRow, [kind, name, caller]: [&str; 3]) -> Result<Option<(Actor, String)>, Error> {
    let kind = row.try_get::<Option<&str>, _>(kind)?.and_then(ActorKind::parse);
    let actor = kind.zip(row.try_get(name)?).map(|(kind, name)| Actor { kind, name });
    Ok(actor.zip(row.try_get(caller)?))
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

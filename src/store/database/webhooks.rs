//! Webhooks: who is told what.

use sqlx::any::AnyRow;
use sqlx::{Any, AnyConnection, Row, Transaction};

use super::access_log::{self, Access};
use super::accounts::AccountsChange;
use super::columns::{CALLERS_OF, Flag, flag, key, optional_time, scope, scope_text, time, unreadable};
use super::links;
use super::{Database, Error, Turn};
use crate::domain::account::{Actor, ActorKind, AppScope};
use crate::domain::event::EventKind;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{EventChoice, FailureKind, HookUrl, SwitchedOff};

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

/// Switches a webhook off; with a delivery that was given up, only if nothing worked since that failed first: a
/// receiver that refuses one event alone is told of the others.
pub(super) async fn switch_off(
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

pub(super) fn webhook(row: &AnyRow) -> Result<WebhookRow, Error> {
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

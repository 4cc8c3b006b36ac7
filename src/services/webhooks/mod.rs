//! Webhooks: programs elsewhere that are told of events, whatever happens in between.
//!
//! Whoever makes, changes or deletes one stands in the access log. The outbox is filled where events are written down.

mod outbox;
mod send;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use serde::Serialize;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use ulid::Ulid;
use utoipa::ToSchema;

use self::send::Sender;
use super::accounts::{By, name_taken};
use super::error::{Conflict, Error};
use super::events::Events;
use super::links::Links;
use super::tasks::Tasks;
use crate::domain::account::{AppScope, Name};
use crate::domain::event::{Event, EventKind};
use crate::domain::query::{Query, QueryError, each_once};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{
    self, DeliveryState, EventChoice, Failure, HookUrl, SECRET_OVERLAP, SwitchedOff, test_payload,
};
use crate::store::database::Database;
use crate::store::database::webhooks::{DeliveryRow, WebhookRow, WebhooksChange};

/// A webhook as owners see it: never with its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Stable.
    pub id: String,
    /// Unique.
    pub name: String,
    /// Where it sends to.
    #[schema(value_type = String)]
    pub url: HookUrl,
    /// The kinds of event that are told; empty for all.
    pub events: Vec<EventKind>,
    /// The apps it is held to; empty for all.
    pub apps: Vec<String>,
    /// Whether it is told anything. What waits when it is switched off waits until it is on again; what happens
    /// while it is off is not told.
    pub enabled: bool,
    /// Why the program itself switched it off: `failing` when nothing could be delivered for three days, `gone` when
    /// the receiver answered 410. `null` when a person did, or when it is on.
    pub disabled_reason: Option<SwitchedOff>,
    /// Whether what it is told of a device that waits holds an approval link: `data.approval_link` with `url` and
    /// `expires_at`, three days on. It may do what the owner may who switched this on.
    pub approval_links: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Since when nothing could be delivered; `null` when the last attempt worked.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub failing_since: Option<Timestamp>,
    /// Until when the secret before signs too; `null` when there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub previous_secret_until: Option<Timestamp>,
    /// How many deliveries are pending.
    pub pending: u64,
    /// The newest delivery.
    pub last_delivery: Option<Delivery>,
}

/// One event that a webhook was, or is to be, told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// The header `webhook-id`, the same at every attempt.
    pub id: String,
    /// What kind of event.
    pub event: String,
    /// In which app.
    pub app: Option<String>,
    /// To which session.
    pub session: Option<String>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// How many attempts there were.
    pub attempts: u32,
    /// What became of it.
    pub state: DeliveryState,
    /// What the receiver answered last; `null` for no answer.
    pub status_code: Option<u16>,
    /// Why the last attempt failed, in words; `null` if it did not.
    #[schema(value_type = Option<String>)]
    pub error: Option<Failure>,
    /// When it is tried next; `null` for one that is done, or waits for an earlier one of its session.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_attempt_at: Option<Timestamp>,
}

/// One page of a webhook's deliveries, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries of this page.
    pub items: Vec<Delivery>,
    /// How many there are.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

/// Which deliveries.
#[derive(Clone, Debug)]
pub struct DeliveryQuery {
    /// 1 to 500.
    pub limit: usize,
    /// The number after which the page begins.
    pub cursor: Option<i64>,
}

impl DeliveryQuery {
    /// Parses the pairs of a URL's query, as [`Query::from_pairs`] does.
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, QueryError> {
        let mut query = Self { limit: Query::DEFAULT_LIMIT, cursor: None };
        each_once(pairs, |key, value| {
            let no_cursor = || QueryError::new(key, format!("The value of \"{key}\" is not a cursor of this list."));
            match key {
                "limit" => query.limit = QueryError::limit(key, value)?,
                "cursor" => query.cursor = Some(value.parse().map_err(|_| no_cursor())?),
                _ => return Err(QueryError::new(key, format!("The key \"{key}\" is not known."))),
            }
            Ok(())
        })?;
        Ok(query)
    }
}

/// What a receiver said to the test of a webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TestResult {
    /// Whether it took it.
    pub delivered: bool,
    /// What it answered; `null` for no answer.
    pub status_code: Option<u16>,
    /// Why that is no success, in words.
    #[schema(value_type = Option<String>)]
    pub error: Option<Failure>,
    /// How long it took.
    pub duration_ms: u64,
}

/// A webhook to be made.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    /// Its name.
    pub name: Name,
    /// Where it sends to.
    pub url: HookUrl,
    /// What it is told.
    pub events: EventChoice,
    /// Of which apps.
    pub apps: AppScope,
    /// Whether approval links are put into what it is told.
    pub approval_links: bool,
}

/// What to change of a webhook; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct WebhookChange {
    /// Its name.
    pub name: Option<Name>,
    /// Where it sends to.
    pub url: Option<HookUrl>,
    /// What it is told.
    pub events: Option<EventChoice>,
    /// Of which apps.
    pub apps: Option<AppScope>,
    /// Whether approval links are put into what it is told.
    pub approval_links: Option<bool>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
    /// Whether it gets a new secret. The one before signs too, for 24 hours.
    pub rotate_secret: bool,
}

/// Webhooks and their outbox.
pub struct Webhooks {
    database: Database,
    events: Arc<Events>,
    links: Arc<Links>,
    sender: Sender,
    /// There may be something to deliver that no event told of.
    wake: Notify,
    stopping: CancellationToken,
    worker: Mutex<Option<JoinHandle<()>>>,
    tasks: Tasks,
}

const NO_WEBHOOK: Error = Error::NotFound("webhook of this id");
const NO_DELIVERY: Error = Error::NotFound("delivery of this id");

impl Webhooks {
    /// Goes on delivering what this database has. To be called in a runtime.
    pub fn start(database: Database, events: Arc<Events>, links: Arc<Links>) -> Arc<Self> {
        let webhooks = Arc::new(Self {
            database,
            events,
            links,
            sender: Sender::new(),
            wake: Notify::new(),
            stopping: CancellationToken::new(),
            worker: Mutex::new(None),
            tasks: Tasks::here(),
        });
        let worker = tokio::spawn(outbox::deliver_all(webhooks.clone()));
        *webhooks.worker.lock().unwrap_or_else(PoisonError::into_inner) = Some(worker);
        webhooks
    }

    /// Delivers nothing more; what is on its way gets a few seconds. The rest stays in the outbox.
    pub async fn finish(&self) {
        self.stopping.cancel();
        let worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(worker) = worker else { return };
        if let Err(error) = worker.await {
            tracing::error!(%error, "webhooks were not told to the end");
        }
    }

    /// The webhooks that `by` may see, by name: whoever is held to some apps sees those held to them too.
    pub async fn list(&self, by: &By) -> Result<Vec<Webhook>, Error> {
        let mut all = Vec::new();
        for row in self.visible(by).await? {
            all.push(self.shown(row).await?);
        }
        Ok(all)
    }

    /// The webhook of this id, if `by` may see it.
    pub async fn one(&self, by: &By, id: &str) -> Result<Webhook, Error> {
        self.shown(self.row(by, id).await?).await
    }

    /// The names of those that the program itself switched off.
    pub async fn switched_off(&self, by: &By) -> Result<Vec<String>, Error> {
        let rows = self.visible(by).await?.into_iter();
        Ok(rows.filter(|row| row.disabled_reason.is_some()).map(|row| row.name).collect())
    }

    /// Creates a webhook; its secret is told this once.
    pub async fn create(&self, by: &By, wanted: NewWebhook) -> Result<(Webhook, Secret<String>), Error> {
        let row = WebhookRow {
            id: Ulid::generate().to_string(),
            name: wanted.name.as_str().to_owned(),
            url: wanted.url,
            events: wanted.events,
            apps: wanted.apps.within(by.scope()),
            enabled: true,
            disabled_reason: None,
            secret: new_secret()?,
            previous: None,
            links_by: by.lender().filter(|_| wanted.approval_links),
            created_at: now(),
            failing_since: None,
        };
        let mut change = self.database.change_webhooks().await?;
        change.put(&row).await.map_err(name_taken)?;
        change.note(&by.access("webhook_created", Some(&row.name)).with(described(&row))).await?;
        change.commit().await?;
        let secret = row.secret.clone();
        Ok((self.shown(row).await?, secret))
    }

    /// Changes a webhook; with its new secret, if it was to get one.
    pub async fn change(
        &self,
        by: &By,
        id: &str,
        wanted: WebhookChange,
    ) -> Result<(Webhook, Option<Secret<String>>), Error> {
        let now = now();
        let mut change = self.database.change_webhooks().await?;
        let before = visible(&mut change, by, id).await?;
        let mut after = WebhookRow {
            name: wanted.name.map_or_else(|| before.name.clone(), |name| name.as_str().to_owned()),
            url: wanted.url.unwrap_or_else(|| before.url.clone()),
            events: wanted.events.unwrap_or_else(|| before.events.clone()),
            apps: wanted.apps.map_or_else(|| before.apps.clone(), |apps| apps.within(by.scope())),
            ..before.clone()
        };
        switch(&mut after, wanted.enabled);
        match wanted.approval_links {
            // Saved again as it is, it stays with whom it was.
            Some(true) if before.links_by.is_none() => after.links_by = by.lender(),
            Some(false) => after.links_by = None,
            _ => {}
        }
        if after.enabled && !before.enabled {
            change.resume(id, now).await?;
        }
        if seen(&after) != seen(&before) {
            change.note(&by.access("webhook_changed", Some(&after.name)).with(described(&after))).await?;
        }
        if wanted.rotate_secret {
            after.previous = Some((after.secret, now.plus_millis(SECRET_OVERLAP)));
            after.secret = new_secret()?;
            change.note(&by.access("webhook_secret_rotated", Some(&after.name))).await?;
        }
        if wanted.rotate_secret || seen(&after) != seen(&before) {
            change.put(&after).await.map_err(name_taken)?;
            change.commit().await?;
            self.wake.notify_one();
        } else {
            drop(change);
        }
        let secret = wanted.rotate_secret.then(|| after.secret.clone());
        Ok((self.shown(after).await?, secret))
    }

    /// Deletes a webhook, with what it was still to be told.
    pub async fn delete(&self, by: &By, id: &str) -> Result<(), Error> {
        let mut change = self.database.change_webhooks().await?;
        let row = visible(&mut change, by, id).await?;
        change.remove(id).await?;
        change.note(&by.access("webhook_deleted", Some(&row.name))).await?;
        Ok(change.commit().await?)
    }

    /// Sends an event of type `test` now, also where the webhook is off. It is no part of the outbox.
    pub async fn test(self: &Arc<Self>, by: &By, id: &str) -> Result<TestResult, Error> {
        let row = self.row(by, id).await?;
        let event = Event { actor: Some(by.actor().clone()), ..Event::new(EventKind::SessionChanged, now()) };
        let body = test_payload(&event).map_err(Error::internal)?;
        let webhooks = self.clone();
        let send = async move { webhooks.sender.send(&row, &Ulid::generate().to_string(), &body, now()).await };
        let reply = self.tasks.to_the_end(send).await?;
        Ok(TestResult {
            delivered: reply.failure.is_none(),
            status_code: reply.status,
            error: reply.failure,
            duration_ms: u64::try_from(reply.took.as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// One page of a webhook's deliveries, newest first.
    pub async fn deliveries(&self, by: &By, id: &str, query: &DeliveryQuery) -> Result<DeliveryPage, Error> {
        let row = self.row(by, id).await?;
        let (total, _) = self.database.count_deliveries(&row.id).await?;
        let mut rows = self.database.deliveries(&row.id, query.cursor, query.limit + 1).await?;
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| row.number.to_string());
        Ok(DeliveryPage { items: rows.into_iter().map(Delivery::from).collect(), total, next_cursor })
    }

    /// Delivers something now, also what was delivered already.
    pub async fn retry(&self, by: &By, id: &str, delivery: &str) -> Result<Delivery, Error> {
        let row = self.row(by, id).await?;
        let found = self.database.delivery(&row.id, delivery).await?.ok_or(NO_DELIVERY)?;
        if !row.enabled {
            return Err(Error::Conflict(Conflict::WebhookOff));
        }
        if found.state == DeliveryState::Pending && found.next_attempt_at.is_none() {
            return Err(Error::Conflict(Conflict::DeliveryWaits));
        }
        self.database.retry_delivery(found.number, now()).await?;
        self.wake.notify_one();
        Ok(self.database.delivery(&row.id, delivery).await?.ok_or(NO_DELIVERY)?.into())
    }

    async fn visible(&self, by: &By) -> Result<Vec<WebhookRow>, Error> {
        let mut rows = self.database.webhooks().await?;
        rows.retain(|row| row.apps.is_within(by.scope()));
        Ok(rows)
    }

    async fn row(&self, by: &By, id: &str) -> Result<WebhookRow, Error> {
        self.visible(by).await?.into_iter().find(|row| row.id == id).ok_or(NO_WEBHOOK)
    }

    async fn shown(&self, row: WebhookRow) -> Result<Webhook, Error> {
        let (_, pending) = self.database.count_deliveries(&row.id).await?;
        let last = self.database.deliveries(&row.id, None, 1).await?.pop();
        let until = row.previous.map(|(_, until)| until).filter(|until| *until > now());
        Ok(Webhook {
            id: row.id,
            name: row.name,
            url: row.url,
            events: row.events.kinds().to_vec(),
            apps: row.apps.globs().to_vec(),
            enabled: row.enabled,
            disabled_reason: row.disabled_reason,
            approval_links: row.links_by.is_some(),
            created_at: row.created_at,
            failing_since: row.failing_since,
            previous_secret_until: until,
            pending,
            last_delivery: last.map(Delivery::from),
        })
    }
}

async fn visible(change: &mut WebhooksChange<'_>, by: &By, id: &str) -> Result<WebhookRow, Error> {
    change.webhook(id).await?.filter(|row| row.apps.is_within(by.scope())).ok_or(NO_WEBHOOK)
}

/// Switched by a person: what the program held against it counts no more.
fn switch(row: &mut WebhookRow, enabled: Option<bool>) {
    let Some(enabled) = enabled else { return };
    if enabled && !row.enabled {
        row.failing_since = None;
    }
    row.enabled = enabled;
    row.disabled_reason = None;
}

/// What a change is measured by.
fn seen(row: &WebhookRow) -> (&str, &HookUrl, &EventChoice, &AppScope, bool, bool, Option<SwitchedOff>) {
    let links = row.links_by.is_some();
    (&row.name, &row.url, &row.events, &row.apps, links, row.enabled, row.disabled_reason)
}

/// For the access log: where it sends to, which kinds of event, which apps, whether with links. The path of an address can be a secret.
fn described(row: &WebhookRow) -> String {
    let mut words = vec![row.url.origin()];
    words.extend(row.events.kinds().iter().map(|kind| kind.as_str().to_owned()));
    words.extend(row.apps.globs().iter().cloned());
    words.extend(row.links_by.is_some().then(|| "approval_links".to_owned()));
    words.join(" ")
}

fn new_secret() -> Result<Secret<String>, Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| Error::internal(error.to_string()))?;
    Ok(webhook::secret(&random))
}

fn now() -> Timestamp {
    SystemTime::now().into()
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            event: row.kind,
            app: row.app,
            session: row.session,
            at: row.at,
            attempts: row.attempts,
            state: row.state,
            status_code: row.status_code,
            error: row.error,
            next_attempt_at: row.next_attempt_at,
        }
    }
}

//! Webhooks: programs elsewhere that are told of events, whatever happens in between.
//!
//! Whoever makes, changes or deletes one stands in the access log. The outbox is filled where events are written down.

mod outbox;
mod send;
#[cfg(test)]
mod tests;

use parking_lot::Mutex;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use ipnet::IpNet;
use serde::Serialize;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use ulid::Ulid;
use utoipa::ToSchema;

use self::send::{Attempt, Sender};
use super::accounts::{Accounts, By, name_taken};
use super::error::{Conflict, Error};
use super::events::Events;
use super::links::Links;
use super::tasks::Tasks;
use crate::domain::account::{Actor, AppScope};
use crate::domain::app_id::AppId;
use crate::domain::details::Details;
use crate::domain::event::{Event, EventKind};
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{
    self, ATTEMPT_TIME, DeliveryState, EventChoice, Failure, HookUrl, SECRET_OVERLAP, SwitchedOff, test_payload,
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
    /// `expires_at`, three days on. It may do what the owner may who switched this on, or who changed `url` or `apps`
    /// since.
    pub approval_links: bool,
    /// Who made or last changed it: it is sent what they may see now. `null` for a webhook of an earlier version.
    pub owner: Option<Actor>,
    /// Whether nothing is sent because its owner is no owner any more. What waits is sent when another owner saves it,
    /// who becomes its owner.
    pub paused: bool,
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

/// How long a test may take for those who are held to some apps, and how long every test without an answer takes them.
const TEST_TIME: Duration = Duration::from_secs(5);

/// What a webhook may do now.
#[derive(Clone, Debug)]
struct Rights {
    /// The apps that it may be sent events of.
    scope: AppScope,
    /// Whether it may send to loopback and private addresses.
    private: bool,
}

/// A webhook that wants looking after, by its name.
#[derive(Clone, Debug)]
pub enum Ailing {
    /// The program switched it off.
    Off(String),
    /// Its owner is no owner any more.
    Paused(String),
}

/// Webhooks and their outbox.
pub struct Webhooks {
    database: Database,
    accounts: Arc<Accounts>,
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
    /// `opened` are networks that every webhook may send to.
    pub fn start(
        database: Database,
        accounts: Arc<Accounts>,
        events: Arc<Events>,
        links: Arc<Links>,
        opened: &[IpNet],
    ) -> Arc<Self> {
        let webhooks = Arc::new(Self {
            database,
            accounts,
            events,
            links,
            sender: Sender::new(opened),
            wake: Notify::new(),
            stopping: CancellationToken::new(),
            worker: Mutex::new(None),
            tasks: Tasks::here(),
        });
        let worker = tokio::spawn(outbox::deliver_all(webhooks.clone()));
        *webhooks.worker.lock() = Some(worker);
        webhooks
    }

    /// Delivers nothing more; what is on its way gets a few seconds. The rest stays in the outbox.
    pub async fn finish(&self) {
        self.stopping.cancel();
        let worker = self.worker.lock().take();
        let Some(worker) = worker else { return };
        if let Err(error) = worker.await {
            tracing::error!(%error, "webhooks were not told to the end");
        }
    }

    /// The webhooks that `by` may see, by name: whoever is held to some apps sees those held to them too.
    pub async fn list(&self, by: &By) -> Result<Vec<Webhook>, Error> {
        let mut all = Vec::new();
        for row in self.visible(by).await? {
            all.push(self.shown(by, row).await?);
        }
        Ok(all)
    }

    /// The names of those that send, or have approval links, with the rights of these callers (`user:ID` or `token:ID`).
    pub async fn acting_for(&self, callers: &[String]) -> Result<Vec<String>, Error> {
        let is_theirs = |lender: &Option<(Actor, String)>| lender.as_ref().is_some_and(|(_, id)| callers.contains(id));
        let rows = self.database.webhooks().await?.into_iter();
        let theirs = rows.filter(|row| row.enabled && is_theirs(&row.owner) || is_theirs(&row.links_by));
        Ok(theirs.map(|row| row.name).collect())
    }

    /// The webhook of this id, if `by` may see it.
    pub async fn one(&self, by: &By, id: &str) -> Result<Webhook, Error> {
        self.shown(by, self.row(by, id).await?).await
    }

    /// Those that send nothing although no person switched them off.
    pub async fn ailing(&self, by: &By) -> Result<Vec<Ailing>, Error> {
        let mut ailing = Vec::new();
        for row in self.visible(by).await? {
            if row.disabled_reason.is_some() {
                ailing.push(Ailing::Off(row.name));
            } else if row.enabled && self.rights(&row).await?.is_none() {
                ailing.push(Ailing::Paused(row.name));
            }
        }
        Ok(ailing)
    }

    /// Creates a webhook; its secret is told this once.
    pub async fn create(&self, by: &By, wanted: NewWebhook) -> Result<(Webhook, Secret<String>), Error> {
        if wanted.approval_links {
            by.require_recent_password()?;
        }
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
            owner: by.lender(),
            created_at: now(),
            failing_since: None,
        };
        let mut change = self.accounts.begin(by, || self.database.change_webhooks()).await?;
        change.put(&row).await.map_err(name_taken)?;
        change.note(&by.access("webhook_created", Some(&row.name)).with(described(&row).to_string())).await?;
        change.commit().await?;
        let secret = row.secret.clone();
        Ok((self.shown(by, row).await?, secret))
    }

    /// Changes a webhook; with its new secret, if it was to get one. Another address, or other apps, end what waits for
    /// the old ones, approval links too. Whoever changes it
    /// becomes its owner, and so does whoever saves it as it is once its owner is none any more.
    pub async fn change(
        &self,
        by: &By,
        id: &str,
        wanted: WebhookChange,
    ) -> Result<(Webhook, Option<Secret<String>>), Error> {
        let now = now();
        let paused = self.rights(&self.row(by, id).await?).await?.is_none();
        let mut change = self.accounts.begin(by, || self.database.change_webhooks()).await?;
        let before = visible(&mut change, by, id).await?;
        let mut after = WebhookRow {
            name: wanted.name.map_or_else(|| before.name.clone(), |name| name.as_str().to_owned()),
            url: wanted.url.unwrap_or_else(|| before.url.clone()),
            events: wanted.events.unwrap_or_else(|| before.events.clone()),
            apps: before.apps.replaced(wanted.apps, by.scope()),
            ..before.clone()
        };
        switch(&mut after, wanted.enabled);
        let moved = after.url != before.url || after.apps != before.apps;
        match wanted.approval_links {
            Some(false) => after.links_by = None,
            // Saved again as it is, it stays with whom it was; elsewhere, it is whose address it is.
            Some(true) if before.links_by.is_none() => after.links_by = by.lender(),
            _ if moved && before.links_by.is_some() => after.links_by = by.lender(),
            _ => {}
        }
        if paused || wanted.rotate_secret || seen(&after) != seen(&before) {
            after.owner = by.lender().or(after.owner);
        }
        // Whoever gets its approval links lets devices in.
        if after.links_by.is_some() && (moved || before.links_by.is_none()) {
            by.require_recent_password()?;
        }
        if moved {
            change.end_waiting(id, now).await?;
            after.failing_since = None;
        }
        if after.enabled && !before.enabled {
            change.resume(id, now).await?;
        }
        if seen(&after) != seen(&before) {
            change.note(&by.access("webhook_changed", Some(&after.name)).with(described(&after).to_string())).await?;
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
        Ok((self.shown(by, after).await?, secret))
    }

    /// Deletes a webhook, with what it was still to be told.
    pub async fn delete(&self, by: &By, id: &str) -> Result<(), Error> {
        let mut change = self.accounts.begin(by, || self.database.change_webhooks()).await?;
        let row = visible(&mut change, by, id).await?;
        change.remove(id, now()).await?;
        change.note(&by.access("webhook_deleted", Some(&row.name))).await?;
        Ok(change.commit().await?)
    }

    /// Sends an event of type `test` now, also where the webhook is off. It is no part of the outbox.
    pub async fn test(self: &Arc<Self>, by: &By, id: &str) -> Result<TestResult, Error> {
        let row = self.row(by, id).await?;
        let event = Event { actor: Some(by.actor().clone()), ..Event::new(EventKind::SessionChanged, now()) };
        let body = test_payload(&event).map_err(Error::internal)?;
        let private = self.rights(&row).await?.is_some_and(|rights| rights.private);
        let uniform = !private || !by.scope().is_all();
        let limit = if uniform { TEST_TIME } else { ATTEMPT_TIME };
        let webhooks = self.clone();
        let send = async move {
            let id = Ulid::generate().to_string();
            let attempt = Attempt { webhook: &row, id: &id, body: &body, private, uniform, limit };
            webhooks.sender.send(&attempt, now()).await
        };
        let reply = self.tasks.to_the_end(send).await?;
        Ok(TestResult {
            delivered: reply.failure.is_none(),
            status_code: reply.status,
            error: reply.failure.map(|failure| failure.for_scope(by.scope())),
            duration_ms: u64::try_from(reply.took.as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// One page of a webhook's deliveries, newest first: those about apps that both it and `by` may see.
    pub async fn deliveries(&self, by: &By, id: &str, query: &DeliveryQuery) -> Result<DeliveryPage, Error> {
        let row = self.row(by, id).await?;
        let apps = self.visible_apps(by, &row).await?;
        let (total, _) = self.database.count_deliveries(&row.id, apps.as_deref()).await?;
        let mut rows = self.database.deliveries(&row.id, apps.as_deref(), query.cursor, query.limit + 1).await?;
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| row.number.to_string());
        let items = rows.into_iter().map(|row| Delivery::seen_by(by, row)).collect();
        Ok(DeliveryPage { items, total, next_cursor })
    }

    /// Delivers something now, also what was delivered already.
    pub async fn retry(&self, by: &By, id: &str, delivery: &str) -> Result<Delivery, Error> {
        let row = self.row(by, id).await?;
        let found = self.database.delivery(&row.id, delivery).await?;
        let found = found.filter(|found| is_visible(by, &row, found.app.as_deref())).ok_or(NO_DELIVERY)?;
        if !row.enabled {
            return Err(Error::Conflict(Conflict::WebhookOff));
        }
        if found.state == DeliveryState::Pending && found.next_attempt_at.is_none() {
            return Err(Error::Conflict(Conflict::DeliveryWaits));
        }
        let access = by
            .access("delivery_retried", Some(&row.name))
            .with(Details::default().with("delivery", found.id.as_str()).to_string());
        self.database.retry_delivery(found.number, &access, now()).await?;
        self.wake.notify_one();
        let found = self.database.delivery(&row.id, delivery).await?.ok_or(NO_DELIVERY)?;
        Ok(Delivery::seen_by(by, found))
    }

    /// What a webhook may do now; `None` where its owner is no owner any more.
    async fn rights(&self, row: &WebhookRow) -> Result<Option<Rights>, Error> {
        let Some((_, owner)) = &row.owner else {
            return Ok(Some(Rights { scope: row.apps.clone(), private: row.apps.is_all() }));
        };
        let owner = self.accounts.administrator(owner).await?;
        Ok(owner.map(|owner| Rights { scope: row.apps.within(&owner.apps), private: owner.apps.is_all() }))
    }

    /// The apps of a webhook's deliveries that both it and `by` may see; `None` for all.
    async fn visible_apps(&self, by: &By, row: &WebhookRow) -> Result<Option<Vec<String>>, Error> {
        if by.scope().is_all() && row.apps.is_all() {
            return Ok(None);
        }
        let mut apps = self.database.delivery_apps(&row.id).await?;
        apps.retain(|app| is_visible(by, row, Some(app)));
        Ok(Some(apps))
    }

    async fn visible(&self, by: &By) -> Result<Vec<WebhookRow>, Error> {
        let mut rows = self.database.webhooks().await?;
        rows.retain(|row| row.apps.is_within(by.scope()));
        Ok(rows)
    }

    async fn row(&self, by: &By, id: &str) -> Result<WebhookRow, Error> {
        self.visible(by).await?.into_iter().find(|row| row.id == id).ok_or(NO_WEBHOOK)
    }

    async fn shown(&self, by: &By, row: WebhookRow) -> Result<Webhook, Error> {
        let apps = self.visible_apps(by, &row).await?;
        let (_, pending) = self.database.count_deliveries(&row.id, apps.as_deref()).await?;
        let last = self.database.deliveries(&row.id, apps.as_deref(), None, 1).await?.pop();
        let paused = self.rights(&row).await?.is_none();
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
            owner: row.owner.map(|(actor, _)| actor),
            paused,
            created_at: row.created_at,
            failing_since: row.failing_since,
            previous_secret_until: until,
            pending,
            last_delivery: last.map(|row| Delivery::seen_by(by, row)),
        })
    }
}

async fn visible(change: &mut WebhooksChange<'_>, by: &By, id: &str) -> Result<WebhookRow, Error> {
    change.webhook(id).await?.filter(|row| row.apps.is_within(by.scope())).ok_or(NO_WEBHOOK)
}

/// Whether a delivery about this app is shown: both the webhook and `by` may see it now. One about no app is.
fn is_visible(by: &By, row: &WebhookRow, app: Option<&str>) -> bool {
    let allowed = |app| by.scope().allows(&app) && row.apps.allows(&app);
    app.is_none_or(|app| AppId::parse(app).is_some_and(allowed))
}

/// Switched by a person: what the program held against it counts no more.
fn switch(row: &mut WebhookRow, enabled: Option<bool>) {
    let Some(enabled) = enabled.filter(|enabled| *enabled != row.enabled) else { return };
    if enabled {
        row.failing_since = None;
    }
    row.enabled = enabled;
    row.disabled_reason = None;
}

/// What a change is measured by.
#[derive(PartialEq)]
struct Seen<'a> {
    name: &'a str,
    url: &'a HookUrl,
    events: &'a EventChoice,
    apps: &'a AppScope,
    links_by: &'a Option<(Actor, String)>,
    owner: &'a Option<(Actor, String)>,
    enabled: bool,
    disabled_reason: Option<SwitchedOff>,
}

fn seen(row: &WebhookRow) -> Seen<'_> {
    let WebhookRow { name, url, events, apps, links_by, owner, enabled, disabled_reason, .. } = row;
    Seen { name, url, events, apps, links_by, owner, enabled: *enabled, disabled_reason: *disabled_reason }
}

/// For the access log: where it sends what. The path of an address can be a secret.
fn described(row: &WebhookRow) -> Details {
    let events: Vec<&str> = row.events.kinds().iter().map(|kind| kind.as_str()).collect();
    let details = Details::default().with("url", row.url.origin()).with("events", events);
    details.with("apps", row.apps.globs().to_vec()).with("approval_links", row.links_by.is_some())
}

fn new_secret() -> Result<Secret<String>, Error> {
    let mut random = [0; 32];
    getrandom::fill(&mut random).map_err(|error| Error::internal(error.to_string()))?;
    Ok(webhook::secret(&random))
}

fn now() -> Timestamp {
    SystemTime::now().into()
}

impl Delivery {
    /// As `by` sees it.
    fn seen_by(by: &By, row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            event: row.kind,
            app: row.app,
            session: row.session,
            at: row.at,
            attempts: row.attempts,
            state: row.state,
            status_code: row.status_code,
            error: row.error.map(|failure| failure.for_scope(by.scope())),
            next_attempt_at: row.next_attempt_at,
        }
    }
}

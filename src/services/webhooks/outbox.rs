//! Delivers what the outbox holds: each session's events in their order, each receiver at its own pace.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use super::send::{Attempt, Reply, Sender};
use super::service::{Rights, Webhooks, now};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::domain::webhook::{ATTEMPT_TIME, FailureKind, LINK_LIFE, pause_after, with_link};
use crate::services::accounts::Accounts;
use crate::services::error::Error;
use crate::services::events::Events;
use crate::services::links::{Links, Maker, new_link};
use crate::services::measures;
use crate::services::tasks::Tasks;
use crate::store::database::Database;
use crate::store::database::deliveries::{DeliveryRow, Settled, Then};
use crate::store::database::webhooks::WebhookRow;

/// How many requests one webhook has on their way at once.
const AT_ONCE: usize = 8;
/// How many of its deliveries are looked at: those on their way are among them.
const LOOKED_AT: u32 = 2 * AT_ONCE as u32;
/// The longest sleep: the clock that next attempts go by can be set.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// The pause after the database failed.
const PAUSE: Duration = Duration::from_secs(1);
/// How long the end of the program waits for requests on their way; they are sent again at the next start.
const LAST_WAIT: Duration = Duration::from_secs(3);
const PRUNE_EVERY: Duration = Duration::from_secs(60 * 60);
/// How many that were delivered are kept of each webhook, and how long; and how long those that were given up.
const KEPT: u32 = 1_000;
const KEPT_DELIVERED: i64 = 7 * 24 * 60 * 60 * 1000;
const KEPT_FAILED: i64 = 30 * 24 * 60 * 60 * 1000;

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
        let worker = tokio::spawn(deliver_all(webhooks.clone()));
        *webhooks.worker.lock() = Some(worker);
        webhooks
    }
}

/// Which webhook, and which queue of it.
type Place = (String, String);

/// What is on its way.
#[derive(Default)]
struct Running {
    tasks: JoinSet<()>,
    places: HashMap<Id, Place>,
}

impl Running {
    fn count(&self, webhook: &str) -> usize {
        self.places.values().filter(|(of, _)| of == webhook).count()
    }

    fn holds(&self, webhook: &str, queue: &str) -> bool {
        self.places.values().any(|(of, other)| of == webhook && other == queue)
    }

    fn start(&mut self, webhooks: Arc<Webhooks>, webhook: &str, delivery: DeliveryRow) {
        let place = (webhook.to_owned(), delivery.queue);
        let task = self.tasks.spawn(attempt(webhooks, webhook.to_owned(), delivery.number));
        self.places.insert(task.id(), place);
    }

    fn ended(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => {
                tracing::error!(%error, "an attempt to tell a webhook broke off");
                error.id()
            }
        };
        self.places.remove(&id);
    }
}

/// Runs until the program ends.
async fn deliver_all(webhooks: Arc<Webhooks>) {
    let mut running = Running::default();
    let mut prune = tokio::time::interval(PRUNE_EVERY);
    loop {
        let sleep = match start_due(&webhooks, &mut running).await {
            Ok(sleep) => sleep,
            Err(error) => {
                tracing::error!(%error, "what webhooks are to be told cannot be read; it is tried again");
                PAUSE
            }
        };
        tokio::select! {
            biased;
            () = webhooks.stopping.cancelled() => break,
            Some(ended) = running.tasks.join_next_with_id(), if !running.tasks.is_empty() => {
                running.ended(ended);
                while let Some(ended) = running.tasks.try_join_next_with_id() {
                    running.ended(ended);
                }
            }
            () = webhooks.events.recorded() => {}
            () = webhooks.wake.notified() => {}
            _ = prune.tick() => let_go(&webhooks).await,
            () = tokio::time::sleep(sleep) => {}
        }
    }
    let last = async { while running.tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(LAST_WAIT, last).await.is_err() {
        running.tasks.shutdown().await;
    }
}

/// Starts what can be tried now; how long there is nothing more to start.
async fn start_due(webhooks: &Arc<Webhooks>, running: &mut Running) -> Result<Duration, Error> {
    let now = now();
    for webhook in webhooks.database.webhooks().await?.into_iter().filter(|webhook| webhook.enabled) {
        let mut free = AT_ONCE.saturating_sub(running.count(&webhook.id));
        // Paused: what it is to be told waits.
        let rights = webhooks.rights(&webhook).await?;
        if free == 0 || rights.is_none() {
            continue;
        }
        for delivery in webhooks.database.due_deliveries(&webhook.id, now, LOOKED_AT).await? {
            if free > 0 && !running.holds(&webhook.id, &delivery.queue) {
                running.start(webhooks.clone(), &webhook.id, delivery);
                free -= 1;
            }
        }
    }
    let next = webhooks.database.next_delivery(now).await?;
    let wait = next.map(|next| u64::try_from(next.millis() - now.millis()).unwrap_or_default());
    Ok(wait.map_or(LONGEST_SLEEP, Duration::from_millis).min(LONGEST_SLEEP))
}

/// By the webhook and the delivery as they are now: both can have changed since it was looked for.
async fn attempt(webhooks: Arc<Webhooks>, webhook: String, number: i64) {
    let found = match webhooks.database.pending_delivery(&webhook, number).await {
        Ok(found) => found,
        Err(error) => return put_off(&error.into()).await,
    };
    let Some((webhook, delivery)) = found else { return };
    let rights = match webhooks.rights(&webhook).await {
        Ok(rights) => rights,
        Err(error) => return put_off(&error).await,
    };
    let Some(rights) = rights else { return };
    if !is_within(&rights, &delivery) {
        let ended = webhooks.database.end_delivery(&webhook.id, &delivery, FailureKind::NotAllowed, now()).await;
        return match ended {
            Ok(()) => webhooks.wake.notify_one(),
            Err(error) => put_off(&error.into()).await,
        };
    }
    // Ended meanwhile: there is nothing to send.
    let Some(payload) = payload(&webhooks, &webhook, &delivery).await else { return };
    let attempt = Attempt {
        webhook: &webhook,
        id: &delivery.id,
        body: payload.expose(),
        private: rights.private,
        uniform: !rights.private,
        limit: ATTEMPT_TIME,
    };
    let reply = webhooks.sender.send(&attempt, now()).await;
    measures::delivery_attempt(reply.failure.is_none());
    tell_log(&webhook, &delivery, &reply);
    let settled = settle(reply, delivery.failed, now(), chance());
    // Until it is written down, nothing of its queue is sent.
    let off = loop {
        match webhooks.database.settle_delivery(&webhook.id, &delivery, &settled, now()).await {
            Ok(off) => break off,
            Err(error) => {
                tracing::error!(%error, "what became of a delivery cannot be written down; it is tried again")
            }
        }
        tokio::time::sleep(PAUSE).await;
    };
    if let Some(reason) = off {
        let (name, reason) = (&webhook.name, reason.as_str());
        tracing::warn!(webhook = %webhook.id, ?name, reason, "a webhook is switched off; what it was to be told is kept");
    }
}

/// The database cannot be read or written: the delivery is looked for again after a pause.
async fn put_off(error: &Error) {
    tracing::error!(%error, "a webhook cannot be told now; it is tried again");
    tokio::time::sleep(PAUSE).await;
}

/// Whether the webhook may be told of this delivery's app. One about no app is told to all.
fn is_within(rights: &Rights, delivery: &DeliveryRow) -> bool {
    delivery.app.as_deref().is_none_or(|app| AppId::parse(app).is_some_and(|app| rights.scope.allows(&app)))
}

/// What is sent, with its approval link where it is to have one; `None` where the delivery was ended meanwhile. A link
/// is made once: every attempt sends the same bytes.
async fn payload(webhooks: &Webhooks, webhook: &WebhookRow, delivery: &DeliveryRow) -> Option<Secret<String>> {
    let (true, Some((actor, caller))) = (delivery.wants_link, &webhook.links_by) else {
        return Some(delivery.payload.clone());
    };
    let key = delivery.app.as_deref().zip(delivery.session.as_deref());
    let Some(key) = key.and_then(|(app, id)| SessionKey::parse(app, id)) else {
        return Some(delivery.payload.clone());
    };
    let maker = Maker {
        actor: actor.clone(),
        caller: Some(caller.clone()),
        from: None,
        webhook: Some((webhook.id.clone(), webhook.name.clone())),
    };
    loop {
        match add_link(webhooks, delivery, &key, &maker).await {
            Ok(payload) => return payload,
            Err(error) => tracing::error!(%error, "an approval link for a webhook cannot be made; it is tried again"),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// A session that waits no more gets none.
async fn add_link(
    webhooks: &Webhooks,
    delivery: &DeliveryRow,
    key: &SessionKey,
    maker: &Maker,
) -> Result<Option<Secret<String>>, Error> {
    if !webhooks.links.may_wait(key).await {
        let there = webhooks.database.put_payload(delivery.number, &delivery.payload, None).await?;
        return Ok(there.then(|| delivery.payload.clone()));
    }
    let (link, row) = new_link(key, maker, LINK_LIFE)?;
    let url = link.url(webhooks.links.base());
    let payload = with_link(delivery.payload.expose(), &url, link.expires_at).map_err(Error::internal)?;
    let there = webhooks.database.put_payload(delivery.number, &payload, Some(&row)).await?;
    Ok(there.then_some(payload))
}

/// Of a receiver that fails, the log tells once until it works again. Addresses hold secrets: only the origin is told.
fn tell_log(webhook: &WebhookRow, delivery: &DeliveryRow, reply: &Reply) {
    let (id, to) = (&webhook.id, webhook.url.origin());
    match &reply.failure {
        Some(error) if webhook.failing_since.is_none() => {
            tracing::warn!(webhook = %id, to, delivery = %delivery.id, error = %error.message(), "a webhook could not be told; it is tried again");
        }
        Some(error) => {
            tracing::debug!(webhook = %id, to, delivery = %delivery.id, error = %error.message(), "a webhook could not be told")
        }
        None => tracing::debug!(webhook = %id, to, delivery = %delivery.id, "a webhook was told"),
    }
}

/// What is done after this reply; `failed` attempts failed before it.
pub(super) fn settle(reply: Reply, failed: u32, now: Timestamp, chance: f64) -> Settled {
    let then = match &reply.failure {
        None => Then::Done,
        Some(failure) if failure.kind == FailureKind::Gone => Then::SwitchOff,
        Some(_) => match pause_after(failed.saturating_add(1), chance, reply.retry_after) {
            Some(pause) => Then::Again(now.plus_millis(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX))),
            None => Then::GiveUp,
        },
    };
    Settled { status_code: reply.status, error: reply.failure, then }
}

/// From 0 to 1. That it is always 0 where the system has no chance to give does no harm.
fn chance() -> f64 {
    f64::from(getrandom::u32().unwrap_or_default()) / f64::from(u32::MAX)
}

async fn let_go(webhooks: &Webhooks) {
    if let Err(error) = prune(webhooks).await {
        tracing::warn!(%error, "old deliveries could not be let go");
    }
}

/// By the clock of an hour ago: one that is wrong for a moment takes nothing away.
async fn prune(webhooks: &Webhooks) -> Result<(), Error> {
    let Some(at) = webhooks.database.looked_before("delivery", now(), PRUNE_EVERY).await? else { return Ok(()) };
    let (delivered, failed) = (at.plus_millis(-KEPT_DELIVERED), at.plus_millis(-KEPT_FAILED));
    webhooks.database.prune_deliveries(delivered, KEPT, failed, at).await?;
    Ok(())
}

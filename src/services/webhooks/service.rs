//! The service: which webhooks there are, for whom, and with whose rights they send.

use std::sync::Arc;
use std::time::SystemTime;

use parking_lot::Mutex;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::model::{Ailing, Delivery, Webhook};
use super::send::Sender;
use crate::domain::account::{Actor, AppScope};
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;
use crate::services::accounts::{Accounts, By};
use crate::services::error::Error;
use crate::services::events::Events;
use crate::services::links::Links;
use crate::services::tasks::Tasks;
use crate::store::database::Database;
use crate::store::database::webhooks::WebhookRow;

/// What a webhook may do now.
#[derive(Clone, Debug)]
pub(super) struct Rights {
    /// The apps that it may be sent events of.
    pub(super) scope: AppScope,
    /// Whether it may send to loopback and private addresses.
    pub(super) private: bool,
}

pub struct Webhooks {
    pub(super) database: Database,
    pub(super) accounts: Arc<Accounts>,
    pub(super) events: Arc<Events>,
    pub(super) links: Arc<Links>,
    pub(super) sender: Sender,
    /// There may be something to deliver that no event told of.
    pub(super) wake: Notify,
    pub(super) stopping: CancellationToken,
    pub(super) worker: Mutex<Option<JoinHandle<()>>>,
    pub(super) tasks: Tasks,
}

pub(super) const NO_WEBHOOK: Error = Error::NotFound("webhook-of-this-id");

impl Webhooks {
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
            all.push(self.view(by, row).await?);
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
        self.view(by, self.row(by, id).await?).await
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

    /// What a webhook may do now; `None` where its owner is no owner any more.
    pub(super) async fn rights(&self, row: &WebhookRow) -> Result<Option<Rights>, Error> {
        let Some((_, owner)) = &row.owner else {
            return Ok(Some(Rights { scope: row.apps.clone(), private: row.apps.is_all() }));
        };
        let owner = self.accounts.administrator(owner).await?;
        Ok(owner.map(|owner| Rights { scope: row.apps.within(&owner.apps), private: owner.apps.is_all() }))
    }

    /// The apps of a webhook's deliveries that both it and `by` may see; `None` for all.
    pub(super) async fn visible_apps(&self, by: &By, row: &WebhookRow) -> Result<Option<Vec<String>>, Error> {
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

    pub(super) async fn row(&self, by: &By, id: &str) -> Result<WebhookRow, Error> {
        self.visible(by).await?.into_iter().find(|row| row.id == id).ok_or(NO_WEBHOOK)
    }

    pub(super) async fn view(&self, by: &By, row: WebhookRow) -> Result<Webhook, Error> {
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
            last_delivery: last.map(|row| Delivery::visible_to(by, row)),
        })
    }
}

/// Whether a delivery about this app is shown: both the webhook and `by` may see it now. One about no app is.
pub(super) fn is_visible(by: &By, row: &WebhookRow, app: Option<&str>) -> bool {
    let allowed = |app| by.scope().allows(&app) && row.apps.allows(&app);
    app.is_none_or(|app| AppId::parse(app).is_some_and(allowed))
}

pub(super) fn now() -> Timestamp {
    SystemTime::now().into()
}

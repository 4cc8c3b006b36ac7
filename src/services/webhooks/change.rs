//! Webhooks are made, changed and deleted: each stands in the access log.

use ulid::Ulid;

use super::model::{NewWebhook, Webhook, WebhookChange};
use super::service::{NO_WEBHOOK, Webhooks, now};
use crate::domain::details::Details;
use crate::domain::token::Secret;
use crate::domain::webhook::{self, SECRET_OVERLAP};
use crate::services::accounts::{By, name_taken};
use crate::services::error::Error;
use crate::store::database::webhooks::{WebhookRow, WebhooksChange};

impl Webhooks {
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
        Ok((self.view(by, row).await?, secret))
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
        if paused || wanted.rotate_secret || after != before {
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
        if after != before {
            change.note(&by.access("webhook_changed", Some(&after.name)).with(described(&after).to_string())).await?;
        }
        if wanted.rotate_secret {
            after.previous = Some((after.secret, now.plus_millis(SECRET_OVERLAP)));
            after.secret = new_secret()?;
            change.note(&by.access("webhook_secret_rotated", Some(&after.name))).await?;
        }
        if after != before {
            change.put(&after).await.map_err(name_taken)?;
            change.commit().await?;
            self.wake.notify_one();
        } else {
            drop(change);
        }
        let secret = wanted.rotate_secret.then(|| after.secret.clone());
        Ok((self.view(by, after).await?, secret))
    }

    /// Deletes a webhook, with what it was still to be told.
    pub async fn delete(&self, by: &By, id: &str) -> Result<(), Error> {
        let mut change = self.accounts.begin(by, || self.database.change_webhooks()).await?;
        let row = visible(&mut change, by, id).await?;
        change.remove(id, now()).await?;
        change.note(&by.access("webhook_deleted", Some(&row.name))).await?;
        Ok(change.commit().await?)
    }
}

async fn visible(change: &mut WebhooksChange<'_>, by: &By, id: &str) -> Result<WebhookRow, Error> {
    change.webhook(id).await?.filter(|row| row.apps.is_within(by.scope())).ok_or(NO_WEBHOOK)
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

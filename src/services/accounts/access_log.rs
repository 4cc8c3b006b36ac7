//! The access log: who came in, who did not, and who changed what others may do.

use std::sync::Arc;
use std::time::Duration;

use super::by::By;
use super::common::{MINUTE, now};
use super::service::Accounts;
use crate::domain::account::Actor;
use crate::domain::query::Query;
use crate::domain::timestamp::Timestamp;
use crate::services::error::Error;
use crate::store::database::access_log::{Access, AccessFilter};

/// One entry of the access log.
#[derive(Clone, Debug)]
pub struct AccessEntry {
    pub id: String,
    pub at: Timestamp,
    pub actor: Actor,
    pub action: String,
    pub subject: Option<String>,
    pub detail: Option<String>,
    pub count: u64,
    pub address: Option<String>,
}

/// One page of the access log, newest first.
#[derive(Clone, Debug)]
pub struct AccessPage {
    pub items: Vec<AccessEntry>,
    pub total: u64,
    pub next_cursor: Option<String>,
}

/// Which entries of the access log.
#[derive(Clone, Debug)]
pub struct AccessQuery {
    /// By the actor of this name.
    pub actor: Option<String>,
    pub action: Option<String>,
    pub since: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// 1 to 500.
    pub limit: usize,
    /// The id after which the page begins.
    pub cursor: Option<i64>,
}

/// Every action of the access log.
pub const ACCESS_ACTIONS: [&str; 35] = [
    "login",
    "login_failed",
    "logout",
    "logout_elsewhere",
    "password_changed",
    "factor_added",
    "factor_removed",
    "factor_failed",
    "recovery_codes_renewed",
    "recovery_code_used",
    "user_created",
    "user_changed",
    "user_deleted",
    "token_created",
    "token_changed",
    "token_rotated",
    "token_revoked",
    "webhook_created",
    "webhook_changed",
    "webhook_secret_rotated",
    "webhook_deleted",
    "rule_created",
    "rule_changed",
    "rule_deleted",
    "link_created",
    "link_revoked",
    "delivery_retried",
    "denied",
    "token_refused",
    "token_elsewhere",
    "secret_read",
    "exported",
    "folder_confirmed",
    "auto_push_on",
    "auto_push_off",
];

impl Default for AccessQuery {
    fn default() -> Self {
        Self { actor: None, action: None, since: None, until: None, limit: Query::DEFAULT_LIMIT, cursor: None }
    }
}

impl Accounts {
    /// Somebody is about to read the secrets of this app or session; who cannot be written down reads none.
    pub async fn note_secret_read(&self, by: &By, subject: &str) -> Result<(), Error> {
        self.note_read(by, "secret_read", subject).await
    }

    /// Somebody is about to take this list with them, whole.
    pub async fn note_export(&self, by: &By, list: &str) -> Result<(), Error> {
        self.note_read(by, "exported", list).await
    }

    async fn note_read(&self, by: &By, action: &str, subject: &str) -> Result<(), Error> {
        let access = by.access(action, Some(subject));
        Ok(self.database.note_access_again(&access, access.at.plus_millis(-MINUTE)).await?)
    }

    /// One page of the access log. For owners of all apps: it names everybody.
    pub async fn access_log(&self, query: &AccessQuery) -> Result<AccessPage, Error> {
        let filter = AccessFilter {
            actor: query.actor.clone(),
            action: query.action.clone(),
            since: query.since,
            until: query.until,
        };
        let total = self.database.count_accesses(&filter).await?;
        let mut items = self.database.accesses(&filter, query.cursor, query.limit + 1).await?;
        let more = items.len() > query.limit;
        items.truncate(query.limit);
        let next_cursor = items.last().filter(|_| more).map(|access| access.id.to_string());
        Ok(AccessPage { items: items.into_iter().map(AccessEntry::from).collect(), total, next_cursor })
    }

    /// Writes down that somebody takes the MobileApps folder for the right one, as it is now.
    pub async fn note_folder_confirmed(&self, by: &By, folder: &str) -> Result<(), Error> {
        self.database.note_access(&by.access("folder_confirmed", Some(folder))).await?;
        Ok(())
    }

    /// Writes down that somebody lets changes be pushed by themselves, or does so no more.
    pub async fn note_auto_push(&self, by: &By, on: bool) -> Result<(), Error> {
        let action = if on { "auto_push_on" } else { "auto_push_off" };
        self.database.note_access(&by.access(action, None)).await?;
        Ok(())
    }
}

/// How long entries are kept.
const KEPT: Duration = Duration::from_secs(2 * 366 * 24 * 60 * 60);
const DAILY: Duration = Duration::from_secs(24 * 60 * 60);

impl Accounts {
    /// Never returns: lets go of what is older than two years, and warns of tokens that end. To be spawned once.
    pub async fn upkeep(self: Arc<Self>) {
        let kept = i64::try_from(KEPT.as_millis()).unwrap_or(i64::MAX);
        loop {
            if let Err(error) = self.prune_accesses(kept).await {
                tracing::warn!(%error, "old entries of the access log could not be let go");
            }
            if let Err(error) = self.warn_of_ending_tokens().await {
                tracing::warn!(%error, "nobody can say which tokens end soon");
            }
            tokio::time::sleep(DAILY).await;
        }
    }

    async fn prune_accesses(&self, kept: i64) -> Result<(), Error> {
        let apart = Duration::from_secs(60 * 60);
        if let Some(before) = self.database.looked_before("access_log", now(), apart).await? {
            self.database.prune_accesses(before.plus_millis(-kept)).await?;
        }
        Ok(())
    }
}

impl From<Access> for AccessEntry {
    fn from(access: Access) -> Self {
        let Access { id, at, actor, action, subject, detail, count, address } = access;
        Self { id: id.to_string(), at, actor, action, subject, detail, count, address }
    }
}

//! Whether a batch may go on: asked before each part of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio_util::sync::CancellationToken;

use crate::domain::account::{AppScope, Permission};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::services::accounts::Accounts;

/// Ends a batch whose caller has lost the right to it, or that somebody stopped.
pub struct Supervision {
    accounts: Arc<Accounts>,
    caller: String,
    stop: CancellationToken,
}

impl Supervision {
    /// Of a batch that the caller of this id asked for. Cancelling `stop` ends it.
    pub fn new(accounts: Arc<Accounts>, caller: &str, stop: CancellationToken) -> Self {
        Self { accounts, caller: caller.to_owned(), stop }
    }

    /// Whether these sessions may still be changed. Once refused, the batch does not go on.
    pub(super) async fn allows<'a>(&self, keys: impl IntoIterator<Item = &'a SessionKey>) -> bool {
        if self.stop.is_cancelled() {
            return false;
        }
        let caller = self.accounts.caller_by_id(&self.caller).await.unwrap_or_else(|error| {
            tracing::error!(%error, caller = self.caller, "a batch stops: its caller's rights cannot be read");
            None
        });
        let caller = caller.filter(|caller| caller.require(Permission::Change).is_ok());
        let allowed = caller.is_some_and(|caller| keys.into_iter().all(|key| caller.apps.allows(&key.app)));
        if !allowed {
            self.stop.cancel();
        }
        allowed
    }
}

/// How far a batch is, app by app. Clones watch the same one.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    apps: Arc<Mutex<BTreeMap<String, Share>>>,
}

/// How much of a batch is of one app.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    total: u64,
    done: u64,
}

impl Progress {
    /// Of how many sessions in the apps of this scope, and how many of them are through; none while they are being
    /// looked up.
    pub fn counts(&self, scope: &AppScope) -> (u64, u64) {
        let apps = self.apps.lock();
        let seen = apps.iter().filter(|(app, _)| shows(scope, app));
        seen.fold((0, 0), |(total, done), (_, share)| (total + share.total, done + share.done))
    }

    pub(super) fn begin<'a>(&self, apps: impl Iterator<Item = &'a str>) {
        let mut shares = self.apps.lock();
        shares.clear();
        for app in apps {
            shares.entry(app.to_owned()).or_default().total += 1;
        }
    }

    pub(super) fn one_done(&self, app: &str) {
        let mut shares = self.apps.lock();
        shares.entry(app.to_owned()).or_default().done += 1;
    }
}

/// Whether a caller of this scope may see what is told of an app by this name. What can be no app is in none.
pub(super) fn shows(scope: &AppScope, app: &str) -> bool {
    AppId::parse(app).is_none_or(|app| scope.allows(&app))
}

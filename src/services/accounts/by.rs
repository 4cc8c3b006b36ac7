//! Who changes accounts, and from where.

use std::future::Future;
use std::net::IpAddr;

use super::common::{USER, address_text, now};
use super::model::BrowserLogin;
use super::secrets::digest;
use super::service::Accounts;
use crate::domain::account::{Actor, ActorKind, AppScope, Caller};
use crate::services::error::Error;
use crate::store::database;
use crate::store::database::access_log::Access;
use crate::store::database::accounts::AccountsChange;
use crate::store::database::columns::SecretHash;

/// Who changes accounts, and from where.
#[derive(Clone, Debug)]
pub struct By {
    pub(in crate::services) actor: Actor,
    /// The caller, with what they might do when they asked; `None` for the command line.
    pub(super) caller: Option<Caller>,
    pub(super) from: Option<IpAddr>,
    /// What is outside of it does not exist, and nothing made reaches beyond it.
    pub(in crate::services) scope: AppScope,
    pub(super) login: Option<SecretHash>,
    /// Whether the password of this login was given too long ago to give others rights by it.
    pub(super) password_is_old: bool,
}

impl By {
    /// Somebody at the machine itself.
    pub fn cli() -> Self {
        let actor = Actor { kind: ActorKind::Cli, name: "command line".to_owned() };
        Self { actor, caller: None, from: None, scope: AppScope::all(), login: None, password_is_old: false }
    }

    /// A caller, with their login if they have one.
    pub fn caller(caller: &Caller, from: Option<IpAddr>, login: Option<&BrowserLogin>) -> Self {
        Self {
            actor: caller.actor.clone(),
            caller: Some(caller.clone()),
            from,
            scope: caller.apps.clone(),
            login: login.map(|login| digest(login.cookie.expose())),
            password_is_old: login.is_some_and(|login| login.password_is_old),
        }
    }

    /// What they may see, and what is made by them reaches.
    pub(in crate::services) fn scope(&self) -> &AppScope {
        &self.scope
    }

    pub(in crate::services) fn actor(&self) -> &Actor {
        &self.actor
    }

    /// As whom something may act later, with what they may then.
    pub(in crate::services) fn lender(&self) -> Option<(Actor, String)> {
        self.caller.as_ref().map(|caller| (self.actor.clone(), caller.id.clone()))
    }

    /// Refuses what gives others rights to a browser whose password was given too long ago: somebody else may sit there
    /// by now.
    pub(in crate::services) fn require_recent_password(&self) -> Result<(), Error> {
        if self.password_is_old { Err(Error::PasswordNeeded) } else { Ok(()) }
    }

    /// The id of the token that asks.
    pub(super) fn token(&self) -> Option<&str> {
        self.caller.as_ref()?.id.strip_prefix("token:")
    }

    /// The id of the user who asks in a browser.
    pub(super) fn user(&self) -> Option<&str> {
        self.caller.as_ref()?.id.strip_prefix(USER)
    }

    /// An entry of the access log.
    pub(in crate::services) fn access(&self, action: &str, subject: Option<&str>) -> Access {
        Access {
            id: 0,
            at: now(),
            actor: self.actor.clone(),
            action: action.to_owned(),
            subject: subject.map(str::to_owned),
            detail: None,
            count: 1,
            address: self.from.map(address_text),
        }
    }
}

impl Accounts {
    /// Begins a change for somebody, with what they might do when they asked: who has lost it meanwhile changes nothing
    /// any more, and until the change is made, nobody loses it.
    pub(in crate::services) async fn begin<T, Opening>(&self, by: &By, open: impl Fn() -> Opening) -> Result<T, Error>
    where
        Opening: Future<Output = Result<T, database::Error>>,
    {
        loop {
            let stamp = self.database.accounts_stamp()?;
            self.require_still(by).await?;
            let change = open().await?;
            // The change has the right to write: no other change of accounts can be on its way.
            if self.database.accounts_stamp()? == stamp {
                return Ok(change);
            }
        }
    }

    pub(super) async fn change_by(&self, by: &By) -> Result<AccountsChange<'_>, Error> {
        self.begin(by, || self.database.change_accounts()).await
    }

    async fn require_still(&self, by: &By) -> Result<(), Error> {
        let Some(asked) = &by.caller else { return Ok(()) };
        let (snapshot, now) = (self.snapshot().await?, now());
        let is_live = |login: &SecretHash| snapshot.logins.get(login).is_some_and(|entry| entry.is_live(now));
        let same = |caller: &Caller| caller.role == asked.role && caller.apps == asked.apps;
        let is_same = by.login.as_ref().is_none_or(is_live)
            && snapshot.caller_by_id(&asked.id, now).is_some_and(|now| same(&now));
        if is_same { Ok(()) } else { Err(Error::Unauthenticated) }
    }
}

//! Who a caller is.
//!
//! Every request asks, so the answer comes from memory. Whether that is still true is one look at the stamp, which every
//! change makes anew, in this process or another.

use std::net::IpAddr;

use super::attempts::Guess;
use super::common::{USER, address_text, millis, now};
use super::model::{BrowserLogin, Proof};
use super::secrets::digest;
use super::service::Accounts;
use super::snapshot::Entry;
use crate::domain::account::{Caller, ListColumn, Permission, Settings};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::services::error::{Error, TokenFault};

impl Accounts {
    /// Who presents this bearer token; fails for one that is expired, revoked or unknown, or used from elsewhere.
    pub async fn caller_by_token(&self, secret: &str, from: Option<IpAddr>) -> Result<Caller, Error> {
        self.caller_by_token_at(secret, from, now()).await
    }

    pub(super) async fn caller_by_token_at(
        &self,
        secret: &str,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Caller, Error> {
        let snapshot = self.snapshot().await?;
        let entry = snapshot.tokens.get(&digest(secret)).ok_or(Error::InvalidToken(TokenFault::Unknown))?;
        if !entry.is_live(now) {
            return Err(Error::InvalidToken(TokenFault::Expired));
        }
        if !entry.allows(from) {
            return Err(Error::InvalidToken(TokenFault::Elsewhere(entry.caller.actor.clone())));
        }
        if entry.use_at(now) {
            self.note_token_used(entry, now, from);
        }
        Ok(entry.caller.clone())
    }

    /// Whose login this cookie is; `None` for one that is unknown or ended.
    pub async fn caller_by_cookie(
        &self,
        cookie: &Secret<String>,
        from: Option<IpAddr>,
    ) -> Result<Option<(Caller, BrowserLogin)>, Error> {
        self.caller_by_cookie_at(cookie, from, now()).await
    }

    pub(super) async fn caller_by_cookie_at(
        &self,
        cookie: &Secret<String>,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Option<(Caller, BrowserLogin)>, Error> {
        let snapshot = self.snapshot().await?;
        let entry = snapshot.logins.get(&digest(cookie.expose())).filter(|entry| entry.is_live(now));
        let Some(entry) = entry else { return Ok(None) };
        if entry.use_at(now) {
            self.note_login_used(entry, now, from);
        }
        let login = BrowserLogin {
            cookie: cookie.clone(),
            password_is_old: entry.password_at.plus_millis(millis(self.limits.confirm_after)) <= now,
            must_change_password: entry.must_change_password,
            must_enrol: entry.must_enrol,
        };
        Ok(Some((entry.caller.clone(), login)))
    }

    /// Whether this still shows that somebody is this caller, with the same rights. It does not count as a use.
    pub async fn still(&self, proof: &Proof, caller: &Caller) -> Result<bool, Error> {
        let snapshot = self.snapshot().await?;
        let entry = match proof {
            Proof::Token(secret) => snapshot.tokens.get(&digest(secret.expose())),
            Proof::Login(cookie) => snapshot.logins.get(&digest(cookie.expose())),
        };
        let same = |now: &Caller| now.id == caller.id && now.role == caller.role && now.apps == caller.apps;
        Ok(entry.is_some_and(|entry| entry.is_live(now()) && same(&entry.caller)))
    }

    /// What the caller of this id may do now; `None` for one who is gone, kept out or expired.
    pub async fn caller_by_id(&self, id: &str) -> Result<Option<Caller>, Error> {
        Ok(self.snapshot().await?.caller_by_id(id, now()))
    }

    /// The same for one who may administer now.
    pub async fn administrator(&self, id: &str) -> Result<Option<Caller>, Error> {
        let caller = self.caller_by_id(id).await?;
        Ok(caller.filter(|caller| caller.require(Permission::Administer).is_ok()))
    }

    /// How this caller wants to see the panel.
    pub async fn settings(&self, caller: &Caller) -> Result<Settings, Error> {
        Ok(self.snapshot().await?.settings(&caller.id))
    }

    /// Changes how somebody wants to see the panel. Nobody's rights: it stands in no log.
    pub async fn set_settings(&self, caller: &Caller, settings: &Settings) -> Result<(), Error> {
        let id = caller.id.strip_prefix(USER).ok_or(Error::NotFound("user-of-this-name"))?;
        let mut change = self.database.change_accounts().await?;
        change.set_settings(id, settings).await?;
        Ok(change.commit().await?)
    }

    /// Changes which columns of the list of sessions somebody sees.
    pub async fn set_columns(&self, caller: &Caller, columns: &[ListColumn]) -> Result<(), Error> {
        let id = caller.id.strip_prefix(USER).ok_or(Error::NotFound("user-of-this-name"))?;
        let mut change = self.database.change_accounts().await?;
        change.set_columns(id, columns).await?;
        Ok(change.commit().await?)
    }

    /// Somebody at this address showed a link's secret that is none: who does so often has to wait.
    pub fn note_wrong_link(&self, from: Option<IpAddr>) -> Result<(), Error> {
        // No user has a name with a control character.
        self.attempts.begin(&Guess::by_name("\0link", from))
    }

    /// No request waits for this to be written.
    fn note_token_used(&self, entry: &Entry, now: Timestamp, from: Option<IpAddr>) {
        let (database, id) = (self.database.clone(), entry.id.clone());
        tokio::spawn(async move {
            let from = from.map(address_text);
            if let Err(error) = database.note_token_used(&id, now, from.as_deref()).await {
                tracing::warn!(%error, "the last use of a token could not be noted");
            }
        });
    }

    fn note_login_used(&self, entry: &Entry, now: Timestamp, from: Option<IpAddr>) {
        let (database, id) = (self.database.clone(), entry.id.clone());
        tokio::spawn(async move {
            let from = from.map(address_text);
            if let Err(error) = database.note_login_used(&id, now, from.as_deref()).await {
                tracing::warn!(%error, "the last use of a login could not be noted");
            }
        });
    }
}

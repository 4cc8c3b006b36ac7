//! A second factor: an authenticator app's codes beside the password. A user sets one up and takes it away; owners take
//! it away from whoever lost the phone.

use super::attempts::Guess;
use super::by::By;
use super::common::now;
use super::service::Accounts;
use super::totp::{NewFactor, Typed, new_recovery_codes, new_secret, step_of};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::services::error::{Conflict, Error};
use crate::services::sealing::Keyring;
use crate::store::database::accounts::{AccountsChange, UserRow};

/// Where the error of a wrong code stands.
pub const CODE: &str = "/code";

/// What is sealed for a user, and in no other's place.
fn context(user: &str) -> String {
    format!("second factor {user}")
}

impl Accounts {
    /// Begins to set up a second factor. Until a code confirms it, it counts for nothing, and one that there is goes on.
    /// `issuer` is what the app calls this panel.
    pub async fn begin_factor(&self, by: &By, issuer: &str) -> Result<NewFactor, Error> {
        let user = self.person(by).await?;
        by.require_recent_password()?;
        let secret = new_secret()?;
        let sealed = self.keyring()?.seal(&context(&user.id), &secret)?;
        let mut change = self.change_by(by).await?;
        change.set_pending_factor(&user.id, &sealed).await?;
        change.commit().await?;
        NewFactor::new(&secret, issuer, &user.name)
    }

    /// The one that was begun and is not confirmed yet.
    pub async fn pending_factor(&self, by: &By, issuer: &str) -> Result<NewFactor, Error> {
        let user = self.person(by).await?;
        by.require_recent_password()?;
        let (_, secret) = self.pending(&user.id).await?;
        NewFactor::new(&secret, issuer, &user.name)
    }

    /// Confirms by a code that the person's app has the secret; gives the recovery codes, which are told this once.
    pub async fn confirm_factor(&self, by: &By, code: &str, elsewhere: bool) -> Result<Vec<Secret<String>>, Error> {
        let user = self.person(by).await?;
        by.require_recent_password()?;
        let (sealed, secret) = self.pending(&user.id).await?;
        let guess = Guess::at_code(&user.id);
        self.attempts.begin(&guess)?;
        let step = match Typed::parse(code, &user.id) {
            Typed::Code(code) => step_of(&secret, &code, now())?,
            Typed::Recovery(_) => None,
        };
        let step = step.ok_or_else(|| Error::invalid(CODE, Message::new("value-code-wrong")))?;
        let (codes, digests) = new_recovery_codes(&user.id)?;
        let mut change = self.change_by(by).await?;
        if !change.confirm_factor(&user.id, &sealed, step, now()).await? {
            return Err(Error::Conflict(Conflict::NoFactorBegun));
        }
        change.set_recovery_codes(&user.id, &digests).await?;
        change.note(&by.access("factor_added", Some(&user.name))).await?;
        end_logins(&mut change, by, &user, elsewhere).await?;
        change.commit().await?;
        self.attempts.succeeded(&guess);
        Ok(codes)
    }

    /// Other recovery codes in place of those before.
    pub async fn renew_recovery_codes(&self, by: &By) -> Result<Vec<Secret<String>>, Error> {
        let user = self.person(by).await?;
        by.require_recent_password()?;
        if user.factor_since.is_none() {
            return Err(Error::Conflict(Conflict::NoFactor));
        }
        let (codes, digests) = new_recovery_codes(&user.id)?;
        let mut change = self.change_by(by).await?;
        change.set_recovery_codes(&user.id, &digests).await?;
        change.note(&by.access("recovery_codes_renewed", Some(&user.name))).await?;
        change.commit().await?;
        Ok(codes)
    }

    /// Since when the user who asks has a second factor.
    pub async fn factor_since(&self, by: &By) -> Result<Option<Timestamp>, Error> {
        let Some(user) = by.user() else { return Ok(None) };
        Ok(self.database.user_by_id(user).await?.and_then(|(user, _)| user.factor_since))
    }

    /// How many recovery codes are left to the user who asks.
    pub async fn recovery_codes_left(&self, by: &By) -> Result<u64, Error> {
        match by.user() {
            Some(user) => Ok(self.database.count_recovery_codes(user).await?),
            None => Ok(0),
        }
    }

    /// Takes away the second factor of the user who asks.
    pub async fn remove_own_factor(&self, by: &By, elsewhere: bool) -> Result<(), Error> {
        let user = self.person(by).await?;
        by.require_recent_password()?;
        if user.factor_since.is_none() {
            return Err(Error::Conflict(Conflict::NoFactor));
        }
        let mut change = self.change_by(by).await?;
        change.remove_factor(&user.id).await?;
        change.note(&by.access("factor_removed", Some(&user.name))).await?;
        end_logins(&mut change, by, &user, elsewhere).await?;
        Ok(change.commit().await?)
    }

    /// Takes away the second factor of the user of this name, and ends their logins: they lost what it was on.
    pub async fn remove_factor(&self, by: &By, name: &str) -> Result<(), Error> {
        by.require_recent_password()?;
        let user = self.user(by, name).await?;
        if user.factor_since.is_none() {
            return Err(Error::NotFound("second-factor"));
        }
        let mut change = self.change_by(by).await?;
        change.remove_factor(&user.id).await?;
        change.remove_logins_of(&user.id, by.login.as_ref()).await?;
        change.note(&by.access("factor_removed", Some(&user.name))).await?;
        Ok(change.commit().await?)
    }

    /// Encrypts all secrets by the first key that were encrypted by another. How many are of no key that there is.
    pub async fn reseal_factors(&self) -> Result<usize, Error> {
        let keyring = self.keyring()?;
        let (mut old, mut lost) = (Vec::new(), 0);
        for (user, sealed) in self.database.factors().await? {
            match keyring.open(&context(&user), &sealed) {
                None => lost += 1,
                Some((_, true)) => {}
                Some((secret, false)) => old.push((user, sealed, secret)),
            }
        }
        if !old.is_empty() {
            let mut change = self.database.change_accounts().await?;
            for (user, sealed, secret) in &old {
                change.reseal_factor(user, sealed, &keyring.seal(&context(user), secret)?).await?;
            }
            change.commit().await?;
            tracing::info!(users = old.len(), "second factors are encrypted by the new key");
        }
        Ok(lost)
    }

    /// Whether this is a code of the user's app now, and of which step.
    pub(super) async fn step_of_user(&self, user: &str, code: &str) -> Result<Option<i64>, Error> {
        let Some(sealed) = self.database.factor(user).await?.confirmed else { return Ok(None) };
        match self.keyring()?.open(&context(user), &sealed) {
            Some((secret, _)) => step_of(&secret, code, now()),
            None => {
                tracing::error!(
                    "a second factor was encrypted by a key that is not here: its codes are taken for wrong"
                );
                Ok(None)
            }
        }
    }

    fn keyring(&self) -> Result<&Keyring, Error> {
        self.keyring.as_ref().ok_or_else(|| Error::internal("there is no key for second factors"))
    }

    /// The user who asks, in a browser.
    async fn person(&self, by: &By) -> Result<UserRow, Error> {
        let user = by.user().ok_or(Error::Conflict(Conflict::TokenHasNoPassword))?;
        let (user, _) = self.database.user_by_id(user).await?.ok_or(Error::Unauthenticated)?;
        Ok(user)
    }

    /// The secret that waits for its first code, sealed and open.
    async fn pending(&self, user: &str) -> Result<(Vec<u8>, Vec<u8>), Error> {
        let none = || Error::Conflict(Conflict::NoFactorBegun);
        let sealed = self.database.factor(user).await?.pending.ok_or_else(none)?;
        let (secret, _) = self.keyring()?.open(&context(user), &sealed).ok_or_else(none)?;
        Ok((sealed, secret))
    }
}

/// Ends a user's other logins, if that is wanted.
async fn end_logins(change: &mut AccountsChange<'_>, by: &By, user: &UserRow, wanted: bool) -> Result<(), Error> {
    if wanted {
        change.remove_logins_of(&user.id, by.login.as_ref()).await?;
    }
    Ok(())
}

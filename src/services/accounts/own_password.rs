//! One's own password: changed with the present one alone, and given again before others get rights.

use super::attempts::Guess;
use super::by::By;
use super::common::{USER, now};
use super::model::Token;
use super::password;
use super::service::Accounts;
use super::tokens::NO_TOKEN;
use crate::domain::account::{Actor, ActorKind};
use crate::domain::details::Details;
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::services::error::{Conflict, Error};
use crate::store::database::access_log::Access;
use crate::store::database::accounts::{AccountsChange, UserRow};

/// Where the error of a wrong password stands that was asked for again.
pub const CONFIRMATION: &str = "/confirm_password";
/// Where the error of a wrong present password stands.
pub(super) const PRESENT: &str = "/current_password";

impl Accounts {
    /// Gives the user who asks another password, and ends their other logins; with `revoke` also what they made.
    pub async fn change_own_password(
        &self,
        by: &By,
        present: Secret<String>,
        password: Secret<String>,
        revoke: bool,
    ) -> Result<(), Error> {
        let user = by.user().ok_or(Error::Conflict(Conflict::TokenHasNoPassword))?;
        let (user, verified) = self.database.user_by_id(user).await?.ok_or(Error::Unauthenticated)?;
        self.verify_present(by, &user, verified.clone(), present.clone(), PRESENT).await?;
        if present == password {
            return Err(Error::invalid("/password", Message::new("password-same")));
        }
        password::check(&password, &user.name, &self.context)?;
        let hash = self.passwords.hash(password).await?;
        let mut change = self.change_by(by).await?;
        still_has(&mut change, &user.id, verified, PRESENT).await?;
        change.set_password(&user.id, &hash, false).await?;
        change.remove_logins_of(&user.id, by.login.as_ref()).await?;
        if let Some(login) = &by.login {
            change.note_password_given(login, now()).await?;
        }
        change.note(&by.access("password_changed", Some(&user.name))).await?;
        if revoke {
            revoke_made_by(&mut change, by, &user.id).await?;
        }
        Ok(change.commit().await?)
    }

    /// Takes the password of the user who asks once more: for a while, this browser may give others rights.
    pub async fn confirm_password(&self, by: By, password: Secret<String>) -> Result<By, Error> {
        let Some((user, login)) = by.user().zip(by.login.as_ref()) else { return Ok(by) };
        let (user, hash) = self.database.user_by_id(user).await?.ok_or(Error::Unauthenticated)?;
        self.verify_present(&by, &user, hash.clone(), password, CONFIRMATION).await?;
        let mut change = self.change_by(&by).await?;
        still_has(&mut change, &user.id, hash, CONFIRMATION).await?;
        change.note_password_given(login, now()).await?;
        change.commit().await?;
        Ok(By { password_is_old: false, ..by })
    }

    /// Refuses what is not the present password of this user, guessed at under the same limit as at the door. Guesses
    /// elsewhere at the same name do not count here.
    pub(super) async fn verify_present(
        &self,
        by: &By,
        user: &UserRow,
        hash: Option<String>,
        given: Secret<String>,
        pointer: &str,
    ) -> Result<(), Error> {
        let guess = Guess::at_own(&user.id);
        self.attempts.begin(&guess)?;
        if !self.passwords.verify(given, hash).await? {
            let actor = Actor { kind: ActorKind::User, name: user.name.clone() };
            self.database.note_access(&Access { actor, ..by.access("login_failed", None) }).await?;
            return Err(not_present(pointer));
        }
        self.attempts.succeeded(&guess);
        Ok(())
    }

    /// The id of the user as whom somebody asks: in a browser, or by a token that belongs to them.
    pub(super) async fn user_behind(&self, by: &By) -> Result<Option<String>, Error> {
        match by.token() {
            Some(token) => Ok(self.database.token(token).await?.and_then(|token| token.maker)),
            None => Ok(by.user().map(str::to_owned)),
        }
    }

    /// The tokens that belong to the user who asks, by name.
    pub async fn own_tokens(&self, by: &By) -> Result<Vec<Token>, Error> {
        let Some(user) = by.user() else { return Ok(Vec::new()) };
        self.tokens_made_by(user).await
    }

    /// The tokens that belong to the user of this id, by name.
    pub async fn tokens_made_by(&self, user: &str) -> Result<Vec<Token>, Error> {
        let tokens = self.database.tokens().await?.into_iter();
        Ok(tokens.filter(|token| token.maker.as_deref() == Some(user)).map(Token::from).collect())
    }

    /// The ids of the callers as whom this user acts: themselves, and their tokens.
    pub async fn callers_of(&self, user: &str) -> Result<Vec<String>, Error> {
        let tokens = self.tokens_made_by(user).await?;
        let own = [format!("{USER}{user}")].into_iter();
        Ok(own.chain(tokens.iter().map(|token| format!("token:{}", token.id))).collect())
    }

    /// Ends a token of the user who asks, whatever their role.
    pub async fn revoke_own_token(&self, by: &By, id: &str) -> Result<(), Error> {
        let token = self.own_tokens(by).await?.into_iter().find(|token| token.id == id);
        self.remove_token(by, &token.ok_or(NO_TOKEN)?.id).await
    }
}

fn not_present(pointer: &str) -> Error {
    Error::invalid(pointer, Message::new("value-current-password-wrong"))
}

/// Refuses a password that was verified, and is not the user's any more: the check takes a while.
pub(super) async fn still_has(
    change: &mut AccountsChange<'_>,
    user: &str,
    verified: Option<String>,
    pointer: &str,
) -> Result<(), Error> {
    let still = match verified {
        Some(hash) => change.has_password(user, &hash).await?,
        None => false,
    };
    if still { Ok(()) } else { Err(not_present(pointer)) }
}

/// Ends what acts with a user's rights and without their password: their tokens, the approval links that they or these
/// made, and, switched off, the webhooks and rules.
pub(super) async fn revoke_made_by(change: &mut AccountsChange<'_>, by: &By, user: &str) -> Result<(), Error> {
    for key in change.revoke_links_of(user, now()).await? {
        change.note(&by.access("link_revoked", Some(&format!("{}/{}", key.app, key.id)))).await?;
    }
    let off = Details::default().with("enabled", false).to_string();
    for name in change.stop_webhooks_of(user).await? {
        change.note(&by.access("webhook_changed", Some(&name)).with(off.clone())).await?;
    }
    for name in change.stop_rules_of(user).await? {
        change.note(&by.access("rule_changed", Some(&name)).with(off.clone())).await?;
    }
    for token in change.tokens_of(user).await? {
        for gone in change.remove_token(&token.id).await? {
            change.note(&by.access("token_revoked", Some(&gone.name))).await?;
        }
    }
    Ok(())
}

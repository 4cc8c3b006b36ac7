//! Logins: a user, and how they proved who they are. And the link that makes the first owner.

use super::attempts::Guess;
use super::by::By;
use super::common::{address_text, new_id, now};
use super::model::{Login, NewLogin, Origin};
use super::password;
use super::second_step::FirstStep;
use super::secrets::{digest, new_secret};
use super::service::Accounts;
use super::snapshot::caller_of;
use super::users::new_user;
use crate::domain::account::{Actor, ActorKind, AppScope, Role};
use crate::domain::name::UserName;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::i18n::Message;
use crate::services::error::{Conflict, Error};
use crate::services::measures;
use crate::store::database::accounts::{AccountsChange, LoginRow, UserRow};
use crate::store::database::columns::SecretHash;

/// How long the link of the first start works, in milliseconds.
pub(super) const SETUP_MILLIS: i64 = 60 * 60 * 1000;

/// How much of what a browser calls itself is kept, in characters.
const LONGEST_DEVICE: usize = 200;

impl Accounts {
    /// Logs a person in, or asks them for a code; `None` for a wrong name or password, in the same time for both. After a
    /// few failures from one address, the next tries have to wait.
    pub async fn log_in(
        &self,
        name: &str,
        password: Secret<String>,
        origin: &Origin,
    ) -> Result<Option<FirstStep>, Error> {
        let found = self.user_and_password(name).await?;
        let guess = self.guess(found.as_ref().map(|(user, _)| user), name, origin).await?;
        self.attempts.begin(&guess)?;
        let (user, hash) = match found {
            Some((user, hash)) if !user.disabled => (Some(user), hash),
            _ => (None, None),
        };
        let right = self.passwords.verify(password, hash.clone()).await?;
        let (true, Some(user), Some(hash)) = (right, &user, hash) else {
            self.note_failed_login(user.as_ref(), origin).await?;
            return Ok(None);
        };
        if user.factor_since.is_some() {
            // The try counts until the code is right, too.
            return self.go_halfway(user, hash, guess).map(Some);
        }
        let mut change = self.database.change_accounts().await?;
        // The check took a while: the user may be disabled, or have another password by now.
        if !change.has_password(&user.id, &hash).await? {
            return Ok(None);
        }
        let login = self.add_login(&mut change, user, origin, now()).await?;
        let by = By { actor: login.caller.actor.clone(), from: origin.address, ..By::cli() };
        change.note(&by.access("login", None)).await?;
        change.commit().await?;
        measures::login(true);
        self.attempts.succeeded(&guess);
        Ok(Some(FirstStep::In(login)))
    }

    /// How a try counts: by itself in a browser where this user has logged in before.
    async fn guess(&self, user: Option<&UserRow>, name: &str, origin: &Origin) -> Result<Guess, Error> {
        if let Some((user, browser)) = user.zip(origin.browser.as_ref()) {
            let browser = digest(browser.expose());
            if self.database.is_known_browser(&user.id, &browser).await? {
                return Ok(Guess::in_known_browser(&user.id, &browser));
            }
        }
        Ok(Guess::by_name(name, origin.address))
    }

    /// A name that nobody has is not written down: people mistake the field and type their password.
    async fn note_failed_login(&self, user: Option<&UserRow>, origin: &Origin) -> Result<(), Error> {
        measures::login(false);
        let name = user.map_or(String::new(), |user| user.name.clone());
        let by = By { actor: Actor { kind: ActorKind::User, name }, from: origin.address, ..By::cli() };
        self.database.note_access(&by.access("login_failed", None)).await?;
        Ok(())
    }

    pub(super) async fn add_login(
        &self,
        change: &mut AccountsChange<'_>,
        user: &UserRow,
        origin: &Origin,
        now: Timestamp,
    ) -> Result<NewLogin, Error> {
        let made = now.plus_millis(-self.limits.absolute_millis());
        // A use in the last moments may not be written down yet.
        let used = now.plus_millis(-self.limits.idle_millis() - self.limits.noted_every());
        change.remove_ended_logins(made, used).await?;
        if let Some(before) = &origin.login {
            change.remove_login(&digest(before.expose())).await?;
        }
        let browser = self.remember_browser(change, user, origin, now).await?;
        let cookie = new_secret()?;
        let login = LoginRow {
            id: new_id(),
            user: user.id.clone(),
            proof: if user.factor_since.is_some() { "password and code" } else { "password" }.to_owned(),
            device: origin.device.as_ref().map(|device| device.chars().take(LONGEST_DEVICE).collect()),
            created_at: now,
            password_at: now,
            last_used_at: now,
            last_used_ip: origin.address.map(address_text),
        };
        change.add_login(&login, &digest(cookie.expose())).await?;
        Ok(NewLogin { cookie, browser, caller: caller_of(user) })
    }

    /// A browser that several people share has one cookie for all of them; what nobody has logged in with is replaced.
    async fn remember_browser(
        &self,
        change: &mut AccountsChange<'_>,
        user: &UserRow,
        origin: &Origin,
        now: Timestamp,
    ) -> Result<Secret<String>, Error> {
        let browser = match &origin.browser {
            Some(browser) if change.knows_browser(&digest(browser.expose())).await? => browser.clone(),
            _ => new_secret()?,
        };
        change.remember_browser(&user.id, &digest(browser.expose()), now).await?;
        Ok(browser)
    }

    pub async fn log_out(&self, by: &By) -> Result<(), Error> {
        let Some(login) = &by.login else { return Ok(()) };
        let mut change = self.database.change_accounts().await?;
        if change.remove_login(login).await? {
            change.note(&by.access("logout", None)).await?;
            change.commit().await?;
        }
        Ok(())
    }

    /// The logins of the user who asks, the last used first; none for a token.
    pub async fn logins(&self, by: &By) -> Result<Vec<Login>, Error> {
        let Some(login) = &by.login else { return Ok(Vec::new()) };
        let now = now();
        let snapshot = self.snapshot().await?;
        let is_live = |hash: &SecretHash| snapshot.logins.get(hash).is_some_and(|entry| entry.is_live(now));
        let rows = self.database.logins_beside(login).await?;
        let show = |(hash, row): (_, LoginRow)| Login {
            current: hash == *login,
            id: row.id,
            device: row.device,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            last_used_ip: row.last_used_ip,
        };
        Ok(rows.into_iter().filter(|(hash, _)| is_live(hash)).map(show).collect())
    }

    /// Ends every login of the user who asks but the one that asks; how many.
    pub async fn log_out_elsewhere(&self, by: &By) -> Result<u64, Error> {
        let login = by.login.as_ref().ok_or(Error::Unauthenticated)?;
        let mut change = self.database.change_accounts().await?;
        let ended = change.remove_logins_beside(login).await?;
        change.note(&by.access("logout_elsewhere", None)).await?;
        change.commit().await?;
        Ok(ended)
    }

    /// The one-time secret that creates the first owner, made anew; `None` once there is a user.
    pub async fn new_setup_secret(&self) -> Result<Option<Secret<String>>, Error> {
        let mut change = self.database.change_accounts().await?;
        if change.has_users().await? {
            return Ok(None);
        }
        let secret = new_secret()?;
        change.set_setup_secret(&digest(secret.expose()), now().plus_millis(SETUP_MILLIS)).await?;
        change.commit().await?;
        Ok(Some(secret))
    }

    /// Whether this secret would be taken by [`Accounts::set_up`] now.
    pub async fn is_setup_secret(&self, secret: &str) -> Result<bool, Error> {
        self.is_setup_secret_at(secret, now()).await
    }

    pub(super) async fn is_setup_secret_at(&self, secret: &str, now: Timestamp) -> Result<bool, Error> {
        Ok(self.database.is_setup_secret(&digest(secret), now).await?)
    }

    /// Creates the first owner and logs them in.
    pub async fn set_up(
        &self,
        secret: &str,
        name: &str,
        password: Secret<String>,
        origin: &Origin,
    ) -> Result<NewLogin, Error> {
        // Nobody without the secret may keep the processors busy with hashes.
        if !self.is_setup_secret(secret).await? {
            return Err(spent());
        }
        let name = UserName::parse(name).ok_or_else(no_name)?;
        password::check(&password, name.as_str(), &self.context)?;
        let hash = self.passwords.hash(password).await?;
        let user = new_user(name, Role::Owner, AppScope::all(), false);
        let mut change = self.database.change_accounts().await?;
        if !change.take_setup_secret(&digest(secret), now()).await? || change.has_users().await? {
            return Err(spent());
        }
        change.add_user(&user, &hash).await?;
        let login = self.add_login(&mut change, &user, origin, now()).await?;
        let by = By { actor: login.caller.actor.clone(), from: origin.address, ..By::cli() };
        change.note(&by.access("user_created", Some(&user.name))).await?;
        change.note(&by.access("login", None)).await?;
        change.commit().await?;
        Ok(login)
    }
}

fn spent() -> Error {
    Error::Conflict(Conflict::SetupLinkSpent)
}

fn no_name() -> Error {
    Error::invalid("/name", Message::new("invalid-user-name"))
}

//! Logins: a user, and how they proved who they are. And the link that makes the first owner.

use super::*;
use crate::services::measures;

/// How long the link of the first start works, in milliseconds.
pub(super) const SETUP_MILLIS: i64 = 60 * 60 * 1000;

/// A login that was just made: the cookie's value goes to the browser and nowhere else.
#[derive(Debug)]
pub struct NewLogin {
    /// 256 random bits.
    pub cookie: Secret<String>,
    /// Who logged in.
    pub caller: Caller,
}

/// A login as its user sees it.
#[derive(Clone, Debug)]
pub struct Login {
    /// Stable.
    pub id: String,
    /// What the browser calls itself.
    pub device: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Timestamp,
    /// From which address.
    pub last_used_ip: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Where a login comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The client's address.
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub device: Option<String>,
}

/// How much of what a browser calls itself is kept, in characters.
const LONGEST_DEVICE: usize = 200;

impl Accounts {
    /// Logs a person in; `None` for a wrong name or password, in the same time for both. After a
    /// few failures from one address, the next tries have to wait.
    pub async fn log_in(
        &self,
        name: &str,
        password: Secret<String>,
        origin: &Origin,
    ) -> Result<Option<NewLogin>, Error> {
        self.attempts.begin(name, origin.address)?;
        let (user, hash) = match self.database.user_and_password(name).await? {
            Some((user, hash)) if !user.disabled => (Some(user), hash),
            _ => (None, None),
        };
        let right = self.passwords.verify(password, hash.clone()).await?;
        let (true, Some(user), Some(hash)) = (right, &user, hash) else {
            self.note_failed_login(user.as_ref(), origin).await?;
            return Ok(None);
        };
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
        self.attempts.succeeded(name, origin.address);
        Ok(Some(login))
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
        let used = now.plus_millis(-self.limits.idle_millis());
        change.remove_ended_logins(made, used).await?;
        let cookie = new_secret()?;
        let login = LoginRow {
            id: new_id(),
            user: user.id.clone(),
            proof: "password".to_owned(),
            device: origin.device.as_ref().map(|device| device.chars().take(LONGEST_DEVICE).collect()),
            created_at: now,
            last_used_at: now,
            last_used_ip: origin.address.map(address_text),
        };
        change.add_login(&login, &digest(cookie.expose())).await?;
        Ok(NewLogin { cookie, caller: caller_of(user) })
    }

    /// Ends a login.
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
        let ended = |row: &LoginRow| {
            now >= row.created_at.plus_millis(self.limits.absolute_millis())
                || now >= row.last_used_at.plus_millis(self.limits.idle_millis())
        };
        let rows = self.database.logins_beside(login).await?;
        let show = |(hash, row): (_, LoginRow)| Login {
            current: hash == *login,
            id: row.id,
            device: row.device,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
            last_used_ip: row.last_used_ip,
        };
        Ok(rows.into_iter().filter(|(_, row)| !ended(row)).map(show).collect())
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

    /// Gives the user who asks another password, and ends their other logins.
    pub async fn change_own_password(
        &self,
        by: &By,
        current: Secret<String>,
        password: Secret<String>,
    ) -> Result<(), Error> {
        // The same limit as at the door: whoever sits at an open browser may guess as little.
        self.attempts.begin(&by.actor.name, by.from)?;
        let (user, hash) = self.database.user_and_password(&by.actor.name).await?.ok_or(Error::Unauthenticated)?;
        if !self.passwords.verify(current, hash).await? {
            return Err(Error::invalid("/current_password", "This is not your password: nothing was changed."));
        }
        self.attempts.succeeded(&by.actor.name, by.from);
        password::check(&password, &user.name)?;
        let hash = self.passwords.hash(password).await?;
        let mut change = self.database.change_accounts().await?;
        change.set_password(&user.id, &hash).await?;
        change.remove_logins_of(&user.id, by.login.as_ref()).await?;
        change.note(&by.access("password_changed", Some(&user.name))).await?;
        Ok(change.commit().await?)
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
        let name = Name::parse(name).ok_or_else(no_name)?;
        password::check(&password, name.as_str())?;
        let hash = self.passwords.hash(password).await?;
        let user = new_user(name, Role::Owner, AppScope::all());
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
    Error::invalid("/name", "The name must have 1 to 64 characters, and no space at its ends.")
}

//! Who is who: users, tokens, logins.
//!
//! Every request asks who its caller is, so the answer comes from memory. Whether that is still true
//! is one look at the stamp, which every change makes anew, in this process or another.

mod password;
mod secrets;
mod snapshot;
#[cfg(test)]
mod tests;

use std::net::IpAddr;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use serde::Serialize;
use ulid::Ulid;
use utoipa::ToSchema;

use self::password::Passwords;
use self::secrets::{digest, new_secret, new_token};
use self::snapshot::{Entry, Snapshot, caller_of};
use super::error::Error;
use crate::domain::account::{AppScope, Caller, Name, Role};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::store::database::accounts::{AccountsChange, LoginRow, TokenRow, UserRow};
use crate::store::database::{self, Database};

/// How long the link of the first start works, in milliseconds.
const SETUP_MILLIS: i64 = 60 * 60 * 1000;

const LAST_OWNER: &str = "This is the last owner: nothing was changed. Make somebody else an owner first.";
const NAME_TAKEN: &str = "This name is taken: nothing was changed. Choose another.";
const LINK_SPENT: &str = "This link works once, for one hour, and only the one printed last: no user was created. Start the program again for a new one.";

/// A user as owners see them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct User {
    /// Stable.
    pub id: String,
    /// Unique.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The apps they are held to; empty for all.
    pub apps: Vec<String>,
    /// Whether they are kept out.
    pub disabled: bool,
    /// When the user was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When they last logged in.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_login_at: Option<Timestamp>,
}

/// A token as owners see it: never with its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Token {
    /// Stable.
    pub id: String,
    /// Unique among the tokens that are not revoked.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// The apps it is held to; empty for all.
    pub apps: Vec<String>,
    /// Whether `secrets:read` was given.
    pub secrets: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// When it ends; `null` for never.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub expires_at: Option<Timestamp>,
    /// When it was last used.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub last_used_at: Option<Timestamp>,
    /// From which address.
    pub last_used_ip: Option<String>,
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// Its name.
    pub name: Name,
    /// What it may do.
    pub role: Role,
    /// The apps it is held to.
    pub apps: AppScope,
    /// How long it lives, in seconds; `None` for ever.
    pub expires_in: Option<u64>,
    /// Whether `secrets:read` is given.
    pub secrets: bool,
    /// The id of the user who makes it; `None` for the command line.
    pub maker: Option<String>,
}

/// A login that was just made: the cookie's value goes to the browser and nowhere else.
#[derive(Debug)]
pub struct NewLogin {
    /// 256 random bits.
    pub cookie: Secret<String>,
    /// Who logged in.
    pub caller: Caller,
}

/// How long logins last.
#[derive(Clone, Copy, Debug)]
pub struct LoginLimits {
    /// Unused for so long, a login ends.
    pub idle: Duration,
    /// After so long it ends however much it is used.
    pub absolute: Duration,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self { idle: Duration::from_secs(12 * 60 * 60), absolute: Duration::from_secs(14 * 24 * 60 * 60) }
    }
}

impl LoginLimits {
    fn idle_millis(self) -> i64 {
        i64::try_from(self.idle.as_millis()).unwrap_or(i64::MAX)
    }

    fn absolute_millis(self) -> i64 {
        i64::try_from(self.absolute.as_millis()).unwrap_or(i64::MAX)
    }
}

/// What to change of a user; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct UserChange {
    /// What they may do.
    pub role: Option<Role>,
    /// The apps they are held to.
    pub apps: Option<AppScope>,
    /// Whether they are kept out.
    pub disabled: Option<bool>,
}

/// Users, tokens and logins of one data folder.
pub struct Accounts {
    database: Database,
    limits: LoginLimits,
    passwords: Passwords,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// One reader of the database at a time: the others wait and take what it read.
    reading: tokio::sync::Mutex<()>,
}

/// Who a caller is.
impl Accounts {
    /// The accounts of this database.
    pub fn new(database: Database, limits: LoginLimits) -> Self {
        Self {
            database,
            limits,
            passwords: Passwords::new(),
            snapshot: RwLock::new(None),
            reading: tokio::sync::Mutex::new(()),
        }
    }

    /// Who presents this bearer token; `None` for one that is unknown, expired or revoked.
    pub async fn caller_by_token(&self, secret: &str, from: Option<IpAddr>) -> Result<Option<Caller>, Error> {
        self.caller_by_token_at(secret, from, now()).await
    }

    async fn caller_by_token_at(
        &self,
        secret: &str,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<Option<Caller>, Error> {
        let snapshot = self.snapshot().await?;
        let entry = snapshot.tokens.get(&digest(secret)).filter(|entry| entry.is_live(now));
        if let Some(entry) = entry.filter(|entry| entry.is_to_note(now)) {
            self.note_token_used(entry, now, from);
        }
        Ok(entry.map(|entry| entry.caller.clone()))
    }

    /// Whose login this cookie is; `None` for one that is unknown or ended.
    pub async fn caller_by_cookie(&self, cookie: &str) -> Result<Option<Caller>, Error> {
        self.caller_by_cookie_at(cookie, now()).await
    }

    async fn caller_by_cookie_at(&self, cookie: &str, now: Timestamp) -> Result<Option<Caller>, Error> {
        let snapshot = self.snapshot().await?;
        let entry = snapshot.logins.get(&digest(cookie)).filter(|entry| entry.is_live(now));
        if let Some(entry) = entry.filter(|entry| entry.is_to_note(now)) {
            self.note_login_used(entry, now);
        }
        Ok(entry.map(|entry| entry.caller.clone()))
    }

    /// What is true now: read again only when the stamp says that something changed.
    async fn snapshot(&self) -> Result<Arc<Snapshot>, Error> {
        if let Some(current) = self.current()? {
            return Ok(current);
        }
        let _reading = self.reading.lock().await;
        if let Some(current) = self.current()? {
            return Ok(current);
        }
        let fresh = Arc::new(Snapshot::new(self.database.everybody().await?, self.limits));
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }

    fn current(&self) -> Result<Option<Arc<Snapshot>>, Error> {
        let stamp = self.database.accounts_stamp()?;
        let snapshot = self.snapshot.read().unwrap_or_else(PoisonError::into_inner);
        Ok(snapshot.as_ref().filter(|snapshot| snapshot.stamp == stamp).cloned())
    }

    /// No request waits for this to be written.
    fn note_token_used(&self, entry: &Entry, now: Timestamp, from: Option<IpAddr>) {
        let (database, id) = (self.database.clone(), entry.id.clone());
        tokio::spawn(async move {
            let from = from.map(|ip| ip.to_canonical().to_string());
            if let Err(error) = database.note_token_used(&id, now, from.as_deref()).await {
                tracing::warn!(%error, "the last use of a token could not be noted");
            }
        });
    }

    fn note_login_used(&self, entry: &Entry, now: Timestamp) {
        let (database, id) = (self.database.clone(), entry.id.clone());
        tokio::spawn(async move {
            if let Err(error) = database.note_login_used(&id, now).await {
                tracing::warn!(%error, "the last use of a login could not be noted");
            }
        });
    }
}

/// Logins, and the first of all.
impl Accounts {
    /// Logs a person in; `None` for a wrong name or password, in the same time for both.
    pub async fn log_in(&self, name: &str, password: Secret<String>) -> Result<Option<NewLogin>, Error> {
        let (user, hash) = match self.database.user_and_password(name).await? {
            Some((user, hash)) if !user.disabled => (Some(user), hash),
            _ => (None, None),
        };
        let right = self.passwords.verify(password, hash.clone()).await?;
        let (true, Some(user), Some(hash)) = (right, user, hash) else { return Ok(None) };
        let mut change = self.database.change_accounts().await?;
        // The check took a while: the user may be disabled, or have another password by now.
        if !change.has_password(&user.id, &hash).await? {
            return Ok(None);
        }
        let login = self.add_login(&mut change, &user, now()).await?;
        change.commit().await?;
        Ok(Some(login))
    }

    async fn add_login(
        &self,
        change: &mut AccountsChange<'_>,
        user: &UserRow,
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
            created_at: now,
            last_used_at: now,
        };
        change.add_login(&login, &digest(cookie.expose())).await?;
        Ok(NewLogin { cookie, caller: caller_of(user) })
    }

    /// Ends a login.
    pub async fn log_out(&self, cookie: &str) -> Result<(), Error> {
        let mut change = self.database.change_accounts().await?;
        if change.remove_login(&digest(cookie)).await? {
            change.commit().await?;
        }
        Ok(())
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

    async fn is_setup_secret_at(&self, secret: &str, now: Timestamp) -> Result<bool, Error> {
        Ok(self.database.is_setup_secret(&digest(secret), now).await?)
    }

    /// Creates the first owner and logs them in.
    pub async fn set_up(&self, secret: &str, name: &str, password: Secret<String>) -> Result<NewLogin, Error> {
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
        let login = self.add_login(&mut change, &user, now()).await?;
        change.commit().await?;
        Ok(login)
    }
}

/// Users.
impl Accounts {
    /// Creates a user.
    pub async fn create_user(
        &self,
        name: Name,
        role: Role,
        apps: AppScope,
        password: Secret<String>,
    ) -> Result<User, Error> {
        password::check(&password, name.as_str())?;
        let hash = self.passwords.hash(password).await?;
        let user = new_user(name, role, apps);
        let mut change = self.database.change_accounts().await?;
        change.add_user(&user, &hash).await.map_err(name_taken)?;
        change.remove_setup_secret().await?;
        change.commit().await?;
        Ok(user.into())
    }

    /// All users, by name.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        Ok(self.database.users().await?.into_iter().map(User::from).collect())
    }

    /// Gives a user another password, and ends their logins.
    pub async fn set_password(&self, name: &str, password: Secret<String>) -> Result<(), Error> {
        password::check(&password, name)?;
        if self.database.user_and_password(name).await?.is_none() {
            return Err(Error::NotFound("user"));
        }
        let hash = self.passwords.hash(password).await?;
        let mut change = self.database.change_accounts().await?;
        let user = change.user(name).await?.ok_or(Error::NotFound("user"))?;
        change.set_password(&user.id, &hash).await?;
        change.remove_logins_of(&user.id).await?;
        Ok(change.commit().await?)
    }

    /// Changes what a user may do, and ends their logins where it does.
    pub async fn change_user(&self, name: &str, wanted: UserChange) -> Result<User, Error> {
        let mut change = self.database.change_accounts().await?;
        let before = change.user(name).await?.ok_or(Error::NotFound("user"))?;
        let after = UserRow {
            role: wanted.role.unwrap_or(before.role),
            apps: wanted.apps.unwrap_or_else(|| before.apps.clone()),
            disabled: wanted.disabled.unwrap_or(before.disabled),
            ..before.clone()
        };
        let owners = change.owners().await?;
        change.update_user(&after).await?;
        keep_an_owner(&mut change, owners).await?;
        if (after.role, &after.apps, after.disabled) != (before.role, &before.apps, before.disabled) {
            change.remove_logins_of(&after.id).await?;
            change.commit().await?;
        }
        Ok(after.into())
    }

    /// Keeps a user out, or lets them in again.
    pub async fn set_disabled(&self, name: &str, disabled: bool) -> Result<(), Error> {
        let wanted = UserChange { disabled: Some(disabled), ..UserChange::default() };
        self.change_user(name, wanted).await.map(drop)
    }

    /// Removes a user, with their logins and tokens.
    pub async fn delete_user(&self, name: &str) -> Result<(), Error> {
        let mut change = self.database.change_accounts().await?;
        let user = change.user(name).await?.ok_or(Error::NotFound("user"))?;
        let owners = change.owners().await?;
        change.remove_user(&user.id).await?;
        keep_an_owner(&mut change, owners).await?;
        Ok(change.commit().await?)
    }
}

/// Tokens.
impl Accounts {
    /// To whom a token belongs that this caller makes: [`NewToken::maker`].
    pub async fn maker(&self, caller: &Caller) -> Result<Option<String>, Error> {
        match caller.id.split_once(':') {
            Some(("user", id)) => Ok(Some(id.to_owned())),
            Some(("token", id)) => self.database.maker_of_token(id).await?.ok_or(Error::Unauthenticated),
            _ => Err(Error::Unauthenticated),
        }
    }

    /// Creates a token; its secret is told this once.
    pub async fn create_token(&self, token: NewToken) -> Result<(Token, Secret<String>), Error> {
        let now = now();
        let expires_at = token.expires_in.map(|seconds| expiry(now, seconds)).transpose()?;
        let secret = new_token()?;
        let row = TokenRow {
            id: new_id(),
            name: token.name.as_str().to_owned(),
            role: token.role,
            apps: token.apps,
            secrets: token.secrets,
            maker: token.maker,
            created_at: now,
            expires_at,
            last_used_at: None,
            last_used_ip: None,
        };
        let mut change = self.database.change_accounts().await?;
        if let Some(maker) = &row.maker
            && !change.is_enabled(maker).await?
        {
            return Err(Error::Unauthenticated);
        }
        change.add_token(&row, &digest(secret.expose())).await.map_err(name_taken)?;
        change.commit().await?;
        Ok((row.into(), secret))
    }

    /// All tokens that are not revoked, by name.
    pub async fn tokens(&self) -> Result<Vec<Token>, Error> {
        Ok(self.database.tokens().await?.into_iter().map(Token::from).collect())
    }

    /// Ends a token at once.
    pub async fn revoke_token(&self, id: &str) -> Result<(), Error> {
        let mut change = self.database.change_accounts().await?;
        if !change.remove_token(id).await? {
            return Err(Error::NotFound("token"));
        }
        Ok(change.commit().await?)
    }
}

/// Refuses a change that would leave nobody to administer.
async fn keep_an_owner(change: &mut AccountsChange<'_>, owners_before: i64) -> Result<(), Error> {
    if owners_before > 0 && change.owners().await? == 0 {
        return Err(Error::Conflict(LAST_OWNER.to_owned()));
    }
    Ok(())
}

fn new_user(name: Name, role: Role, apps: AppScope) -> UserRow {
    UserRow {
        id: new_id(),
        name: name.as_str().to_owned(),
        role,
        apps,
        disabled: false,
        created_at: now(),
        last_login_at: None,
    }
}

fn expiry(now: Timestamp, seconds: u64) -> Result<Timestamp, Error> {
    if seconds == 0 {
        return Err(Error::invalid("/expires_in", "A token must live for at least a second."));
    }
    Ok(now.plus_millis(i64::try_from(seconds).unwrap_or(i64::MAX).saturating_mul(1000)))
}

fn new_id() -> String {
    Ulid::generate().to_string()
}

fn now() -> Timestamp {
    SystemTime::now().into()
}

fn spent() -> Error {
    Error::Conflict(LINK_SPENT.to_owned())
}

fn no_name() -> Error {
    Error::invalid("/name", "The name must have 1 to 64 characters, and no space at its ends.")
}

fn name_taken(error: database::Error) -> Error {
    if error.as_database_error().is_some_and(|error| error.is_unique_violation()) {
        return Error::Conflict(NAME_TAKEN.to_owned());
    }
    error.into()
}

impl From<UserRow> for User {
    fn from(row: UserRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            apps: row.apps.globs().to_vec(),
            disabled: row.disabled,
            created_at: row.created_at,
            last_login_at: row.last_login_at,
        }
    }
}

impl From<TokenRow> for Token {
    fn from(row: TokenRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: row.role,
            apps: row.apps.globs().to_vec(),
            secrets: row.secrets,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            last_used_ip: row.last_used_ip,
        }
    }
}

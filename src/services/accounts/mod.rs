//! Who is who: users, tokens, logins.
//!
//! Every request asks who its caller is, so the answer comes from memory. Whether that is still true
//! is one look at the stamp, which every change makes anew, in this process or another.

mod access_log;
mod attempts;
mod by;
mod given;
mod logins;
mod own_password;
mod password;
pub(super) mod secrets;
mod snapshot;
#[cfg(test)]
mod tests;
mod tokens;
mod users;

pub use access_log::{ACCESS_ACTIONS, AccessEntry, AccessPage, AccessQuery};
pub use by::By;
pub use given::{Ends, Given};
pub use logins::{BrowserLogin, Login, NewLogin, Origin};
pub use own_password::CONFIRMATION;
pub use password::{NewPassword, Weakness};
pub use tokens::{Life, NewToken, TokenChange};
pub use users::UserChange;

use parking_lot::RwLock;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use ulid::Ulid;
use utoipa::ToSchema;

use self::attempts::{Attempts, Guess};
use self::password::Passwords;
use self::secrets::{digest, new_secret, new_token};
use self::snapshot::USER;
use self::snapshot::{Entry, Snapshot, caller_of};
use super::error::{Conflict, Error, TokenFault};
use crate::domain::account::{Actor, ActorKind, AppScope, Caller, Permission, Role, Settings};
use crate::domain::name::{Name, UserName};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::store::database::access_log::Access;
use crate::store::database::accounts::{AccountsChange, LoginRow, UserRow};
use crate::store::database::columns::SecretHash;
use crate::store::database::tokens::TokenRow;
use crate::store::database::{self, Database};

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
    /// Whether they must choose another password at their next login, since the program made theirs up.
    pub must_change_password: bool,
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
    /// The id of the user it belongs to; `None` for the command line.
    #[serde(skip)]
    pub maker: Option<String>,
    /// The id of the token that made it, with which it is revoked; `null` for one that no token made.
    pub made_by_token: Option<String>,
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

/// How long logins last.
#[derive(Clone, Copy, Debug)]
pub struct LoginLimits {
    /// Unused for so long, a login ends.
    pub idle: Duration,
    /// After so long it ends however much it is used.
    pub absolute: Duration,
    /// After so long the password has to be given again, before anything is done that gives others rights.
    pub confirm_after: Duration,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(12 * 60 * 60),
            absolute: Duration::from_secs(14 * 24 * 60 * 60),
            confirm_after: Duration::from_secs(15 * 60),
        }
    }
}

impl LoginLimits {
    /// How long after its last use a login ends.
    fn idle_millis(self) -> i64 {
        millis(self.idle)
    }

    fn absolute_millis(self) -> i64 {
        millis(self.absolute)
    }

    /// How often a use is written down. Between two of these, memory alone knows of it.
    fn noted_every(self) -> i64 {
        (self.idle_millis() / 10).min(snapshot::MINUTE)
    }
}

fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl Access {
    pub(super) fn with(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }
}

pub(in crate::services) fn address_text(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

pub(super) fn apps_text(apps: &AppScope) -> String {
    if apps.is_all() { Given::ALL_APPS.to_owned() } else { apps.globs().join(" ") }
}

/// Users, tokens and logins of one data folder.
pub struct Accounts {
    database: Database,
    limits: LoginLimits,
    passwords: Passwords,
    /// Words that everybody here knows, which make a poor password.
    context: Vec<String>,
    attempts: Attempts,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// One reader of the database at a time: the others wait and take what it read.
    reading: tokio::sync::Mutex<()>,
}

/// What shows who somebody is.
#[derive(Clone, Debug)]
pub enum Proof {
    /// An API token.
    Token(Secret<String>),
    /// The cookie of a browser's login.
    Login(Secret<String>),
}

/// Who a caller is.
impl Accounts {
    /// The accounts of this database.
    pub fn new(database: Database, limits: LoginLimits) -> Self {
        Self {
            database,
            limits,
            passwords: Passwords::new(),
            context: Vec::new(),
            attempts: Attempts::default(),
            snapshot: RwLock::new(None),
            reading: tokio::sync::Mutex::new(()),
        }
    }

    /// With the names by which this server is called: passwords are not made of them.
    pub fn called(mut self, names: impl IntoIterator<Item = String>) -> Self {
        self.context.extend(names);
        self
    }

    /// What is wrong with this as the password of the user of this name, if anything.
    pub fn weakness(&self, password: &Secret<String>, name: &str) -> Option<Weakness> {
        Weakness::of(password, name, &self.context)
    }

    /// Who presents this bearer token; fails for one that is expired, revoked or unknown.
    pub async fn caller_by_token(&self, secret: &str, from: Option<IpAddr>) -> Result<Caller, Error> {
        self.caller_by_token_at(secret, from, now()).await
    }

    async fn caller_by_token_at(&self, secret: &str, from: Option<IpAddr>, now: Timestamp) -> Result<Caller, Error> {
        let snapshot = self.snapshot().await?;
        let entry = snapshot.tokens.get(&digest(secret)).ok_or(Error::InvalidToken(TokenFault::Unknown))?;
        if !entry.is_live(now) {
            return Err(Error::InvalidToken(TokenFault::Expired));
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

    async fn caller_by_cookie_at(
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
        let id = caller.id.strip_prefix(USER).ok_or(Error::NotFound("user of this name"))?;
        let mut change = self.database.change_accounts().await?;
        change.set_settings(id, settings).await?;
        Ok(change.commit().await?)
    }

    /// Somebody at this address showed a link's secret that is none: who does so often has to wait.
    pub fn note_wrong_link(&self, from: Option<IpAddr>) -> Result<(), Error> {
        // No user has a name with a control character.
        self.attempts.begin(&Guess::by_name("\0link", from))
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
        let before = self.snapshot.read().clone();
        let fresh = Arc::new(Snapshot::new(self.database.everybody().await?, self.limits, before.as_deref()));
        *self.snapshot.write() = Some(fresh.clone());
        Ok(fresh)
    }

    fn current(&self) -> Result<Option<Arc<Snapshot>>, Error> {
        let stamp = self.database.accounts_stamp()?;
        let snapshot = self.snapshot.read();
        Ok(snapshot.as_ref().filter(|snapshot| snapshot.stamp == Some(stamp)).cloned())
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

fn new_user(name: UserName, role: Role, apps: AppScope, must_change_password: bool) -> UserRow {
    UserRow {
        id: new_id(),
        name: name.as_str().to_owned(),
        role,
        apps,
        disabled: false,
        must_change_password,
        settings: Settings::default(),
        created_at: now(),
        last_login_at: None,
    }
}

pub(super) fn new_id() -> String {
    Ulid::generate().to_string()
}

pub(super) fn now() -> Timestamp {
    SystemTime::now().into()
}

pub(super) fn name_taken(error: database::Error) -> Error {
    if error.as_database_error().is_some_and(|error| error.is_unique_violation()) {
        return Error::Conflict(Conflict::NameTaken);
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
            must_change_password: row.must_change_password,
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
            maker: row.maker,
            made_by_token: row.parent,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            last_used_ip: row.last_used_ip,
        }
    }
}

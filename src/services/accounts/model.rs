//! Users, tokens and logins, as others see them.

use std::net::IpAddr;
use std::time::Duration;

use super::common::{MINUTE, millis, now};
use crate::domain::account::{Caller, Role};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::store::database::accounts::UserRow;
use crate::store::database::tokens::TokenRow;

/// A user as owners see them.
#[derive(Clone, Debug)]
pub struct User {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub apps: Vec<String>,
    pub disabled: bool,
    pub must_change_password: bool,
    /// Since when they have a second factor.
    pub factor_since: Option<Timestamp>,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
}

/// A token as owners see it: never with its secret.
#[derive(Clone, Debug)]
pub struct Token {
    pub id: String,
    pub name: String,
    pub role: Role,
    pub apps: Vec<String>,
    pub secrets: bool,
    /// The networks it may be used from; empty for any.
    pub networks: Vec<String>,
    /// The id of the user it belongs to; `None` for the command line.
    pub maker: Option<String>,
    pub made_by_token: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
    pub last_used_at: Option<Timestamp>,
    pub last_used_ip: Option<String>,
    /// Until when the secret before works too.
    pub previous_secret_until: Option<Timestamp>,
}

#[derive(Clone, Copy, Debug)]
pub struct LoginLimits {
    /// Unused for so long, a login ends.
    pub idle: Duration,
    /// After so long it ends however much it is used.
    pub absolute: Duration,
    /// After so long the password has to be given again, before anything is done that gives others rights.
    pub confirm_after: Duration,
    /// From this role on, people need a second factor.
    pub second_factor_from: Option<Role>,
}

impl Default for LoginLimits {
    fn default() -> Self {
        Self {
            idle: Duration::from_secs(12 * 60 * 60),
            absolute: Duration::from_secs(14 * 24 * 60 * 60),
            confirm_after: Duration::from_secs(15 * 60),
            second_factor_from: None,
        }
    }
}

impl LoginLimits {
    /// How long after its last use a login ends.
    pub(super) fn idle_millis(self) -> i64 {
        millis(self.idle)
    }

    pub(super) fn absolute_millis(self) -> i64 {
        millis(self.absolute)
    }

    /// How often a use is written down. Between two of these, memory alone knows of it.
    pub(super) fn noted_every(self) -> i64 {
        (self.idle_millis() / 10).min(MINUTE)
    }
}

/// What shows who somebody is.
#[derive(Clone, Debug)]
pub enum Proof {
    Token(Secret<String>),
    /// The cookie of a browser's login.
    Login(Secret<String>),
}

/// A login that was just made: the cookies' values go to the browser and nowhere else.
#[derive(Debug)]
pub struct NewLogin {
    /// 256 random bits.
    pub cookie: Secret<String>,
    /// What the browser shows at its next login, so that others' wrong passwords do not hold it up.
    pub browser: Secret<String>,
    pub caller: Caller,
}

/// The login that a browser came with.
#[derive(Clone, Debug)]
pub struct BrowserLogin {
    pub cookie: Secret<String>,
    /// Whether the password was given too long ago to give others rights by it.
    pub password_is_old: bool,
    /// Whether another password comes before everything else.
    pub must_change_password: bool,
    /// Whether a second factor does.
    pub must_enrol: bool,
}

impl BrowserLogin {
    /// Whether something comes before everything else.
    pub fn is_held_up(&self) -> bool {
        self.must_change_password || self.must_enrol
    }
}

/// A login as its user sees it.
#[derive(Clone, Debug)]
pub struct Login {
    pub id: String,
    /// What the browser calls itself.
    pub device: Option<String>,
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub last_used_at: Timestamp,
    pub last_used_ip: Option<String>,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Where a login comes from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    pub address: Option<IpAddr>,
    /// What the browser calls itself.
    pub device: Option<String>,
    /// The login that this browser has: a new one ends it.
    pub login: Option<Secret<String>>,
    /// [`NewLogin::browser`] of an earlier login.
    pub browser: Option<Secret<String>>,
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
            factor_since: row.factor_since,
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
            networks: row.networks.texts(),
            maker: row.maker,
            made_by_token: row.parent,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            last_used_ip: row.last_used_ip,
            previous_secret_until: row.previous.map(|(_, until)| until).filter(|until| *until > now()),
        }
    }
}

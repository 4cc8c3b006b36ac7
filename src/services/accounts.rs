//! Who is who: users, tokens, logins.

use std::net::IpAddr;

use serde::Serialize;
use utoipa::ToSchema;

use super::error::Error;
use crate::domain::account::{AppScope, Caller, Name, Role};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;

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

/// Users, tokens and logins of one data folder.
pub struct Accounts {}

#[allow(unused_variables)]
impl Accounts {
    /// Who presents this bearer token; `None` for one that is unknown, expired or revoked.
    pub async fn caller_by_token(&self, secret: &str, from: Option<IpAddr>) -> Result<Option<Caller>, Error> {
        todo!()
    }

    /// Whose login this cookie is; `None` for one that is unknown or ended.
    pub async fn caller_by_cookie(&self, cookie: &str) -> Result<Option<Caller>, Error> {
        todo!()
    }

    /// Logs a person in; `None` for a wrong name or password, in the same time for both.
    pub async fn log_in(&self, name: &str, password: Secret<String>) -> Result<Option<NewLogin>, Error> {
        todo!()
    }

    /// Ends a login.
    pub async fn log_out(&self, cookie: &str) -> Result<(), Error> {
        todo!()
    }

    /// The one-time secret that creates the first owner, made anew; `None` once there is a user.
    pub async fn new_setup_secret(&self) -> Result<Option<Secret<String>>, Error> {
        todo!()
    }

    /// Whether this secret would be taken by [`Accounts::set_up`] now.
    pub async fn is_setup_secret(&self, secret: &str) -> Result<bool, Error> {
        todo!()
    }

    /// Creates the first owner and logs them in.
    pub async fn set_up(&self, secret: &str, name: &str, password: Secret<String>) -> Result<NewLogin, Error> {
        todo!()
    }

    /// Creates a user.
    pub async fn create_user(
        &self,
        name: Name,
        role: Role,
        apps: AppScope,
        password: Secret<String>,
    ) -> Result<User, Error> {
        todo!()
    }

    /// All users, by name.
    pub async fn users(&self) -> Result<Vec<User>, Error> {
        todo!()
    }

    /// Gives a user another password.
    pub async fn set_password(&self, name: &str, password: Secret<String>) -> Result<(), Error> {
        todo!()
    }

    /// Keeps a user out, or lets them in again.
    pub async fn set_disabled(&self, name: &str, disabled: bool) -> Result<(), Error> {
        todo!()
    }

    /// Removes a user.
    pub async fn delete_user(&self, name: &str) -> Result<(), Error> {
        todo!()
    }

    /// Creates a token; its secret is told this once.
    pub async fn create_token(&self, token: NewToken) -> Result<(Token, Secret<String>), Error> {
        todo!()
    }

    /// All tokens that are not revoked, by name.
    pub async fn tokens(&self) -> Result<Vec<Token>, Error> {
        todo!()
    }

    /// Ends a token at once.
    pub async fn revoke_token(&self, id: &str) -> Result<(), Error> {
        todo!()
    }
}

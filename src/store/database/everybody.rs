//! All that it takes to know a caller, read at once.

use std::time::Duration;

use super::accounts::{LoginRow, UserRow, login, user};
use super::columns::{SecretHash, hash};
use super::engine::Engine;
use super::error::is_busy;
use super::stamp::{Stamp, lengthen};
use super::tokens::{TokenRow, token};
use super::{Database, Error};

/// All that it takes to know a caller, as it is at `stamp`.
#[derive(Debug)]
pub struct Everybody {
    /// The same for as long as the rest is true; `None` where that cannot be told.
    pub stamp: Option<Stamp>,
    pub users: Vec<UserRow>,
    pub tokens: Vec<(SecretHash, TokenRow)>,
    pub logins: Vec<(SecretHash, LoginRow)>,
}

impl Database {
    /// Whether anything changed since it was read. One `stat`: cheap enough for every request.
    pub fn accounts_stamp(&self) -> Result<Stamp, Error> {
        Stamp::read(self.stamp_file()).map_err(Error::Io)
    }

    /// Lengthens the stamp when a program with another data folder has changed accounts on a server that both use. Runs
    /// until the end of the program; at once where nobody else can.
    pub async fn follow_accounts(self) {
        if self.engine == Engine::Sqlite {
            return;
        }
        let mut known = None;
        loop {
            let count = sqlx::query_scalar("SELECT count FROM account_changes").fetch_one(self.readers()).await;
            match count.map(Some) {
                Ok(count) if count != known => match lengthen(self.stamp_file()) {
                    Ok(()) => known = count,
                    Err(error) => tracing::error!(%error, "changed accounts are not noticed"),
                },
                Ok::<Option<i64>, _>(_) => {}
                Err(error) => tracing::debug!(%error, "changed accounts cannot be looked for"),
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    }

    /// Reads all users, tokens and logins; waits for a change that is under way. While another program has locked
    /// the database, what was committed last is true, but nobody can say for how long.
    pub async fn everybody(&self) -> Result<Everybody, Error> {
        let turn = self.relaxed().await;
        let (mut tx, stamp) = match turn.begin_at_once().await {
            Ok(tx) => (tx, Some(self.accounts_stamp()?)),
            Err(error) if is_busy(&error) => (self.readers().begin().await?, None),
            Err(error) => return Err(error),
        };
        let users = sqlx::query("SELECT * FROM users").fetch_all(&mut *tx).await?;
        let tokens = sqlx::query("SELECT * FROM tokens").fetch_all(&mut *tx).await?;
        let logins = sqlx::query("SELECT * FROM logins").fetch_all(&mut *tx).await?;
        tx.rollback().await?;
        Ok(Everybody {
            stamp,
            users: users.iter().map(user).collect::<Result<_, _>>()?,
            tokens: tokens.iter().map(|row| Ok((hash(row)?, token(row)?))).collect::<Result<_, Error>>()?,
            logins: logins.iter().map(|row| Ok((hash(row)?, login(row)?))).collect::<Result<_, Error>>()?,
        })
    }
}

//! Browsers in which a user has logged in: of each the digest of its cookie.

use super::accounts::AccountsChange;
use super::columns::SecretHash;
use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

/// How many browsers of a user are remembered: the last used.
const MOST: i64 = 20;

impl Database {
    /// Whether the user of this id has logged in in the browser with this cookie.
    pub async fn is_known_browser(&self, user: &str, browser: &SecretHash) -> Result<bool, Error> {
        let found = sqlx::query("SELECT 1 FROM known_browser WHERE user_id = $1 AND hash = $2")
            .bind(user)
            .bind(browser.as_slice())
            .fetch_optional(self.readers())
            .await?;
        Ok(found.is_some())
    }
}

impl AccountsChange<'_> {
    /// Whether anybody has logged in in the browser with this cookie.
    pub async fn knows_browser(&mut self, browser: &SecretHash) -> Result<bool, Error> {
        let found = sqlx::query("SELECT 1 FROM known_browser WHERE hash = $1")
            .bind(browser.as_slice())
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(found.is_some())
    }

    /// Remembers that this user has logged in there.
    pub async fn remember_browser(&mut self, user: &str, browser: &SecretHash, at: Timestamp) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO known_browser (user_id, hash, last_login_at) VALUES ($1, $2, $3)
             ON CONFLICT (user_id, hash) DO UPDATE SET last_login_at = excluded.last_login_at",
        )
        .bind(user)
        .bind(browser.as_slice())
        .bind(at.millis())
        .execute(&mut *self.tx)
        .await?;
        sqlx::query(
            "DELETE FROM known_browser WHERE user_id = $1 AND hash NOT IN
             (SELECT hash FROM known_browser WHERE user_id = $2 ORDER BY last_login_at DESC, hash LIMIT $3)",
        )
        .bind(user)
        .bind(user)
        .bind(MOST)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }
}

//! Second factors of users: the encrypted secret of their authenticator app, and the digests of their recovery codes.

use sqlx::Row;

use super::accounts::AccountsChange;
use super::columns::SecretHash;
use super::{Database, Error};
use crate::domain::timestamp::Timestamp;

/// The secrets of a user's authenticator app, encrypted.
#[derive(Debug, Default)]
pub struct SealedFactor {
    /// The one that codes are asked of.
    pub confirmed: Option<Vec<u8>>,
    /// One that no code has confirmed yet.
    pub pending: Option<Vec<u8>>,
}

impl Database {
    pub async fn factor(&self, user: &str) -> Result<SealedFactor, Error> {
        let row = sqlx::query("SELECT factor_secret, factor_pending FROM users WHERE id = $1")
            .bind(user)
            .fetch_optional(self.readers())
            .await?;
        let Some(row) = row else { return Ok(SealedFactor::default()) };
        Ok(SealedFactor { confirmed: row.try_get("factor_secret")?, pending: row.try_get("factor_pending")? })
    }

    /// The confirmed secret of every user who has one, by the user's id.
    pub async fn factors(&self) -> Result<Vec<(String, Vec<u8>)>, Error> {
        let rows = sqlx::query("SELECT id, factor_secret FROM users WHERE factor_secret IS NOT NULL");
        let rows = rows.fetch_all(self.readers()).await?;
        rows.iter().map(|row| Ok((row.try_get("id")?, row.try_get("factor_secret")?))).collect()
    }

    /// How many of a user's recovery codes are left.
    pub async fn count_recovery_codes(&self, user: &str) -> Result<u64, Error> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM recovery_code WHERE user_id = $1")
            .bind(user)
            .fetch_one(self.readers())
            .await?;
        Ok(count.cast_unsigned())
    }
}

impl AccountsChange<'_> {
    /// Puts the same secret, encrypted by another key, in the place of this one.
    pub async fn reseal_factor(&mut self, user: &str, before: &[u8], sealed: &[u8]) -> Result<(), Error> {
        sqlx::query("UPDATE users SET factor_secret = $1 WHERE id = $2 AND factor_secret = $3")
            .bind(sealed)
            .bind(user)
            .bind(before)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// A secret that counts once a code confirms it.
    pub async fn set_pending_factor(&mut self, user: &str, sealed: &[u8]) -> Result<(), Error> {
        sqlx::query("UPDATE users SET factor_pending = $1 WHERE id = $2")
            .bind(sealed)
            .bind(user)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Takes the secret that waits, if it is this one, by a code of this step; `false` where another waits by now.
    pub async fn confirm_factor(
        &mut self,
        user: &str,
        sealed: &[u8],
        step: i64,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let done = sqlx::query(
            "UPDATE users SET factor_secret = factor_pending, factor_pending = NULL, factor_since = $1, factor_step = $2
             WHERE id = $3 AND factor_pending = $4",
        )
        .bind(now.millis())
        .bind(step)
        .bind(user)
        .bind(sealed)
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Uses the code of this step; `false` where it, or a later one, was used before.
    pub async fn use_factor_step(&mut self, user: &str, step: i64) -> Result<bool, Error> {
        let done = sqlx::query("UPDATE users SET factor_step = $1 WHERE id = $2 AND factor_step < $1")
            .bind(step)
            .bind(user)
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Uses a recovery code up; `false` where there is no such one.
    pub async fn use_recovery_code(&mut self, user: &str, hash: &SecretHash) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM recovery_code WHERE user_id = $1 AND hash = $2")
            .bind(user)
            .bind(hash.as_slice())
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    /// Gives a user these recovery codes in place of those before.
    pub async fn set_recovery_codes(&mut self, user: &str, codes: &[SecretHash]) -> Result<(), Error> {
        sqlx::query("DELETE FROM recovery_code WHERE user_id = $1").bind(user).execute(&mut *self.tx).await?;
        for hash in codes {
            sqlx::query("INSERT INTO recovery_code (user_id, hash) VALUES ($1, $2)")
                .bind(user)
                .bind(hash.as_slice())
                .execute(&mut *self.tx)
                .await?;
        }
        Ok(())
    }

    /// Takes a user's second factor away, with the recovery codes.
    pub async fn remove_factor(&mut self, user: &str) -> Result<(), Error> {
        self.set_recovery_codes(user, &[]).await?;
        sqlx::query("UPDATE users SET factor_secret = NULL, factor_pending = NULL, factor_since = NULL WHERE id = $1")
            .bind(user)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }
}

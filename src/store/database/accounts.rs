//! Users, tokens, logins and the link of the first start.
//!
//! Every change first lengthens the stamp (stamp.rs), while it holds the write lock.

use std::path::Path;

use sqlx::any::AnyRow;
use sqlx::{Any, AssertSqlSafe, Row, Transaction};

use super::access_log::{self, Access};
use super::columns::{CALLERS_OF, Flag, SecretHash, flag, hash, key, optional_time, role, scope, scope_text, time};
use super::engine::Engine;
use super::stamp::lengthen;
use super::{Database, Error, Turn};
use crate::domain::account::{AppScope, ListColumn, Role, Settings, Theme};
use crate::domain::timestamp::Timestamp;

#[derive(Clone, Debug)]
pub struct UserRow {
    /// A ULID.
    pub id: String,
    pub name: String,
    pub role: Role,
    /// The apps they are held to.
    pub apps: AppScope,
    /// Whether they are kept out.
    pub disabled: bool,
    /// Whether the program made up their password: they choose another at the next login.
    pub must_change_password: bool,
    /// Since when they have a second factor.
    pub factor_since: Option<Timestamp>,
    /// How they want to see the panel.
    pub settings: Settings,
    /// When the user was made.
    pub created_at: Timestamp,
    /// When they last logged in.
    pub last_login_at: Option<Timestamp>,
}

/// A person's login in one browser.
#[derive(Clone, Debug)]
pub struct LoginRow {
    /// A ULID.
    pub id: String,
    pub user: String,
    /// How they proved who they are.
    pub proof: String,
    /// What the browser calls itself.
    pub device: Option<String>,
    pub created_at: Timestamp,
    /// When the password was last given in it.
    pub password_at: Timestamp,
    /// When it was last used; a later use may not be noted yet.
    pub last_used_at: Timestamp,
    pub last_used_ip: Option<String>,
}

impl Database {
    pub async fn users(&self) -> Result<Vec<UserRow>, Error> {
        let rows = sqlx::query("SELECT * FROM users ORDER BY name_key").fetch_all(self.readers()).await?;
        rows.iter().map(user).collect()
    }

    /// The user of this name with the hash of their password, if they have one.
    pub async fn user_and_password(&self, name: &str) -> Result<Option<(UserRow, Option<String>)>, Error> {
        let row = sqlx::query("SELECT * FROM users WHERE name_key = $1")
            .bind(key(name))
            .fetch_optional(self.readers())
            .await?;
        row.map(|row| Ok((user(&row)?, row.try_get("password_hash")?))).transpose()
    }

    /// The user of this id with the hash of their password, if they have one.
    pub async fn user_by_id(&self, id: &str) -> Result<Option<(UserRow, Option<String>)>, Error> {
        let row = sqlx::query("SELECT * FROM users WHERE id = $1").bind(id).fetch_optional(self.readers()).await?;
        row.map(|row| Ok((user(&row)?, row.try_get("password_hash")?))).transpose()
    }

    /// Whether this is the setup secret, and still good.
    pub async fn is_setup_secret(&self, hash: &SecretHash, now: Timestamp) -> Result<bool, Error> {
        let found = sqlx::query(
            "SELECT 1 FROM setup_secret WHERE hash = $1 AND expires_at > $2 AND NOT EXISTS (SELECT 1 FROM users)",
        )
        .bind(hash.as_slice())
        .bind(now.millis())
        .fetch_optional(self.readers())
        .await?;
        Ok(found.is_some())
    }

    /// The logins of the user whose login this is, the last used first.
    pub async fn logins_beside(&self, login: &SecretHash) -> Result<Vec<(SecretHash, LoginRow)>, Error> {
        let rows = sqlx::query(
            "SELECT * FROM logins WHERE user_id = (SELECT user_id FROM logins WHERE hash = $1)
             ORDER BY last_used_at DESC, id DESC",
        )
        .bind(login.as_slice())
        .fetch_all(self.readers())
        .await?;
        rows.iter().map(|row| Ok((hash(row)?, self::login(row)?))).collect()
    }

    /// Notes that a login was used.
    pub async fn note_login_used(&self, id: &str, at: Timestamp, ip: Option<&str>) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE logins SET last_used_at = $1, last_used_ip = $2 WHERE id = $3")
            .bind(at.millis())
            .bind(ip)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }

    /// Begins a change of users, tokens or logins; without [`AccountsChange::commit`] nothing is
    /// changed.
    pub async fn change_accounts(&self) -> Result<AccountsChange<'_>, Error> {
        let turn = self.durable().await;
        Ok(AccountsChange { engine: self.engine, tx: turn.begin().await?, _turn: turn, stamp_file: self.stamp_file() })
    }
}

/// A change of users, tokens or logins, whole or not at all.
pub struct AccountsChange<'a> {
    engine: Engine,
    // Dropped, and so rolled back, before the next writer gets its turn.
    pub(super) tx: Transaction<'static, Any>,
    _turn: Turn<'a>,
    stamp_file: &'a Path,
}

impl AccountsChange<'_> {
    /// Makes the change, on disk, and known to every process.
    pub async fn commit(mut self) -> Result<(), Error> {
        self.engine.count_account_changes(&mut self.tx).await?;
        lengthen(self.stamp_file).map_err(Error::Io)?;
        self.tx.commit().await
    }

    /// Whether there is any user.
    pub async fn has_users(&mut self) -> Result<bool, Error> {
        Ok(sqlx::query("SELECT 1 FROM users LIMIT 1").fetch_optional(&mut *self.tx).await?.is_some())
    }

    pub async fn users(&mut self) -> Result<Vec<UserRow>, Error> {
        let rows = sqlx::query("SELECT * FROM users ORDER BY name_key").fetch_all(&mut *self.tx).await?;
        rows.iter().map(user).collect()
    }

    /// The user of this name.
    pub async fn user(&mut self, name: &str) -> Result<Option<UserRow>, Error> {
        let row = sqlx::query("SELECT * FROM users WHERE name_key = $1")
            .bind(key(name))
            .fetch_optional(&mut *self.tx)
            .await?;
        row.as_ref().map(user).transpose()
    }

    /// Whether this user is there, may come in, and has this password's hash.
    pub async fn has_password(&mut self, id: &str, password_hash: &str) -> Result<bool, Error> {
        let found = sqlx::query("SELECT 1 FROM users WHERE id = $1 AND password_hash = $2 AND disabled = 0")
            .bind(id)
            .bind(password_hash)
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(found.is_some())
    }

    /// Whether this user is there and may come in.
    pub async fn is_enabled(&mut self, id: &str) -> Result<bool, Error> {
        let found = sqlx::query("SELECT 1 FROM users WHERE id = $1 AND disabled = 0")
            .bind(id)
            .fetch_optional(&mut *self.tx)
            .await?;
        Ok(found.is_some())
    }

    /// Adds a user; a name that is taken is a unique violation.
    pub async fn add_user(&mut self, user: &UserRow, password_hash: &str) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO users (id, name, name_key, role, apps, password_hash, must_change_password, disabled,
             created_at, last_login_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        )
        .bind(&user.id)
        .bind(&user.name)
        .bind(key(&user.name))
        .bind(user.role.as_str())
        .bind(scope_text(&user.apps)?)
        .bind(password_hash)
        .bind(Flag(user.must_change_password))
        .bind(Flag(user.disabled))
        .bind(user.created_at.millis())
        .bind(user.last_login_at.map(Timestamp::millis))
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Writes role, apps and whether the user is kept out.
    pub async fn update_user(&mut self, user: &UserRow) -> Result<(), Error> {
        sqlx::query("UPDATE users SET role = $1, apps = $2, disabled = $3 WHERE id = $4")
            .bind(user.role.as_str())
            .bind(scope_text(&user.apps)?)
            .bind(Flag(user.disabled))
            .bind(&user.id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Gives a user other settings.
    pub async fn set_settings(&mut self, id: &str, settings: &Settings) -> Result<(), Error> {
        sqlx::query("UPDATE users SET language = $1, theme = $2, bold_accepted = $3 WHERE id = $4")
            .bind(&settings.language)
            .bind(settings.theme.map(Theme::as_str))
            .bind(Flag(settings.bold_accepted))
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Gives a user other columns in the list of sessions.
    pub async fn set_columns(&mut self, id: &str, columns: &[ListColumn]) -> Result<(), Error> {
        let columns: Vec<&str> = columns.iter().map(|column| column.as_str()).collect();
        sqlx::query("UPDATE users SET columns = $1 WHERE id = $2")
            .bind(columns.join(","))
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Gives a user another password.
    pub async fn set_password(&mut self, id: &str, password_hash: &str, must_change: bool) -> Result<(), Error> {
        sqlx::query("UPDATE users SET password_hash = $1, must_change_password = $2 WHERE id = $3")
            .bind(password_hash)
            .bind(Flag(must_change))
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a user with their logins, tokens and saved views.
    pub async fn remove_user(&mut self, id: &str) -> Result<(), Error> {
        let views = format!("DELETE FROM saved_view WHERE owner IN ({CALLERS_OF})");
        sqlx::query(AssertSqlSafe(views)).bind(id).execute(&mut *self.tx).await?;
        sqlx::query("DELETE FROM users WHERE id = $1").bind(id).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Adds a login, and notes it as the user's last.
    pub async fn add_login(&mut self, login: &LoginRow, hash: &SecretHash) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO logins (id, hash, user_id, proof, device, created_at, password_at, last_used_at, last_used_ip)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&login.id)
        .bind(hash.as_slice())
        .bind(&login.user)
        .bind(&login.proof)
        .bind(&login.device)
        .bind(login.created_at.millis())
        .bind(login.password_at.millis())
        .bind(login.last_used_at.millis())
        .bind(&login.last_used_ip)
        .execute(&mut *self.tx)
        .await?;
        sqlx::query("UPDATE users SET last_login_at = $1 WHERE id = $2")
            .bind(login.created_at.millis())
            .bind(&login.user)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Notes that the password was given in this login again.
    pub async fn note_password_given(&mut self, login: &SecretHash, at: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE logins SET password_at = $1 WHERE hash = $2")
            .bind(at.millis())
            .bind(login.as_slice())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes a login; `false` where there is none.
    pub async fn remove_login(&mut self, hash: &SecretHash) -> Result<bool, Error> {
        let done =
            sqlx::query("DELETE FROM logins WHERE hash = $1").bind(hash.as_slice()).execute(&mut *self.tx).await?;
        Ok(done.rows_affected() > 0)
    }

    /// Removes all logins of a user but this one.
    pub async fn remove_logins_of(&mut self, user: &str, but: Option<&SecretHash>) -> Result<(), Error> {
        sqlx::query("DELETE FROM logins WHERE user_id = $1 AND ($2 IS NULL OR hash <> $3)")
            .bind(user)
            .bind(but.map(|hash| hash.as_slice()))
            .bind(but.map(|hash| hash.as_slice()))
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Removes the other logins of the user whose login this is; how many.
    pub async fn remove_logins_beside(&mut self, login: &SecretHash) -> Result<u64, Error> {
        let done = sqlx::query(
            "DELETE FROM logins WHERE hash <> $1 AND user_id = (SELECT user_id FROM logins WHERE hash = $2)",
        )
        .bind(login.as_slice())
        .bind(login.as_slice())
        .execute(&mut *self.tx)
        .await?;
        Ok(done.rows_affected())
    }

    /// Writes an entry of the access log, with the change or not at all.
    pub async fn note(&mut self, access: &Access) -> Result<(), Error> {
        access_log::insert(&mut self.tx, access).await.map(drop)
    }

    /// Removes logins that were made, or last used, before these times.
    pub async fn remove_ended_logins(&mut self, made: Timestamp, used: Timestamp) -> Result<(), Error> {
        sqlx::query("DELETE FROM logins WHERE created_at <= $1 OR last_used_at <= $2")
            .bind(made.millis())
            .bind(used.millis())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Puts this setup secret in the place of the one before.
    pub async fn set_setup_secret(&mut self, hash: &SecretHash, expires_at: Timestamp) -> Result<(), Error> {
        self.remove_setup_secret().await?;
        sqlx::query("INSERT INTO setup_secret (one, hash, expires_at) VALUES (1, $1, $2)")
            .bind(hash.as_slice())
            .bind(expires_at.millis())
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Takes the setup secret; `false` where it is another, or too old.
    pub async fn take_setup_secret(&mut self, hash: &SecretHash, now: Timestamp) -> Result<bool, Error> {
        let done = sqlx::query("DELETE FROM setup_secret WHERE hash = $1 AND expires_at > $2")
            .bind(hash.as_slice())
            .bind(now.millis())
            .execute(&mut *self.tx)
            .await?;
        Ok(done.rows_affected() > 0)
    }

    pub async fn remove_setup_secret(&mut self) -> Result<(), Error> {
        sqlx::query("DELETE FROM setup_secret").execute(&mut *self.tx).await?;
        Ok(())
    }
}

pub(super) fn user(row: &AnyRow) -> Result<UserRow, Error> {
    Ok(UserRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        role: role(row)?,
        apps: scope(row)?,
        disabled: flag(row, "disabled")?,
        must_change_password: flag(row, "must_change_password")?,
        factor_since: optional_time(row, "factor_since")?,
        settings: Settings {
            language: row.try_get("language")?,
            columns: row.try_get::<Option<&str>, _>("columns")?.map(ListColumn::parse_all),
            theme: row.try_get::<Option<&str>, _>("theme")?.and_then(Theme::parse),
            bold_accepted: flag(row, "bold_accepted")?,
        },
        created_at: time(row, "created_at")?,
        last_login_at: optional_time(row, "last_login_at")?,
    })
}

pub(super) fn login(row: &AnyRow) -> Result<LoginRow, Error> {
    Ok(LoginRow {
        id: row.try_get("id")?,
        user: row.try_get("user_id")?,
        proof: row.try_get("proof")?,
        device: row.try_get("device")?,
        created_at: time(row, "created_at")?,
        password_at: time(row, "password_at")?,
        last_used_at: time(row, "last_used_at")?,
        last_used_ip: row.try_get("last_used_ip")?,
    })
}

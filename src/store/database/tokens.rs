//! Tokens: of each the digest of its secret, never the secret.

use sqlx::Row;
use sqlx::any::AnyRow;

use super::accounts::AccountsChange;
use super::columns::{
    Flag, SecretHash, flag, key, networks, networks_text, optional_time, role, scope, scope_text, time, unreadable,
};
use super::{Database, Error};
use crate::domain::account::{AppScope, Role};
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;

/// A token, without its secret.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// A ULID.
    pub id: String,
    pub name: String,
    pub role: Role,
    /// The apps it is held to.
    pub apps: AppScope,
    /// The networks that it may be used from.
    pub networks: NetworkScope,
    /// Whether `secrets:read` was given.
    pub secrets: bool,
    /// The user it belongs to; `None` for the command line.
    pub maker: Option<String>,
    /// The token that made it.
    pub parent: Option<String>,
    pub created_at: Timestamp,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// When it was last used, to the minute.
    pub last_used_at: Option<Timestamp>,
    pub last_used_ip: Option<String>,
    /// The digest of the secret before, and until when that one works too.
    pub previous: Option<(SecretHash, Timestamp)>,
}

/// The token of this id, and all that it made, directly or by one of those.
const FAMILY: &str = "WITH RECURSIVE family (id) AS (
    SELECT id FROM tokens WHERE id = $1 UNION SELECT tokens.id FROM tokens JOIN family ON tokens.parent = family.id)";

impl Database {
    pub async fn tokens(&self) -> Result<Vec<TokenRow>, Error> {
        let rows = sqlx::query("SELECT * FROM tokens ORDER BY name_key").fetch_all(self.readers()).await?;
        rows.iter().map(token).collect()
    }

    /// The token of this id.
    pub async fn token(&self, id: &str) -> Result<Option<TokenRow>, Error> {
        let row = sqlx::query("SELECT * FROM tokens WHERE id = $1").bind(id).fetch_optional(self.readers()).await?;
        row.as_ref().map(token).transpose()
    }

    /// Notes that a token was used; changes nothing that anybody may do.
    pub async fn note_token_used(&self, id: &str, at: Timestamp, ip: Option<&str>) -> Result<(), Error> {
        let turn = self.relaxed().await;
        let mut tx = turn.begin().await?;
        sqlx::query("UPDATE tokens SET last_used_at = $1, last_used_ip = $2 WHERE id = $3")
            .bind(at.millis())
            .bind(ip)
            .bind(id)
            .execute(&mut *tx)
            .await?;
        tx.commit().await
    }
}

impl AccountsChange<'_> {
    /// The token of this id.
    pub async fn token(&mut self, id: &str) -> Result<Option<TokenRow>, Error> {
        let row = sqlx::query("SELECT * FROM tokens WHERE id = $1").bind(id).fetch_optional(&mut *self.tx).await?;
        row.as_ref().map(token).transpose()
    }

    /// The tokens that belong to this user.
    pub async fn tokens_of(&mut self, user: &str) -> Result<Vec<TokenRow>, Error> {
        let rows = sqlx::query("SELECT * FROM tokens WHERE maker = $1").bind(user).fetch_all(&mut *self.tx).await?;
        rows.iter().map(token).collect()
    }

    /// Adds a token; a name that is taken is a unique violation.
    pub async fn add_token(&mut self, token: &TokenRow, hash: &SecretHash) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO tokens (id, name, name_key, hash, role, apps, secrets, maker, parent, created_at, expires_at,
             networks) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        )
        .bind(&token.id)
        .bind(&token.name)
        .bind(key(&token.name))
        .bind(hash.as_slice())
        .bind(token.role.as_str())
        .bind(scope_text(&token.apps)?)
        .bind(Flag(token.secrets))
        .bind(&token.maker)
        .bind(&token.parent)
        .bind(token.created_at.millis())
        .bind(token.expires_at.map(Timestamp::millis))
        .bind(networks_text(&token.networks)?)
        .execute(&mut *self.tx)
        .await?;
        Ok(())
    }

    /// Gives a token another secret. The one before works until then, or, with `None`, not any more.
    pub async fn set_token_secret(
        &mut self,
        id: &str,
        hash: &SecretHash,
        previous_until: Option<Timestamp>,
    ) -> Result<(), Error> {
        sqlx::query("UPDATE tokens SET previous_hash = hash, previous_until = $1, hash = $2 WHERE id = $3")
            .bind(previous_until.map(Timestamp::millis))
            .bind(hash.as_slice())
            .bind(id)
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    /// Writes name, apps, networks and end. What this token made ends no later.
    pub async fn update_token(&mut self, token: &TokenRow) -> Result<(), Error> {
        sqlx::query(
            "UPDATE tokens SET name = $1, name_key = $2, apps = $3, networks = $4, expires_at = $5 WHERE id = $6",
        )
        .bind(&token.name)
        .bind(key(&token.name))
        .bind(scope_text(&token.apps)?)
        .bind(networks_text(&token.networks)?)
        .bind(token.expires_at.map(Timestamp::millis))
        .bind(&token.id)
        .execute(&mut *self.tx)
        .await?;
        let Some(end) = token.expires_at else { return Ok(()) };
        let shorten = format!(
            "{FAMILY} UPDATE tokens SET expires_at = $2 WHERE id IN (SELECT id FROM family) AND (expires_at IS NULL OR expires_at > $2)"
        );
        sqlx::query(sqlx::AssertSqlSafe(shorten)).bind(&token.id).bind(end.millis()).execute(&mut *self.tx).await?;
        Ok(())
    }

    /// Removes a token with all that it made; which they were, itself first.
    pub async fn remove_token(&mut self, id: &str) -> Result<Vec<TokenRow>, Error> {
        let family =
            format!("{FAMILY} SELECT * FROM tokens WHERE id IN (SELECT id FROM family) ORDER BY created_at, id");
        let rows = sqlx::query(sqlx::AssertSqlSafe(family)).bind(id).fetch_all(&mut *self.tx).await?;
        sqlx::query("DELETE FROM tokens WHERE id = $1").bind(id).execute(&mut *self.tx).await?;
        rows.iter().map(token).collect()
    }
}

pub(super) fn token(row: &AnyRow) -> Result<TokenRow, Error> {
    Ok(TokenRow {
        id: row.try_get("id")?,
        name: row.try_get("name")?,
        role: role(row)?,
        apps: scope(row)?,
        networks: networks(row)?,
        secrets: flag(row, "secrets")?,
        maker: row.try_get("maker")?,
        parent: row.try_get("parent")?,
        created_at: time(row, "created_at")?,
        expires_at: optional_time(row, "expires_at")?,
        last_used_at: optional_time(row, "last_used_at")?,
        last_used_ip: row.try_get("last_used_ip")?,
        previous: previous(row)?,
    })
}

fn previous(row: &AnyRow) -> Result<Option<(SecretHash, Timestamp)>, Error> {
    let digest: Option<Vec<u8>> = row.try_get("previous_hash")?;
    let Some((digest, until)) = digest.zip(optional_time(row, "previous_until")?) else { return Ok(None) };
    let digest = digest.try_into().map_err(|_| unreadable("a hash that is none"))?;
    Ok(Some((digest, until)))
}

//! Values of columns that several tables have.

use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::Error;
use crate::domain::account::{AppScope, Role};
use crate::domain::timestamp::Timestamp;

/// Stands between two fields that are searched: no text of people holds it, so that no search matches across them.
pub const BORDER: &str = "\u{10ffff}";

/// SHA-256 of a secret.
pub type SecretHash = [u8; 32];

/// As whom a user acts: themselves, and their tokens.
pub(super) const CALLERS_OF: &str = "SELECT 'user:' || ?1 UNION SELECT 'token:' || id FROM tokens WHERE maker = ?1";

/// By which names are the same.
pub(super) fn key(name: &str) -> String {
    name.to_lowercase()
}

pub(super) fn hash(row: &SqliteRow) -> Result<SecretHash, Error> {
    let bytes: &[u8] = row.try_get("hash")?;
    bytes.try_into().map_err(|_| unreadable("a hash that is none"))
}

pub(super) fn time(row: &SqliteRow, column: &str) -> Result<Timestamp, Error> {
    Ok(Timestamp::from_millis(row.try_get(column)?))
}

pub(super) fn optional_time(row: &SqliteRow, column: &str) -> Result<Option<Timestamp>, Error> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
}

pub(super) fn role(row: &SqliteRow) -> Result<Role, Error> {
    Role::parse(row.try_get("role")?).ok_or_else(|| unreadable("a role that is none"))
}

/// Anything unreadable is an error: read as no glob, it would let every app through.
pub(super) fn scope(row: &SqliteRow) -> Result<AppScope, Error> {
    let lists: Vec<Vec<String>> =
        serde_json::from_str(row.try_get("apps")?).map_err(|error| Error::Decode(Box::new(error)))?;
    AppScope::from_lists(lists).ok_or_else(|| unreadable("app globs that are none"))
}

pub(super) fn scope_text(scope: &AppScope) -> Result<String, Error> {
    serde_json::to_string(scope.lists()).map_err(|error| Error::Encode(Box::new(error)))
}

pub(super) fn unreadable(what: &'static str) -> Error {
    Error::Decode(what.into())
}

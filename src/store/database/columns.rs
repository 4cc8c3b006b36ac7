//! Values of columns that several tables have.

use ipnet::IpNet;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::any::{AnyRow, AnyTypeInfo, AnyTypeInfoKind};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Any, ColumnIndex, Database as Driver, Decode, Encode, Row, Type, ValueRef};

use super::error::Error;
use crate::domain::account::{AppScope, Role};
use crate::domain::network_scope::NetworkScope;
use crate::domain::timestamp::Timestamp;

/// SHA-256 of a secret.
pub type SecretHash = [u8; 32];

/// As whom a user acts: themselves, and their tokens.
pub(super) const CALLERS_OF: &str = "SELECT 'user:' || $1 UNION SELECT 'token:' || id FROM tokens WHERE maker = $1";

/// By which names are the same. No name has a NUL; PostgreSQL takes none to look for.
pub(super) fn key(name: &str) -> String {
    name.to_lowercase().replace('\0', "\u{fffd}")
}

/// Yes or no. In tables it is 1 or 0; what PostgreSQL compares is a truth value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flag(pub(super) bool);

impl Type<Any> for Flag {
    fn type_info() -> AnyTypeInfo {
        <i64 as Type<Any>>::type_info()
    }

    fn compatible(found: &AnyTypeInfo) -> bool {
        found.kind() == AnyTypeInfoKind::Bool || <i64 as Type<Any>>::compatible(found)
    }
}

impl Encode<'_, Any> for Flag {
    fn encode_by_ref(&self, buffer: &mut <Any as Driver>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
        <i64 as Encode<'_, Any>>::encode_by_ref(&i64::from(self.0), buffer)
    }
}

impl<'r> Decode<'r, Any> for Flag {
    fn decode(value: <Any as Driver>::ValueRef<'r>) -> Result<Self, BoxDynError> {
        match value.type_info().kind() {
            AnyTypeInfoKind::Bool => <bool as Decode<'_, Any>>::decode(value).map(Self),
            _ => <i64 as Decode<'_, Any>>::decode(value).map(|number| Self(number != 0)),
        }
    }
}

/// A text as a file has it: any text. PostgreSQL keeps no NUL, so U+0001 and a digit stand for it, and for U+0001.
pub(super) fn stored(text: &str) -> String {
    match text.contains(['\0', '\u{1}']) {
        true => text.replace('\u{1}', "\u{1}1").replace('\0', "\u{1}0"),
        false => text.to_owned(),
    }
}

/// Texts as they are searched: folded, with a character between them that no text of people holds, so that no search
/// matches across them.
pub(super) fn searched(texts: &[Option<&str>]) -> String {
    let texts: Vec<&str> = texts.iter().flatten().copied().collect();
    stored(&texts.join("\u{10ffff}").to_lowercase())
}

/// Reads a text that was [`stored`].
pub(super) fn text(row: &AnyRow, column: impl ColumnIndex<AnyRow>) -> Result<Option<String>, Error> {
    let text: Option<String> = row.try_get(column)?;
    Ok(text.map(|text| match text.contains('\u{1}') {
        true => text.replace("\u{1}0", "\0").replace("\u{1}1", "\u{1}"),
        false => text,
    }))
}

pub(super) fn flag(row: &AnyRow, column: impl ColumnIndex<AnyRow>) -> Result<bool, Error> {
    row.try_get(column).map(|Flag(flag)| flag)
}

/// A number that never is negative.
pub(super) fn number<N: TryFrom<i64>>(row: &AnyRow, column: impl ColumnIndex<AnyRow>) -> Result<N, Error> {
    N::try_from(row.try_get::<i64, _>(column)?).map_err(|_| unreadable("a number that is too large"))
}

pub(super) fn hash(row: &AnyRow) -> Result<SecretHash, Error> {
    let bytes: &[u8] = row.try_get("hash")?;
    bytes.try_into().map_err(|_| unreadable("a hash that is none"))
}

pub(super) fn time(row: &AnyRow, column: &str) -> Result<Timestamp, Error> {
    Ok(Timestamp::from_millis(row.try_get(column)?))
}

pub(super) fn optional_time(row: &AnyRow, column: &str) -> Result<Option<Timestamp>, Error> {
    Ok(row.try_get::<Option<i64>, _>(column)?.map(Timestamp::from_millis))
}

pub(super) fn role(row: &AnyRow) -> Result<Role, Error> {
    Role::parse(row.try_get("role")?).ok_or_else(|| unreadable("a role that is none"))
}

/// Anything unreadable is an error: read as no glob, it would let every app through.
pub(super) fn scope(row: &AnyRow) -> Result<AppScope, Error> {
    let lists: Vec<Vec<String>> =
        serde_json::from_str(row.try_get("apps")?).map_err(|error| Error::Decode(Box::new(error)))?;
    AppScope::from_lists(lists).ok_or_else(|| unreadable("app globs that are none"))
}

pub(super) fn scope_text(scope: &AppScope) -> Result<String, Error> {
    to_json(&scope.lists())
}

/// A value as JSON, as a column holds it.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Encode(Box::new(error)))
}

/// Reads a value that [`to_json`] wrote.
pub(super) fn from_json<T: DeserializeOwned>(json: Option<&str>) -> Result<Option<T>, Error> {
    json.map(serde_json::from_str).transpose().map_err(|error| Error::Decode(Box::new(error)))
}

/// Anything unreadable is an error: read as no network, it would let every address through.
pub(super) fn networks(row: &AnyRow) -> Result<NetworkScope, Error> {
    let texts: Vec<String> =
        serde_json::from_str(row.try_get("networks")?).map_err(|error| Error::Decode(Box::new(error)))?;
    let networks: Result<Vec<IpNet>, _> = texts.iter().map(|text| text.parse()).collect();
    networks.map(NetworkScope::new).map_err(|_| unreadable("a network that is none"))
}

pub(super) fn networks_text(networks: &NetworkScope) -> Result<String, Error> {
    to_json(&networks.texts())
}

pub(super) fn unreadable(what: &'static str) -> Error {
    Error::Decode(what.into())
}

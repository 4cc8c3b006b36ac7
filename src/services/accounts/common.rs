//! What every part of accounts says in the same way.

use std::net::IpAddr;
use std::time::{Duration, SystemTime};

use ulid::Ulid;

use super::given::Given;
use crate::domain::account::AppScope;
use crate::domain::timestamp::Timestamp;
use crate::services::error::{Conflict, Error};
use crate::store::database;
use crate::store::database::access_log::Access;

/// In milliseconds. Uses within it are written down once.
pub(super) const MINUTE: i64 = 60_000;
/// What the id of a caller who is a user begins with.
pub(super) const USER: &str = "user:";

pub(super) fn millis(time: Duration) -> i64 {
    i64::try_from(time.as_millis()).unwrap_or(i64::MAX)
}

impl Access {
    pub(in crate::services) fn with(self, detail: String) -> Self {
        Self { detail: Some(detail), ..self }
    }
}

pub(in crate::services) fn address_text(address: IpAddr) -> String {
    address.to_canonical().to_string()
}

pub(super) fn apps_text(apps: &AppScope) -> String {
    if apps.is_all() { Given::ALL_APPS.to_owned() } else { apps.globs().join(" ") }
}

pub(in crate::services) fn new_id() -> String {
    Ulid::generate().to_string()
}

pub(in crate::services) fn now() -> Timestamp {
    SystemTime::now().into()
}

pub(in crate::services) fn name_taken(error: database::Error) -> Error {
    if error.as_database_error().is_some_and(|error| error.is_unique_violation()) {
        return Error::Conflict(Conflict::NameTaken);
    }
    error.into()
}

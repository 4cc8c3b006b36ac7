//! The keys that select sessions: of a list, a search, and a batch.

use serde::Deserialize;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use super::openapi::query::keys;
use super::values::{Flag, Limit, StatusClasses};
use crate::domain::account::{Caller, Permission};
use crate::domain::query::{Cursor, Filter, Query, QueryError, Sort};
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::http::extract::parse;
use crate::services::error::Error;

/// The keys of a list as a JSON object.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SearchKeys, examples(json!({ "status": "pending", "q": "iphone", "sort": "pending_since", "limit": 50 })))]
pub struct ListKeys {
    /// `accepted`, `pending`, or `other` for anything else; several with a comma between
    #[schema(value_type = Option<String>, pattern = "^(accepted|pending|other)(,(accepted|pending|other))*$")]
    status: Option<StatusClasses>,
    /// A substring, in either case, of device, system, version, e-mail, app name or id, session id, device id, ip, or of
    /// what people call the device and say of it
    q: Option<String>,
    /// The exact app id; several with a comma between
    pub app: Option<String>,
    /// The exact e-mail, in either case
    email: Option<String>,
    /// The exact device id, in either case
    device_id: Option<String>,
    /// The exact system, or its family (`Android` is "Android P" too), in either case; several with a comma between
    os: Option<String>,
    /// Whether the file has no problem
    #[schema(value_type = Option<bool>)]
    compliant: Option<Flag>,
    /// Whether the device is a simulator
    #[schema(value_type = Option<bool>)]
    simulator: Option<Flag>,
    /// Whether the device is jailbroken
    #[schema(value_type = Option<bool>)]
    jailbroken: Option<Flag>,
    /// Whether a change made here was not pushed yet
    #[schema(value_type = Option<bool>)]
    unpushed: Option<Flag>,
    /// Whether somebody declined to let it in
    #[schema(value_type = Option<bool>)]
    declined: Option<Flag>,
    /// Changed at or after this time
    #[schema(value_type = Option<String>, format = DateTime)]
    modified_since: Option<Timestamp>,
    /// Changed before this time
    #[schema(value_type = Option<String>, format = DateTime)]
    modified_before: Option<Timestamp>,
    /// `device`, `status`, `os`, `email`, `app`, `modified`, `pending_since`, `first_seen` or `id`; `-` in front for
    /// descending
    #[schema(value_type = Option<String>, default = "-modified",
        pattern = "^-?(device|status|os|email|app|modified|pending_since|first_seen|id)$")]
    sort: Option<Sort>,
    /// How many items a page has
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 500, default = 50)]
    limit: Option<Limit>,
    /// `next_cursor` of the page before, under the same sort and filter
    cursor: Option<String>,
    /// The exact push-notification token; needs `secrets:read`
    #[schema(value_type = Option<String>)]
    push_token: Option<Secret<String>>,
}

/// A push token is a secret: it must not stand in an address.
impl IntoParams for ListKeys {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        keys::<Self>(&["push_token"])
    }
}

/// The same where the path names the app.
pub struct AppListKeys;

impl IntoParams for AppListKeys {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        keys::<ListKeys>(&["push_token", "app"])
    }
}

/// The keys of a list, without its order and page.
pub struct BatchFilter;

impl PartialSchema for BatchFilter {
    fn schema() -> RefOr<Schema> {
        let mut schema = ListKeys::schema();
        if let RefOr::T(Schema::Object(object)) = &mut schema {
            PAGE_KEYS.iter().for_each(|key| drop(object.properties.shift_remove(*key)));
            object.description = Some("The keys of a list, without its order and page.".to_owned());
            object.examples.clear();
        }
        schema
    }
}

impl ToSchema for BatchFilter {}

const PAGE_KEYS: [&str; 3] = ["sort", "limit", "cursor"];

/// Reads the keys of a list from an address.
pub fn session_query<K: Into<String>, V: Into<String>>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Result<Query, QueryError> {
    parse::<ListKeys>(pairs)?.for_address()
}

impl ListKeys {
    /// What an address asks for.
    pub fn for_address(self) -> Result<Query, QueryError> {
        if self.push_token.is_some() {
            return Err(QueryError::of("push_token", "push-token"));
        }
        self.query()
    }

    /// What a body asks for. Without the right to read push tokens, nobody may guess one either.
    pub fn for_body(self, caller: &Caller) -> Result<Query, Error> {
        if self.push_token.is_some() {
            caller.require(Permission::ReadSecrets)?;
        }
        Ok(self.query()?)
    }

    /// The key that says something of order or page, if any does.
    pub fn page_key(&self) -> Option<&'static str> {
        let present = [self.sort.is_some(), self.limit.is_some(), self.cursor.is_some()];
        PAGE_KEYS.into_iter().zip(present).find_map(|(key, present)| present.then_some(key))
    }

    fn query(self) -> Result<Query, QueryError> {
        let cursor = match self.cursor {
            Some(cursor) => Some(Cursor::parse(&cursor).ok_or_else(|| QueryError::of("cursor", "not-a-cursor"))?),
            None => None,
        };
        let filter = Filter {
            status: self.status.unwrap_or_default().0,
            q: self.q.map(|q| q.to_lowercase()).filter(|q| !q.is_empty()),
            app: self.app.map(|app| several(&app)).unwrap_or_default(),
            email: self.email.map(|email| email.to_lowercase()),
            device_id: self.device_id.map(|id| id.to_lowercase()),
            os: self.os.map(|os| several(&os.to_lowercase())).unwrap_or_default(),
            compliant: self.compliant.map(|Flag(flag)| flag),
            simulator: self.simulator.map(|Flag(flag)| flag),
            jailbroken: self.jailbroken.map(|Flag(flag)| flag),
            unpushed: self.unpushed.map(|Flag(flag)| flag),
            declined: self.declined.map(|Flag(flag)| flag),
            modified_since: self.modified_since,
            modified_before: self.modified_before,
            push_token: self.push_token,
        };
        let (sort, Limit(limit)) = (self.sort.unwrap_or_default(), self.limit.unwrap_or_default());
        let query = Query { filter, sort, limit, cursor };
        match &query.cursor {
            Some(cursor) if cursor.list != query.fingerprint() => Err(QueryError::of("cursor", "other-cursor")),
            _ => Ok(query),
        }
    }
}

/// The values of a key that takes several, with a comma between. A name can hold a comma itself: the whole is one too.
fn several(value: &str) -> Vec<String> {
    let parts = value.split(',').filter(|part| *part != value);
    std::iter::once(value).chain(parts).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::query::SortValue;
    use crate::domain::session::StatusClass;

    fn key_of(pairs: &[(&str, &str)]) -> String {
        session_query(pairs.iter().copied()).unwrap_err().key
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for pair in [
            ("colour", "red"),
            ("status", "Accepted"),
            ("status", "pending,"),
            ("status", "pending,banned"),
            ("jailbroken", "yes"),
            ("modified_since", "yesterday"),
            ("sort", "--id"),
            ("limit", "0"),
            ("limit", "501"),
            ("cursor", "?"),
            ("push_token", "x"),
        ] {
            assert_eq!(key_of(&[pair]), pair.0);
        }
        assert_eq!(key_of(&[("q", "a"), ("q", "b")]), "q");
    }

    #[test]
    fn some_keys_take_several_values() {
        let query = session_query([("status", "other,pending,other"), ("os", "iOS,Android"), ("app", "a")]).unwrap();
        assert_eq!(query.filter.status, [StatusClass::Pending, StatusClass::Other]);
        assert_eq!(query.filter.os, ["ios,android", "ios", "android"]);
        assert_eq!(query.filter.app, ["a"]);
    }

    #[test]
    fn a_cursor_fits_its_own_list_alone() {
        let query = session_query([("status", "pending")]).unwrap();
        let cursor = Cursor { list: query.fingerprint(), value: SortValue::Null, app: "a".into(), id: "1".into() };
        assert_eq!(Cursor::parse(&cursor.encode()), Some(cursor.clone()));
        let text = cursor.encode();
        assert!(session_query([("status", "pending"), ("limit", "7"), ("cursor", &text)]).is_ok());
        assert_eq!(key_of(&[("status", "accepted"), ("cursor", &text)]), "cursor");
        assert_eq!(key_of(&[("status", "pending"), ("sort", "id"), ("cursor", &text)]), "cursor");
    }
}

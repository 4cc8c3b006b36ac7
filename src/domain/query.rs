//! Which sessions, in which order, which page: the keys of a list, parsed once.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::session::StatusClass;
use super::spelling::spelled;
use super::timestamp::Timestamp;
use super::token::Secret;
use crate::i18n::Message;

spelled!(SortKey);

/// What a list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum SortKey {
    /// The device's description, letter case aside.
    Device,
    /// The status as spelled, letter case aside.
    Status,
    /// System and version as the *OS* column shows them, letter case aside.
    Os,
    /// The e-mail, letter case aside.
    Email,
    /// The app's id.
    App,
    /// The file's time.
    Modified,
    /// Since when the session has been pending.
    PendingSince,
    /// When the session was first seen.
    FirstSeen,
    /// The session's id.
    Id,
}

/// A sort key and its direction. Ties go by app, then id, ascending in both directions; what is
/// `null` stands last ascending and first descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What to sort by.
    pub key: SortKey,
    /// From the largest to the smallest.
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self { key: SortKey::Modified, descending: true }
    }
}

impl Sort {
    /// As the API spells it: `device`, `-device`.
    pub fn parse(text: &str) -> Option<Self> {
        let (descending, name) = match text.strip_prefix('-') {
            Some(name) => (true, name),
            None => (false, text),
        };
        let key = SortKey::parse(name)?;
        Some(Self { key, descending })
    }
}

impl std::fmt::Display for Sort {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.key.as_str())
    }
}

/// Which sessions. A condition that is `None`, or an empty list, holds for all; of a list, one must hold.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The session's class.
    pub status: Vec<StatusClass>,
    /// A substring, in lower case, of what a person would search for.
    pub q: Option<String>,
    /// The app's exact id.
    pub app: Vec<String>,
    /// The exact e-mail, in lower case.
    pub email: Option<String>,
    /// The exact device id, in lower case.
    pub device_id: Option<String>,
    /// The exact system or its family, in lower case.
    pub os: Vec<String>,
    /// Whether the file has no problem.
    pub compliant: Option<bool>,
    /// Whether the device is a simulator.
    pub simulator: Option<bool>,
    /// Whether the device is jailbroken.
    pub jailbroken: Option<bool>,
    /// Whether a change made here waits for a push.
    pub unpushed: Option<bool>,
    /// At or after this time.
    pub modified_since: Option<Timestamp>,
    /// Before this time.
    pub modified_before: Option<Timestamp>,
    /// The exact push-notification token; only for callers with `secrets:read`.
    pub push_token: Option<Secret<String>>,
}

impl Filter {
    /// Whether app and status are all that is asked for: such lists are answered from an index.
    pub fn is_indexed(&self) -> bool {
        self.q.is_none()
            && self.email.is_none()
            && self.device_id.is_none()
            && self.os.is_empty()
            && self.compliant.is_none()
            && self.simulator.is_none()
            && self.jailbroken.is_none()
            && self.unpushed.is_none()
            && self.modified_since.is_none()
            && self.modified_before.is_none()
            && self.push_token.is_none()
    }
}

/// A list: filter, order and page.
#[derive(Clone, Debug)]
pub struct Query {
    /// Which sessions.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to 500.
    pub limit: usize,
    /// Where the page before ended.
    pub cursor: Option<Cursor>,
}

impl Default for Query {
    fn default() -> Self {
        Self { filter: Filter::default(), sort: Sort::default(), limit: Query::DEFAULT_LIMIT, cursor: None }
    }
}

/// A key or value of a list's query that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct QueryError {
    /// The key, as it was sent.
    pub key: String,
    /// What is wrong with it, in a sentence that names it.
    pub detail: String,
}

impl QueryError {
    /// An error of this key.
    pub fn new(key: &str, detail: impl Into<String>) -> Self {
        Self { key: key.to_owned(), detail: detail.into() }
    }

    /// The error of this key that the message `query-REASON` explains.
    pub fn of(key: &str, reason: &str) -> Self {
        Self::new(key, Message::new(format!("query-{reason}")).with("key", key.to_owned()))
    }

    /// The value of this key is none of these.
    pub fn not_one_of(key: &str, choices: String) -> Self {
        Self::new(key, Message::new("query-not-one-of").with("key", key.to_owned()).with("choices", choices))
    }

    /// Parses a key's value as a time.
    pub fn time(key: &str, value: &str) -> Result<Timestamp, Self> {
        Timestamp::parse(value).ok_or_else(|| Self::of(key, "not-a-time"))
    }

    /// Parses a key's value as a page's size.
    pub fn limit(key: &str, value: &str) -> Result<usize, Self> {
        let limit = value.parse().ok().filter(|limit| (1..=Query::LARGEST_LIMIT).contains(limit));
        limit.ok_or_else(|| Self::of(key, "not-a-limit"))
    }
}

/// Sets each pair of a query; a key that stands twice is an error that names it.
pub fn each_once<K: AsRef<str>, V: AsRef<str>>(
    pairs: impl IntoIterator<Item = (K, V)>,
    mut set: impl FnMut(&str, &str) -> Result<(), QueryError>,
) -> Result<(), QueryError> {
    let mut seen = Vec::new();
    for (key, value) in pairs {
        let key = key.as_ref();
        if seen.iter().any(|other| other == key) {
            return Err(QueryError::of(key, "repeated"));
        }
        seen.push(key.to_owned());
        set(key, value.as_ref())?;
    }
    Ok(())
}

impl Query {
    /// How many items a page has when nothing else is asked for.
    pub const DEFAULT_LIMIT: usize = 50;
    /// The most items a page can have.
    pub const LARGEST_LIMIT: usize = 500;

    /// Parses the pairs of a URL's query. An unknown or repeated key, or a value that cannot be
    /// understood, is an error that names it.
    ///
    /// ```
    /// use mobile_sessions::domain::query::Query;
    /// let query = Query::from_pairs([("status", "pending"), ("sort", "-email")]).unwrap();
    /// assert_eq!(query.sort.to_string(), "-email");
    /// assert_eq!(Query::from_pairs([("colour", "red")]).unwrap_err().key, "colour");
    /// ```
    pub fn from_pairs<K: AsRef<str>, V: AsRef<str>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Result<Self, QueryError> {
        let mut query = Query::default();
        each_once(pairs, |key, value| query.set(key, value))?;
        query.check_cursor()?;
        Ok(query)
    }

    /// Parses a JSON object of the same keys: text, numbers and booleans in their JSON types, or
    /// all as text; `null` as if the key were absent. With `push_token`, if that is allowed.
    pub fn from_json(object: &serde_json::Map<String, Value>, secrets: bool) -> Result<Self, QueryError> {
        let mut query = Query::default();
        for (key, value) in object {
            let text = match (key.as_str(), value) {
                (_, Value::Null) => continue,
                (_, Value::String(text)) => text.clone(),
                ("compliant" | "simulator" | "jailbroken" | "unpushed", Value::Bool(_))
                | ("limit", Value::Number(_)) => {
                    // 50.0 is a whole number to JSON.
                    value.to_string().trim_end_matches(".0").to_owned()
                }
                _ => return Err(QueryError::of(key, "other-type")),
            };
            match key.as_str() {
                "push_token" if secrets => query.filter.push_token = Some(Secret::new(text)),
                _ => query.set(key, &text)?,
            }
        }
        query.check_cursor()?;
        Ok(query)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        let filter = &mut self.filter;
        let boolean = || match value {
            "true" => Ok(Some(true)),
            "false" => Ok(Some(false)),
            _ => Err(QueryError::of(key, "not-a-boolean")),
        };
        let time = || QueryError::time(key, value).map(Some);
        match key {
            "status" => {
                let classes: Option<Vec<StatusClass>> = value.split(',').map(StatusClass::parse).collect();
                filter.status = classes.ok_or_else(|| QueryError::of(key, "not-a-status"))?;
                filter.status.sort_unstable();
                filter.status.dedup();
            }
            "q" => filter.q = Some(value.to_lowercase()).filter(|q| !q.is_empty()),
            "app" => filter.app = several(value),
            "email" => filter.email = Some(value.to_lowercase()),
            "device_id" => filter.device_id = Some(value.to_lowercase()),
            "os" => filter.os = several(&value.to_lowercase()),
            "compliant" => filter.compliant = boolean()?,
            "simulator" => filter.simulator = boolean()?,
            "jailbroken" => filter.jailbroken = boolean()?,
            "unpushed" => filter.unpushed = boolean()?,
            "modified_since" => filter.modified_since = time()?,
            "modified_before" => filter.modified_before = time()?,
            "sort" => {
                self.sort = Sort::parse(value)
                    .ok_or_else(|| QueryError::not_one_of(key, SortKey::names() + ", with - in front or not"))?;
            }
            "limit" => self.limit = QueryError::limit(key, value)?,
            "cursor" => self.cursor = Some(Cursor::parse(value).ok_or_else(|| QueryError::of(key, "not-a-cursor"))?),
            "push_token" => return Err(QueryError::of(key, "push-token")),
            _ => return Err(QueryError::of(key, "unknown")),
        }
        Ok(())
    }

    fn check_cursor(&self) -> Result<(), QueryError> {
        match &self.cursor {
            Some(cursor) if cursor.list != self.fingerprint() => Err(QueryError::of("cursor", "other-cursor")),
            _ => Ok(()),
        }
    }

    /// What a cursor must fit: everything but page and page size.
    pub fn fingerprint(&self) -> String {
        let filter = &self.filter;
        let mut hash = Sha256::new();
        hash.update(format!(
            "{}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
            self.sort,
            filter.status,
            filter.q,
            filter.app,
            filter.email,
            filter.device_id,
            filter.os,
            filter.compliant,
            filter.simulator,
            filter.jailbroken,
            filter.unpushed,
            filter.modified_since,
            filter.modified_before,
            filter.push_token.as_ref().map(Secret::expose),
        ));
        URL_SAFE_NO_PAD.encode(&hash.finalize()[..9])
    }
}

/// The values of a key that takes several, with a comma between. A name can hold a comma itself: the whole is one too.
fn several(value: &str) -> Vec<String> {
    let parts = value.split(',').filter(|part| *part != value);
    std::iter::once(value).chain(parts).map(str::to_owned).collect()
}

/// The place of one session in a list, which holds even when that session is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The list's [`Query::fingerprint`].
    #[serde(rename = "l")]
    pub list: String,
    /// The sort value of the last session of the page before.
    #[serde(rename = "v")]
    pub value: SortValue,
    /// Its app.
    #[serde(rename = "a")]
    pub app: String,
    /// Its id.
    #[serde(rename = "i")]
    pub id: String,
}

/// A value that sessions are sorted by. `null` stands behind everything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SortValue {
    /// Milliseconds since 1970.
    Time(i64),
    /// Text in lower case, or an id as it is.
    Text(String),
    /// No value.
    Null,
}

impl Cursor {
    /// As `next_cursor` shows it.
    pub fn encode(&self) -> String {
        // A struct of text and numbers always serializes; an empty cursor would be refused as such.
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// The reverse of [`Cursor::encode`].
    pub fn parse(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key_of(pairs: &[(&str, &str)]) -> String {
        Query::from_pairs(pairs.iter().copied()).unwrap_err().key
    }

    #[test]
    fn what_cannot_be_understood_is_named() {
        for pair in [
            ("colour", "red"),
            ("status", "Accepted"),
            ("status", "pending,"),
            ("status", "pending,banned"),
            ("jailbroken", "yes"),
            ("compliant", "yes"),
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
        let query =
            Query::from_pairs([("status", "other,pending,other"), ("os", "iOS,Android"), ("app", "a")]).unwrap();
        assert_eq!(query.filter.status, [StatusClass::Pending, StatusClass::Other]);
        assert_eq!(query.filter.os, ["ios,android", "ios", "android"]);
        assert_eq!(query.filter.app, ["a"]);
    }

    #[test]
    fn a_cursor_fits_its_own_list_alone() {
        let query = Query::from_pairs([("status", "pending")]).unwrap();
        let cursor = Cursor { list: query.fingerprint(), value: SortValue::Null, app: "a".into(), id: "1".into() };
        assert_eq!(Cursor::parse(&cursor.encode()), Some(cursor.clone()));
        let text = cursor.encode();
        assert!(Query::from_pairs([("status", "pending"), ("limit", "7"), ("cursor", &text)]).is_ok());
        assert_eq!(key_of(&[("status", "accepted"), ("cursor", &text)]), "cursor");
        assert_eq!(key_of(&[("status", "pending"), ("sort", "id"), ("cursor", &text)]), "cursor");
    }

    #[test]
    fn json_takes_types_and_the_push_token_by_right_alone() {
        let object = serde_json::json!({ "compliant": true, "limit": 7, "q": null, "push_token": "x" });
        let object = object.as_object().unwrap();
        let query = Query::from_json(object, true).unwrap();
        assert_eq!((query.filter.compliant, query.limit), (Some(true), 7));
        assert_eq!(Query::from_json(object, false).unwrap_err().key, "push_token");
    }
}

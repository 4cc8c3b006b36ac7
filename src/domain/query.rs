//! Which sessions, in which order, which page: the keys of a list, parsed once.

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
    App,
    Modified,
    /// Since when the session has been pending.
    PendingSince,
    /// When the session was first seen.
    FirstSeen,
    Id,
}

/// A sort key and its direction. Ties go by app, then id, ascending in both directions; what is
/// `null` stands last ascending and first descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
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
    pub status: Vec<StatusClass>,
    /// A substring, in lower case, of what a person would search for.
    pub q: Option<String>,
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
    /// Whether somebody declined to let it in.
    pub declined: Option<bool>,
    /// At or after this time.
    pub modified_since: Option<Timestamp>,
    pub modified_before: Option<Timestamp>,
    /// The exact push-notification token; only for callers with `secrets:read`.
    pub push_token: Option<Secret<String>>,
}

impl Filter {
    /// Whether app, status and decline are all that is asked for: such lists are counted already.
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
    pub filter: Filter,
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
}

impl Query {
    /// How many items a page has when nothing else is asked for.
    pub const DEFAULT_LIMIT: usize = 50;
    /// The most items a page can have.
    pub const LARGEST_LIMIT: usize = 500;

    /// What a cursor must fit: everything but page and page size.
    pub fn fingerprint(&self) -> String {
        let filter = &self.filter;
        let mut hash = Sha256::new();
        hash.update(format!(
            "{}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}|{:?}",
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
            filter.declined,
            filter.modified_since,
            filter.modified_before,
            filter.push_token.as_ref().map(Secret::expose),
        ));
        URL_SAFE_NO_PAD.encode(&hash.finalize()[..9])
    }
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
    #[serde(rename = "a")]
    pub app: String,
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

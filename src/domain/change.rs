//! What may be done to a session: set its status, set its e-mail, delete it, bring it back.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use strum::{EnumString, IntoStaticStr, VariantArray};

use super::decision::{Decision, Declined};
use super::session::Status;
use super::spelling::spelled;
use crate::i18n::Message;

spelled!(ReasonCode, Action, Outcome);

/// SHA-256 of a file's bytes: what a change was built on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// From 32 raw bytes, as the journal keeps it.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The 32 raw bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first eight bytes as a number, never 0: enough to see that a file has other bytes.
    pub fn content(&self) -> u64 {
        self.0.first_chunk().map_or(1, |first| u64::from_be_bytes(*first).max(1))
    }

    /// The first 16 bytes in hexadecimal: the first part of an `ETag`.
    pub fn short_hex(&self) -> String {
        hex::encode(&self.0[..16])
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short_hex())
    }
}

/// The state of a session that a client has seen: the part of an `ETag` before the dash. It is the digest of the file's
/// bytes, and for a declined session, behind a dot, when that was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpectedState {
    bytes: String,
    declined: Option<String>,
}

impl ExpectedState {
    /// The part of the tag of a session in this state.
    pub fn tag(digest: &Digest, declined: Option<&Declined>) -> String {
        match declined {
            Some(declined) => format!("{}.{}", digest.short_hex(), declined_mark(declined)),
            None => digest.short_hex(),
        }
    }

    /// These bytes, with nothing decided beside them.
    pub fn undeclined(digest: &Digest) -> Self {
        Self { bytes: digest.short_hex(), declined: None }
    }

    /// From an entity tag, with or without its quotes and its second part. `None` for no tag.
    ///
    /// ```
    /// use mobile_sessions::domain::change::{Digest, ExpectedState};
    /// let digest = Digest::of(b"{}");
    /// let expected = ExpectedState::parse(&format!("\"{}-0123\"", digest.short_hex())).unwrap();
    /// assert!(expected.has_bytes(&digest) && expected.has_decision(None));
    /// ```
    pub fn parse(tag: &str) -> Option<Self> {
        let inner = match tag.trim().strip_prefix('"') {
            Some(rest) => rest.strip_suffix('"')?,
            None => tag.trim(),
        };
        let state = inner.split('-').next().unwrap_or(inner);
        let plausible = !state.is_empty() && state.bytes().all(|b| b.is_ascii_graphic() && b != b'"');
        let (bytes, declined) = match state.split_once('.') {
            Some((bytes, declined)) => (bytes, Some(declined.to_owned())),
            None => (state, None),
        };
        plausible.then(|| Self { bytes: bytes.to_owned(), declined })
    }

    /// Whether the file still has these bytes.
    pub fn has_bytes(&self, digest: &Digest) -> bool {
        self.bytes == digest.short_hex()
    }

    /// Whether what was decided beside the file is the same.
    pub fn has_decision(&self, declined: Option<&Declined>) -> bool {
        self.declined == declined.map(declined_mark)
    }
}

fn declined_mark(declined: &Declined) -> String {
    format!("{:x}", declined.at.millis())
}

/// An e-mail address, a login name of an app with a login form of its own, or the empty text of a guest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Email(String);

impl Email {
    /// The longest one, in characters.
    pub const LONGEST: usize = 254;

    /// `None` for a longer text, or one with a control character.
    ///
    /// ```
    /// use mobile_sessions::domain::change::Email;
    /// assert!(Email::parse("").is_some() && Email::parse("jdoe").is_some());
    /// assert!(Email::parse("user@corp.example").is_some());
    /// assert!(Email::parse("a\nb").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let fits = text.chars().count() <= Self::LONGEST && !text.contains(char::is_control);
        fits.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is one address, or one login name, and nothing beside it: no white space and at most one `@`, with
    /// something on both sides.
    pub fn is_one_name(&self) -> bool {
        let is_one = match self.0.split_once('@') {
            Some((local, domain)) => !local.is_empty() && !domain.is_empty() && !domain.contains('@'),
            None => !self.0.is_empty(),
        };
        is_one && !self.0.contains(char::is_whitespace)
    }
}

/// Why a change was made: text for the journal alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Reason(String);

impl Reason {
    /// The longest reason, in characters.
    pub const LONGEST: usize = 500;

    /// `None` for a longer text.
    pub fn parse(text: &str) -> Option<Self> {
        (text.chars().count() <= Self::LONGEST).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why this program itself wrote an entry: the journal keeps the code, and each reader is told in their language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum ReasonCode {
    /// Of two versions that another program wrote, the older one is kept.
    KeptAside,
}

impl ReasonCode {
    pub fn sentence(self) -> Reason {
        Reason(Message::new(format!("reason-{}", self.as_str())).to_string())
    }
}

impl From<ReasonCode> for Reason {
    fn from(code: ReasonCode) -> Self {
        Self(code.as_str().to_owned())
    }
}

/// New values for a session; a field that is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    pub status: Option<Status>,
    pub email: Option<Email>,
}

/// What a journal entry did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Action {
    SetStatus,
    SetEmail,
    /// Status and e-mail at once.
    Edit,
    /// The file was taken away, and its bytes kept.
    Delete,
    /// A deleted file was put back.
    Restore,
    /// A pending session is not to be let in. Its file was not touched, as by what follows.
    Decline,
    /// That was taken back.
    Undecline,
    /// What people call the device, and say of it, is another.
    SetNote,
}

impl Action {
    /// Whether nothing was done to the file.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::Decline | Self::Undecline | Self::SetNote)
    }
}

/// What became of a journal entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Outcome {
    /// The change is on disk.
    Done,
    /// The program stopped in the middle, and somebody else's bytes stand there now.
    Overwritten,
}

/// The two values a change can touch, as the journal shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values {
    /// The status as the file spelled it; `null` where there was none.
    pub status: Option<String>,
    /// The e-mail; `null` where there was none.
    pub email: Option<String>,
}

/// What a session's file is, as far as changes go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileState {
    /// The first bytes of its digest.
    pub content: u64,
    /// The values that can be changed.
    pub values: Values,
    /// That the session is declined, where it is.
    pub declined: Option<Decision>,
    /// What people call its device, and say of it.
    pub note: Option<Decision>,
}

/// What a caller expects of the file before a change: the `If-Match` of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Expectation {
    /// Nothing: whatever stands there is built on.
    #[default]
    Nothing,
    /// The file exists (`If-Match: *`).
    Exists,
    /// The session is in one of these states.
    OneOf(Vec<ExpectedState>),
    /// The file has the bytes of this digest, whatever was decided beside it.
    Bytes(Digest),
    /// The file has the bytes of this [`Digest::content`], as a list knows them.
    Content(u64),
}

impl Expectation {
    /// The very bytes of this digest.
    pub fn exactly(digest: &Digest) -> Self {
        Expectation::Bytes(*digest)
    }

    /// Whether a file with this digest is what was expected.
    pub fn holds(&self, digest: &Digest) -> bool {
        match self {
            Expectation::Nothing | Expectation::Exists => true,
            Expectation::OneOf(states) => states.iter().any(|state| state.has_bytes(digest)),
            Expectation::Bytes(bytes) => bytes == digest,
            Expectation::Content(content) => digest.content() == *content,
        }
    }

    /// Whether what was decided on a session is what was expected.
    pub fn holds_decision(&self, declined: Option<&Declined>) -> bool {
        match self {
            Expectation::OneOf(states) => states.iter().any(|state| state.has_decision(declined)),
            _ => true,
        }
    }
}

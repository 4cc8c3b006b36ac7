//! What a push is, and how it ended.

use serde::{Deserialize, Serialize, Serializer};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::account::{Actor, AppScope};
use super::spelling::spelled;
use super::timestamp::Timestamp;
use crate::i18n::Message;

spelled!(PushOutcome, FailureKind);

/// An error that 4D reported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PushError {
    /// The part of 4D that reports it; `mobi` for sessions.
    pub component: String,
    /// Its number there.
    pub code: i64,
    /// 4D's words.
    pub message: String,
}

impl PushError {
    /// Whether 4D complains of a session's file: one of the codes 1 to 4 of `mobi` (source: the reference of
    /// MOBILE APP REFRESH SESSIONS, developer.4d.com/docs/commands/mobile-app-refresh-sessions).
    pub fn is_of_a_file(&self) -> bool {
        self.component == "mobi" && (1..=4).contains(&self.code)
    }
}

/// How a push ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PushOutcome {
    /// 4D has read all of it.
    Ok,
    /// 4D has read the folder and complained of files that are known here not to be compliant.
    Errors,
    /// Nobody knows what 4D has read.
    Failed,
}

/// Why nobody knows what 4D has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum FailureKind {
    /// Nobody knows the host name.
    NoSuchHost,
    Refused,
    /// No connection, for what the system says.
    Unreachable,
    /// No connection, for nobody knows what.
    NotConnecting,
    TimedOut,
    /// No secure connection, for what the protocol says.
    Tls,
    /// Its certificate is from a stranger.
    UnknownIssuer,
    /// Its certificate is not good, for what the protocol says.
    BadCertificate,
    NoTls,
    /// The connection ended before the answer.
    Broken,
    /// It answered 401.
    WrongSecret,
    /// It answered 403.
    Forbidden,
    /// It answered 404.
    NotFound,
    /// It answered with this status that it is elsewhere.
    Redirect,
    /// It answered with this status.
    Status,
    /// The answer is too long.
    TooLong,
    /// The answer is not JSON.
    NotJson,
    /// The answer has no field of this name.
    MissingField,
    /// A value of the answer has another type.
    OtherType,
    /// The command failed, and 4D does not say why.
    NotSaid,
    /// The command failed for other reasons than a file.
    OfItself,
    /// 4D complains of a file, and all here are in order.
    OtherFolder,
    /// The program was stopped before 4D answered.
    Stopped,
    /// As a sentence says that is all there is of it: written down by an earlier version.
    Told,
}

impl FailureKind {
    /// With what is known of it.
    pub fn with(self, detail: impl Into<String>) -> Failure {
        Failure { kind: self, detail: detail.into() }
    }
}

/// Why a push failed. It serializes to its sentence in English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The status, or what the system or the other side says; else empty.
    pub detail: String,
}

impl From<FailureKind> for Failure {
    fn from(kind: FailureKind) -> Self {
        kind.with("")
    }
}

impl Failure {
    /// As the database spells it: the kind, and behind it what is known.
    pub fn spelled(&self) -> String {
        let Self { kind, detail } = self;
        match kind {
            FailureKind::Told => detail.clone(),
            _ if detail.is_empty() => kind.as_str().to_owned(),
            _ => format!("{} {detail}", kind.as_str()),
        }
    }

    /// The reverse of [`Failure::spelled`]. Anything else is a sentence of an earlier version.
    pub fn parse(text: &str) -> Self {
        let (name, detail) = text.split_once(' ').unwrap_or((text, ""));
        FailureKind::parse(name).map_or_else(|| FailureKind::Told.with(text), |kind| kind.with(detail))
    }
}

impl Failure {
    /// What happened, and the way out.
    pub fn message(&self) -> Message {
        Message::new(format!("push-failure-{}", self.kind.as_str())).with("detail", self.detail.clone())
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.message())
    }
}

/// A push that came to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completed {
    pub at: Timestamp,
    pub by: Actor,
    pub outcome: PushOutcome,
    pub detail: Option<Failure>,
    pub push_errors: Vec<PushError>,
    pub duration_ms: u64,
}

impl Completed {
    /// As a caller sees it who is held to these apps: 4D's words may name files of others.
    pub fn within(mut self, scope: &AppScope) -> Self {
        if !scope.is_all() {
            self.push_errors = without_words(self.push_errors);
        }
        self
    }
}

/// Errors without what 4D says of single files.
pub fn without_words(errors: Vec<PushError>) -> Vec<PushError> {
    errors.into_iter().map(|error| PushError { message: String::new(), ..error }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_four_codes_of_mobi_are_about_files() {
        let error = |component: &str, code| PushError { component: component.into(), code, message: String::new() };
        assert!((1..=4).all(|code| error("mobi", code).is_of_a_file()));
        for other in [error("mobi", 0), error("mobi", 5), error("HTTP", 1), error("MOBI", 1), error("", 1)] {
            assert!(!other.is_of_a_file(), "{other:?}");
        }
    }

    #[test]
    fn every_failure_survives_storing() {
        for &kind in FailureKind::ALL {
            for failure in [kind.with("a"), kind.with("a 1: b")] {
                let back = Failure::parse(&failure.spelled());
                assert_eq!(back, if kind == FailureKind::Told { Failure::parse(&failure.detail) } else { failure });
            }
        }
        let old = "4D refused the connection: nothing listens.";
        let failure = Failure::parse(old);
        assert_eq!((failure.kind, failure.spelled().as_str()), (FailureKind::Told, old));
        assert_eq!(failure.message().to_string(), old);
    }
}

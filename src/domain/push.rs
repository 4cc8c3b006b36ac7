//! What a push is, and how it ended.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use utoipa::ToSchema;

use super::account::{Actor, AppScope};
use super::timestamp::Timestamp;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PushOutcome {
    /// 4D has read all of it.
    Ok,
    /// 4D has read the folder and complained of files that are known here not to be compliant.
    Errors,
    /// Nobody knows what 4D has read.
    Failed,
}

impl PushOutcome {
    /// Every outcome.
    pub const ALL: [PushOutcome; 3] = [PushOutcome::Ok, PushOutcome::Errors, PushOutcome::Failed];

    /// As the API and the database spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            PushOutcome::Ok => "ok",
            PushOutcome::Errors => "errors",
            PushOutcome::Failed => "failed",
        }
    }

    /// The reverse of [`PushOutcome::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

/// Why nobody knows what 4D has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    /// Nobody knows the host name.
    NoSuchHost,
    /// Nothing listens there.
    Refused,
    /// No connection, for what the system says.
    Unreachable,
    /// No connection, for nobody knows what.
    NotConnecting,
    /// No answer in time.
    TimedOut,
    /// No secure connection, for what the protocol says.
    Tls,
    /// Its certificate is from a stranger.
    UnknownIssuer,
    /// Its certificate is not good, for what the protocol says.
    BadCertificate,
    /// It does not encrypt.
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
    /// Every kind that can come about.
    pub const ALL: [FailureKind; 23] = [
        FailureKind::NoSuchHost,
        FailureKind::Refused,
        FailureKind::Unreachable,
        FailureKind::NotConnecting,
        FailureKind::TimedOut,
        FailureKind::Tls,
        FailureKind::UnknownIssuer,
        FailureKind::BadCertificate,
        FailureKind::NoTls,
        FailureKind::Broken,
        FailureKind::WrongSecret,
        FailureKind::Forbidden,
        FailureKind::NotFound,
        FailureKind::Redirect,
        FailureKind::Status,
        FailureKind::TooLong,
        FailureKind::NotJson,
        FailureKind::MissingField,
        FailureKind::OtherType,
        FailureKind::NotSaid,
        FailureKind::OfItself,
        FailureKind::OtherFolder,
        FailureKind::Stopped,
    ];

    /// As the database spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            FailureKind::NoSuchHost => "no-such-host",
            FailureKind::Refused => "refused",
            FailureKind::Unreachable => "unreachable",
            FailureKind::NotConnecting => "not-connecting",
            FailureKind::TimedOut => "timed-out",
            FailureKind::Tls => "tls",
            FailureKind::UnknownIssuer => "unknown-issuer",
            FailureKind::BadCertificate => "bad-certificate",
            FailureKind::NoTls => "no-tls",
            FailureKind::Broken => "broken",
            FailureKind::WrongSecret => "wrong-secret",
            FailureKind::Forbidden => "forbidden",
            FailureKind::NotFound => "not-found",
            FailureKind::Redirect => "redirect",
            FailureKind::Status => "status",
            FailureKind::TooLong => "too-long",
            FailureKind::NotJson => "not-json",
            FailureKind::MissingField => "missing-field",
            FailureKind::OtherType => "other-type",
            FailureKind::NotSaid => "not-said",
            FailureKind::OfItself => "of-itself",
            FailureKind::OtherFolder => "other-folder",
            FailureKind::Stopped => "stopped",
            FailureKind::Told => "told",
        }
    }

    /// With what is known of it.
    pub fn with(self, detail: impl Into<String>) -> Failure {
        Failure { kind: self, detail: detail.into() }
    }
}

/// Why a push failed. It serializes to a sentence: what happened, and the way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// In general.
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
        let kind = FailureKind::ALL.into_iter().find(|kind| kind.as_str() == name);
        kind.map_or_else(|| FailureKind::Told.with(text), |kind| kind.with(detail))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = &self.detail;
        match self.kind {
            FailureKind::NoSuchHost => {
                f.write_str("The host name in --push-url is not known: check how it is spelled.")
            }
            FailureKind::Refused => f.write_str(
                "4D refused the connection: nothing listens at this address and port. Start its web server, or \
                check --push-url.",
            ),
            FailureKind::Unreachable => {
                write!(f, "4D cannot be reached ({detail}): check the network and the address in --push-url.")
            }
            FailureKind::NotConnecting => f.write_str(
                "4D cannot be reached (it does not connect): check the network and the address in --push-url.",
            ),
            FailureKind::TimedOut => f.write_str(
                "4D did not answer in time. It may be busy, or a firewall drops the request: look at 4D, and \
                push again.",
            ),
            FailureKind::Tls => encryption_failed(f, detail),
            FailureKind::UnknownIssuer => {
                encryption_failed(f, "its certificate is from nobody that this machine trusts")
            }
            FailureKind::BadCertificate => encryption_failed(f, &format!("its certificate is not good: {detail}")),
            FailureKind::NoTls => encryption_failed(f, "what answers there does not speak TLS"),
            FailureKind::Broken => {
                f.write_str("The connection to 4D broke before the whole answer had come: push again.")
            }
            FailureKind::WrongSecret => f.write_str(
                "4D knows another secret (401): put the same one into the code in 4D and into \
                --push-secret-file.",
            ),
            FailureKind::Forbidden => f.write_str(
                "4D forbids it (403): allow this request in On Web Authentication, or in the privileges of the \
                project.",
            ),
            FailureKind::NotFound => f.write_str(
                "4D has nothing at this address (404): install the code of \"Connect 4D\", restart 4D's web \
                server, and check the path in --push-url.",
            ),
            FailureKind::Redirect => write!(
                f,
                "4D sends to another address ({detail}), which is not followed: put the final address into \
                --push-url."
            ),
            FailureKind::Status => {
                write!(f, "4D answered with status {detail}: its own log says why. Look there, and push again.")
            }
            FailureKind::TooLong => f.write_str(
                "The answer is longer than 1 MiB, so it is none of the code of \"Connect 4D\": check \
                --push-url.",
            ),
            FailureKind::NotJson => f.write_str(
                "The answer is not JSON, so it is none of the code of \"Connect 4D\": install it, and check \
                --push-url.",
            ),
            FailureKind::MissingField => other_shape(f, &format!("missing field `{detail}`")),
            FailureKind::OtherType => other_shape(f, "a value has another type"),
            FailureKind::NotSaid => f.write_str(
                "4D answered that the command failed, and not why: its own log may say more. Look there, and \
                push again.",
            ),
            FailureKind::OfItself => f.write_str(
                "The command failed in 4D, for other reasons than a file that it does not take. See its \
                errors.",
            ),
            FailureKind::OtherFolder => f.write_str(
                "4D complains of a session file, though all files here are in order: is --push-url the 4D \
                server of this very MobileApps folder?",
            ),
            FailureKind::Stopped => f.write_str(
                "mobile-sessions was stopped before 4D answered, so nobody knows what 4D has read: push again.",
            ),
            FailureKind::Told => f.write_str(detail),
        }
    }
}

fn encryption_failed(f: &mut fmt::Formatter<'_>, why: &str) -> fmt::Result {
    write!(
        f,
        "The encrypted connection to 4D failed ({why}). Give 4D a certificate that this machine trusts, for \
        the host name in --push-url; or begin --push-url with http if 4D does not encrypt."
    )
}

fn other_shape(f: &mut fmt::Formatter<'_>, why: &str) -> fmt::Result {
    write!(f, "The answer is JSON of another shape ({why}): install the code of \"Connect 4D\" as it stands there.")
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A push that came to its end.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Completed {
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Who asked for it.
    pub by: Actor,
    /// How it ended.
    pub outcome: PushOutcome,
    /// What happened, in words; `null` unless it failed.
    #[schema(value_type = Option<String>)]
    pub detail: Option<Failure>,
    /// What 4D reported.
    pub push_errors: Vec<PushError>,
    /// How long 4D took, in milliseconds.
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
    fn every_failure_has_its_own_sentence_and_survives_storing() {
        let all = FailureKind::ALL.map(|kind| [kind.into(), kind.with("a 1: b")]).concat();
        let words: std::collections::BTreeSet<String> =
            FailureKind::ALL.iter().map(|&kind| Failure::from(kind).to_string()).collect();
        assert_eq!(words.len(), FailureKind::ALL.len());
        assert!(words.iter().all(|words| words.ends_with(['.', '?']) && words.contains([':', '.'])), "{words:?}");
        for failure in all {
            assert_eq!(Failure::parse(&failure.spelled()), failure);
        }
        let old = "4D refused the connection: nothing listens.";
        let told = Failure::parse(old);
        assert_eq!((told.kind, told.to_string().as_str(), told.spelled().as_str()), (FailureKind::Told, old, old));
    }

    #[test]
    fn every_outcome_is_spelled_one_way() {
        for outcome in PushOutcome::ALL {
            assert_eq!(PushOutcome::parse(outcome.as_str()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.as_str());
        }
    }
}

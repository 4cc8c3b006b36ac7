//! What a push is, and how it ended.

use serde::{Deserialize, Serialize};
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
    pub detail: Option<String>,
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
    fn every_outcome_is_spelled_one_way() {
        for outcome in PushOutcome::ALL {
            assert_eq!(PushOutcome::parse(outcome.as_str()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.as_str());
        }
    }
}

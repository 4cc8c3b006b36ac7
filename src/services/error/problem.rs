//! An error as programs see it: `application/problem+json`.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::code::Code;
use super::kinds::{Error, FieldError};
use crate::domain::push::PushError;
use crate::domain::session::secrets::escaped;

/// What every problem's type begins with.
const TYPES: &str = "/problems/";

/// An error as programs see it (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(examples(json!({
    "type": "/problems/precondition-failed", "title": "Changed since it was read", "status": 412,
    "detail": "Somebody changed the session in the meantime. Nothing of yours was written. Read it again, and send the new \
        ETag.",
    "request_id": "01K9ZC4T8TQ4D0Y2F1G3H5J7KM", "errors": [], "push_errors": null
})))]
pub struct Problem {
    /// A stable relative URI that resolves to a page which explains it.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same for every occurrence of the type.
    pub title: String,
    pub status: u16,
    /// What happened, what was kept, what to do.
    pub detail: String,
    /// To find the request in the log.
    pub request_id: String,
    /// Each value of the input that is not acceptable.
    #[serde(default)]
    pub errors: Vec<FieldError>,
    /// What 4D reported, where a push failed.
    pub push_errors: Option<Vec<PushError>>,
}

impl Problem {
    /// The last part of its type; `None` for one of an earlier version.
    pub fn code(&self) -> Option<Code> {
        self.kind.strip_prefix(TYPES).and_then(Code::parse)
    }
}

impl Error {
    /// As `application/problem+json` shows it.
    pub fn problem(&self, request_id: &str) -> Problem {
        let code = self.code();
        let errors = match self {
            Error::Invalid(errors) => errors.clone(),
            Error::Query(error) => vec![FieldError::new(format!("/{}", escaped(&error.key)), &error.detail)],
            _ => Vec::new(),
        };
        Problem {
            kind: format!("{TYPES}{}", code.as_str()),
            title: code.title(),
            status: code.status(),
            detail: self.to_string(),
            request_id: request_id.to_owned(),
            errors,
            push_errors: match self {
                Error::PushFailed { push_errors, .. } => Some(push_errors.clone()),
                _ => None,
            },
        }
    }
}

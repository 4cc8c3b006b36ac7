//! What bodies of several requests have in common, parsed into what it means.

use crate::domain::change::{Email, Reason};
use crate::domain::session::Status;
use crate::http::extract::Object;
use crate::services::error::Error;
use serde_json::Value;

const STATUS: &str = "The status must be \"accepted\" or \"pending\".";
const EMAIL: &str = "The e-mail must be an address, or \"\" for none.";
const REASON: &str = "The reason must be text of at most 500 characters.";

/// `status`; `None` where the key is absent.
pub fn status(body: &mut Object) -> Result<Option<Status>, Error> {
    let Some(value) = body.take("status") else { return Ok(None) };
    let status = value.as_str().and_then(Status::parse);
    status.map(Some).ok_or_else(|| body.wrong("status", STATUS))
}

/// `email`; `None` where the key is absent. `null` is no address.
pub fn email(body: &mut Object) -> Result<Option<Email>, Error> {
    let Some(value) = body.take("email") else { return Ok(None) };
    let email = value.as_str().and_then(Email::parse);
    email.map(Some).ok_or_else(|| body.wrong("email", EMAIL))
}

/// `reason`; `None` where the key is absent or `null`.
pub fn reason(body: &mut Object) -> Result<Option<Reason>, Error> {
    match body.take("reason") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Reason::parse(&text).map(Some).ok_or_else(|| body.wrong("reason", REASON)),
        Some(_) => Err(body.wrong("reason", REASON)),
    }
}

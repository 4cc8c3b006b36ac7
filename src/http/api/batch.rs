//! `POST /sessions/batch`: the same for many sessions, or one session in place of another.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::{Answer, body, sessions};
use crate::domain::account::Permission;
use crate::domain::change::{Expectation, ExpectedBytes};
use crate::domain::query::QueryError;
use crate::http::extract::{Call, Object};
use crate::services::batches::{BatchAnswer, BatchOrder, BatchState, IdempotencyKey};
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget};
use crate::services::error::Error;

/// 10,000 sessions with everything that can be said of them.
const LARGEST_BODY: usize = 16 << 20;

/// What to do to which sessions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct Batch {
    action: Action,
    /// For `set_status`
    #[schema(nullable = false)]
    status: Option<crate::domain::session::Status>,
    /// For `set_email`: an address, or `""`
    #[schema(nullable = false, max_length = 254)]
    email: Option<String>,
    /// These sessions; or else `filter`
    #[schema(max_items = 10_000)]
    sessions: Option<Vec<Item>>,
    /// All that a list with these keys has now
    filter: Option<Filter>,
    /// Why, for the journal alone
    #[schema(max_length = 500)]
    reason: Option<String>,
    /// Write nothing, and tell what would be
    dry_run: Option<bool>,
}

/// What a batch does.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(dead_code, reason = "read by the API's document alone")]
pub enum Action {
    SetStatus,
    SetEmail,
    Delete,
    /// Accept each session, then delete the one that it replaces.
    Replace,
}

/// One session of a batch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct Item {
    app: String,
    id: String,
    /// Change it only if it still is as it was read
    etag: Option<String>,
    /// For `replace`: the session to delete
    replaces: Option<Replaced>,
}

/// A session to delete once another one is accepted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct Replaced {
    app: String,
    id: String,
    etag: Option<String>,
}

/// The keys of a list, without its order and page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct Filter {
    status: Option<crate::domain::session::StatusClass>,
    q: Option<String>,
    app: Option<String>,
    email: Option<String>,
    device_id: Option<String>,
    os: Option<String>,
    compliant: Option<bool>,
    simulator: Option<bool>,
    unpushed: Option<bool>,
    #[schema(value_type = Option<String>, format = DateTime)]
    modified_since: Option<String>,
    #[schema(value_type = Option<String>, format = DateTime)]
    modified_before: Option<String>,
    /// Needs `secrets:read`
    push_token: Option<String>,
}

/// Change or delete many sessions
///
/// Each item succeeds or fails by itself. The batch runs to its end when the client leaves.
#[utoipa::path(post, path = "/sessions/batch", tag = "sessions", operation_id = "run_batch",
    params(
        ("Idempotency-Key" = Option<String>, Header, description = "A retry with the same key and body gets the first answer, for 24 h"),
        ("Prefer" = Option<String>, Header, description = "respond-async: answer at once, and go on"),
    ),
    request_body = Batch,
    responses(
        (status = 200, description = "What became of each session", body = BatchResult),
        (status = 202, description = "The batch runs", body = BatchState, headers(
            ("Location" = String, description = "Where its state is"),
        )),
    ))]
pub async fn run(mut call: Call) -> Answer {
    let caller = call.require(Permission::Change)?;
    call.no_query()?;
    let (given, bytes) = call.json(&["application/json"], LARGEST_BODY).await?;
    let idempotency = idempotency(&call, &bytes)?;
    let order = order(given, caller.secrets, idempotency)?;
    let at_once = prefers_async(&call);
    let batches = &call.app.batches;
    let BatchAnswer { status, body, batch_id } = match at_once {
        true => batches.start(&caller, &call.request_id, order).await?,
        false => batches.run(&caller, &call.request_id, order).await?,
    };
    let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
    if let Some(id) = batch_id {
        answer.insert_header((header::LOCATION, format!("/api/v1/batches/{id}")));
        answer.insert_header(("Preference-Applied", "respond-async"));
    }
    Ok(answer.content_type("application/json").body(body))
}

/// Get how far a batch is
#[utoipa::path(get, path = "/batches/{id}", tag = "sessions", operation_id = "get_batch",
    params(("id" = String, Path, description = "The batch's id")),
    responses((status = 200, description = "Its state, and its result once it is done", body = BatchState)))]
pub async fn state(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    call.no_query()?;
    let id = call.part("id").unwrap_or_default();
    let state = call.app.batches.state(&caller, &id).await?.ok_or(Error::NotFound("batch of this id"))?;
    Ok(HttpResponse::Ok().json(state))
}

fn idempotency(call: &Call, body: &[u8]) -> Result<Option<IdempotencyKey>, Error> {
    if !call.req.headers().contains_key("idempotency-key") {
        return Ok(None);
    }
    let key = call.header("idempotency-key").and_then(|key| IdempotencyKey::new(key, body));
    let wrong = || QueryError::new("Idempotency-Key", "An Idempotency-Key has 1 to 255 visible ASCII characters.");
    Ok(Some(key.ok_or_else(wrong)?))
}

fn prefers_async(call: &Call) -> bool {
    let mut all = call.req.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
    all.any(|value| value.split(',').any(|one| one.trim().eq_ignore_ascii_case("respond-async")))
}

fn order(mut given: Object, secrets: bool, idempotency: Option<IdempotencyKey>) -> Result<BatchOrder, Error> {
    let action = given.required_text("action")?;
    let reason = body::reason(&mut given)?;
    let dry_run = given.flag("dry_run")?;
    let request = match action.as_str() {
        "set_status" => {
            let status = body::status(&mut given)?.ok_or_else(|| given.wrong("status", "This is needed."))?;
            BatchRequest::Each(BatchAction::SetStatus(status), target(&mut given, secrets)?)
        }
        "set_email" => {
            let email = body::email(&mut given)?.ok_or_else(|| given.wrong("email", "This is needed."))?;
            BatchRequest::Each(BatchAction::SetEmail(email), target(&mut given, secrets)?)
        }
        "delete" => BatchRequest::Each(BatchAction::Delete, target(&mut given, secrets)?),
        "replace" => {
            let sessions = given.take("sessions").ok_or_else(|| given.wrong("sessions", "This is needed."))?;
            BatchRequest::Replace(items(sessions, true)?)
        }
        _ => {
            let detail = "The action must be \"set_status\", \"set_email\", \"delete\" or \"replace\".";
            return Err(given.wrong("action", detail));
        }
    };
    given.end()?;
    Ok(BatchOrder { request, reason, dry_run, idempotency })
}

fn target(given: &mut Object, secrets: bool) -> Result<BatchTarget, Error> {
    let present = |value: Option<Value>| value.filter(|value| !value.is_null());
    match (present(given.take("sessions")), present(given.take("filter"))) {
        (Some(sessions), None) => Ok(BatchTarget::Sessions(items(sessions, false)?)),
        (None, Some(filter)) => {
            let keys = Object::of(filter, "/filter")?.rest();
            Ok(BatchTarget::Filter(Box::new(sessions::filter(keys, secrets)?)))
        }
        (Some(_), Some(_)) => Err(given.wrong("filter", "Give either \"sessions\" or \"filter\", not both.")),
        (None, None) => Err(given.wrong("sessions", "Give either \"sessions\" or \"filter\".")),
    }
}

fn items(sessions: Value, replace: bool) -> Result<Vec<BatchItem>, Error> {
    let Value::Array(sessions) = sessions else {
        return Err(Error::invalid("/sessions", "This must be a list of sessions."));
    };
    let item = |(n, value)| item(Object::of(value, &format!("/sessions/{n}"))?, replace);
    sessions.into_iter().enumerate().map(item).collect()
}

fn item(mut given: Object, replace: bool) -> Result<BatchItem, Error> {
    let (app, id, expected) = named(&mut given)?;
    let replaces = if replace {
        let at = given.pointer("replaces");
        let other = given.take("replaces").ok_or_else(|| given.wrong("replaces", "This is needed."))?;
        let mut other = Object::of(other, &at)?;
        let named = named(&mut other)?;
        other.end()?;
        Some(named)
    } else {
        None
    };
    given.end()?;
    Ok(BatchItem { app, id, expected, replaces })
}

fn named(given: &mut Object) -> Result<(String, String, Expectation), Error> {
    let (app, id) = (given.required_text("app")?, given.required_text("id")?);
    let expected = match given.text("etag")? {
        None => Expectation::Nothing,
        Some(tag) => {
            let bytes = ExpectedBytes::parse(&tag).ok_or_else(|| given.wrong("etag", "This is no entity tag."))?;
            Expectation::OneOf(vec![bytes])
        }
    };
    Ok((app, id, expected))
}

//! `POST /sessions/batch`: the same for many sessions, or one session in place of another.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use super::{body, sessions};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::{Expectation, ExpectedBytes};
use crate::http::extract::{Call, Object, whole_number};
use crate::http::failure::Answer;
use crate::services::batches::{BatchOrder, BatchState};
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget, Selection};
use crate::services::error::Error;

/// 10,000 sessions with everything that can be said of them.
pub const LARGEST_BODY: usize = 16 << 20;

/// What to do to which sessions: one of seven kinds of object, by action and by what it is done to.
pub struct Batch;

impl PartialSchema for Batch {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let sessions = |item: &str| ArrayBuilder::new().items(Ref::from_schema_name(item)).max_items(Some(10_000));
        let kind = |title: &str, action: &str| {
            ObjectBuilder::new()
                .title(Some(title))
                .property("action", text().enum_values(Some([action])))
                .required("action")
                .property("reason", text().max_length(Some(500)).description(Some("Why, for the journal alone")))
                .property(
                    "dry_run",
                    ObjectBuilder::new()
                        .schema_type(Type::Boolean)
                        .description(Some("Write nothing, and tell what would be")),
                )
                .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        };
        let with = |kind: ObjectBuilder, value: Option<&str>| match value {
            Some("status") => kind.property("status", Ref::from_schema_name("Status")).required("status"),
            Some(_) => kind.property("email", body::email_schema()).required("email"),
            None => kind,
        };
        let all = [
            ("SetStatus", "set_status", Some("status")),
            ("SetEmail", "set_email", Some("email")),
            ("Delete", "delete", None),
        ];
        let mut kinds = OneOfBuilder::new();
        for (title, action, value) in all {
            let named = with(kind(&format!("{title}OfSessions"), action), value);
            kinds = kinds.item(named.property("sessions", sessions("BatchItem")).required("sessions"));
            let matching = with(kind(&format!("{title}OfFilter"), action), value);
            kinds = kinds.item(of_filter(matching));
        }
        let replace = kind("ReplaceSessions", "replace").property("sessions", sessions("BatchReplacement"));
        kinds
            .item(replace.required("sessions"))
            .description(Some("What to do to which sessions"))
            .examples([serde_json::json!({
                "action": "set_status", "status": "accepted", "filter": { "status": "pending", "q": "@example.org" },
                "reason": "the sales team", "dry_run": true,
            })])
            .into()
    }
}

impl ToSchema for Batch {}

/// A batch on what a filter selects.
fn of_filter(kind: ObjectBuilder) -> ObjectBuilder {
    let all = "Must be true where the filter is empty, or where a value of it is `null`, `\"\"` or `[]`: all sessions \
        may be selected";
    let if_total = "Do nothing (409) unless exactly so many sessions match";
    kind.property("filter", Ref::from_schema_name("BatchFilter"))
        .required("filter")
        .property("all", ObjectBuilder::new().schema_type(Type::Boolean).description(Some(all)))
        .property(
            "if_total",
            ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0)).description(Some(if_total)),
        )
}

/// One session of a batch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(as = BatchItem)]
pub struct Item {
    app: String,
    id: String,
    /// Change it only if it still is as it was read
    #[schema(pattern = r#"^"?[!#-,.-~][!#-~]*"?$"#)]
    etag: Option<String>,
}

/// A session to accept, and the one that it replaces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BatchReplacement)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct Replacement {
    app: String,
    id: String,
    #[schema(pattern = r#"^"?[!#-,.-~][!#-~]*"?$"#)]
    etag: Option<String>,
    /// The session to delete
    replaces: Item,
}

/// The keys of a list, without its order and page.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(as = BatchFilter)]
pub struct Filter {
    #[schema(pattern = "^(accepted|pending|other)(,(accepted|pending|other))*$")]
    status: Option<String>,
    q: Option<String>,
    app: Option<String>,
    email: Option<String>,
    device_id: Option<String>,
    os: Option<String>,
    compliant: Option<bool>,
    simulator: Option<bool>,
    jailbroken: Option<bool>,
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
/// Each item succeeds or fails by itself. The batch runs to its end when the client leaves. It asks before each part
/// whether its caller still may: else it ends as `stopped`, and what had no turn has failed with
/// `/problems/batch-stopped`.
#[utoipa::path(post, path = "/sessions/batch", tag = "sessions", operation_id = "run_batch",
    params(("Prefer" = Option<String>, Header, description = "respond-async: answer at once, and go on")),
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
    let given = call.json(&["application/json"], LARGEST_BODY).await?;
    let order = BatchOrder { claim: call.claim(), ..order(given, caller.secrets)? };
    if order.dry_run {
        call.changes_nothing();
    }
    if order.request.filter().is_some_and(|filter| filter.push_token.is_some()) {
        call.app.accounts.note_secret_read(&call.by(), "sessions/batch").await?;
    }
    answer(&call, &caller, order).await
}

/// The answer of a batch; of one that runs on, with the way to it.
pub(super) async fn answer(call: &Call, caller: &Caller, order: BatchOrder) -> Answer {
    let batches = &call.app.batches;
    if !prefers_async(call) {
        return Ok(HttpResponse::Ok().json(batches.run(caller, &call.request_id, order).await?));
    }
    let started = batches.start(caller, &call.request_id, order).await?;
    let mut answer = HttpResponse::Accepted();
    answer.insert_header((header::LOCATION, format!("/api/v1/batches/{}", started.id)));
    answer.insert_header(("Preference-Applied", "respond-async"));
    Ok(answer.json(started.state))
}

/// Get how far a batch is
///
/// Sessions of apps that the caller may not see any more are left out, and not counted.
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

/// Stop a batch
///
/// It ends within a moment as `stopped`; what was changed stays changed, and can be undone. For its caller, and for
/// owners of all apps. A batch that has ended stays as it is.
#[utoipa::path(delete, path = "/batches/{id}", tag = "sessions", operation_id = "stop_batch",
    params(("id" = String, Path, description = "The batch's id")),
    responses((status = 204, description = "It is being stopped, or has ended")))]
pub async fn stop(mut call: Call) -> Answer {
    let caller = call.require(Permission::Change)?;
    call.no_query()?;
    call.no_body().await?;
    let id = call.part("id").unwrap_or_default();
    match call.app.batches.stop(&caller, &id).await? {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Error::NotFound("batch of this id").into()),
    }
}

/// Whether the client asks for an answer at once.
fn prefers_async(call: &Call) -> bool {
    let mut all = call.req.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
    // A preference can have parameters: "respond-async; wait=10" (RFC 7240).
    let name = |one: &str| one.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("respond-async");
    all.any(|value| value.split(',').any(name))
}

fn order(mut given: Object, secrets: bool) -> Result<BatchOrder, Error> {
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
    Ok(BatchOrder { request, reason, dry_run, claim: None })
}

/// What of a script's unset variable would select other sessions than those that were meant is refused.
fn target(given: &mut Object, secrets: bool) -> Result<BatchTarget, Error> {
    match (given.take("sessions"), given.take("filter")) {
        (Some(_), Some(_)) => Err(given.wrong("filter", "Give either \"sessions\" or \"filter\", not both.")),
        (None, None) => Err(given.wrong("sessions", "Give either \"sessions\" or \"filter\".")),
        (Some(sessions), None) => Ok(BatchTarget::Sessions(items(sessions, false)?)),
        (None, Some(filter)) => Ok(BatchTarget::Filter(Box::new(selection(given, filter, secrets)?))),
    }
}

/// `filter`, with `all` and `if_total` beside it.
fn selection(given: &mut Object, filter: Value, secrets: bool) -> Result<Selection, Error> {
    let all = given.flag("all")?;
    let if_total = match given.take("if_total") {
        None => None,
        Some(total) => {
            let total = whole_number(&total).and_then(|total| u64::try_from(total).ok());
            Some(total.ok_or_else(|| given.wrong("if_total", "This must be a whole number, 0 or more."))?)
        }
    };
    let keys = if filter.is_null() && !all { Map::new() } else { Object::of(filter, "/filter")?.rest() };
    if !all {
        check_not_empty(&keys)?;
    }
    Ok(Selection { filter: sessions::filter(keys, secrets)?, if_total })
}

fn check_not_empty(keys: &Map<String, Value>) -> Result<(), Error> {
    let way = "To select all sessions, send \"all\": true beside \"filter\".";
    if keys.is_empty() {
        return Err(Error::invalid("/filter", format!("An empty filter selects nothing. {way}")));
    }
    let wrong = match keys.values().all(Value::is_null) {
        true => keys.iter().next(),
        false => keys.iter().find(|(key, value)| is_unset(key, value)),
    };
    match wrong {
        None => Ok(()),
        Some((key, _)) => {
            Err(Error::invalid(sessions::filter_pointer(key), format!("An empty value selects nothing. {way}")))
        }
    }
}

/// What a script's empty variable leaves. The empty e-mail is a value: that of guests.
fn is_unset(key: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => text.trim().is_empty() && key != "email",
        Value::Array(values) => values.is_empty(),
        _ => false,
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

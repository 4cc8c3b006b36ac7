//! `POST /sessions/batch`: the same for many sessions, or one session in place of another.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::list_keys::ListKeys;
use crate::domain::account::Caller;
use crate::domain::change::{Email, Expectation, ExpectedState, Reason};
use crate::domain::session::Status;
use crate::http::extract::{Call, Change, Json, Node, Read, Refusal, pointer};
use crate::http::failure::Answer;
use crate::i18n::Message;
use crate::services::batches::{BatchOrder, BatchState};
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget, Decide, Selection};
use crate::services::error::Error;

/// 10,000 sessions with everything that can be said of them.
pub const LARGEST_BODY: usize = 16 << 20;

/// What to do to which sessions: one of eleven kinds of object, by action and by what it is done to. All their keys
/// stand here, so that serde says where in an item something is wrong; [`Batch::order`] says which go together.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    action: Action,
    status: Option<Status>,
    email: Option<Email>,
    #[serde(default, deserialize_with = "present")]
    sessions: Option<Option<Vec<Replacement>>>,
    #[serde(default, deserialize_with = "present")]
    filter: Option<Option<Map<String, Value>>>,
    all: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    if_total: Option<u64>,
    reason: Option<Reason>,
    dry_run: Option<bool>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    SetStatus,
    SetEmail,
    Decline,
    Undecline,
    Delete,
    Replace,
}

/// One session of a batch.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BatchItem)]
pub struct Item {
    app: String,
    id: String,
    /// Change it only if it still is as it was read
    #[schema(value_type = Option<String>, pattern = r#"^"?[!#-,.-~][!#-~]*"?$"#)]
    etag: Option<ExpectedState>,
}

/// A session to accept, and the one that it replaces.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BatchReplacement)]
pub struct Replacement {
    app: String,
    id: String,
    #[schema(value_type = Option<String>, pattern = r#"^"?[!#-,.-~][!#-~]*"?$"#)]
    etag: Option<ExpectedState>,
    /// The session to delete
    #[schema(required, nullable = false)]
    replaces: Option<Item>,
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
pub async fn run(call: Call<Change>, Json(batch): Json<Batch, LARGEST_BODY>) -> Answer {
    let order = BatchOrder { claim: call.claim(), ..batch.order(&call.caller)? };
    if order.dry_run {
        call.changes_nothing();
    }
    if order.request.filter().is_some_and(|filter| filter.push_token.is_some()) {
        call.app.accounts.note_secret_read(&call.by(), "sessions/batch").await?;
    }
    answer(&call, order).await
}

/// The answer of a batch; of one that runs on, with the way to it.
pub(super) async fn answer(call: &Call<Change>, order: BatchOrder) -> Answer {
    let caller = &call.caller;
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
pub async fn state(call: Call<Read>) -> Answer {
    let state =
        call.app.batches.state(&call.caller, &call.part("id")).await?.ok_or(Error::NotFound("batch-of-this-id"))?;
    Ok(HttpResponse::Ok().json(state))
}

/// Stop a batch
///
/// It ends within a moment as `stopped`; what was changed stays changed, and can be undone. For its caller, and for
/// owners of all apps. A batch that has ended stays as it is.
#[utoipa::path(delete, path = "/batches/{id}", tag = "sessions", operation_id = "stop_batch",
    params(("id" = String, Path, description = "The batch's id")),
    responses((status = 204, description = "It is being stopped, or has ended")))]
pub async fn stop(call: Call<Change>) -> Answer {
    match call.app.batches.stop(&call.caller, &call.part("id")).await? {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Error::NotFound("batch-of-this-id").into()),
    }
}

/// Whether the client asks for an answer at once.
fn prefers_async(call: &Call<Change>) -> bool {
    let values = call.req.headers().get_all("prefer").filter_map(|value| value.to_str().ok());
    // A preference can have parameters: "respond-async; wait=10" (RFC 7240).
    let mut names = values.flat_map(|value| value.split(',')).filter_map(|one| one.split(';').next());
    names.any(|name| name.trim().eq_ignore_ascii_case("respond-async"))
}

impl Batch {
    /// What is to be done, if the keys go together.
    fn order(mut self, caller: &Caller) -> Result<BatchOrder, Error> {
        let request = match self.action {
            Action::SetStatus => {
                let status = self.status.take().ok_or_else(|| Refusal::missing("status"))?;
                BatchRequest::Each(BatchAction::SetStatus(status), self.target(caller)?)
            }
            Action::SetEmail => {
                let email = self.email.take().ok_or_else(|| Refusal::missing("email"))?;
                BatchRequest::Each(BatchAction::SetEmail(email), self.target(caller)?)
            }
            Action::Decline => BatchRequest::Each(BatchAction::Decide(Decide::Decline), self.target(caller)?),
            Action::Undecline => BatchRequest::Each(BatchAction::Decide(Decide::Undecline), self.target(caller)?),
            Action::Delete => BatchRequest::Each(BatchAction::Delete, self.target(caller)?),
            Action::Replace => {
                let sessions = self.sessions.take().flatten().ok_or_else(|| Refusal::missing("sessions"))?;
                BatchRequest::Replace(items(sessions, true)?)
            }
        };
        let unused = [
            ("status", self.status.is_some()),
            ("email", self.email.is_some()),
            ("sessions", self.sessions.is_some()),
            ("filter", self.filter.is_some()),
            ("all", self.all.is_some()),
            ("if_total", self.if_total.is_some()),
        ];
        if let Some((key, _)) = unused.into_iter().find(|(_, present)| *present) {
            return Err(Refusal::unknown(key).into());
        }
        let dry_run = self.dry_run.unwrap_or_default();
        Ok(BatchOrder { request, reason: self.reason, dry_run, claim: None })
    }

    /// What of a script's unset variable would select other sessions than those that were meant is refused.
    fn target(&mut self, caller: &Caller) -> Result<BatchTarget, Error> {
        match (self.sessions.take(), self.filter.take()) {
            (Some(_), Some(_)) => Err(Error::invalid("/filter", Message::new("value-sessions-and-filter"))),
            (None, None) => Err(Error::invalid("/sessions", Message::new("value-sessions-or-filter"))),
            (Some(None), None) => Err(Refusal::not("sessions", "expected-list").into()),
            (Some(Some(sessions)), None) => Ok(BatchTarget::Sessions(items(sessions, false)?)),
            (None, Some(filter)) => Ok(BatchTarget::Filter(Box::new(self.selection(filter, caller)?))),
        }
    }

    /// `filter`, with `all` and `if_total` beside it.
    fn selection(&mut self, filter: Option<Map<String, Value>>, caller: &Caller) -> Result<Selection, Error> {
        let keys = if self.all.take().unwrap_or_default() {
            filter.ok_or_else(|| Refusal::not("filter", "expected-object"))?
        } else {
            let keys = filter.unwrap_or_default();
            check_not_empty(&keys)?;
            keys
        };
        let keys: ListKeys = Node::at(keys.into(), "/filter").read()?;
        if let Some(key) = keys.page_key() {
            let why = Message::new("value-filter-page").with("key", key);
            return Err(Error::invalid(pointer("/filter", key), why));
        }
        Ok(Selection { filter: keys.for_body(caller)?.filter, if_total: self.if_total.take() })
    }
}

fn check_not_empty(keys: &Map<String, Value>) -> Result<(), Error> {
    if keys.is_empty() {
        return Err(Error::invalid("/filter", Message::new("value-filter-empty")));
    }
    let wrong = match keys.values().all(Value::is_null) {
        true => keys.iter().next(),
        false => keys.iter().find(|(key, value)| is_unset(key, value)),
    };
    match wrong {
        None => Ok(()),
        Some((key, _)) => Err(Error::invalid(pointer("/filter", key), Message::new("value-filter-unset"))),
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

fn items(sessions: Vec<Replacement>, replace: bool) -> Result<Vec<BatchItem>, Error> {
    sessions.into_iter().enumerate().map(|(n, session)| item(n, session, replace)).collect()
}

fn item(n: usize, session: Replacement, replace: bool) -> Result<BatchItem, Error> {
    let Replacement { app, id, etag, replaces } = session;
    if replaces.is_some() != replace {
        let why =
            if replace { Message::new("value-missing") } else { Message::new("value-unknown").with("key", "replaces") };
        return Err(Error::invalid(format!("/sessions/{n}/replaces"), why));
    }
    let replaces = replaces.map(|other| (other.app, other.id, expectation(other.etag)));
    Ok(BatchItem { app, id, expected: expectation(etag), replaces })
}

fn expectation(etag: Option<ExpectedState>) -> Expectation {
    etag.map_or(Expectation::Nothing, |bytes| Expectation::OneOf(vec![bytes]))
}

/// A key that is there; `T` says whether it takes `null`.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

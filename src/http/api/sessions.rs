//! `/sessions` and `/apps/{app}/sessions`: lists, search, one session, change, delete.

use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures_util::stream::{self, StreamExt};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::csv::{self, cell};
use super::list_keys::{AppListKeys, ListKeys};
use super::openapi::if_match::IfMatch;
use super::{answers, apps};
use crate::app::App;
use crate::domain::account::{AppScope, Permission};
use crate::domain::change::{Digest, Email, ExpectedState, Patch, Reason};
use crate::domain::query::{Query as SessionQuery, QueryError};
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::extract::{Call, Change, Input, Json, Node, Query, Read, ReadSecrets, address};
use crate::http::failure::Answer;
use crate::http::ready::{Answered, Asked};
use crate::services::catalog::{Catalog, Refreshed, SessionDetail, SessionPage};
use crate::services::edits::ChangeContext;
use crate::services::error::Error;

const NO_SESSION: Error = Error::NotFound("session-of-this-id");

/// List sessions
///
/// Over all apps. With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/sessions", tag = "sessions", operation_id = "list_sessions",
    params(ListKeys),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn all(call: Call<Read>, Query(keys): Query<ListKeys>) -> Answer {
    list(&call, &keys.for_address()?).await
}

/// List an app's sessions
///
/// With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/apps/{app}/sessions", tag = "sessions", operation_id = "list_app_sessions",
    params(AppListKeys, ("app" = String, Path, description = "The app's id")),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn of_app(call: Call<Read>, Query(mut keys): Query<ListKeys>) -> Answer {
    let app = apps::find(&call).await?.id;
    if keys.app.replace(app.as_str().to_owned()).is_some() {
        return Err(QueryError::of("app", "app-in-path").into());
    }
    list(&call, &keys.for_address()?).await
}

async fn list(call: &Call<Read>, query: &SessionQuery) -> Answer {
    let caller = &call.caller;
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "sessions").await?;
        return Ok(export(&call.app, &caller.apps, query).await?);
    }
    let catalog = &call.app.catalog;
    catalog.availability()?;
    // Before the list is made: it may be whole by the end.
    let mut answer = call.list_answer();
    let generation = catalog.generation();
    let asked = Asked::new(&caller.apps, call.req.uri().path(), call.req.query_string());
    let Answered { body, etag, link } = match call.shared.ready.get(generation, &asked) {
        Some(answered) => answered,
        None => {
            let page = catalog.list(&caller.apps, query).await?;
            let body: web::Bytes = serde_json::to_vec(&page).map_err(Error::internal)?.into();
            let (etag, link) = (answers::etag(&body), page.next_cursor.as_deref().map(|cursor| call.next_link(cursor)));
            let answered = Answered { body, etag, link };
            call.shared.ready.keep(generation, asked, answered.clone());
            answered
        }
    };
    answer.content_type("application/json").insert_header((header::VARY, "Accept")).insert_header((header::ETAG, etag));
    if let Some(link) = link {
        answer.insert_header((header::LINK, link));
    }
    Ok(answer.body(body))
}

/// Search sessions
///
/// Takes the keys of a list as a JSON object, and answers the same. With `secrets:read` also `push_token`, which must
/// not stand in an address.
#[utoipa::path(post, path = "/sessions/search", tag = "sessions", operation_id = "search_sessions",
    request_body = ListKeys,
    responses((status = 200, description = "One page", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn search(call: Call<Read>, SearchKeys(keys): SearchKeys) -> Answer {
    call.changes_nothing();
    let query = keys.for_body(&call.caller)?;
    if query.filter.push_token.is_some() {
        call.app.accounts.note_secret_read(&call.by(), "sessions/search").await?;
    }
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "sessions").await?;
        return Ok(export(&call.app, &call.caller.apps, &query).await?);
    }
    let mut answer = call.list_answer();
    let page = call.app.catalog.list(&call.caller.apps, &query).await?;
    Ok(answer.insert_header((header::VARY, "Accept")).json(page))
}

/// The keys of a list, in a body: a fault in them is one of the query (400) here, too.
pub struct SearchKeys(ListKeys);

impl Input for SearchKeys {
    async fn read(req: &HttpRequest, payload: &mut Payload) -> Result<Self, Error> {
        let Json(keys) = Json::<Map<String, Value>>::read(req, payload).await?;
        Ok(Self(Node::new(keys.into()).read().map_err(QueryError::from)?))
    }
}

const COLUMNS: &[csv::Column<Session>] = &[
    ("app", |session| session.app.to_string()),
    ("id", |session| session.id.to_string()),
    ("status", |session| cell(session.status.as_ref())),
    ("email", |session| cell(session.email.as_ref())),
    ("application_id", |session| cell(session.application.as_ref().and_then(|one| one.id.as_ref()))),
    ("application_name", |session| cell(session.application.as_ref().and_then(|one| one.name.as_ref()))),
    ("application_version", |session| cell(session.application.as_ref().and_then(|one| one.version.as_ref()))),
    ("team_id", |session| cell(session.team.as_ref().and_then(|one| one.id.as_ref()))),
    ("device_id", |session| cell(session.device.as_ref().and_then(|one| one.id.as_ref()))),
    ("device_description", |session| cell(session.device.as_ref().and_then(|one| one.description.as_ref()))),
    ("device_os", |session| cell(session.device.as_ref().and_then(|one| one.os.as_ref()))),
    ("device_version", |session| cell(session.device.as_ref().and_then(|one| one.version.as_ref()))),
    ("simulator", |session| cell(session.device.as_ref().and_then(|one| one.simulator))),
    ("language_id", |session| cell(session.language.as_ref().and_then(|one| one.id.as_ref()))),
    ("ip", |session| cell(session.ip.as_ref())),
    ("modified_at", |session| session.modified_at.to_string()),
    ("first_seen_at", |session| session.first_seen_at.to_string()),
    ("pending_since", |session| cell(session.pending_since)),
    ("size", |session| session.size.to_string()),
    ("compliant", |session| session.compliant.to_string()),
    ("problems", |session| {
        let codes: Vec<String> = session.problems.iter().map(|finding| finding.code().to_string()).collect();
        codes.join(" ")
    }),
    ("unpushed", |session| session.unpushed.to_string()),
    ("jailbroken", |session| cell(session.device.as_ref().map(|one| one.jailbroken))),
    ("declined_at", |session| cell(session.declined.as_ref().map(|declined| declined.at))),
    ("declined_by_kind", |session| cell(session.declined.as_ref().map(|declined| declined.by.kind.as_str()))),
    ("declined_by_name", |session| cell(session.declined.as_ref().map(|declined| &declined.by.name))),
    ("declined_reason", |session| cell(session.declined.as_ref().and_then(|declined| declined.reason.as_ref()))),
    ("note_name", |session| cell(session.note.as_ref().and_then(|note| note.name.as_ref()))),
    ("note_text", |session| cell(session.note.as_ref().and_then(|note| note.note.as_ref()))),
    ("note_at", |session| cell(session.note.as_ref().map(|note| note.at))),
    ("note_by_kind", |session| cell(session.note.as_ref().map(|note| note.by.kind.as_str()))),
    ("note_by_name", |session| cell(session.note.as_ref().map(|note| &note.by.name))),
];

/// The whole list as CSV. Sessions that go while it is written are left out.
pub async fn export(app: &web::Data<App>, scope: &AppScope, query: &SessionQuery) -> Result<HttpResponse, Error> {
    let keys = app.catalog.keys_in_order(scope, query).await?;
    let (app, scope) = (app.clone(), scope.clone());
    let chunks: Vec<Vec<SessionKey>> = keys.chunks(SessionQuery::LARGEST_LIMIT).map(<[SessionKey]>::to_vec).collect();
    let parts = stream::iter(chunks).then(move |keys| rows(app.clone(), scope.clone(), keys));
    Ok(csv::answer("sessions.csv", csv::with_headings(COLUMNS, parts)))
}

async fn rows(app: web::Data<App>, scope: AppScope, keys: Vec<SessionKey>) -> Result<web::Bytes, Error> {
    let sessions = app.catalog.sessions(&scope, &keys).await;
    let mut rows = csv::Rows::new();
    for session in keys.iter().filter_map(|key| sessions.get(key)) {
        rows.push(COLUMNS, session)?;
    }
    rows.finish()
}

/// Get one session with its document
///
/// The document leaves out the tokens, passwords and every other value whose key looks like a secret, and `redacted`
/// names them. With `secrets:read` it is whole.
#[utoipa::path(get, path = "/apps/{app}/sessions/{id}", tag = "sessions", operation_id = "get_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id: its file's name"),
    ),
    responses((status = 200, description = "The session", body = SessionDetail, headers(
        ("ETag" = String, description = "\"BYTES-VIEW\": a digest of the file, with a mark of the decline where there is one, and a digest of the answer"),
    ))))]
pub async fn one(call: Call<Read>) -> Answer {
    let secrets = call.caller.require(Permission::ReadSecrets).is_ok();
    let key = address::session_key(&call.req)?;
    let detail = call.app.catalog.detail_for(&call.caller.apps, &key, secrets).await?.ok_or(NO_SESSION)?;
    if detail.tells_secrets {
        call.app.accounts.note_secret_read(&call.by(), &format!("{}/{}", key.app, key.id)).await?;
    }
    let json = serde_json::to_vec(&detail).map_err(Error::internal)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, etag(&detail, &json)));
    // Compressed, the answer would have a weak tag, which no If-Match takes.
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    Ok(answer.content_type("application/json").body(json))
}

fn etag(detail: &SessionDetail, answer: &[u8]) -> String {
    let state = ExpectedState::tag(&detail.digest, detail.session.declined.as_ref());
    format!("\"{state}-{}\"", &Digest::of(answer).short_hex()[..16])
}

/// Download a session's file
///
/// It holds secrets: needs a token that was given `secrets:read`.
#[utoipa::path(get, path = "/apps/{app}/sessions/{id}/file", tag = "sessions", operation_id = "download_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
    ),
    responses((status = 200, description = "The file's bytes", body = Vec<u8>, content_type = "application/octet-stream")))]
pub async fn file(call: Call<ReadSecrets>) -> Answer {
    let key = address::session_key(&call.req)?;
    let bytes = call.app.catalog.file(&call.caller.apps, &key).await?.ok_or(NO_SESSION)?;
    call.app.accounts.note_secret_read(&call.by(), &format!("{}/{}", key.app, key.id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", key.id)))
        .body(bytes))
}

/// New values for a session; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "status": "accepted", "reason": "called in" })))]
pub struct SessionPatch {
    #[schema(nullable = false)]
    status: Option<Status>,
    #[schema(nullable = false)]
    email: Option<Email>,
    /// Why, for the journal alone; `null` for no reason
    #[schema(value_type = Option<String>, max_length = 500)]
    reason: Option<Option<Reason>>,
}

/// Change a session's status or e-mail
///
/// Only the bytes of the changed value change in the file. It counts for 4D with the next push.
#[utoipa::path(patch, path = "/apps/{app}/sessions/{id}", tag = "sessions", operation_id = "change_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        IfMatch,
    ),
    request_body(content(
        (SessionPatch = "application/json"), (SessionPatch = "application/merge-patch+json"))),
    responses((status = 200, description = "The session as it is now", body = Session, headers(
        ("ETag" = String, description = "As GET gives it"),
        ("X-Change-Id" = String, description = "The journal's entry; absent where nothing had to be changed"),
    ))))]
pub async fn change(call: Call<Change>, Json(patch): Json<SessionPatch>) -> Answer {
    let (key, expected, caller) = (address::session_key(&call.req)?, call.expectation()?, &call.caller);
    let SessionPatch { status, email, reason } = patch;
    let reason = reason.flatten();
    let context = ChangeContext { caller: caller.clone(), request_id: call.request_id.clone(), reason, expected };
    let changed = call.app.edits.change(context, key.clone(), Patch { status, email }).await?;
    let (Some(session), Some(bytes)) = (changed.session, changed.bytes) else {
        return Err(Error::internal("a change without what was written").into());
    };
    let secrets = caller.require(Permission::ReadSecrets).is_ok();
    // What was written: another program may have written, or taken the file away, since. By the tag of these bytes, what
    // is written since does not pass If-Match.
    let detail = Catalog::detail_as_written(session, bytes, secrets).await?;
    answer_changed(&call, changed.change_id.as_deref(), detail)
}

/// The session as it is since a change, if one was made.
pub(super) fn answer_changed(call: &Call<Change>, change_id: Option<&str>, detail: SessionDetail) -> Answer {
    let mut answer = HttpResponse::Ok();
    match change_id {
        Some(id) => drop(answer.insert_header(("X-Change-Id", id))),
        None => call.changes_nothing(),
    }
    let json = serde_json::to_vec(&detail).map_err(Error::internal)?;
    answer.insert_header((header::ETAG, etag(&detail, &json)));
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    Ok(answer.json(detail.session))
}

/// How a session, or its decline, is deleted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeleteKeys {
    /// Why, for the journal alone: at most 500 characters
    #[schema(value_type = Option<String>, max_length = 500)]
    pub reason: Option<Reason>,
}

/// Delete a session
///
/// The file's bytes are kept for a while, and undo puts them back.
#[utoipa::path(delete, path = "/apps/{app}/sessions/{id}", tag = "sessions", operation_id = "delete_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        Query<DeleteKeys>,
        IfMatch,
    ),
    responses((status = 204, description = "Deleted", headers(
        ("X-Change-Id" = String, description = "The journal's entry"),
    ))))]
pub async fn delete(call: Call<Change>, Query(keys): Query<DeleteKeys>) -> Answer {
    let (key, expected) = (address::session_key(&call.req)?, call.expectation()?);
    let (caller, request_id) = (call.caller.clone(), call.request_id.clone());
    let context = ChangeContext { caller, request_id, reason: keys.reason, expected };
    let changed = call.app.edits.delete(context, key).await?;
    let mut answer = HttpResponse::NoContent();
    if let Some(id) = &changed.change_id {
        answer.insert_header(("X-Change-Id", id.as_str()));
    }
    Ok(answer.finish())
}

/// Read the folder again, now
///
/// Waits until half-written files are settled.
#[utoipa::path(post, path = "/refresh", tag = "sessions", operation_id = "refresh",
    responses((status = 200, description = "What was found", body = Refreshed)))]
pub async fn refresh(call: Call<Read>) -> Answer {
    call.changes_nothing();
    Ok(HttpResponse::Ok().json(call.app.catalog.refresh().await?))
}

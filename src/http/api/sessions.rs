//! `/sessions` and `/apps/{app}/sessions`: lists, search, one session, change, delete.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use futures_util::stream::{self, StreamExt};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::{IntoParams, ToSchema};

use super::{answers, apps, body, csv};
use crate::app::App;
use crate::domain::account::{AppScope, Caller, Permission};
use crate::domain::change::{Digest, Patch, Reason};
use crate::domain::query::{Query, QueryError};
use crate::domain::session::{Session, SessionKey};
use crate::http::extract::{Call, LARGEST_BODY};
use crate::http::failure::Answer;
use crate::http::ready::{Answered, Asked};
use crate::services::catalog::{Catalog, Refreshed, SessionDetail, SessionPage};
use crate::services::edits::ChangeContext;
use crate::services::error::Error;

const NO_SESSION: Error = Error::NotFound("session of this id");

/// The keys of a list. [`Query`] parses them; this is their description.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct ListKeys {
    /// `accepted`, `pending`, or `other` for anything else; several with a comma between
    #[param(pattern = "^(accepted|pending|other)(,(accepted|pending|other))*$")]
    status: Option<String>,
    /// A substring, in either case, of device, system, version, e-mail, app name or id, session id, device id or ip
    q: Option<String>,
    /// The exact e-mail, in either case
    email: Option<String>,
    /// The exact device id, in either case
    device_id: Option<String>,
    /// The exact system, or its family (`Android` is "Android P" too), in either case; several with a comma between
    os: Option<String>,
    /// Whether the file has no problem
    compliant: Option<bool>,
    /// Whether the device is a simulator
    simulator: Option<bool>,
    /// Whether the device is jailbroken
    jailbroken: Option<bool>,
    /// Whether a change made here was not pushed yet
    unpushed: Option<bool>,
    /// Changed at or after this time
    #[param(value_type = Option<String>, format = DateTime)]
    modified_since: Option<String>,
    /// Changed before this time
    #[param(value_type = Option<String>, format = DateTime)]
    modified_before: Option<String>,
    /// `device`, `status`, `os`, `email`, `app`, `modified`, `pending_since`, `first_seen` or `id`; `-` in front for
    /// descending
    #[param(default = "-modified", pattern = "^-?(device|status|os|email|app|modified|pending_since|first_seen|id)$")]
    sort: Option<String>,
    /// How many items a page has
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before, under the same sort and filter
    cursor: Option<String>,
}

/// The keys of a list as a JSON object.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "status": "pending", "q": "iphone", "sort": "pending_since", "limit": 50 })))]
pub struct SearchKeys {
    #[schema(pattern = "^(accepted|pending|other)(,(accepted|pending|other))*$")]
    status: Option<String>,
    q: Option<String>,
    /// The exact app id; several with a comma between
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
    #[schema(pattern = "^-?(device|status|os|email|app|modified|pending_since|first_seen|id)$")]
    sort: Option<String>,
    #[schema(minimum = 1, maximum = 500)]
    limit: Option<u32>,
    cursor: Option<String>,
    /// The exact push-notification token; needs `secrets:read`
    push_token: Option<String>,
}

/// List sessions
///
/// Over all apps. With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/sessions", tag = "sessions", operation_id = "list_sessions",
    params(ListKeys, ("app" = Option<String>, Query, description = "The exact app id; several with a comma between")),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn all(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    list(&call, &caller, call.pairs()?).await
}

/// List an app's sessions
///
/// With `Accept: text/csv`, the whole result as CSV.
#[utoipa::path(get, path = "/apps/{app}/sessions", tag = "sessions", operation_id = "list_app_sessions",
    params(ListKeys, ("app" = String, Path, description = "The app's id")),
    responses((status = 200, description = "One page, and a Link header to the next", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn of_app(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    let app = apps::find(&call, &caller.apps)?.id;
    let mut pairs = call.pairs()?;
    if pairs.iter().any(|(key, _)| key == "app") {
        return Err(QueryError::new("app", "The key \"app\" is not known here: the path names the app.").into());
    }
    pairs.push(("app".to_owned(), app.as_str().to_owned()));
    list(&call, &caller, pairs).await
}

async fn list(call: &Call, caller: &Caller, pairs: Vec<(String, String)>) -> Answer {
    let query = Query::from_pairs(pairs)?;
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "sessions").await?;
        return Ok(export(&call.app, &caller.apps, &query)?);
    }
    let catalog = &call.app.catalog;
    catalog.availability()?;
    let generation = catalog.generation();
    let asked = Asked::new(&caller.apps, call.req.uri().path(), call.req.query_string());
    let Answered { body, etag, link } = match call.shared.ready.get(generation, &asked) {
        Some(answered) => answered,
        None => {
            let page = catalog.list(&caller.apps, &query)?;
            let body: web::Bytes = serde_json::to_vec(&page).map_err(Error::internal)?.into();
            let (etag, link) = (answers::etag(&body), page.next_cursor.as_deref().map(|cursor| call.next_link(cursor)));
            let answered = Answered { body, etag, link };
            call.shared.ready.keep(generation, asked, answered.clone());
            answered
        }
    };
    let mut answer = HttpResponse::Ok();
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
    request_body = SearchKeys,
    responses((status = 200, description = "One page", content(
        (SessionPage = "application/json"), (String = "text/csv")))))]
pub async fn search(mut call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    call.changes_nothing();
    call.no_query()?;
    let keys = call.json(&["application/json"], LARGEST_BODY).await?;
    let keys = keys.rest();
    check_push_token(&keys, caller.secrets)?;
    let query = Query::from_json(&keys, caller.secrets)?;
    if query.filter.push_token.is_some() {
        call.app.accounts.note_secret_read(&call.by(), "sessions/search").await?;
    }
    if csv::is_wanted(&call.req) {
        call.app.accounts.note_export(&call.by(), "sessions").await?;
        return Ok(export(&call.app, &caller.apps, &query)?);
    }
    let page = call.app.catalog.list(&caller.apps, &query)?;
    Ok(HttpResponse::Ok().insert_header((header::VARY, "Accept")).json(page))
}

const COLUMNS: [&str; 23] = [
    "app",
    "id",
    "status",
    "email",
    "application_id",
    "application_name",
    "application_version",
    "team_id",
    "device_id",
    "device_description",
    "device_os",
    "device_version",
    "simulator",
    "language_id",
    "ip",
    "modified_at",
    "first_seen_at",
    "pending_since",
    "size",
    "compliant",
    "problems",
    "unpushed",
    "jailbroken",
];

/// The whole list as CSV. Sessions that go while it is written are left out.
pub fn export(app: &web::Data<App>, scope: &AppScope, query: &Query) -> Result<HttpResponse, Error> {
    let keys = app.catalog.keys_in_order(scope, query)?;
    let (app, scope) = (app.clone(), scope.clone());
    let chunks: Vec<Vec<SessionKey>> = keys.chunks(Query::LARGEST_LIMIT).map(<[SessionKey]>::to_vec).collect();
    let parts = stream::iter(chunks).map(move |keys| rows(&app, &scope, &keys));
    Ok(csv::answer("sessions.csv", csv::with_heads(&COLUMNS, parts)))
}

fn rows(app: &App, scope: &AppScope, keys: &[SessionKey]) -> Result<web::Bytes, Error> {
    let mut rows = csv::Rows::new();
    for key in keys {
        if let Some(session) = app.catalog.session(scope, key)? {
            rows.push(cells(session))?;
        }
    }
    rows.finish()
}

fn cells(session: Session) -> [String; COLUMNS.len()] {
    let text = |value: Option<String>| value.unwrap_or_default();
    let application = session.application;
    let application =
        |part: fn(crate::domain::session::Application) -> Option<String>| text(application.clone().and_then(part));
    let device = session.device;
    let device = |part: fn(crate::domain::session::Device) -> Option<String>| text(device.clone().and_then(part));
    let jailbroken = device(|one| Some(one.jailbroken.to_string()));
    let codes: Vec<String> = session.problems.iter().map(|finding| finding.code().to_string()).collect();
    [
        session.app.to_string(),
        session.id.to_string(),
        text(session.status),
        text(session.email),
        application(|one| one.id),
        application(|one| one.name),
        application(|one| one.version),
        text(session.team.and_then(|team| team.id)),
        device(|one| one.id),
        device(|one| one.description),
        device(|one| one.os),
        device(|one| one.version),
        device(|one| one.simulator.map(|simulator| simulator.to_string())),
        text(session.language.and_then(|language| language.id)),
        text(session.ip),
        session.modified_at.to_string(),
        session.first_seen_at.to_string(),
        text(session.pending_since.map(|since| since.to_string())),
        session.size.to_string(),
        session.compliant.to_string(),
        codes.join(" "),
        session.unpushed.to_string(),
        jailbroken,
    ]
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
        ("ETag" = String, description = "\"BYTES-VIEW\": a digest of the file, and one of the answer"),
    ))))]
pub async fn one(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    call.no_query()?;
    let secrets = caller.require(Permission::ReadSecrets).is_ok();
    let key = call.session_key()?;
    let detail = call.app.catalog.detail_for(&caller.apps, &key, secrets).await?.ok_or(NO_SESSION)?;
    if detail.tells_secrets {
        call.app.accounts.note_secret_read(&call.by(), &format!("{}/{}", key.app, key.id)).await?;
    }
    let json = serde_json::to_vec(&detail).map_err(Error::internal)?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((header::ETAG, etag(&detail.digest, &json)));
    // Compressed, the answer would have a weak tag, which no If-Match takes.
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    Ok(answer.content_type("application/json").body(json))
}

fn etag(bytes: &Digest, answer: &[u8]) -> String {
    format!("\"{}-{}\"", bytes.short_hex(), &Digest::of(answer).short_hex()[..16])
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
pub async fn file(call: Call) -> Answer {
    let caller = call.require(Permission::ReadSecrets)?;
    call.no_query()?;
    let key = call.session_key()?;
    let bytes = call.app.catalog.file(&caller.apps, &key).await?.ok_or(NO_SESSION)?;
    call.app.accounts.note_secret_read(&call.by(), &format!("{}/{}", key.app, key.id)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", key.id)))
        .body(bytes))
}

/// New values for a session; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "status": "accepted", "reason": "called in" })))]
pub struct SessionPatch {
    #[schema(nullable = false)]
    status: Option<crate::domain::session::Status>,
    /// An address, a login name, or `""`
    #[schema(schema_with = body::email_schema)]
    email: Option<String>,
    /// Why, for the journal alone; `null` for no reason
    #[schema(max_length = 500)]
    reason: Option<String>,
}

/// Change a session's status or e-mail
///
/// Only the bytes of the changed value change in the file. It counts for 4D with the next push.
#[utoipa::path(patch, path = "/apps/{app}/sessions/{id}", tag = "sessions", operation_id = "change_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|(W/)?"[!#-,.-~][!#-~]*"(, (W/)?"[!#-,.-~][!#-~]*")*)$"#, description = "Change the session only if it still is as it was read: its ETag"),
    ),
    request_body(content(
        (SessionPatch = "application/json"), (SessionPatch = "application/merge-patch+json"))),
    responses((status = 200, description = "The session as it is now", body = Session, headers(
        ("ETag" = String, description = "As GET gives it"),
        ("X-Change-Id" = String, description = "The journal's entry; absent where nothing had to be changed"),
    ))))]
pub async fn change(mut call: Call) -> Answer {
    let caller = call.require(Permission::Change)?;
    call.no_query()?;
    let (key, expected) = (call.session_key()?, call.expectation()?);
    let mut given = call.json(&["application/json", "application/merge-patch+json"], LARGEST_BODY).await?;
    let patch = Patch { status: body::status(&mut given)?, email: body::email(&mut given)? };
    let reason = body::reason(&mut given)?;
    given.end()?;
    let edits = &call.app.edits;
    let context = ChangeContext { caller: caller.clone(), request_id: call.request_id.clone(), reason, expected };
    let changed = edits.change(context, key.clone(), patch).await?;
    let mut answer = HttpResponse::Ok();
    match &changed.change_id {
        Some(id) => drop(answer.insert_header(("X-Change-Id", id.as_str()))),
        None => call.changes_nothing(),
    }
    let (Some(session), Some(bytes)) = (changed.session, changed.bytes) else {
        return Err(Error::internal("a change without what was written").into());
    };
    let secrets = caller.require(Permission::ReadSecrets).is_ok();
    // What was written: another program may have written, or taken the file away, since.
    let detail = Catalog::detail_as_written(session.clone(), bytes.clone(), secrets).await?;
    let json = serde_json::to_vec(&detail).map_err(Error::internal)?;
    // The first part is of what was written: what another program writes since does not pass If-Match.
    answer.insert_header((header::ETAG, etag(&Digest::of(&bytes), &json)));
    answer.insert_header((header::CONTENT_ENCODING, "identity"));
    Ok(answer.json(session))
}

/// Delete a session
///
/// The file's bytes are kept for a while, and undo puts them back.
#[utoipa::path(delete, path = "/apps/{app}/sessions/{id}", tag = "sessions", operation_id = "delete_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        ("reason" = Option<String>, Query, max_length = 500, description = "Why, for the journal alone: at most 500 characters"),
        ("If-Match" = Option<String>, Header, pattern = r#"^(\*|(W/)?"[!#-,.-~][!#-~]*"(, (W/)?"[!#-,.-~][!#-~]*")*)$"#, description = "Delete the session only if it still is as it was read: its ETag"),
    ),
    responses((status = 204, description = "Deleted", headers(
        ("X-Change-Id" = String, description = "The journal's entry"),
    ))))]
pub async fn delete(mut call: Call) -> Answer {
    let caller = call.require(Permission::Change)?;
    let (key, expected) = (call.session_key()?, call.expectation()?);
    let [reason] = call.only(&["reason"])?;
    let too_long = || QueryError::new("reason", "The reason has more than 500 characters.");
    let reason = reason.map(|text| Reason::parse(&text).ok_or_else(too_long)).transpose()?;
    call.no_body().await?;
    let context = ChangeContext { caller, request_id: call.request_id.clone(), reason, expected };
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
pub async fn refresh(mut call: Call) -> Answer {
    call.require(Permission::Read)?;
    call.changes_nothing();
    call.no_query()?;
    call.no_body().await?;
    Ok(HttpResponse::Ok().json(call.app.catalog.refresh().await?))
}

/// A push-notification token is a secret: without the right to read it, nobody may guess it either.
fn check_push_token(keys: &Map<String, Value>, secrets: bool) -> Result<(), Error> {
    match keys.get("push_token") {
        Some(token) if !secrets && !token.is_null() => Err(Error::Forbidden(Permission::ReadSecrets)),
        _ => Ok(()),
    }
}

/// A list's keys in a batch: page and order mean nothing there.
pub fn filter(keys: Map<String, Value>, secrets: bool) -> Result<crate::domain::query::Filter, Error> {
    if let Some(key) = ["sort", "limit", "cursor"].into_iter().find(|key| keys.contains_key(*key)) {
        return Err(Error::invalid(
            filter_pointer(key),
            format!("A batch is on all that match: \"{key}\" is not taken here."),
        ));
    }
    check_push_token(&keys, secrets)?;
    let query = Query::from_json(&keys, secrets);
    Ok(query.map_err(|error| Error::invalid(filter_pointer(&error.key), error.detail))?.filter)
}

/// Where a key of a batch's filter stands.
pub fn filter_pointer(key: &str) -> String {
    format!("/filter/{}", key.replace('~', "~0").replace('/', "~1"))
}

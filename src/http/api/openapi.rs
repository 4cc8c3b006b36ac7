//! The document of the API, made from the code that answers. What holds for many operations is put in once.

mod example;
mod headers;
pub mod if_match;
mod operations;
pub mod query;
pub mod reference;
mod required;
mod roles;

use std::collections::HashSet;
use std::sync::OnceLock;

use actix_web::http::{Method, header};
use actix_web::{HttpResponse, web};
use serde_json::Value;
use utoipa::openapi::path::{Operation, ParameterIn};
use utoipa::openapi::response::{Response, ResponseBuilder};
use utoipa::openapi::schema::SchemaType;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Schema, Type};
use utoipa::{Modify, OpenApi};

use self::headers::{Given, Taken};
use self::operations::{is_open, operations, parameters};
use self::reference::Reference;
use self::required::Required;
use self::roles::Roles;
use super::list_keys::BatchFilter;
use super::openapi_webhooks::webhooks as webhook_events;
use super::{
    access, answers, apps, batch, changes, decline, events, health, links, me, note, push, rules, search, sessions,
    tokens, version, views, webhooks,
};
use crate::domain::change::Email;
use crate::domain::session::Status;
use crate::domain::session::finding;
use crate::http::base_path::BasePath;
use crate::http::extract::Anybody;
use crate::http::failure::Answer;
use crate::http::metrics;
use crate::services::error::Problem;

/// What holds for all operations.
const INTRODUCTION: &str = "The sessions in the MobileApps folder of a 4D server: who waits, who is let in, and who let \
them in.

* Send a token: `Authorization: Bearer mst_…`. Each operation names the role that it needs.
* Errors are `application/problem+json` (RFC 9457). Their `type` leads to a page that explains them.
* Times are RFC 3339 in UTC. What is absent in an answer is `null`. A key that is not known is refused, with its place.
* A body whose keys are all optional may be absent. In a PATCH, leave out what is not to change: `null` is refused unless \
it is described as a value.
* Lists and single items have an `ETag`: with `If-None-Match`, the answer is 304 while nothing has changed.
* `RateLimit` says how many requests are left to you, `Retry-After` how long to wait.
* Send an `Idempotency-Key` with what you may have to send again: a retry gets the first answer.
* What is to go away is marked as deprecated here, and its answers have the header `Deprecation` (RFC 9745), for a minor \
version before it goes. Nothing is now. New keys may be added to answers at any time: ignore those that you do not know.
* There is no CORS: tokens are for programs, not for pages of other sites. No other site's script can read an answer.";

/// Everything that programs can ask for.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "mobile-sessions",
        description = INTRODUCTION,
        contact(name = "Whoever runs this server"),
    ),
    servers((url = "/", description = "The server that this document is from")),
    tags(
        (name = "apps", description = "The folders of apps, and what is in one"),
        (name = "sessions", description = "Lists, changes, deletes and batches of sessions"),
        (name = "changes", description = "The journal, and undo"),
        (name = "push", description = "What 4D was not told yet, and telling it"),
        (name = "events", description = "What happens, as it happens"),
        (name = "rules", description = "What lets devices in by itself"),
        (name = "webhooks", description = "Programs elsewhere that are told of events"),
        (name = "access", description = "Users, tokens, and who asks"),
        (name = "health", description = "The program itself"),
    ),
    paths(
        apps::list, apps::one, apps::emails, apps::push_tokens,
        sessions::all, sessions::of_app, sessions::search, sessions::one, sessions::file, sessions::change,
        sessions::delete, decline::decline, decline::undecline, note::set, sessions::refresh, search::find,
        batch::run, batch::state, batch::stop,
        changes::list, changes::one, changes::undo,
        events::listen,
        push::state, push::push, push::test,
        me::me, me::change_password,
        access::users, access::create_user, access::user, access::change_user, access::delete_user,
        access::remove_factor, access::log,
        tokens::list, tokens::create, tokens::one, tokens::change, tokens::rotate, tokens::revoke,
        webhooks::list, webhooks::create, webhooks::one, webhooks::change, webhooks::delete, webhooks::test, webhooks::deliveries,
        webhooks::retry,
        rules::list, rules::create, rules::one, rules::change, rules::delete, rules::preview,
        links::create, links::list, links::one, links::revoke,
        views::list, views::one, views::put, views::delete,
        health::alive, health::ready, version::version, metrics::show,
        document,
    ),
    components(schemas(Problem, finding::Problem, Status, batch::Item, batch::Replacement, BatchFilter, Email)),
    security(("token" = []), ("login" = [])),
    modifiers(&Paths, &Security, &Taken, &Errors, &Parameters, &Given, &Required, &Roles),
)]
pub struct Api;

/// Get this document
///
/// Anybody may.
#[utoipa::path(get, path = "/openapi.json", tag = "health", operation_id = "get_openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub async fn document(Anybody(app): Anybody) -> Answer {
    static DOCUMENT: OnceLock<(String, String)> = OnceLock::new();
    let (json, etag) = DOCUMENT.get_or_init(|| {
        // The document is made of constants: a test sees that it can be written.
        let json = whole(BasePath::new(&app.config.options)).map(|document| document.to_string()).unwrap_or_default();
        let etag = answers::etag(json.as_bytes());
        (json, etag)
    });
    let mut answer = HttpResponse::Ok();
    answer.content_type("application/json").insert_header((header::ETAG, etag.as_str()));
    Ok(answer.body(web::Bytes::from_static(json.as_bytes())))
}

/// Whether there is an operation of this method at the address of this pattern.
pub fn has_operation(method: &Method, pattern: &str) -> bool {
    static ALL: OnceLock<HashSet<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all = HashSet::new();
        for (path, mut item) in Api::openapi().paths.paths {
            all.extend(operations(&mut item).map(|(method, _)| format!("{method} {path}")));
        }
        all
    });
    all.contains(&format!("{} {pattern}", method.as_str().to_ascii_lowercase()))
}

/// The document for a page.
pub fn reference() -> &'static Reference {
    static REFERENCE: OnceLock<Reference> = OnceLock::new();
    REFERENCE.get_or_init(|| Reference::of(&whole(BasePath::default()).unwrap_or_default()))
}

/// The document of a server below this path, with what utoipa cannot say.
fn whole(base_path: BasePath) -> Result<Value, serde_json::Error> {
    let mut document = serde_json::to_value(Api::openapi())?;
    if !base_path.is_root() {
        document["servers"][0]["url"] = base_path.of_cookies().into();
    }
    document["webhooks"] = webhook_events();
    roles::sort_extensions(&mut document);
    Ok(document)
}

/// Puts the base path in front of all but the health checks.
struct Paths;

impl Modify for Paths {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let paths = std::mem::take(&mut api.paths.paths);
        api.paths.paths = paths.into_iter().map(|(path, item)| (with_base(path), item)).collect();
    }
}

fn with_base(path: String) -> String {
    match path.as_str() {
        "/healthz" | "/readyz" | "/metrics" => path,
        _ => format!("/api/v1{path}"),
    }
}

/// How callers show who they are.
struct Security;

impl Modify for Security {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let components = api.components.get_or_insert_default();
        let token = Http::builder().scheme(HttpAuthScheme::Bearer).bearer_format("mst_…").build();
        components.add_security_scheme("token", SecurityScheme::Http(token));
        let login = ApiKeyValue::with_description("login", "A browser's login, from the panel's own pages alone");
        components.add_security_scheme("login", SecurityScheme::ApiKey(ApiKey::Cookie(login)));
    }
}

/// Every operation fails in the same way, and each in some ways of its own.
struct Errors;

impl Modify for Errors {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut api.paths.paths {
            for (method, operation) in operations(item) {
                for status in statuses(path, method, operation) {
                    let answers = &mut operation.responses.responses;
                    answers.entry(status.to_string()).or_insert_with(|| RefOr::T(failed(meaning(status))));
                }
                let any = failed("What went wrong, and what to do (RFC 9457)");
                operation.responses.responses.insert("default".to_owned(), RefOr::T(any));
            }
        }
    }
}

fn failed(description: &str) -> Response {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", body).build()
}

/// Which errors an operation has by what it takes. Those of its own stand beside it.
fn statuses(path: &str, method: &str, operation: &Operation) -> Vec<u16> {
    let takes = |wanted: ParameterIn| parameters(operation).any(|parameter| parameter.parameter_in == wanted);
    let has = |name: &str| parameters(operation).any(|parameter| parameter.name == name);
    let open = is_open(operation);
    let writes = method != "get" && !open && !matches!(operation.operation_id.as_deref(), Some("search_sessions"));
    let reads_folder =
        ["/apps", "/sessions", "/push", "/refresh", "/readyz", "/search"].iter().any(|part| path.contains(part));
    let if_so = [
        (!open, &[401, 403, 429][..]),
        (takes(ParameterIn::Query) || takes(ParameterIn::Header), &[400]),
        (takes(ParameterIn::Path), &[404]),
        (operation.request_body.is_some(), &[400, 413, 415, 422]),
        (has("If-Match"), &[412]),
        (has("Idempotency-Key"), &[409, 422]),
        (writes, &[409]),
        (writes && path.contains("/sessions"), &[507]),
        (writes || reads_folder, &[503]),
    ];
    if_so.into_iter().filter(|(so, _)| *so).flat_map(|(_, statuses)| statuses.iter().copied()).collect()
}

fn meaning(status: u16) -> &'static str {
    match status {
        400 => "The query, a header or the body cannot be read",
        401 => "No token or login, or one that has ended",
        403 => "This caller may not do this",
        404 => "It does not exist for this caller",
        409 => "Something stands against it: nothing was changed",
        412 => "It was changed since it was read: nothing was changed",
        413 => "The body is too large",
        415 => "The body is of another media type",
        422 => "A value is not acceptable: `errors` names it",
        429 => "Too many requests: `Retry-After` says how long to wait",
        503 => "The MobileApps folder or the database is unavailable: `Retry-After` says when to try again",
        _ => "There is no space left on the disk: nothing was changed",
    }
}

/// What stands in a path, and that a header which is absent is not `null`.
struct Parameters;

impl Modify for Parameters {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut api.paths.paths {
            for (_, operation) in operations(item) {
                for parameter in operation.parameters.iter_mut().flatten() {
                    let RefOr::T(parameter) = parameter else { continue };
                    let example = example(path, &parameter.name);
                    let Some(RefOr::T(Schema::Object(object))) = &mut parameter.schema else { continue };
                    object.examples.extend(example.map(Into::into));
                    if matches!(object.schema_type, SchemaType::Array(_)) {
                        object.schema_type = Type::String.into();
                    }
                }
            }
        }
    }
}

fn example(path: &str, parameter: &str) -> Option<&'static str> {
    match parameter {
        "app" => Some("UTT7VDX8W5.com.contactApp.Contact"),
        "id" if path.contains("/sessions/") => Some("7023d9205074199d1c16fc00d24354e778137675"),
        "name" => Some("olga"),
        "q" => Some("iphone"),
        "sort" => Some("-modified"),
        "email" => Some("ann@example.org"),
        "If-Match" => Some("*"),
        _ => None,
    }
}

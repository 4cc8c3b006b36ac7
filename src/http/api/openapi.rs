//! The document of the API, made from the code that answers.

use std::sync::OnceLock;

use actix_web::{HttpResponse, web};
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::response::ResponseBuilder;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, RefOr};
use utoipa::{Modify, OpenApi};

use super::{access, apps, batch, changes, events, health, links, me, push, rules, sessions, webhooks};
use crate::domain::compliance;
use crate::services::error::Problem;

/// Everything that programs can ask for.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "mobile-sessions",
        description = "The sessions in the MobileApps folder of a 4D server: who waits, who is let in, and who let \
            them in.",
    ),
    paths(
        apps::list, apps::one, apps::emails, apps::push_tokens,
        sessions::all, sessions::of_app, sessions::search, sessions::one, sessions::file, sessions::change,
        sessions::delete, sessions::refresh,
        batch::run, batch::state,
        changes::list, changes::one, changes::undo,
        events::listen,
        push::state, push::push, push::test,
        me::me, me::change_password,
        access::users, access::create_user, access::change_user, access::delete_user,
        access::tokens, access::create_token, access::revoke_token, access::log,
        webhooks::list, webhooks::create, webhooks::change, webhooks::delete, webhooks::test, webhooks::deliveries,
        webhooks::retry,
        rules::list, rules::create, rules::change, rules::delete, rules::preview,
        links::create,
        health::alive, health::ready,
        document,
    ),
    components(schemas(Problem, compliance::Problem)),
    security(("token" = []), ("login" = [])),
    modifiers(&Paths, &Security, &Errors),
)]
pub struct Api;

/// Get this document
#[utoipa::path(get, path = "/openapi.json", tag = "health", operation_id = "get_openapi", security(()),
    responses((status = 200, description = "OpenAPI 3.1", body = serde_json::Value)))]
pub async fn document() -> HttpResponse {
    static DOCUMENT: OnceLock<String> = OnceLock::new();
    // The document is made of constants: a test sees that it can be written.
    let json = DOCUMENT.get_or_init(|| Api::openapi().to_json().unwrap_or_default());
    HttpResponse::Ok().content_type("application/json").body(web::Bytes::from_static(json.as_bytes()))
}

/// Puts the base path in front of all but the health checks.
struct Paths;

impl Modify for Paths {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let paths = std::mem::take(&mut api.paths.paths);
        let full = |path: String| match path.as_str() {
            "/healthz" | "/readyz" => path,
            _ => format!("/api/v1{path}"),
        };
        api.paths.paths = paths.into_iter().map(|(path, item)| (full(path), item)).collect();
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

/// Every operation fails in the same way.
struct Errors;

impl Modify for Errors {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        for item in api.paths.paths.values_mut() {
            for operation in operations(item) {
                let body = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
                let failed = ResponseBuilder::new()
                    .description("What went wrong, and what to do (RFC 9457)")
                    .content("application/problem+json", body)
                    .build();
                operation.responses.responses.insert("default".to_owned(), RefOr::T(failed));
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

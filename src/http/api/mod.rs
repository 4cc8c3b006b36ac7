//! JSON: what programs are answered. The contract is the document that [`openapi`] makes.

mod access;
mod answers;
mod apps;
pub mod batch;
mod batch_schema;
mod changes;
mod csv;
mod decline;
mod events;
mod health;
mod links;
mod list_keys;
mod me;
mod note;
pub mod openapi;
mod openapi_webhooks;
mod push;
mod rules;
mod schemas;
mod search;
mod sessions;
mod tokens;
mod values;
mod version;
mod views;
mod webhooks;

use actix_web::middleware::from_fn;
use actix_web::web;

pub use access::{User, access_query};
pub use changes::{change_query, export as export_changes};
pub use list_keys::session_query;
pub use push::Completed as CompletedPush;
pub use sessions::export as export_sessions;
pub use tokens::Token;
pub use views::ListQuery;
pub use webhooks::delivery_query;

use super::extract::resource;
use super::idempotency;

/// Every route of the API.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(resource("/healthz").get(health::alive));
    cfg.service(resource("/readyz").get(health::ready));
    // In the order in which addresses are tried: what is asked for most comes first.
    let v1 = web::scope("/api/v1")
        .service(resource("/sessions").get(sessions::all))
        .service(resource("/openapi.json").get(openapi::document))
        .service(resource("/version").get(version::version))
        .service(resource("/me").get(me::me))
        .service(resource("/me/password").put(me::change_password))
        .service(resource("/users").get(access::users).post(access::create_user))
        .service(resource("/users/{name}").get(access::user).patch(access::change_user).delete(access::delete_user))
        .service(resource("/users/{name}/second-factor").delete(access::remove_factor))
        .service(resource("/tokens").get(tokens::list).post(tokens::create))
        .service(resource("/tokens/{id}").get(tokens::one).patch(tokens::change).delete(tokens::revoke))
        .service(resource("/tokens/{id}/rotate").post(tokens::rotate))
        .service(resource("/access-log").get(access::log))
        .service(resource("/webhooks").get(webhooks::list).post(webhooks::create))
        .service(resource("/webhooks/{id}").get(webhooks::one).patch(webhooks::change).delete(webhooks::delete))
        .service(resource("/webhooks/{id}/test").post(webhooks::test))
        .service(resource("/webhooks/{id}/deliveries").get(webhooks::deliveries))
        .service(resource("/webhooks/{id}/deliveries/{delivery}/retry").post(webhooks::retry))
        .service(resource("/apps").get(apps::list))
        .service(resource("/apps/{app}").get(apps::one))
        .service(resource("/apps/{app}/emails").get(apps::emails))
        .service(resource("/apps/{app}/push-tokens").get(apps::push_tokens))
        .service(resource("/apps/{app}/sessions").get(sessions::of_app))
        .service(
            resource("/apps/{app}/sessions/{id}").get(sessions::one).patch(sessions::change).delete(sessions::delete),
        )
        .service(resource("/apps/{app}/sessions/{id}/file").get(sessions::file))
        .service(resource("/apps/{app}/sessions/{id}/note").put(note::set))
        .service(resource("/apps/{app}/sessions/{id}/decline").post(decline::decline).delete(decline::undecline))
        .service(resource("/apps/{app}/sessions/{id}/approval-links").post(links::create))
        .service(resource("/approval-links").get(links::list))
        .service(resource("/approval-links/{id}").get(links::one).delete(links::revoke))
        .service(resource("/rules").get(rules::list).post(rules::create))
        .service(resource("/rules/preview").post(rules::preview))
        .service(resource("/rules/{id}").get(rules::one).patch(rules::change).delete(rules::delete))
        .service(resource("/views").get(views::list))
        .service(resource("/views/{name}").get(views::one).put(views::put).delete(views::delete))
        .service(resource("/search").get(search::find))
        .service(resource("/sessions/search").post(sessions::search))
        .service(resource("/sessions/batch").post(batch::run))
        .service(resource("/batches/{id}").get(batch::state).delete(batch::stop))
        .service(resource("/refresh").post(sessions::refresh))
        .service(resource("/changes").get(changes::list))
        .service(resource("/changes/{id}").get(changes::one))
        .service(resource("/changes/{id}/undo").post(changes::undo))
        .service(resource("/events").get(events::listen))
        .service(resource("/push").get(push::state).post(push::push))
        .service(resource("/push/test").post(push::test));
    cfg.service(v1.wrap(from_fn(idempotency::honour)).wrap(from_fn(answers::finish)));
}

//! JSON: what programs are answered. The contract is the document that [`openapi`] makes.

mod access;
mod answers;
mod apps;
pub mod batch;
mod body;
mod changes;
mod csv;
mod events;
mod health;
mod links;
mod me;
pub mod openapi;
mod openapi_webhooks;
mod push;
mod rules;
mod sessions;
mod version;
mod webhooks;

use actix_web::middleware::from_fn;
use actix_web::web;

pub use changes::export as export_changes;
pub use sessions::export as export_sessions;

use super::idempotency;

/// Every route of the API.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/healthz").get(health::alive));
    cfg.service(web::resource("/readyz").get(health::ready));
    // In the order in which addresses are tried: what is asked for most comes first.
    let v1 = web::scope("/api/v1")
        .service(web::resource("/sessions").get(sessions::all))
        .service(web::resource("/openapi.json").get(openapi::document))
        .service(web::resource("/version").get(version::version))
        .service(web::resource("/me").get(me::me))
        .service(web::resource("/me/password").put(me::change_password))
        .service(web::resource("/users").get(access::users).post(access::create_user))
        .service(
            web::resource("/users/{name}").get(access::user).patch(access::change_user).delete(access::delete_user),
        )
        .service(web::resource("/tokens").get(access::tokens).post(access::create_token))
        .service(
            web::resource("/tokens/{id}").get(access::token).patch(access::change_token).delete(access::revoke_token),
        )
        .service(web::resource("/access-log").get(access::log))
        .service(web::resource("/webhooks").get(webhooks::list).post(webhooks::create))
        .service(web::resource("/webhooks/{id}").get(webhooks::one).patch(webhooks::change).delete(webhooks::delete))
        .service(web::resource("/webhooks/{id}/test").post(webhooks::test))
        .service(web::resource("/webhooks/{id}/deliveries").get(webhooks::deliveries))
        .service(web::resource("/webhooks/{id}/deliveries/{delivery}/retry").post(webhooks::retry))
        .service(web::resource("/apps").get(apps::list))
        .service(web::resource("/apps/{app}").get(apps::one))
        .service(web::resource("/apps/{app}/emails").get(apps::emails))
        .service(web::resource("/apps/{app}/push-tokens").get(apps::push_tokens))
        .service(web::resource("/apps/{app}/sessions").get(sessions::of_app))
        .service(
            web::resource("/apps/{app}/sessions/{id}")
                .get(sessions::one)
                .patch(sessions::change)
                .delete(sessions::delete),
        )
        .service(web::resource("/apps/{app}/sessions/{id}/file").get(sessions::file))
        .service(web::resource("/apps/{app}/sessions/{id}/approval-links").post(links::create))
        .service(web::resource("/approval-links").get(links::list))
        .service(web::resource("/approval-links/{id}").get(links::one).delete(links::revoke))
        .service(web::resource("/rules").get(rules::list).post(rules::create))
        .service(web::resource("/rules/preview").post(rules::preview))
        .service(web::resource("/rules/{id}").get(rules::one).patch(rules::change).delete(rules::delete))
        .service(web::resource("/sessions/search").post(sessions::search))
        .service(web::resource("/sessions/batch").post(batch::run))
        .service(web::resource("/batches/{id}").get(batch::state).delete(batch::stop))
        .service(web::resource("/refresh").post(sessions::refresh))
        .service(web::resource("/changes").get(changes::list))
        .service(web::resource("/changes/{id}").get(changes::one))
        .service(web::resource("/changes/{id}/undo").post(changes::undo))
        .service(web::resource("/events").get(events::listen))
        .service(web::resource("/push").get(push::state).post(push::push))
        .service(web::resource("/push/test").post(push::test));
    cfg.service(v1.wrap(from_fn(idempotency::honour)).wrap(from_fn(answers::finish)));
}

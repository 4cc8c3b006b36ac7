//! HTML: the same results of the same services as the API, through templates. Everything works by
//! plain links and forms: a POST, then 303 to a page.

mod access;
mod access_log;
mod account;
mod approval;
mod apps;
mod batch;
mod changes;
mod connect;
mod device;
mod docs;
mod export;
mod folder;
mod overview;
mod parts;
mod push;
mod row_edit;
mod rules;
mod selected;
mod session;
mod sessions;
mod tokens;
mod user;
mod users;
mod webhook;
mod webhooks;

use actix_web::middleware::from_fn;
use actix_web::web;

use parts::layer::around_pages;

pub use parts::error::error_page;

/// Every page, and every address where nothing is: to be configured last.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::scope("").wrap(from_fn(around_pages)).configure(sessions).configure(people).configure(automation));
}

/// Sessions, and what is done with them.
fn sessions(cfg: &mut web::ServiceConfig) {
    let get = web::get;
    let post = web::post;
    cfg.service(web::resource("/").route(get().to(overview::overview)))
        .service(web::resource("/sessions").route(get().to(sessions::all)))
        .service(web::resource("/sessions.csv").route(get().to(export::sessions)))
        .service(web::resource("/sessions/selected").route(post().to(selected::apply)))
        .service(web::resource("/batches/{id}").route(get().to(batch::show)))
        .service(web::resource("/batches/{id}/stop").route(post().to(batch::stop)))
        .service(web::resource("/api/docs").route(get().to(docs::show)))
        .service(web::resource("/apps").route(get().to(apps::list)))
        .service(web::resource("/apps/{app}").route(get().to(sessions::of_app)))
        .service(web::resource("/apps/{app}/sessions/{id}").route(get().to(session::show)))
        .service(web::resource("/apps/{app}/sessions/{id}/status").route(post().to(session::set_status)))
        .service(web::resource("/apps/{app}/sessions/{id}/email").route(post().to(session::set_email)))
        .service(web::resource("/apps/{app}/sessions/{id}/email-in-row").route(post().to(row_edit::save)))
        .service(web::resource("/apps/{app}/sessions/{id}/device").route(get().to(device::show)))
        .service(web::resource("/apps/{app}/sessions/{id}/delete").route(post().to(session::delete)))
        .service(web::resource("/apps/{app}/sessions/{id}/replace").route(post().to(session::replace)))
        .service(web::resource("/apps/{app}/sessions/{id}/file").route(get().to(session::file)))
        .service(web::resource("/changes").route(get().to(changes::list)))
        .service(web::resource("/changes.csv").route(get().to(export::changes)))
        .service(web::resource("/changes/{id}/undo").route(post().to(changes::undo)))
        .service(web::resource("/push").route(get().to(push::show)).route(post().to(push::push)))
        .service(web::resource("/push/test").route(post().to(push::test)))
        .service(web::resource("/push/{file}").route(get().to(connect::download)))
        .service(web::resource("/folder/confirm").route(post().to(folder::confirm)))
        .service(web::resource("/refresh").route(post().to(sessions::refresh)))
        .service(web::resource("/login").route(get().to(access::login)).route(post().to(access::log_in)))
        .service(web::resource("/logout").route(post().to(access::log_out)))
        .service(web::resource("/password").route(get().to(account::choose_password)))
        .service(web::resource("/setup").route(get().to(access::setup)).route(post().to(access::set_up)));
}

/// What goes without a person at the panel.
fn automation(cfg: &mut web::ServiceConfig) {
    let get = web::get;
    let post = web::post;
    cfg.service(web::resource("/rules").route(get().to(rules::list)).route(post().to(rules::create)))
        .service(web::resource("/rules/{id}").route(get().to(rules::show)).route(post().to(rules::change)))
        .service(web::resource("/rules/{id}/state").route(post().to(rules::set_state)))
        .service(web::resource("/rules/{id}/delete").route(post().to(rules::delete)))
        .service(web::resource("/apps/{app}/sessions/{id}/approval-links").route(post().to(approval::make)))
        .service(web::resource("/approval-links/{id}/revoke").route(post().to(approval::revoke)))
        .service(web::resource("/link/{secret}").route(get().to(approval::open)).route(post().to(approval::accept)));
}

/// Oneself, and the people and programs that may come in.
fn people(cfg: &mut web::ServiceConfig) {
    let get = web::get;
    let post = web::post;
    cfg.service(web::resource("/account").route(get().to(account::show)))
        .service(web::resource("/account/settings").route(post().to(account::set_settings)))
        .service(web::resource("/account/password").route(post().to(account::set_password)))
        .service(web::resource("/account/logout-elsewhere").route(post().to(account::log_out_elsewhere)))
        .service(web::resource("/account/tokens/{id}/revoke").route(post().to(account::revoke_token)))
        .service(web::resource("/users").route(get().to(users::list)).route(post().to(users::create)))
        .service(web::resource("/users/{name}").route(get().to(user::show)).route(post().to(user::set_rights)))
        .service(web::resource("/users/{name}/password").route(post().to(user::set_password)))
        .service(web::resource("/users/{name}/state").route(post().to(user::set_state)))
        .service(web::resource("/users/{name}/delete").route(post().to(user::delete)))
        .service(web::resource("/tokens").route(get().to(tokens::list)).route(post().to(tokens::create)))
        .service(web::resource("/tokens/{id}/revoke").route(post().to(tokens::revoke)))
        .service(web::resource("/access-log").route(get().to(access_log::list)))
        .service(web::resource("/webhooks").route(get().to(webhooks::list)).route(post().to(webhooks::create)))
        .service(web::resource("/webhooks/{id}").route(get().to(webhook::show)).route(post().to(webhook::change)))
        .service(web::resource("/webhooks/{id}/state").route(post().to(webhook::set_state)))
        .service(web::resource("/webhooks/{id}/secret").route(post().to(webhook::rotate)))
        .service(web::resource("/webhooks/{id}/test").route(post().to(webhook::test)))
        .service(web::resource("/webhooks/{id}/deliveries/{delivery}/retry").route(post().to(webhook::retry)))
        .service(web::resource("/webhooks/{id}/delete").route(post().to(webhook::delete)));
}

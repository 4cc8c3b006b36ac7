//! HTML: the same results of the same services as the API, through templates. Everything works by
//! plain links and forms: a POST, then 303 to a page.

mod access;
mod access_log;
mod account;
mod approval;
mod apps;
mod batch;
mod changes;
mod checklist;
mod connect;
mod docs;
mod export;
mod folder;
mod help;
mod login_code;
mod look;
mod note;
mod overview;
mod parts;
mod push;
mod row_edit;
mod rules;
mod search;
mod second_factor;
mod selected;
mod session;
mod sessions;
mod token_rotation;
mod tokens;
mod user;
mod users;
mod views;
mod webhook;
mod webhooks;

use actix_web::middleware::from_fn;
use actix_web::web;

use parts::layer::around_pages;

pub use parts::error::error_page;
pub use parts::route::{get, post};
pub use parts::{Authorized, NoFields, Verified};

/// Every page, and every address where nothing is: to be configured last.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.service(web::scope("").wrap(from_fn(around_pages)).configure(sessions).configure(people).configure(automation));
}

/// Sessions, and what is done with them.
fn sessions(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/").route(get(overview::overview)))
        .service(web::resource("/checklist/dismiss").route(post(checklist::dismiss)))
        .service(web::resource("/search").route(get(search::show)))
        .service(web::resource("/sessions").route(get(sessions::all)))
        .service(web::resource("/sessions.csv").route(get(export::sessions)))
        .service(web::resource("/sessions/selected").route(post(selected::apply)))
        .service(web::resource("/views").route(post(views::save)))
        .service(web::resource("/views/{name}/delete").route(post(views::delete)))
        .service(web::resource("/batches/{id}").route(get(batch::show)))
        .service(web::resource("/batches/{id}/stop").route(post(batch::stop)))
        .service(web::resource("/api/docs").route(get(docs::show)))
        .service(web::resource("/help").route(get(help::show)))
        .service(web::resource("/help/{chapter}").route(get(help::show)))
        .service(web::resource("/apps").route(get(apps::list)))
        .service(web::resource("/apps/{app}").route(get(sessions::of_app)))
        .service(web::resource("/apps/{app}/sessions/{id}").route(get(session::show)))
        .service(web::resource("/apps/{app}/sessions/{id}/status").route(post(session::set_status)))
        .service(web::resource("/apps/{app}/sessions/{id}/email").route(post(session::set_email)))
        .service(web::resource("/apps/{app}/sessions/{id}/email-in-row").route(post(row_edit::save)))
        .service(web::resource("/apps/{app}/sessions/{id}/look").route(get(look::show)))
        .service(web::resource("/apps/{app}/sessions/{id}/note").route(post(note::set)))
        .service(web::resource("/apps/{app}/sessions/{id}/delete").route(post(session::delete)))
        .service(web::resource("/apps/{app}/sessions/{id}/replace").route(post(session::replace)))
        .service(web::resource("/apps/{app}/sessions/{id}/file").route(get(session::file)))
        .service(web::resource("/changes").route(get(changes::list)))
        .service(web::resource("/changes.csv").route(get(export::changes)))
        .service(web::resource("/changes/{id}/undo").route(post(changes::undo)))
        .service(web::resource("/push").route(get(push::show)).route(post(push::push)))
        .service(web::resource("/push/test").route(post(push::test)))
        .service(web::resource("/push/auto").route(post(push::switch)))
        .service(web::resource("/push/{file}").route(get(connect::download)))
        .service(web::resource("/folder/confirm").route(post(folder::confirm)))
        .service(web::resource("/refresh").route(post(sessions::refresh)))
        .service(web::resource("/login").route(get(access::login)).route(post(access::log_in)))
        .service(web::resource("/login/code").route(get(login_code::show)).route(post(login_code::log_in)))
        .service(web::resource("/logout").route(post(access::log_out)))
        .service(web::resource("/password").route(get(account::choose_password)))
        .service(web::resource("/second-factor").route(get(second_factor::needed)))
        .service(web::resource("/setup").route(get(access::setup)).route(post(access::set_up)));
}

/// What goes without a person at the panel.
fn automation(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/rules").route(get(rules::list)).route(post(rules::create)))
        .service(web::resource("/rules/{id}").route(get(rules::show)).route(post(rules::change)))
        .service(web::resource("/rules/{id}/state").route(post(rules::set_state)))
        .service(web::resource("/rules/{id}/move").route(post(rules::place)))
        .service(web::resource("/rules/{id}/delete").route(post(rules::delete)))
        .service(web::resource("/apps/{app}/sessions/{id}/approval-links").route(post(approval::make)))
        .service(web::resource("/approval-links/{id}/revoke").route(post(approval::revoke)))
        .service(web::resource("/link/{secret}").route(get(approval::open)).route(post(approval::accept)));
}

/// Oneself, and the people and programs that may come in.
fn people(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/account").route(get(account::show)))
        .service(web::resource("/account/settings").route(post(account::set_settings)))
        .service(web::resource("/account/columns").route(post(views::set_columns)))
        .service(web::resource("/account/password").route(post(account::set_password)))
        .service(web::resource("/account/second-factor").route(post(second_factor::begin)))
        .service(web::resource("/account/second-factor/confirm").route(post(second_factor::confirm)))
        .service(web::resource("/account/second-factor/codes").route(post(second_factor::renew_codes)))
        .service(web::resource("/account/second-factor/remove").route(post(second_factor::remove)))
        .service(web::resource("/account/logout-elsewhere").route(post(account::log_out_elsewhere)))
        .service(web::resource("/account/tokens/{id}/revoke").route(post(account::revoke_token)))
        .service(web::resource("/users").route(get(users::list)).route(post(users::create)))
        .service(web::resource("/users/{name}").route(get(user::show)).route(post(user::set_rights)))
        .service(web::resource("/users/{name}/password").route(post(user::set_password)))
        .service(web::resource("/users/{name}/state").route(post(user::set_state)))
        .service(web::resource("/users/{name}/second-factor/remove").route(post(user::remove_factor)))
        .service(web::resource("/users/{name}/delete").route(post(user::delete)))
        .service(web::resource("/tokens").route(get(tokens::list)).route(post(tokens::create)))
        .service(
            web::resource("/tokens/{id}/rotate").route(get(token_rotation::show)).route(post(token_rotation::rotate)),
        )
        .service(web::resource("/tokens/{id}/revoke").route(post(tokens::revoke)))
        .service(web::resource("/access-log").route(get(access_log::list)))
        .service(web::resource("/webhooks").route(get(webhooks::list)).route(post(webhooks::create)))
        .service(web::resource("/webhooks/{id}").route(get(webhook::show)).route(post(webhook::change)))
        .service(web::resource("/webhooks/{id}/state").route(post(webhook::set_state)))
        .service(web::resource("/webhooks/{id}/secret").route(post(webhook::rotate)))
        .service(web::resource("/webhooks/{id}/test").route(post(webhook::test)))
        .service(web::resource("/webhooks/{id}/deliveries/{delivery}/retry").route(post(webhook::retry)))
        .service(web::resource("/webhooks/{id}/delete").route(post(webhook::delete)));
}

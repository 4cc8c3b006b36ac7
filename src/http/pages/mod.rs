//! HTML: the same results of the same services as the API, through templates. Everything works by
//! plain links and forms: a POST, then 303 to a page.

mod access;
mod changes;
mod context;
mod error;
mod forms;
mod links;
mod overview;
mod rows;
mod selected;
mod session;
mod sessions;
#[cfg(test)]
mod words;

use actix_web::web;

pub use error::{error_page, fail};

/// Every page.
pub fn configure(cfg: &mut web::ServiceConfig) {
    let get = web::get;
    let post = web::post;
    cfg.app_data(web::FormConfig::default().limit(forms::LARGEST))
        .service(web::resource("/").route(get().to(overview::overview)))
        .service(web::resource("/sessions").route(get().to(sessions::all)))
        .service(web::resource("/sessions/selected").route(post().to(selected::apply)))
        .service(web::resource("/apps/{app}").route(get().to(sessions::of_app)))
        .service(web::resource("/apps/{app}/sessions/{id}").route(get().to(session::show)))
        .service(web::resource("/apps/{app}/sessions/{id}/status").route(post().to(session::set_status)))
        .service(web::resource("/apps/{app}/sessions/{id}/email").route(post().to(session::set_email)))
        .service(web::resource("/apps/{app}/sessions/{id}/delete").route(post().to(session::delete)))
        .service(web::resource("/changes").route(get().to(changes::list)))
        .service(web::resource("/changes/{id}/undo").route(post().to(changes::undo)))
        .service(web::resource("/refresh").route(post().to(sessions::refresh)))
        .service(web::resource("/login").route(get().to(access::login)).route(post().to(access::log_in)))
        .service(web::resource("/logout").route(post().to(access::log_out)))
        .service(web::resource("/setup").route(get().to(access::setup)).route(post().to(access::set_up)));
}

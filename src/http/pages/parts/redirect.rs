//! 303 after a form, with what was done in the address of the page it leads to.

use actix_web::HttpResponse;
use actix_web::http::header;

use super::rows;
use crate::domain::session::SessionKey;
use crate::http::links;
use crate::services::edits::BatchResult;

/// Keys of an address that say something of the page, not of the list.
pub const PAGE_KEYS: [&str; 6] = ["done", "same", "told", "back", "from", "edit"];

/// 303: look at this page now.
pub fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// To this page, with one of [`TOLD`].
pub fn see_told(path: &str, told: &'static str) -> HttpResponse {
    see(&format!("{path}?told={told}"))
}

/// Back to where a form was sent from, with one of [`TOLD`].
pub fn see_told_back(back: &str, told: &'static str) -> HttpResponse {
    see_back(back, &format!("told={told}"))
}

/// Back to where a form was sent from, with what was done in the address.
pub fn see_done(back: &str, change_id: Option<&str>) -> HttpResponse {
    see_back(
        back,
        &match change_id {
            Some(id) => format!("done={}", links::encode(id)),
            None => "same=1".to_owned(),
        },
    )
}

/// The same of many, with how many were so already.
pub fn see_done_many(back: &str, result: &BatchResult) -> HttpResponse {
    let id = result.change_id.as_deref();
    match id.filter(|_| result.unchanged > 0) {
        Some(id) => see_back(back, &format!("done={}~{}", links::encode(id), result.unchanged)),
        None => see_done(back, id),
    }
}

/// The same, with the row of this session in view.
pub fn see_done_at(back: &str, change_id: Option<&str>, key: &SessionKey) -> HttpResponse {
    let mut answer = see_done(back, change_id);
    let at = |address: &str| format!("{address}#s-{}", rows::anchor(key));
    let address = answer.headers().get(header::LOCATION).and_then(|address| address.to_str().ok()).map(at);
    if let Some(address) = address.and_then(|address| header::HeaderValue::from_str(&address).ok()) {
        answer.headers_mut().insert(header::LOCATION, address);
    }
    answer
}

fn see_back(back: &str, told: &str) -> HttpResponse {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !["done=", "same=", "told="].iter().any(|key| pair.starts_with(key)));
    let query: Vec<&str> = kept.chain([told]).collect();
    see(&format!("{path}?{}", query.join("&")))
}

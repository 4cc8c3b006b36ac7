//! JSON.

use actix_web::web;

/// Every route of the API.
pub fn configure(cfg: &mut web::ServiceConfig) {
    let _ = cfg;
}

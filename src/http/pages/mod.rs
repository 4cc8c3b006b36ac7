//! HTML.

use actix_web::web;

/// Every page.
pub fn configure(cfg: &mut web::ServiceConfig) {
    let _ = cfg;
}

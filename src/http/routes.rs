//! The whole URL map on one page.

use actix_web::web;

use super::extract::resource;
use super::failure::Answer;
use super::{api, assets, metrics, pages, problem};
use crate::services::error::Error;

pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.configure(api::configure)
        .service(resource("/metrics").get(metrics::show))
        .service(web::resource("/problems/{code}").get(problem::explain))
        .service(web::resource("/static/{path:.*}").get(assets::serve))
        .configure(pages::configure)
        .default_service(web::to(nothing_here));
}

/// The routes of the listener for Prometheus alone.
pub fn configure_metrics(cfg: &mut web::ServiceConfig) {
    cfg.service(web::resource("/metrics").get(metrics::show_to_all)).default_service(web::to(nothing_here));
}

/// Every address that is none of ours.
async fn nothing_here() -> Answer {
    Err(Error::NotFound("address").into())
}

//! The whole URL map on one page.

use actix_web::{HttpRequest, HttpResponse, web};

use super::api;
use super::limits::Limits;
use super::problem::{self, Failure};
use super::ready::Ready;
use super::{assets, docs, metrics, pages};
use crate::config::Options;
use crate::services::error::Error;

/// What the workers of a server share, besides the services.
pub struct Shared {
    /// How many requests a caller may make.
    pub limits: Limits,
    /// Lists that were answered a moment ago.
    pub ready: Ready,
}

impl Shared {
    /// As the options have it.
    pub fn new(options: &Options) -> Self {
        Self { limits: Limits::new(options.max_requests), ready: Ready::default() }
    }
}

/// Every route.
pub fn configure(cfg: &mut web::ServiceConfig) {
    cfg.configure(api::configure)
        .service(web::resource("/metrics").get(metrics::show))
        .service(web::resource("/api/docs").get(docs::page))
        .service(web::resource("/api/docs/{file}").get(docs::file))
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
async fn nothing_here(req: HttpRequest) -> Result<HttpResponse, Failure> {
    let error = Error::NotFound("page or resource of this address");
    if problem::wants_page(&req) { pages::fail(&req, &error).await } else { Err(error.into()) }
}

//! `/metrics`: what is measured, for Prometheus.

use actix_web::{HttpResponse, web};

use super::extract::Call;
use super::problem::Failure;
use crate::app::App;
use crate::domain::account::{AppScope, Permission};
use crate::services::measures::{self, Now};

/// `GET /metrics`, for a token of any role. Nothing of it can be held to some apps, so those who are held are refused.
pub async fn show(call: Call) -> Result<HttpResponse, Failure> {
    call.require(Permission::ReadMetrics)?;
    call.no_query()?;
    Ok(answer(&call.app))
}

/// The same on the listener that is for it alone.
pub async fn show_to_all(app: web::Data<App>) -> HttpResponse {
    answer(&app)
}

fn answer(app: &App) -> HttpResponse {
    let all = AppScope::all();
    let apps = app.catalog.apps(&all).and_then(|apps| Ok((apps.len(), app.catalog.counts(&all)?)));
    let now = Now { folder: apps.ok(), unpushed: app.catalog.unpushed(&all).len(), listeners: app.events.listeners() };
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(measures::render(&now))
}

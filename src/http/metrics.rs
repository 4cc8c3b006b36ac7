//! `/metrics`: what is measured, for Prometheus.

use std::time::{Duration, SystemTime};

use actix_web::{HttpResponse, web};

use super::extract::{Call, ReadMetrics};
use super::failure::Answer;
use crate::app::App;
use crate::domain::account::AppScope;
use crate::services::measures::{self, Now};

/// How long a write to the disk is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// Read what is measured, for Prometheus
///
/// For a token of any role that is held to no apps: nothing of it can be held to some. With `--metrics-listen` it is
/// also served on an address of its own, to everyone there.
#[utoipa::path(get, path = "/metrics", tag = "health", operation_id = "get_metrics",
    responses((status = 200, description = "Prometheus' text format, version 0.0.4", body = String,
        content_type = "text/plain",
        example = "# TYPE mobile_sessions_sessions gauge\nmobile_sessions_sessions{status=\"pending\"} 2\n")))]
pub async fn show(call: Call<ReadMetrics>) -> Answer {
    Ok(answer(&call.app).await)
}

/// The same on the listener that is for it alone.
pub async fn show_to_all(app: web::Data<App>) -> HttpResponse {
    answer(&app).await
}

async fn answer(app: &App) -> HttpResponse {
    measure_write(app).await;
    let all = AppScope::all();
    let folder = match (app.catalog.apps(&all).await, app.catalog.counts(&all).await) {
        (Ok(apps), Ok(counts)) => Some((apps.len(), counts)),
        _ => None,
    };
    let unpushed = app.catalog.count_unpushed(&all).await.unwrap_or_default();
    let database =
        app.database.measured().await.inspect_err(|error| tracing::warn!(%error, "the database is not measured"));
    let now = Now {
        folder,
        unpushed,
        ending_tokens: app.accounts.count_ending_tokens().await.ok(),
        listeners: app.events.listeners(),
        database: database.ok(),
        last_push: app.push.last(&all).map(|last| (last.at, last.outcome)),
        at: SystemTime::now().into(),
    };
    HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(measures::render(&now))
}

/// Measures a write down to the disk. One that hangs holds up nobody who measures, and is measured all the same once it is
/// done.
async fn measure_write(app: &App) {
    let database = app.database.clone();
    let written = tokio::spawn(async move {
        if let Ok(Some(took)) = database.timed_check().await {
            measures::database_write(took);
        }
    });
    let _ = tokio::time::timeout(PATIENCE, written).await;
}

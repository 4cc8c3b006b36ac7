//! `/healthz` and `/readyz`: for those who watch over the program. They need no login.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::extract::Anybody;
use crate::http::failure::Answer;
use crate::services::error::Error;
use crate::store::writer::Guard;

/// That the program is alive.
#[derive(Serialize, ToSchema)]
pub struct Alive {
    status: &'static str,
}

/// That the program can do its work.
#[derive(Serialize, ToSchema)]
pub struct Ready {
    status: &'static str,
    /// `ready`; or `reading`, while a folder that was never read is read for the first time: lists show what was read so
    /// far.
    state: &'static str,
    /// How many files were read, while that goes on.
    done: Option<u64>,
    /// How many files were found so far, while that goes on.
    total: Option<u64>,
    /// How writes are guarded against 4D's. `exclusive`: while the program runs, no write of 4D's is lost.
    /// `compared`: the file system cannot exchange two names at once, so one in the same instant can be lost.
    /// `unknown`: there is no app yet.
    writes: &'static str,
}

/// Whether the program is alive
///
/// It answers as soon as it takes requests, whatever the folder and the database do.
#[utoipa::path(get, path = "/healthz", tag = "health", operation_id = "is_alive", security(()),
    responses((status = 200, description = "It is", body = Alive)))]
pub async fn alive(_: Anybody) -> Answer {
    Ok(HttpResponse::Ok().json(Alive { status: "ok" }))
}

/// Whether the program can do its work
///
/// The folder can be read, and the database written down to its disk; the latter is tried once a second at most.
#[utoipa::path(get, path = "/readyz", tag = "health", operation_id = "is_ready", security(()),
    responses((status = 200, description = "It can", body = Ready)))]
pub async fn ready(Anybody(app): Anybody) -> Answer {
    app.catalog.check().await?;
    app.database.check().await.map_err(|reason| Error::StoreUnavailable { reason })?;
    let writer = app.writer.clone();
    let guard = tokio::task::spawn_blocking(move || writer.guard()).await.map_err(Error::internal)?;
    let writes = match guard {
        Guard::Exclusive => "exclusive",
        Guard::Compared => "compared",
        Guard::Unknown => "unknown",
    };
    let reading = app.catalog.reading();
    Ok(HttpResponse::Ok().json(Ready {
        status: "ok",
        state: if reading.is_some() { "reading" } else { "ready" },
        done: reading.map(|(done, _)| done),
        total: reading.map(|(_, total)| total),
        writes,
    }))
}

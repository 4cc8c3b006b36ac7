//! `/version`: which program answers.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::extract::{Call, Read};
use crate::http::failure::Answer;
use crate::store::database;

/// Which program answers.
#[derive(Serialize, ToSchema)]
pub struct Version {
    /// The program's version.
    #[schema(example = "0.1.0")]
    version: &'static str,
    /// The commit that it was built from; `null` where the build did not know it.
    commit: Option<&'static str>,
    /// The number of the database's schema: that of its newest migration.
    schema: i64,
}

/// Get the program's version
#[utoipa::path(get, path = "/version", tag = "health", operation_id = "get_version",
    responses((status = 200, description = "Version, commit and number of the database's schema", body = Version)))]
pub async fn version(_: Call<Read>) -> Answer {
    let commit = Some(env!("COMMIT")).filter(|commit| !commit.is_empty());
    Ok(HttpResponse::Ok().json(Version { version: env!("CARGO_PKG_VERSION"), commit, schema: database::schema() }))
}

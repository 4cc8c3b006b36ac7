//! `/push`: what waits to be told to 4D.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Answer;
use crate::domain::account::Permission;
use crate::http::extract::{Call, LARGEST_BODY};
use crate::services::error::Error;
use crate::services::push::PushState;

/// How to push.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "allow_noncompliant": false })))]
pub struct PushOrder {
    /// Push although 4D will drop the sessions in `preview.noncompliant`
    allow_noncompliant: Option<bool>,
}

/// Get what a push would do
#[utoipa::path(get, path = "/push", tag = "push", operation_id = "get_push",
    responses((status = 200, description = "What waits", body = PushState)))]
pub async fn state(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(crate::services::push::state(&call.app.catalog, &caller.apps)?))
}

/// Push the changes into 4D
#[utoipa::path(post, path = "/push", tag = "push", operation_id = "push", request_body = PushOrder,
    responses((status = 409, description = "No connection to 4D is configured",
        body = crate::services::error::Problem, content_type = "application/problem+json")))]
pub async fn push(mut call: Call) -> Answer {
    call.require(Permission::Change)?;
    call.no_query()?;
    if call.header("content-type").is_some() {
        let (mut given, _) = call.json(&["application/json"], LARGEST_BODY).await?;
        given.flag("allow_noncompliant")?;
        given.end()?;
    } else {
        call.no_body().await?;
    }
    Err(Error::PushNotConfigured.into())
}

//! `/push`: what waits to be told to 4D, and telling it.

use actix_web::HttpResponse;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::domain::push::Completed;
use crate::http::extract::{Call, Change, Json, Read};
use crate::http::failure::Answer;
use crate::services::error::Problem;
use crate::services::push::{PushState, Tested};

/// How to push.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "allow_noncompliant": false })))]
pub struct PushOrder {
    /// Push although 4D will drop the sessions in `preview.noncompliant`
    allow_noncompliant: Option<bool>,
}

/// Get what a push would do
///
/// And how the last one ended. Held to some apps, a caller sees what is of these alone.
#[utoipa::path(get, path = "/push", tag = "push", operation_id = "get_push",
    responses((status = 200, description = "What waits", body = PushState)))]
pub async fn state(call: Call<Read>) -> Answer {
    Ok(HttpResponse::Ok().json(call.app.push.state(&call.caller.apps).await?))
}

/// Push the changes into 4D
///
/// Of all apps: 4D's command knows no other way. It runs to its end when the client leaves. While another push runs,
/// this one waits for it; where one waits already, that one will tell 4D of your changes too, and this one is refused
/// with 409 `/problems/push-running`. `errors` is what 4D says of files that it does not take: the rest counts as pushed.
#[utoipa::path(post, path = "/push", tag = "push", operation_id = "push", request_body = PushOrder,
    responses(
        (status = 200, description = "4D has read the folder", body = Completed),
        (status = 409, description = "No connection to 4D is configured, 4D would drop sessions, or another push waits",
            body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "4D could not be asked, or failed: everything stays unpushed",
            body = Problem, content_type = "application/problem+json")))]
pub async fn push(call: Call<Change>, Json(order): Json<PushOrder>) -> Answer {
    let allowed = order.allow_noncompliant.unwrap_or_default();
    Ok(HttpResponse::Ok().json(call.app.push.push(&call.caller, &call.request_id, allowed).await?))
}

/// Test the connection to 4D
///
/// The code in 4D answers without running the command: nothing changes.
#[utoipa::path(post, path = "/push/test", tag = "push", operation_id = "test_push",
    responses(
        (status = 200, description = "4D answered, and knows the secret", body = Tested),
        (status = 409, description = "No connection to 4D is configured",
            body = Problem, content_type = "application/problem+json"),
        (status = 502, description = "4D could not be asked, or does not answer as it should",
            body = Problem, content_type = "application/problem+json")))]
pub async fn test(call: Call<Change>) -> Answer {
    call.changes_nothing();
    Ok(HttpResponse::Ok().json(call.app.push.test(&call.caller, &call.request_id).await?))
}

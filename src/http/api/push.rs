//! `/push`: what waits to be told to 4D, and telling it.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain;
use crate::domain::account::Actor;
use crate::domain::push::{Failure, PushError, PushOutcome};
use crate::domain::session::finding::{Finding, Problem as SessionProblem};
use crate::domain::timestamp::Timestamp;
use crate::http::extract::{Call, Change, Json, Read};
use crate::http::failure::Answer;
use crate::services::error::Problem;
use crate::services::push;

/// How to push.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "allow_noncompliant": false })))]
pub struct PushOrder {
    /// Push although 4D will drop the sessions in `preview.noncompliant`
    allow_noncompliant: Option<bool>,
}

/// What waits for a push.
#[derive(Serialize, ToSchema)]
pub struct PushState {
    /// Whether there is a connection to 4D.
    configured: bool,
    /// How many sessions differ, by changes made here, from what 4D has read; deleted ones too.
    unpushed: u64,
    /// What a push would do.
    preview: Preview,
    /// How the last push ended; `null` before the first.
    last: Option<Completed>,
}

impl From<push::PushState> for PushState {
    fn from(state: push::PushState) -> Self {
        Self {
            configured: state.configured,
            unpushed: state.unpushed,
            preview: state.preview.into(),
            last: state.last.map(Completed::from),
        }
    }
}

/// What a push would do.
#[derive(Serialize, ToSchema)]
pub struct Preview {
    /// Changed here, and still there.
    refresh: Vec<Named>,
    /// Deleted here.
    remove: Vec<Named>,
    /// Changed by somebody else since the last push that 4D answered.
    outside: Vec<Named>,
    /// What 4D would drop now, and has not dropped yet.
    noncompliant: Vec<Dropped>,
}

impl From<push::Preview> for Preview {
    fn from(preview: push::Preview) -> Self {
        Self {
            refresh: preview.refresh.into_iter().map(Named::from).collect(),
            remove: preview.remove.into_iter().map(Named::from).collect(),
            outside: preview.outside.into_iter().map(Named::from).collect(),
            noncompliant: preview.noncompliant.into_iter().map(Dropped::from).collect(),
        }
    }
}

/// A session by its name.
#[derive(Serialize, ToSchema)]
pub struct Named {
    /// The app.
    app: String,
    /// The session.
    id: String,
}

impl From<push::Named> for Named {
    fn from(named: push::Named) -> Self {
        Self { app: named.app, id: named.id }
    }
}

/// A session that 4D would drop.
#[derive(Serialize, ToSchema)]
pub struct Dropped {
    /// The app.
    app: String,
    /// The session.
    id: String,
    /// Why.
    #[schema(value_type = Vec<SessionProblem>)]
    problems: Vec<Finding>,
}

impl From<push::Dropped> for Dropped {
    fn from(dropped: push::Dropped) -> Self {
        Self { app: dropped.app, id: dropped.id, problems: dropped.problems }
    }
}

/// A push that came to its end.
#[derive(Serialize, Deserialize, ToSchema)]
pub struct Completed {
    /// When it began.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who asked for it.
    by: Actor,
    /// How it ended.
    pub outcome: PushOutcome,
    /// What happened, in words; `null` unless it failed.
    // As a sentence, which nobody reads back.
    #[serde(deserialize_with = "crate::domain::session::left_out")]
    #[schema(value_type = Option<String>)]
    detail: Option<Failure>,
    /// What 4D reported.
    pub push_errors: Vec<PushError>,
    /// How long 4D took, in milliseconds.
    pub duration_ms: u64,
}

impl From<domain::push::Completed> for Completed {
    fn from(completed: domain::push::Completed) -> Self {
        Self {
            at: completed.at,
            by: completed.by,
            outcome: completed.outcome,
            detail: completed.detail,
            push_errors: completed.push_errors,
            duration_ms: completed.duration_ms,
        }
    }
}

/// How 4D answered to a test.
#[derive(Serialize, ToSchema)]
pub struct Tested {
    /// `ok`; or `errors`, from code of one's own that runs the command all the same.
    outcome: PushOutcome,
    /// How long 4D took, in milliseconds.
    duration_ms: u64,
}

impl From<push::Tested> for Tested {
    fn from(tested: push::Tested) -> Self {
        Self { outcome: tested.outcome, duration_ms: tested.duration_ms }
    }
}

/// Get what a push would do
///
/// And how the last one ended. Held to some apps, a caller sees what is of these alone.
#[utoipa::path(get, path = "/push", tag = "push", operation_id = "get_push",
    responses((status = 200, description = "What waits", body = PushState)))]
pub async fn state(call: Call<Read>) -> Answer {
    Ok(HttpResponse::Ok().json(PushState::from(call.app.push.state(&call.caller.apps).await?)))
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
    Ok(HttpResponse::Ok().json(Completed::from(call.app.push.push(&call.caller, &call.request_id, allowed).await?)))
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
    Ok(HttpResponse::Ok().json(Tested::from(call.app.push.test(&call.caller, &call.request_id).await?)))
}

//! `/apps/{app}/sessions/{id}/decline`: not to let a session in, and to take that back.

use serde::Deserialize;
use utoipa::ToSchema;

use super::openapi::if_match::IfMatch;
use super::sessions::{DeleteKeys, answer_changed};
use crate::domain::account::Permission;
use crate::domain::change::Reason;
use crate::domain::session::Session;
use crate::http::extract::{Call, Change, Json, Query, address};
use crate::http::failure::Answer;
use crate::services::edits::{ChangeContext, Decide};
use crate::services::error::Error;

/// Why a session is declined.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "reason": "a private phone" })))]
pub struct DeclineOrder {
    /// Kept with the session and in the journal; `null` for no reason
    #[schema(value_type = Option<String>, max_length = 500)]
    reason: Option<Reason>,
}

/// Decline a pending session
///
/// The file is not touched: for 4D the session stays `pending`. It leaves the queue, and so do the sessions that its device
/// comes back with in the same app, until somebody accepts one of them or takes the decline back. Only a pending session
/// can be declined (409); one that is declined already stays as it is.
#[utoipa::path(post, path = "/apps/{app}/sessions/{id}/decline", tag = "sessions", operation_id = "decline_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        IfMatch,
    ),
    request_body = DeclineOrder,
    responses((status = 200, description = "The session as it is now", body = Session, headers(
        ("ETag" = String, description = "As GET gives it"),
        ("X-Change-Id" = String, description = "The journal's entry; absent where nothing had to be changed"),
    ))))]
pub async fn decline(call: Call<Change>, Json(body): Json<DeclineOrder>) -> Answer {
    decide(&call, Decide::Decline, body.reason).await
}

/// Take a decline back
///
/// The session waits again. One that is not declined stays as it is.
#[utoipa::path(delete, path = "/apps/{app}/sessions/{id}/decline", tag = "sessions", operation_id = "undecline_session",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
        Query<DeleteKeys>,
        IfMatch,
    ),
    responses((status = 200, description = "The session as it is now", body = Session, headers(
        ("ETag" = String, description = "As GET gives it"),
        ("X-Change-Id" = String, description = "The journal's entry; absent where nothing had to be changed"),
    ))))]
pub async fn undecline(call: Call<Change>, Query(keys): Query<DeleteKeys>) -> Answer {
    decide(&call, Decide::Undecline, keys.reason).await
}

/// Decides on the session of the path, and answers with what it is since.
pub(super) async fn decide(call: &Call<Change>, decide: Decide, reason: Option<Reason>) -> Answer {
    let (key, expected, caller) = (address::session_key(&call.req)?, call.expectation()?, &call.caller);
    let context = ChangeContext { caller: caller.clone(), request_id: call.request_id.clone(), reason, expected };
    let changed = call.app.edits.decide(context, key.clone(), decide).await?;
    let secrets = caller.require(Permission::ReadSecrets).is_ok();
    let detail = call.app.catalog.detail_for(&caller.apps, &key, secrets).await?;
    answer_changed(call, changed.change_id.as_deref(), detail.ok_or(Error::NotFound("session-of-this-id"))?)
}

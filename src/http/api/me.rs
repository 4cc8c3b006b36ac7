//! `/me`: who asks.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::account::{ActorKind, Caller, Role};
use crate::domain::token::Secret;
use crate::http::extract::{Call, Json, OwnLogin, Read};
use crate::http::failure::Answer;

/// Who asks, and what they may do.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// A person or a program.
    kind: ActorKind,
    name: String,
    role: Role,
    /// The app globs they are held to; empty for all apps.
    apps: Vec<String>,
    /// Whether secrets are shown to them.
    secrets: bool,
}

/// Get who asks
#[utoipa::path(get, path = "/me", tag = "access", operation_id = "get_me",
    responses((status = 200, description = "Who asks, and what they may do", body = Me)))]
pub async fn me(call: Call<Read>) -> Answer {
    let Caller { actor, role, apps, secrets, .. } = call.caller;
    let (kind, name, apps) = (actor.kind, actor.name, apps.globs().to_vec());
    Ok(HttpResponse::Ok().json(Me { kind, name, role, apps, secrets }))
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "current_password": "correct horse battery", "password": "a long and winding sentence" })))]
pub struct OwnPassword {
    #[schema(value_type = String)]
    current_password: Secret<String>,
    /// At least 12 characters, and not easily guessed
    #[schema(value_type = String, min_length = 12, max_length = 1024)]
    password: Secret<String>,
    /// Whether the tokens and approval links that this person made end too, and their webhooks and rules are switched off
    #[schema(default = true)]
    revoke: Option<bool>,
}

/// Change the own password
///
/// With a browser's login alone. The person's other logins end and, unless `revoke` is false, the tokens and approval
/// links that they made; the webhooks and rules that act with their rights are switched off. A login whose password was made up may do this, and nothing else until then.
#[utoipa::path(put, path = "/me/password", tag = "access", operation_id = "change_own_password",
    request_body = OwnPassword, responses((status = 204, description = "Changed")))]
pub async fn change_password(call: Call<OwnLogin>, Json(order): Json<OwnPassword>) -> Answer {
    let OwnPassword { current_password, password, revoke } = order;
    let revoke = revoke.unwrap_or(true);
    call.app.accounts.change_own_password(&call.by(), current_password, password, revoke).await?;
    Ok(HttpResponse::NoContent().finish())
}

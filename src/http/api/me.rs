//! `/me`: who asks.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::body;
use crate::domain::account::{ActorKind, Permission, Role};
use crate::http::extract::{Call, LARGEST_BODY};
use crate::http::failure::Answer;
use crate::services::error::{Conflict, Error};

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
pub async fn me(call: Call) -> Answer {
    let caller = call.require(Permission::Read)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(Me {
        kind: caller.actor.kind,
        name: caller.actor.name,
        role: caller.role,
        apps: caller.apps.globs().to_vec(),
        secrets: caller.secrets,
    }))
}

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "current_password": "correct horse battery", "password": "a long and winding sentence" })))]
pub struct OwnPassword {
    current_password: String,
    /// At least 12 characters, and not easily guessed
    #[schema(min_length = 12, max_length = 1024)]
    password: String,
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
pub async fn change_password(mut call: Call) -> Answer {
    call.no_query()?;
    if !call.is_login() {
        return Err(Error::Conflict(Conflict::TokenHasNoPassword).into());
    }
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let (current, password) =
        (body::required_secret(&mut given, "current_password")?, body::required_secret(&mut given, "password")?);
    let revoke = given.optional_flag("revoke")?.unwrap_or(true);
    given.end()?;
    call.app.accounts.change_own_password(&call.by(), current, password, revoke).await?;
    Ok(HttpResponse::NoContent().finish())
}

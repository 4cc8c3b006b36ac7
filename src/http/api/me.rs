//! `/me`: who asks.

use actix_web::HttpResponse;
use serde::Serialize;
use utoipa::ToSchema;

use super::Answer;
use crate::domain::account::{ActorKind, Permission, Role};
use crate::http::extract::Call;

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

//! `/apps/{app}/sessions/{id}/approval-links`: a link that lets one session in, once.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Answer;
use crate::config::parse_duration;
use crate::domain::account::Permission;
use crate::domain::timestamp::Timestamp;
use crate::http::client;
use crate::http::extract::{Call, LARGEST_BODY};
use crate::services::error::Error;
use crate::services::links::{Maker, USUAL_LIFE};

/// A link to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "expires_in": "1h" })))]
pub struct LinkOrder {
    /// A number and `s`, `m`, `h` or `d`; at most 30 days
    #[schema(
        default = "1h",
        pattern = "^([1-9][0-9]{0,3}[sm]|([1-9][0-9]?|[1-6][0-9]{2})h|([1-9]|[12][0-9]|30)d)$",
        example = "1h"
    )]
    expires_in: Option<String>,
}

/// A new link, which is shown this once.
#[derive(Serialize, ToSchema)]
pub struct MadeLink {
    /// Whoever has it lets the device in, once
    #[schema(example = "https://panel.example/link/ru2v…")]
    url: String,
    /// When it ends
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

/// Make an approval link
///
/// To be sent by mail or chat. Opening it shows the device, the app and the e-mail, and a button that lets the device
/// in; it works once. It may do what its maker may do when it is used: a token that is revoked, or a user who is kept
/// out, takes their links along.
#[utoipa::path(post, path = "/apps/{app}/sessions/{id}/approval-links", tag = "sessions",
    operation_id = "create_approval_link",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
    ),
    request_body = LinkOrder,
    responses((status = 201, description = "The link, which is shown this once", body = MadeLink)))]
pub async fn create(mut call: Call) -> Answer {
    let caller = call.require(Permission::Change)?;
    call.no_query()?;
    let key = call.session_key()?;
    let (mut given, _) = call.json(&["application/json"], LARGEST_BODY).await?;
    let life = match given.text("expires_in")? {
        None => USUAL_LIFE,
        Some(text) => {
            let wrong = |why| given.wrong("expires_in", format!("This is no time: {why}."));
            parse_duration(&text).map_err(wrong)?
        }
    };
    given.end()?;
    call.app.catalog.session(&caller.apps, &key)?.ok_or(Error::NotFound("session of this id"))?;
    let links = &call.app.links;
    let made = links.make(&key, &Maker::caller(&caller, client::address(&call.req)), life).await?;
    Ok(HttpResponse::Created().json(MadeLink { url: made.url(links.base()), expires_at: made.expires_at }))
}

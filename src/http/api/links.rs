//! `/approval-links`: the links that let one session in, once; who made them, and how to end one.

use std::time::Duration;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::Life;
use crate::domain::account::Actor;
use crate::domain::timestamp::Timestamp;
use crate::http::client;
use crate::http::extract::{Call, Change, Json, Query, address};
use crate::http::failure::Answer;
use crate::services::error::Error;
use crate::services::links::{self, LinkFilter, Maker, USUAL_LIFE};

/// A link to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "expires_in": "1h" })))]
pub struct LinkOrder {
    /// A number and `s`, `m`, `h` or `d`; at most 30 days
    #[schema(
        value_type = Option<String>,
        default = "1h",
        pattern = "^([1-9][0-9]{0,3}[sm]|([1-9][0-9]?|[1-6][0-9]{2})h|([1-9]|[12][0-9]|30)d)$",
        example = "1h"
    )]
    expires_in: Option<Life>,
}

/// A new link, which is shown only once.
#[derive(Serialize, ToSchema)]
pub struct MadeLink {
    /// To end it by
    id: String,
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
/// out, takes their links along. Only a session that is pending gets one.
#[utoipa::path(post, path = "/apps/{app}/sessions/{id}/approval-links", tag = "sessions",
    operation_id = "create_approval_link",
    params(
        ("app" = String, Path, description = "The app's id"),
        ("id" = String, Path, description = "The session's id"),
    ),
    request_body = LinkOrder,
    responses((status = 201, description = "The link, which is shown only once", body = MadeLink)))]
pub async fn create(call: Call<Change>, Json(order): Json<LinkOrder>) -> Answer {
    let session = call.app.catalog.session(&call.caller.apps, &address::session_key(&call.req)?).await?;
    let session = session.ok_or(Error::NotFound("session-of-this-id"))?;
    let life = order.expires_in.map_or(USUAL_LIFE, |Life(seconds)| Duration::from_secs(seconds));
    let links = &call.app.links;
    let made = links.make(&session, &Maker::caller(&call.caller, client::address(&call.req)), life).await?;
    let body = MadeLink { url: made.url(links.base()), id: made.id, expires_at: made.expires_at };
    Ok(answers::created(&["approval-links", &body.id], &body))
}

/// A link that still works, without its secret.
#[derive(Serialize, ToSchema)]
pub struct ApprovalLink {
    /// Stable; the journal names a used link by it.
    id: String,
    /// The app's id.
    app: String,
    /// The session's id.
    session: String,
    /// Whose rights the link has.
    made_by: Actor,
    /// The webhook that sent the link; `null` if somebody asked for it.
    webhook: Option<LinkWebhook>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// When it ends.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Timestamp,
}

impl From<links::ApprovalLink> for ApprovalLink {
    fn from(link: links::ApprovalLink) -> Self {
        Self {
            id: link.id,
            app: link.app,
            session: link.session,
            made_by: link.made_by,
            webhook: link.webhook.map(LinkWebhook::from),
            created_at: link.created_at,
            expires_at: link.expires_at,
        }
    }
}

/// The webhook that sent a link.
#[derive(Serialize, ToSchema)]
pub struct LinkWebhook {
    /// The webhook's id.
    id: String,
    /// Its name when the link was made.
    name: String,
}

impl From<links::LinkWebhook> for LinkWebhook {
    fn from(webhook: links::LinkWebhook) -> Self {
        Self { id: webhook.id, name: webhook.name }
    }
}

/// The approval links that still work.
#[derive(Serialize, ToSchema)]
pub struct LinkList {
    /// The newest first.
    items: Vec<ApprovalLink>,
    /// How many there are.
    total: u64,
}

/// Which approval links.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkKeys {
    /// The exact app id: only links for its sessions
    app: Option<String>,
    /// The exact session id: only links for it
    session: Option<String>,
}

/// List the approval links
///
/// Those that still work, in the apps that the caller may see. Nobody can read a link's secret again.
#[utoipa::path(get, path = "/approval-links", tag = "sessions", operation_id = "list_approval_links",
    params(Query<LinkKeys>),
    responses((status = 200, description = "The links, the newest first", body = LinkList)))]
pub async fn list(call: Call<Change>, Query(keys): Query<LinkKeys>) -> Answer {
    let [app, session] = [keys.app, keys.session].map(|value| value.filter(|value| !value.is_empty()));
    let filter = LinkFilter { app, session, ..LinkFilter::default() };
    let links = call.app.links.live(&call.caller.apps, &filter).await?;
    let items: Vec<_> = links.into_iter().map(ApprovalLink::from).collect();
    Ok(HttpResponse::Ok().json(LinkList { total: items.len() as u64, items }))
}

/// Get an approval link
#[utoipa::path(get, path = "/approval-links/{id}", tag = "sessions", operation_id = "get_approval_link",
    params(("id" = String, Path, description = "The link's id")),
    responses((status = 200, description = "The link, without its secret", body = ApprovalLink)))]
pub async fn one(call: Call<Change>) -> Answer {
    Ok(HttpResponse::Ok().json(ApprovalLink::from(call.app.links.one(&call.by(), &call.part("id")).await?)))
}

/// Revoke an approval link
///
/// It lets nobody in from now on. The access log names who revoked it.
#[utoipa::path(delete, path = "/approval-links/{id}", tag = "sessions", operation_id = "revoke_approval_link",
    params(("id" = String, Path, description = "The link's id")),
    responses((status = 204, description = "Revoked")))]
pub async fn revoke(call: Call<Change>) -> Answer {
    call.app.links.revoke(&call.by(), &call.part("id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

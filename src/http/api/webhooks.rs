//! `/webhooks`: programs elsewhere that are told of events, for owners.

use actix_web::HttpResponse;
use actix_web::http::header;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::{answers, body};
use crate::domain::account::{AppScope, Permission};
use crate::domain::event::EventKind;
use crate::domain::webhook::{EventChoice, HookUrl, UrlProblem};
use crate::http::extract::{Call, LARGEST_BODY, Object};
use crate::http::failure::Answer;
use crate::services::error::Error;
use crate::services::webhooks::{
    Delivery, DeliveryPage, DeliveryQuery, NewWebhook, TestResult, Webhook, WebhookChange,
};

/// The webhooks that the caller may see.
#[derive(Serialize, ToSchema)]
pub struct WebhookList {
    /// By name.
    items: Vec<Webhook>,
    /// How many there are.
    total: u64,
}

/// List the webhooks
#[utoipa::path(get, path = "/webhooks", tag = "webhooks", operation_id = "list_webhooks",
    responses((status = 200, description = "The webhooks, by name", body = WebhookList)))]
pub async fn list(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let items = call.app.webhooks.list(&call.by()).await?;
    Ok(HttpResponse::Ok().json(WebhookList { total: items.len() as u64, items }))
}

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "name": "chat", "url": "https://chat.example/hook", "events": ["session.created"], "apps": [] })))]
pub struct WebhookOrder {
    /// Unique among webhooks, whatever its case
    #[schema(schema_with = body::name_schema)]
    name: String,
    /// `http` or `https`, without a user's name and without a `#` part
    #[schema(max_length = 2048, example = "https://hooks.example/sessions")]
    url: String,
    /// The kinds of event that are told; empty for all
    #[schema(max_items = 100)]
    events: Option<Vec<EventKind>>,
    /// Globs on the app id; empty for all apps. What is about no app is told all the same
    #[schema(schema_with = body::globs)]
    apps: Option<Vec<String>>,
    /// Whether what is told of a device that waits holds an approval link, which works once, for three days
    approval_links: Option<bool>,
}

/// A new webhook with its secret, which is shown only once.
#[derive(Serialize, ToSchema)]
pub struct MadeWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// What the receiver checks signatures by: `whsec_…`
    secret: String,
}

/// Create a webhook
///
/// Each event is sent as a POST with `{ "type", "timestamp", "data" }` and signed by the Standard Webhooks
/// specification: headers `webhook-id`, `webhook-timestamp`, `webhook-signature`. What is not answered with 2xx within
/// 15 s is sent again, first after 5 s, over three days; the events of one session come in order.
#[utoipa::path(post, path = "/webhooks", tag = "webhooks", operation_id = "create_webhook", request_body = WebhookOrder,
    responses((status = 201, description = "The webhook, and its secret, which is shown only once",
        body = MadeWebhook)))]
pub async fn create(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let mut given = call.json(&["application/json"], LARGEST_BODY).await?;
    let wanted = NewWebhook {
        name: body::name(&mut given)?,
        url: url(&mut given)?.ok_or_else(|| given.wrong("url", "This is needed, as text."))?,
        events: events(&mut given)?.unwrap_or_default(),
        apps: body::apps(&mut given)?.unwrap_or_else(AppScope::all),
        approval_links: given.flag("approval_links")?,
    };
    given.end()?;
    let (webhook, secret) = call.app.webhooks.create(&call.by(), wanted).await?;
    let made = MadeWebhook { webhook, secret: secret.expose().clone() };
    Ok(answers::created(&["webhooks", &made.webhook.id], &made))
}

/// Get a webhook
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", operation_id = "get_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook, without its secret", body = Webhook)))]
pub async fn one(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    Ok(HttpResponse::Ok().json(call.app.webhooks.one(&call.by(), &part(&call, "id")).await?))
}

/// What to change of a webhook; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "read by the API's document alone")]
#[schema(examples(json!({ "enabled": true })))]
pub struct WebhookPatch {
    #[schema(schema_with = body::name_schema)]
    name: Option<String>,
    /// Another address ends what waits, and the approval links that were sent
    #[schema(nullable = false, max_length = 2048)]
    url: Option<String>,
    #[schema(nullable = false, max_items = 100)]
    events: Option<Vec<EventKind>>,
    /// Other apps end what waits, and the approval links that were sent
    #[schema(schema_with = body::globs_or_absent)]
    apps: Option<Vec<String>>,
    /// Whether what is told of a device that waits holds an approval link
    #[schema(nullable = false)]
    approval_links: Option<bool>,
    /// Switched on again, it is told at once what it was still to be told
    #[schema(nullable = false)]
    enabled: Option<bool>,
    /// Whether it gets a new secret. The one before stays valid for 24 hours, and both sign
    #[schema(nullable = false)]
    rotate_secret: Option<bool>,
}

/// A webhook, with its new secret if it got one.
#[derive(Serialize, ToSchema)]
pub struct ChangedWebhook {
    #[serde(flatten)]
    webhook: Webhook,
    /// The new secret, shown only once; `null` if there is none
    secret: Option<String>,
}

/// Change a webhook
///
/// Whoever changes it, or saves it while it is paused, becomes its owner. Another `url` or other `apps` end what was still to be sent, and the approval
/// links that were sent.
#[utoipa::path(patch, path = "/webhooks/{id}", tag = "webhooks", operation_id = "change_webhook",
    params(("id" = String, Path, description = "The webhook's id")), request_body = WebhookPatch,
    responses((status = 200, description = "The webhook as it is now", body = ChangedWebhook)))]
pub async fn change(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    let id = part(&call, "id");
    let mut given = call.json(&["application/json", "application/merge-patch+json"], LARGEST_BODY).await?;
    given.no_null(&["name", "url", "events", "apps", "approval_links", "enabled", "rotate_secret"])?;
    let wanted = WebhookChange {
        name: body::optional_name(&mut given)?,
        url: url(&mut given)?,
        events: events(&mut given)?,
        apps: body::apps(&mut given)?,
        approval_links: given.optional_flag("approval_links")?,
        enabled: given.optional_flag("enabled")?,
        rotate_secret: given.flag("rotate_secret")?,
    };
    given.end()?;
    let (webhook, secret) = call.app.webhooks.change(&call.by(), &id, wanted).await?;
    let secret = secret.map(|secret| secret.expose().clone());
    Ok(HttpResponse::Ok().json(ChangedWebhook { webhook, secret }))
}

/// Delete a webhook
///
/// What it was still to be told goes with it.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", operation_id = "delete_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    call.no_body().await?;
    call.app.webhooks.delete(&call.by(), &part(&call, "id")).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Test a webhook
///
/// Sends an event of type `test` now, also where the webhook is switched off, and tells what the receiver said. It is
/// not among the deliveries and is not sent again. For those who are held to some apps it takes at most 5 s, and always
/// 5 s without an answer, whatever the reason.
#[utoipa::path(post, path = "/webhooks/{id}/test", tag = "webhooks", operation_id = "test_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 200, description = "What the receiver said, whatever it was", body = TestResult)))]
pub async fn test(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.changes_nothing();
    call.no_query()?;
    call.no_body().await?;
    Ok(HttpResponse::Ok().json(call.app.webhooks.test(&call.by(), &part(&call, "id")).await?))
}

/// The keys of the list of deliveries. [`DeliveryQuery`] parses them; this is their description.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "read by the API's document alone")]
pub struct DeliveryKeys {
    /// How many items a page has
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// `next_cursor` of the page before
    cursor: Option<String>,
}

/// List what a webhook was, and is to be, told
///
/// The newest first, about apps that both the caller and the webhook may see. What was delivered is kept for 7 days, at most the newest 1,000; what was given up for 30 days.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", operation_id = "list_deliveries",
    params(("id" = String, Path, description = "The webhook's id"), DeliveryKeys),
    responses((status = 200, description = "One page, and a Link header to the next", body = DeliveryPage)))]
pub async fn deliveries(call: Call) -> Answer {
    call.require(Permission::Administer)?;
    let query = DeliveryQuery::from_pairs(call.pairs()?)?;
    let page = call.app.webhooks.deliveries(&call.by(), &part(&call, "id"), &query).await?;
    let mut answer = HttpResponse::Ok();
    if let Some(cursor) = &page.next_cursor {
        answer.insert_header((header::LINK, call.next_link(cursor)));
    }
    Ok(answer.json(page))
}

/// Deliver again, now
///
/// Also what was delivered already, or given up: the same bytes under the same `webhook-id`.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{delivery}/retry", tag = "webhooks",
    operation_id = "retry_delivery",
    params(("id" = String, Path, description = "The webhook's id"),
        ("delivery" = String, Path, description = "The delivery's id")),
    responses((status = 200, description = "The delivery, which is pending now", body = Delivery)))]
pub async fn retry(mut call: Call) -> Answer {
    call.require(Permission::Administer)?;
    call.no_query()?;
    call.no_body().await?;
    let (id, delivery) = (part(&call, "id"), part(&call, "delivery"));
    Ok(HttpResponse::Ok().json(call.app.webhooks.retry(&call.by(), &id, &delivery).await?))
}

/// `url`; `None` where the key is absent. `null` is no address.
fn url(given: &mut Object) -> Result<Option<HookUrl>, Error> {
    let Some(value) = given.take("url") else { return Ok(None) };
    let Value::String(text) = value else { return Err(given.wrong("url", "This must be text.")) };
    HookUrl::parse(&text).map(Some).map_err(|problem| {
        let detail = match problem {
            UrlProblem::NoUrl => "This is no address: write it as \"https://hooks.example/path\", at most 2,048 bytes.",
            UrlProblem::Scheme => "The address must begin with https:// or http://.",
            UrlProblem::UserInfo => {
                "The address must hold no user name and no password: the signature proves who sends."
            }
            UrlProblem::Fragment => "The address must have no part behind a #: it is never sent.",
        };
        given.wrong("url", detail)
    })
}

/// `events`: a list of kinds; `None` where the key is absent or `null`. An empty list is all kinds.
fn events(given: &mut Object) -> Result<Option<EventChoice>, Error> {
    let kinds = match given.take("events") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(kinds)) if kinds.len() <= 100 => kinds,
        Some(_) => return Err(given.wrong("events", "This must be a list of kinds of event.")),
    };
    let kinds: Option<Vec<EventKind>> = kinds.iter().map(|kind| kind.as_str().and_then(EventKind::parse)).collect();
    let known = || EventKind::names();
    let wrong = || given.wrong("events", format!("Each must be one of {}.", known()));
    kinds.map(|kinds| Some(EventChoice::new(&kinds))).ok_or_else(wrong)
}

/// A part of the path: one that is not UTF-8 is nobody's.
fn part(call: &Call, name: &str) -> String {
    call.part(name).unwrap_or_default()
}

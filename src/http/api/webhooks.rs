//! `/webhooks`: programs elsewhere that are told of events, for owners.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::{Limit, NumberCursor};
use crate::domain::account::AppScope;
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::query::QueryError;
use crate::domain::webhook::{EventChoice, HookUrl};
use crate::http::extract::{Administer, Call, Json, Query, parse};
use crate::http::failure::Answer;
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
pub async fn list(call: Call<Administer>) -> Answer {
    let items = call.app.webhooks.list(&call.by()).await?;
    Ok(HttpResponse::Ok().json(WebhookList { total: items.len() as u64, items }))
}

/// A webhook to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "name": "chat", "url": "https://chat.example/hook", "events": ["session.created"], "apps": [] })))]
pub struct WebhookOrder {
    /// Unique among webhooks, whatever its case
    name: Name,
    /// `http` or `https`, without a user's name and without a `#` part
    #[schema(value_type = String, max_length = 2048, example = "https://hooks.example/sessions")]
    url: HookUrl,
    /// The kinds of event that are told; empty for all
    #[schema(value_type = Option<Vec<EventKind>>, max_items = 100)]
    events: Option<EventChoice>,
    /// Globs on the app id; empty for all apps. What is about no app is told all the same
    apps: Option<AppScope>,
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
pub async fn create(call: Call<Administer>, Json(order): Json<WebhookOrder>) -> Answer {
    let wanted = NewWebhook {
        name: order.name,
        url: order.url,
        events: order.events.unwrap_or_default(),
        apps: order.apps.unwrap_or_default(),
        approval_links: order.approval_links.unwrap_or_default(),
    };
    let (webhook, secret) = call.app.webhooks.create(&call.by(), wanted).await?;
    let made = MadeWebhook { webhook, secret: secret.expose().clone() };
    Ok(answers::created(&["webhooks", &made.webhook.id], &made))
}

/// Get a webhook
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", operation_id = "get_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook, without its secret", body = Webhook)))]
pub async fn one(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(call.app.webhooks.one(&call.by(), &call.part("id")).await?))
}

/// What to change of a webhook; what is absent stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(examples(json!({ "enabled": true })))]
pub struct WebhookPatch {
    #[schema(nullable = false)]
    name: Option<Name>,
    /// Another address ends what waits, and the approval links that were sent
    #[schema(value_type = Option<String>, nullable = false, max_length = 2048)]
    url: Option<HookUrl>,
    #[schema(value_type = Option<Vec<EventKind>>, nullable = false, max_items = 100)]
    events: Option<EventChoice>,
    /// Other apps end what waits, and the approval links that were sent
    #[schema(nullable = false)]
    apps: Option<AppScope>,
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
pub async fn change(call: Call<Administer>, Json(patch): Json<WebhookPatch>) -> Answer {
    let wanted = WebhookChange {
        name: patch.name,
        url: patch.url,
        events: patch.events,
        apps: patch.apps,
        approval_links: patch.approval_links,
        enabled: patch.enabled,
        rotate_secret: patch.rotate_secret.unwrap_or_default(),
    };
    let (webhook, secret) = call.app.webhooks.change(&call.by(), &call.part("id"), wanted).await?;
    let secret = secret.map(|secret| secret.expose().clone());
    Ok(HttpResponse::Ok().json(ChangedWebhook { webhook, secret }))
}

/// Delete a webhook
///
/// What it was still to be told goes with it.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "webhooks", operation_id = "delete_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 204, description = "Deleted")))]
pub async fn delete(call: Call<Administer>) -> Answer {
    call.app.webhooks.delete(&call.by(), &call.part("id")).await?;
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
pub async fn test(call: Call<Administer>) -> Answer {
    call.changes_nothing();
    Ok(HttpResponse::Ok().json(call.app.webhooks.test(&call.by(), &call.part("id")).await?))
}

/// Which page of a webhook's deliveries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeliveryKeys {
    /// How many items a page has
    #[serde(default)]
    #[schema(value_type = Option<u32>, minimum = 1, maximum = 500, default = 50)]
    limit: Limit,
    /// `next_cursor` of the page before
    #[schema(value_type = Option<String>)]
    cursor: Option<NumberCursor>,
}

impl From<DeliveryKeys> for DeliveryQuery {
    fn from(keys: DeliveryKeys) -> Self {
        Self { limit: keys.limit.0, cursor: keys.cursor.map(|NumberCursor(number)| number) }
    }
}

/// Reads the keys of a list of a webhook's deliveries from an address.
pub fn delivery_query<K: Into<String>, V: Into<String>>(
    pairs: impl IntoIterator<Item = (K, V)>,
) -> Result<DeliveryQuery, QueryError> {
    Ok(parse::<DeliveryKeys>(pairs)?.into())
}

/// List what a webhook was, and is to be, told
///
/// The newest first, about apps that both the caller and the webhook may see. What was delivered is kept for 7 days, at most the newest 1,000; what was given up for 30 days.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "webhooks", operation_id = "list_deliveries",
    params(("id" = String, Path, description = "The webhook's id"), Query<DeliveryKeys>),
    responses((status = 200, description = "One page, and a Link header to the next", body = DeliveryPage)))]
pub async fn deliveries(call: Call<Administer>, Query(keys): Query<DeliveryKeys>) -> Answer {
    let page = call.app.webhooks.deliveries(&call.by(), &call.part("id"), &keys.into()).await?;
    Ok(call.page(page.next_cursor.as_deref()).json(page))
}

/// Deliver again, now
///
/// Also what was delivered already, or given up: the same bytes under the same `webhook-id`.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{delivery}/retry", tag = "webhooks",
    operation_id = "retry_delivery",
    params(("id" = String, Path, description = "The webhook's id"),
        ("delivery" = String, Path, description = "The delivery's id")),
    responses((status = 200, description = "The delivery, which is pending now", body = Delivery)))]
pub async fn retry(call: Call<Administer>) -> Answer {
    let (id, delivery) = (call.part("id"), call.part("delivery"));
    Ok(HttpResponse::Ok().json(call.app.webhooks.retry(&call.by(), &id, &delivery).await?))
}

//! `/webhooks`: programs elsewhere that are told of events, for owners.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::answers;
use super::values::{Limit, NumberCursor};
use crate::domain::account::{Actor, AppScope};
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::query::QueryError;
use crate::domain::timestamp::Timestamp;
use crate::domain::webhook::{DeliveryState, EventChoice, Failure, HookUrl, SwitchedOff};
use crate::http::extract::{Administer, Call, Json, Query, parse};
use crate::http::failure::Answer;
use crate::services::webhooks::{self, DeliveryQuery, NewWebhook, WebhookChange};

/// A webhook as owners see it: never with its secret.
#[derive(Serialize, ToSchema)]
pub struct Webhook {
    /// Stable.
    id: String,
    /// Unique.
    name: String,
    /// Where it sends to.
    #[schema(value_type = String)]
    url: HookUrl,
    /// The kinds of event that are told; empty for all.
    events: Vec<EventKind>,
    /// The apps it is held to; empty for all.
    apps: Vec<String>,
    /// Whether it is told anything. What waits when it is switched off waits until it is on again; what happens
    /// while it is off is not told.
    enabled: bool,
    /// Why the program itself switched it off: `failing` when nothing could be delivered for three days, `gone` when
    /// the receiver answered 410. `null` when a person did, or when it is on.
    disabled_reason: Option<SwitchedOff>,
    /// Whether what it is told of a device that waits holds an approval link: `data.approval_link` with `url` and
    /// `expires_at`, three days on. It may do what the owner may who switched this on, or who changed `url` or `apps`
    /// since.
    approval_links: bool,
    /// Who made or last changed it: it is sent what they may see now. `null` for a webhook of an earlier version.
    owner: Option<Actor>,
    /// Whether nothing is sent because its owner is no owner any more. What waits is sent when another owner saves it,
    /// who becomes its owner.
    paused: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    /// Since when nothing could be delivered; `null` when the last attempt worked.
    #[schema(value_type = Option<String>, format = DateTime)]
    failing_since: Option<Timestamp>,
    /// Until when the secret before signs too; `null` when there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    previous_secret_until: Option<Timestamp>,
    /// How many deliveries are pending.
    pending: u64,
    /// The newest delivery.
    last_delivery: Option<Delivery>,
}

impl From<webhooks::Webhook> for Webhook {
    fn from(webhook: webhooks::Webhook) -> Self {
        Self {
            id: webhook.id,
            name: webhook.name,
            url: webhook.url,
            events: webhook.events,
            apps: webhook.apps,
            enabled: webhook.enabled,
            disabled_reason: webhook.disabled_reason,
            approval_links: webhook.approval_links,
            owner: webhook.owner,
            paused: webhook.paused,
            created_at: webhook.created_at,
            failing_since: webhook.failing_since,
            previous_secret_until: webhook.previous_secret_until,
            pending: webhook.pending,
            last_delivery: webhook.last_delivery.map(Delivery::from),
        }
    }
}

/// One event that a webhook was, or is to be, told.
#[derive(Serialize, ToSchema)]
pub struct Delivery {
    /// The header `webhook-id`, the same at every attempt.
    id: String,
    /// What kind of event.
    event: String,
    /// In which app.
    app: Option<String>,
    /// To which session.
    session: Option<String>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// How many attempts there were.
    attempts: u32,
    /// What became of it.
    state: DeliveryState,
    /// What the receiver answered last; `null` for no answer.
    status_code: Option<u16>,
    /// Why the last attempt failed, in words; `null` if it did not.
    #[schema(value_type = Option<String>)]
    error: Option<Failure>,
    /// When it is tried next; `null` for one that is done, or waits for an earlier one of its session.
    #[schema(value_type = Option<String>, format = DateTime)]
    next_attempt_at: Option<Timestamp>,
}

impl From<webhooks::Delivery> for Delivery {
    fn from(delivery: webhooks::Delivery) -> Self {
        Self {
            id: delivery.id,
            event: delivery.event,
            app: delivery.app,
            session: delivery.session,
            at: delivery.at,
            attempts: delivery.attempts,
            state: delivery.state,
            status_code: delivery.status_code,
            error: delivery.error,
            next_attempt_at: delivery.next_attempt_at,
        }
    }
}

/// One page of a webhook's deliveries, newest first.
#[derive(Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries of this page.
    items: Vec<Delivery>,
    /// How many there are.
    total: u64,
    /// Where the next page begins; `null` on the last.
    next_cursor: Option<String>,
}

impl From<webhooks::DeliveryPage> for DeliveryPage {
    fn from(page: webhooks::DeliveryPage) -> Self {
        Self {
            items: page.items.into_iter().map(Delivery::from).collect(),
            total: page.total,
            next_cursor: page.next_cursor,
        }
    }
}

/// What a receiver said to the test of a webhook.
#[derive(Serialize, ToSchema)]
pub struct TestResult {
    /// Whether it took it.
    delivered: bool,
    /// What it answered; `null` for no answer.
    status_code: Option<u16>,
    /// Why that is no success, in words.
    #[schema(value_type = Option<String>)]
    error: Option<Failure>,
    /// How long it took.
    duration_ms: u64,
}

impl From<webhooks::TestResult> for TestResult {
    fn from(result: webhooks::TestResult) -> Self {
        Self {
            delivered: result.delivered,
            status_code: result.status_code,
            error: result.error,
            duration_ms: result.duration_ms,
        }
    }
}

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
    let items: Vec<_> = call.app.webhooks.list(&call.by()).await?.into_iter().map(Webhook::from).collect();
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
    let made = MadeWebhook { webhook: webhook.into(), secret: secret.expose().clone() };
    Ok(answers::created(&["webhooks", &made.webhook.id], &made))
}

/// Get a webhook
#[utoipa::path(get, path = "/webhooks/{id}", tag = "webhooks", operation_id = "get_webhook",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook, without its secret", body = Webhook)))]
pub async fn one(call: Call<Administer>) -> Answer {
    Ok(HttpResponse::Ok().json(Webhook::from(call.app.webhooks.one(&call.by(), &call.part("id")).await?)))
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
    Ok(HttpResponse::Ok().json(ChangedWebhook { webhook: webhook.into(), secret }))
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
    Ok(HttpResponse::Ok().json(TestResult::from(call.app.webhooks.test(&call.by(), &call.part("id")).await?)))
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
    Ok(call.page(page.next_cursor.as_deref()).json(DeliveryPage::from(page)))
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
    Ok(HttpResponse::Ok().json(Delivery::from(call.app.webhooks.retry(&call.by(), &id, &delivery).await?)))
}

//! Webhooks and deliveries, as owners see them, and what they ask for.

use serde::Serialize;
use utoipa::ToSchema;

use crate::domain::account::{Actor, AppScope};
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;
use crate::domain::webhook::{DeliveryState, EventChoice, Failure, HookUrl, SwitchedOff};
use crate::services::accounts::By;
use crate::store::database::webhooks::DeliveryRow;

/// A webhook as owners see it: never with its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Webhook {
    /// Stable.
    pub id: String,
    /// Unique.
    pub name: String,
    /// Where it sends to.
    #[schema(value_type = String)]
    pub url: HookUrl,
    /// The kinds of event that are told; empty for all.
    pub events: Vec<EventKind>,
    /// The apps it is held to; empty for all.
    pub apps: Vec<String>,
    /// Whether it is told anything. What waits when it is switched off waits until it is on again; what happens
    /// while it is off is not told.
    pub enabled: bool,
    /// Why the program itself switched it off: `failing` when nothing could be delivered for three days, `gone` when
    /// the receiver answered 410. `null` when a person did, or when it is on.
    pub disabled_reason: Option<SwitchedOff>,
    /// Whether what it is told of a device that waits holds an approval link: `data.approval_link` with `url` and
    /// `expires_at`, three days on. It may do what the owner may who switched this on, or who changed `url` or `apps`
    /// since.
    pub approval_links: bool,
    /// Who made or last changed it: it is sent what they may see now. `null` for a webhook of an earlier version.
    pub owner: Option<Actor>,
    /// Whether nothing is sent because its owner is no owner any more. What waits is sent when another owner saves it,
    /// who becomes its owner.
    pub paused: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    pub created_at: Timestamp,
    /// Since when nothing could be delivered; `null` when the last attempt worked.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub failing_since: Option<Timestamp>,
    /// Until when the secret before signs too; `null` when there is none.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub previous_secret_until: Option<Timestamp>,
    /// How many deliveries are pending.
    pub pending: u64,
    /// The newest delivery.
    pub last_delivery: Option<Delivery>,
}

/// One event that a webhook was, or is to be, told.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Delivery {
    /// The header `webhook-id`, the same at every attempt.
    pub id: String,
    /// What kind of event.
    pub event: String,
    /// In which app.
    pub app: Option<String>,
    /// To which session.
    pub session: Option<String>,
    /// When it happened.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// How many attempts there were.
    pub attempts: u32,
    /// What became of it.
    pub state: DeliveryState,
    /// What the receiver answered last; `null` for no answer.
    pub status_code: Option<u16>,
    /// Why the last attempt failed, in words; `null` if it did not.
    #[schema(value_type = Option<String>)]
    pub error: Option<Failure>,
    /// When it is tried next; `null` for one that is done, or waits for an earlier one of its session.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub next_attempt_at: Option<Timestamp>,
}

/// One page of a webhook's deliveries, newest first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeliveryPage {
    /// The deliveries of this page.
    pub items: Vec<Delivery>,
    /// How many there are.
    pub total: u64,
    /// Where the next page begins; `null` on the last.
    pub next_cursor: Option<String>,
}

#[derive(Clone, Debug)]
pub struct DeliveryQuery {
    /// 1 to 500.
    pub limit: usize,
    /// The number after which the page begins.
    pub cursor: Option<i64>,
}

/// What a receiver said to the test of a webhook.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TestResult {
    /// Whether it took it.
    pub delivered: bool,
    /// What it answered; `null` for no answer.
    pub status_code: Option<u16>,
    /// Why that is no success, in words.
    #[schema(value_type = Option<String>)]
    pub error: Option<Failure>,
    /// How long it took.
    pub duration_ms: u64,
}

/// A webhook to be made.
#[derive(Clone, Debug)]
pub struct NewWebhook {
    pub name: Name,
    pub url: HookUrl,
    pub events: EventChoice,
    pub apps: AppScope,
    /// Whether approval links are put into what it is told.
    pub approval_links: bool,
}

/// What to change of a webhook; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub struct WebhookChange {
    pub name: Option<Name>,
    pub url: Option<HookUrl>,
    pub events: Option<EventChoice>,
    pub apps: Option<AppScope>,
    /// Whether approval links are put into what it is told.
    pub approval_links: Option<bool>,
    /// Whether it is told anything.
    pub enabled: Option<bool>,
    /// Whether it gets a new secret. The one before signs too, for 24 hours.
    pub rotate_secret: bool,
}

/// A webhook that wants looking after, by its name.
#[derive(Clone, Debug)]
pub enum Ailing {
    /// The program switched it off.
    Off(String),
    /// Its owner is no owner any more.
    Paused(String),
}

impl Delivery {
    /// As `by` sees it.
    pub(super) fn visible_to(by: &By, row: DeliveryRow) -> Self {
        Self {
            id: row.id,
            event: row.kind,
            app: row.app,
            session: row.session,
            at: row.at,
            attempts: row.attempts,
            state: row.state,
            status_code: row.status_code,
            error: row.error.map(|failure| failure.for_scope(by.scope())),
            next_attempt_at: row.next_attempt_at,
        }
    }
}

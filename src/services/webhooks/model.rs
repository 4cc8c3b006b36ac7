//! Webhooks and deliveries, as owners see them, and what they ask for.

use crate::domain::account::{Actor, AppScope};
use crate::domain::event::EventKind;
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;
use crate::domain::webhook::{DeliveryState, EventChoice, Failure, HookUrl, SwitchedOff};
use crate::services::accounts::By;
use crate::store::database::deliveries::DeliveryRow;

/// A webhook as owners see it: never with its secret.
#[derive(Clone, Debug)]
pub struct Webhook {
    pub id: String,
    pub name: String,
    pub url: HookUrl,
    pub events: Vec<EventKind>,
    pub apps: Vec<String>,
    pub enabled: bool,
    pub disabled_reason: Option<SwitchedOff>,
    pub approval_links: bool,
    pub owner: Option<Actor>,
    pub paused: bool,
    pub created_at: Timestamp,
    pub failing_since: Option<Timestamp>,
    pub previous_secret_until: Option<Timestamp>,
    pub pending: u64,
    pub last_delivery: Option<Delivery>,
}

/// One event that a webhook was, or is to be, told.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub id: String,
    pub event: String,
    pub app: Option<String>,
    pub session: Option<String>,
    pub at: Timestamp,
    pub attempts: u32,
    pub state: DeliveryState,
    pub status_code: Option<u16>,
    pub error: Option<Failure>,
    pub next_attempt_at: Option<Timestamp>,
}

/// One page of a webhook's deliveries, newest first.
#[derive(Clone, Debug)]
pub struct DeliveryPage {
    pub items: Vec<Delivery>,
    pub total: u64,
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
#[derive(Clone, Debug)]
pub struct TestResult {
    pub delivered: bool,
    pub status_code: Option<u16>,
    pub error: Option<Failure>,
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

//! Webhooks: programs elsewhere that are told of events, whatever happens in between. The outbox is filled where events are
//! written down.

mod change;
mod deliveries;
mod model;
mod outbox;
mod send;
mod service;
#[cfg(test)]
mod tests;

pub use model::{Ailing, Delivery, DeliveryPage, DeliveryQuery, NewWebhook, TestResult, Webhook, WebhookChange};
pub use service::Webhooks;

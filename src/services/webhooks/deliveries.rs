//! Deliveries: which there were, a test, and one more attempt by hand.

use std::sync::Arc;
use std::time::Duration;

use ulid::Ulid;

use super::model::{Delivery, DeliveryPage, DeliveryQuery, TestResult};
use super::send::Attempt;
use super::service::{Webhooks, is_visible, now};
use crate::domain::details::Details;
use crate::domain::event::{Event, EventKind};
use crate::domain::webhook::{ATTEMPT_TIME, DeliveryState, test_payload};
use crate::services::accounts::By;
use crate::services::error::{Conflict, Error};

/// How long a test may take for those who are held to some apps, and how long every test without an answer takes them.
const TEST_TIME: Duration = Duration::from_secs(5);

const NO_DELIVERY: Error = Error::NotFound("delivery-of-this-id");

impl Webhooks {
    /// Sends an event of type `test` now, also where the webhook is off. It is no part of the outbox.
    pub async fn test(self: &Arc<Self>, by: &By, id: &str) -> Result<TestResult, Error> {
        let row = self.row(by, id).await?;
        let event = Event { actor: Some(by.actor().clone()), ..Event::new(EventKind::SessionChanged, now()) };
        let body = test_payload(&event).map_err(Error::internal)?;
        let private = self.rights(&row).await?.is_some_and(|rights| rights.private);
        let uniform = !private || !by.scope().is_all();
        let limit = if uniform { TEST_TIME } else { ATTEMPT_TIME };
        let webhooks = self.clone();
        let send = async move {
            let id = Ulid::generate().to_string();
            let attempt = Attempt { webhook: &row, id: &id, body: &body, private, uniform, limit };
            webhooks.sender.send(&attempt, now()).await
        };
        let reply = self.tasks.to_the_end(send).await?;
        Ok(TestResult {
            delivered: reply.failure.is_none(),
            status_code: reply.status,
            error: reply.failure.map(|failure| failure.for_scope(by.scope())),
            duration_ms: u64::try_from(reply.took.as_millis()).unwrap_or(u64::MAX),
        })
    }

    /// One page of a webhook's deliveries, newest first: those about apps that both it and `by` may see.
    pub async fn deliveries(&self, by: &By, id: &str, query: &DeliveryQuery) -> Result<DeliveryPage, Error> {
        let row = self.row(by, id).await?;
        let apps = self.visible_apps(by, &row).await?;
        let (total, _) = self.database.count_deliveries(&row.id, apps.as_deref()).await?;
        let mut rows = self.database.deliveries(&row.id, apps.as_deref(), query.cursor, query.limit + 1).await?;
        let more = rows.len() > query.limit;
        rows.truncate(query.limit);
        let next_cursor = rows.last().filter(|_| more).map(|row| row.number.to_string());
        let items = rows.into_iter().map(|row| Delivery::visible_to(by, row)).collect();
        Ok(DeliveryPage { items, total, next_cursor })
    }

    /// Delivers something now, also what was delivered already.
    pub async fn retry(&self, by: &By, id: &str, delivery: &str) -> Result<Delivery, Error> {
        let row = self.row(by, id).await?;
        let found = self.database.delivery(&row.id, delivery).await?;
        let found = found.filter(|found| is_visible(by, &row, found.app.as_deref())).ok_or(NO_DELIVERY)?;
        if !row.enabled {
            return Err(Error::Conflict(Conflict::WebhookOff));
        }
        if found.state == DeliveryState::Pending && found.next_attempt_at.is_none() {
            return Err(Error::Conflict(Conflict::DeliveryWaits));
        }
        let access = by
            .access("delivery_retried", Some(&row.name))
            .with(Details::default().with("delivery", found.id.as_str()).to_string());
        self.database.retry_delivery(found.number, &access, now()).await?;
        self.wake.notify_one();
        let found = self.database.delivery(&row.id, delivery).await?.ok_or(NO_DELIVERY)?;
        Ok(Delivery::visible_to(by, found))
    }
}

//! What becomes of deliveries over days, without waiting for them.

use std::time::Duration;

use tempfile::TempDir;

use super::outbox::settle;
use super::send::Reply;
use crate::domain::account::AppScope;
use crate::domain::app_id::AppId;
use crate::domain::event::{Event, EventKind};
use crate::domain::session::SessionId;
use crate::domain::timestamp::Timestamp;
use crate::domain::webhook::FailureKind;
use crate::domain::webhook::{self, DeliveryState, EventChoice, Failure, HookUrl, SECRET_OVERLAP, SwitchedOff};
use crate::store::database::Database;
use crate::store::database::deliveries::DeliveryRow;
use crate::store::database::deliveries::Then;
use crate::store::database::webhooks::WebhookRow;

const APP: &str = "com.example.app";
const HOUR: i64 = 60 * 60 * 1000;

/// A database with one webhook, whose clock is the test's.
struct Desk {
    database: Database,
    webhook: String,
    now: Timestamp,
    _temp: TempDir,
}

impl Desk {
    async fn new() -> Self {
        let temp = tempfile::tempdir().unwrap();
        let database = Database::for_tests(temp.path()).await;
        let now = Timestamp::from_millis(1_800_000_000_000);
        let row = WebhookRow {
            id: "hook".into(),
            name: "hook".into(),
            url: HookUrl::parse("http://localhost:1/").unwrap(),
            events: EventChoice::default(),
            apps: AppScope::all(),
            enabled: true,
            disabled_reason: None,
            secret: webhook::secret(&[1; 32]),
            previous: None,
            links_by: None,
            owner: None,
            created_at: now,
            failing_since: None,
        };
        let mut change = database.change_webhooks().await.unwrap();
        change.put(&row).await.unwrap();
        change.commit().await.unwrap();
        Self { database, webhook: row.id, now, _temp: temp }
    }

    /// Something happens to a session.
    async fn happens(&self, session: &str) {
        let event = Event {
            app: AppId::parse(APP),
            id: SessionId::parse(session),
            ..Event::new(EventKind::SessionChanged, self.now)
        };
        self.database.add_event(&event).await.unwrap();
    }

    async fn due(&self) -> Vec<DeliveryRow> {
        self.database.due_deliveries(&self.webhook, self.now, 100).await.unwrap()
    }

    async fn due_sessions(&self) -> Vec<String> {
        self.due().await.into_iter().filter_map(|row| row.session).collect()
    }

    /// The receiver answers an attempt; what is done then.
    async fn answers(&self, row: &DeliveryRow, failure: Option<FailureKind>) -> (Then, Option<SwitchedOff>) {
        let failure = failure.map(|kind| Failure { kind, detail: "500".to_owned() });
        let reply = Reply { status: Some(500), failure, retry_after: None, took: Duration::ZERO };
        let settled = settle(reply, row.failed, self.now, 0.0);
        let off = self.database.settle_delivery(&self.webhook, row, &settled, self.now).await.unwrap();
        (settled.then, off)
    }

    async fn row(&self) -> WebhookRow {
        self.database.webhooks().await.unwrap().remove(0)
    }

    async fn state(&self, row: &DeliveryRow) -> DeliveryRow {
        self.database.delivery(&self.webhook, &row.id).await.unwrap().unwrap()
    }

    /// Until its first delivery is given up; how long that took.
    async fn fails_to_the_end(&mut self) -> (i64, Option<SwitchedOff>) {
        let (begun, first) = (self.now, self.due().await.remove(0));
        loop {
            let row = self.state(&first).await;
            match self.answers(&row, Some(FailureKind::Status)).await {
                (Then::Again(at), None) => self.now = at,
                (Then::GiveUp, off) => return (self.now.millis() - begun.millis(), off),
                other => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test]
async fn events_wait_only_for_those_of_their_session() {
    let mut desk = Desk::new().await;
    for session in ["a1", "a1", "b2", "a1"] {
        desk.happens(session).await;
    }
    assert_eq!(desk.due_sessions().await, ["a1", "b2"]);
    let first = desk.due().await.remove(0);
    let (then, _) = desk.answers(&first, Some(FailureKind::TimedOut)).await;
    let again = desk.now.plus_millis(5_000);
    assert_eq!(then, Then::Again(again));
    assert_eq!(desk.due_sessions().await, ["b2"]);
    assert_eq!(desk.database.next_delivery(desk.now).await.unwrap(), Some(again));
    desk.now = again;
    let retried = desk.due().await.into_iter().find(|row| row.session.as_deref() == Some("a1")).unwrap();
    // The same bytes under the same id.
    assert_eq!((&retried.id, &retried.payload, retried.attempts), (&first.id, &first.payload, 1));
    desk.answers(&retried, None).await;
    assert_eq!(desk.state(&first).await.state, DeliveryState::Delivered);
    assert_eq!(desk.row().await.failing_since, None);
    let due = desk.due().await;
    let next: Vec<_> = due.iter().filter(|row| row.session.as_deref() == Some("a1")).collect();
    assert_eq!((next.len(), next[0].number), (1, first.number + 1));
}

#[tokio::test]
async fn after_three_days_a_failing_webhook_is_switched_off() {
    let mut desk = Desk::new().await;
    desk.happens("a1").await;
    desk.happens("a1").await;
    let first = desk.due().await.remove(0);
    let (took, off) = desk.fails_to_the_end().await;
    assert_eq!(off, Some(SwitchedOff::Failing));
    assert!((72 * HOUR..74 * HOUR).contains(&took), "{took}");
    let given_up = desk.state(&first).await;
    assert_eq!((given_up.state, given_up.attempts), (DeliveryState::Failed, 15));
    assert_eq!(given_up.error.unwrap().message().to_string(), "The receiver answered 500.");
    let row = desk.row().await;
    assert_eq!((row.enabled, row.disabled_reason), (false, Some(SwitchedOff::Failing)));
    // What happens while it is off is not told, and what waits is kept.
    desk.happens("a1").await;
    assert_eq!(desk.database.count_deliveries(&desk.webhook, None).await.unwrap(), (2, 1));
    assert_eq!(desk.database.next_delivery(first.at).await.unwrap(), None);
    assert_eq!(desk.due().await.len(), 1, "the next of its session");
}

#[tokio::test]
async fn one_refused_event_does_not_hold_up_others() {
    let mut desk = Desk::new().await;
    desk.happens("a1").await;
    desk.happens("b2").await;
    let (poison, other) = (desk.due().await.remove(0), desk.due().await.remove(1));
    desk.answers(&poison, Some(FailureKind::Status)).await;
    desk.now = desk.now.plus_millis(HOUR);
    desk.answers(&other, None).await;
    let (_, off) = desk.fails_to_the_end().await;
    assert_eq!(off, None);
    assert!(desk.row().await.enabled);
    assert_eq!(desk.state(&poison).await.state, DeliveryState::Failed);
}

#[tokio::test]
async fn a_receiver_that_answers_410_is_switched_off() {
    let desk = Desk::new().await;
    desk.happens("a1").await;
    let row = desk.due().await.remove(0);
    let done = desk.answers(&row, Some(FailureKind::Gone)).await;
    assert_eq!(done, (Then::SwitchOff, Some(SwitchedOff::Gone)));
    assert!(!desk.row().await.enabled);
    assert_eq!(desk.state(&row).await.state, DeliveryState::Pending);
}

#[tokio::test]
async fn switched_on_again_it_begins_anew_with_what_waited() {
    let mut desk = Desk::new().await;
    desk.happens("a1").await;
    desk.happens("b2").await;
    let second = desk.due().await.remove(1);
    desk.answers(&second, Some(FailureKind::Status)).await;
    desk.fails_to_the_end().await;
    let mut change = desk.database.change_webhooks().await.unwrap();
    change.resume(&desk.webhook, desk.now).await.unwrap();
    change.commit().await.unwrap();
    let due = desk.due().await;
    assert_eq!((due.len(), due[0].session.as_deref(), due[0].failed), (1, Some("b2"), 0));
    assert_eq!(due[0].next_attempt_at, Some(desk.now));
}

#[tokio::test]
async fn old_deliveries_are_deleted_and_waiting_ones_kept() {
    let desk = Desk::new().await;
    for session in ["a1", "b2", "c3", "d4", "e5"] {
        desk.happens(session).await;
    }
    for row in &desk.due().await[..4] {
        desk.answers(row, None).await;
    }
    let (past, future) = (desk.now.plus_millis(-1), desk.now.plus_millis(1));
    assert_eq!(desk.database.prune_deliveries(past, 3, past, desk.now).await.unwrap(), 1);
    assert_eq!(desk.database.prune_deliveries(past, 1, past, desk.now).await.unwrap(), 2);
    assert_eq!(desk.database.prune_deliveries(future, 9, future, desk.now).await.unwrap(), 1);
    assert_eq!(desk.database.count_deliveries(&desk.webhook, None).await.unwrap(), (1, 1));
}

#[tokio::test]
async fn an_expired_secret_is_deleted() {
    let desk = Desk::new().await;
    let until = desk.now.plus_millis(SECRET_OVERLAP);
    let mut change = desk.database.change_webhooks().await.unwrap();
    let mut row = change.webhook(&desk.webhook).await.unwrap().unwrap();
    row.previous = Some((webhook::secret(&[2; 32]), until));
    change.put(&row).await.unwrap();
    change.commit().await.unwrap();
    desk.database.prune_deliveries(desk.now, 9, desk.now, until.plus_millis(-1)).await.unwrap();
    assert!(desk.row().await.previous.is_some());
    desk.database.prune_deliveries(desk.now, 9, desk.now, until).await.unwrap();
    assert!(desk.row().await.previous.is_none());
}

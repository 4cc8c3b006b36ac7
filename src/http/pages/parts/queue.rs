//! The queue of the first page: who waits to be let in, over all apps, the oldest first.

use std::fmt::Display;

use super::facts;
use super::page::Page;
use super::related_sessions::RelatedRow;
use super::rows::Row;
use crate::domain::query::{Filter, Query, Sort, SortKey};
use crate::domain::session::StatusClass;
use crate::services::error::Error;

/// How many of those who wait are shown at once.
const SHOWN: usize = 50;

pub struct Queue {
    pub rows: Vec<QueueRow>,
    pub waiting: u64,
    /// Since when the first one waits.
    pub oldest: String,
}

pub struct QueueRow {
    pub row: Row,
    /// The session that tells most of who this is.
    pub related: Option<RelatedRow>,
    pub more_related: bool,
    /// What 4D does with the file at the next push, if it does not take it.
    pub dropped: Option<String>,
}

impl Queue {
    /// Of what the caller may see.
    pub async fn of(page: &Page) -> Result<Self, Error> {
        let scope = &page.caller.apps;
        let (l, now) = (page.locale, Page::now());
        let query = Query {
            filter: Filter { status: vec![StatusClass::Pending], ..Filter::default() },
            sort: Sort { key: SortKey::PendingSince, descending: false },
            limit: SHOWN,
            cursor: None,
        };
        let catalog = &page.app.catalog;
        let pending = catalog.list(scope, &query).await?;
        let related = catalog.related(scope, &pending.items).await?;
        let apps = catalog.apps(scope).await?;
        let oldest = pending.items.first().and_then(|session| session.pending_since);
        let rows = pending.items.iter().zip(&related).map(|(session, related)| {
            let row = Row::in_app(l, &apps, session, now);
            let dropped = session.problems.first().map(|finding| facts::problem(l, finding));
            QueueRow {
                related: related.others.first().map(|other| RelatedRow::new(l, &row, other, now)),
                more_related: related.others.len() > 1,
                dropped: dropped.map(|problem| format!("{}. {}", problem.title, problem.effect)),
                row,
            }
        });
        Ok(Self {
            rows: rows.collect(),
            waiting: pending.total,
            oldest: oldest.map(|since| oldest_words(page, l.past(since, now))).unwrap_or_default(),
        })
    }

    /// How many of them are not shown here.
    pub fn left_out(&self) -> u64 {
        self.waiting.saturating_sub(self.rows.len() as u64)
    }
}

/// Since when the first waits, and when those that are accepted get in.
fn oldest_words(page: &Page, past: impl Display) -> String {
    let key = if page.app.push.is_configured() { "waiting-oldest" } else { "waiting-oldest-unconnected" };
    page.locale.s(key, past)
}

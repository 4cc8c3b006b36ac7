//! The queue of the first page: who waits to be let in, over all apps, and who was let in, or declined, by this very
//! person a moment ago, in the place where they waited.

use std::cmp::Reverse;

use super::page::Page;
use super::reach::Reach;
use super::related_sessions::KnownDevice;
use super::rows::Row;
use super::text::When;
use crate::domain::account::Permission;
use crate::domain::query::{Filter, Query, Sort, SortKey};
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::http::links;
use crate::services::error::Error;
use crate::services::journal::LetIn;

/// How many of those who wait are shown at once.
const SHOWN: usize = 50;
/// How long one that was let in keeps its row, in milliseconds, and how many do.
const STAYS: i64 = 60_000;
const MOST_STAYING: usize = 20;

pub struct Queue {
    pub rows: Vec<QueueRow>,
    pub waiting: u64,
    /// How many of those who wait have a row.
    pub shown: usize,
    /// Since when the first one waits, and when those that are accepted get in.
    pub lead: String,
    /// Whether those who wait longest stand first.
    pub longest_first: bool,
}

pub struct QueueRow {
    pub row: Row,
    pub known: Option<KnownDevice>,
    pub waiting: Option<When>,
    /// `None` while the device waits.
    pub let_in: Option<LetInRow>,
}

/// What stands in the place of the buttons.
pub struct LetInRow {
    pub word: String,
    pub kind: &'static str,
    pub undo: String,
}

/// A session of the queue, with what it was before it was let in.
struct Place {
    session: Session,
    since: Option<Timestamp>,
    let_in: Option<LetIn>,
}

impl Queue {
    /// Of what the caller may see.
    pub async fn of(page: &Page) -> Result<Self, Error> {
        let scope = &page.caller.apps;
        let (l, now) = (page.locale, Page::now());
        let longest_first = page.query.get("order") == Some("longest");
        let query = Query {
            filter: waiting(),
            sort: Sort { key: SortKey::PendingSince, descending: !longest_first },
            limit: SHOWN,
            cursor: None,
        };
        let catalog = &page.app.catalog;
        let pending = catalog.list(scope, &query).await?;
        let shown = pending.items.len();
        let mut places: Vec<Place> = pending.items.into_iter().map(Place::waiting).collect();
        places.extend(let_in_here(page, now).await?);
        let since = |place: &Place| place.since.map_or(i64::MAX, |since| since.millis());
        match longest_first {
            true => places.sort_by_key(since),
            false => places.sort_by_key(|place| Reverse(since(place))),
        }
        let sessions: Vec<Session> = places.iter().map(|place| place.session.clone()).collect();
        let related = catalog.related(scope, &sessions).await?;
        let apps = catalog.apps(scope).await?;
        let rows = places.into_iter().zip(&related).map(|(place, related)| {
            let row = Row::in_app(l, &apps, &place.session, now);
            QueueRow {
                known: KnownDevice::new(l, &row, related),
                waiting: place.since.map(|since| When::new(l, since, now)),
                let_in: place.let_in.map(|let_in| LetInRow::new(page, &place.session, &let_in)),
                row,
            }
        });
        Ok(Self { rows: rows.collect(), waiting: pending.total, shown, lead: lead(page, now).await?, longest_first })
    }

    /// How many of them are not shown here.
    pub fn left_out(&self) -> u64 {
        self.waiting.saturating_sub(self.shown as u64)
    }
}

impl Place {
    fn waiting(session: Session) -> Self {
        Self { since: session.pending_since, session, let_in: None }
    }
}

impl LetInRow {
    fn new(page: &Page, session: &Session, let_in: &LetIn) -> Self {
        let (kind, word) = match session.declined {
            Some(_) => ("no", page.locale.t("status-declined")),
            None => ("ok", Reach::of(&page.app.push, let_in.is_read, session.unpushed).word(page.locale)),
        };
        Self { word, kind, undo: format!("/changes/{}/undo", links::encode(&let_in.undo)) }
    }
}

/// Those who wait: not those whom somebody declined.
fn waiting() -> Filter {
    Filter { status: vec![StatusClass::Pending], declined: Some(false), ..Filter::default() }
}

/// Whom this very person has let in, or declined, a moment ago.
async fn let_in_here(page: &Page, now: Timestamp) -> Result<Vec<Place>, Error> {
    if !page.may(Permission::Change) {
        return Ok(Vec::new());
    }
    let since = Timestamp::from_millis(now.millis() - STAYS);
    let all = page.app.journal.let_in_by(&page.caller, since, MOST_STAYING).await?;
    let keys: Vec<SessionKey> = all.iter().map(|one| one.key.clone()).collect();
    let mut sessions = page.app.catalog.sessions(&page.caller.apps, &keys).await;
    let place = |let_in: LetIn| {
        let is_decided = |session: &Session| session.class() == StatusClass::Accepted || session.declined.is_some();
        let session = sessions.remove(&let_in.key).filter(is_decided)?;
        Some(Place { session, since: Some(let_in.waited_since), let_in: Some(let_in) })
    };
    Ok(all.into_iter().filter_map(place).collect())
}

/// Since when the first waits, and when those that are accepted get in.
async fn lead(page: &Page, now: Timestamp) -> Result<String, Error> {
    let first = Query {
        filter: waiting(),
        sort: Sort { key: SortKey::PendingSince, descending: false },
        limit: 1,
        cursor: None,
    };
    let first = page.app.catalog.list(&page.caller.apps, &first).await?.items;
    let Some(since) = first.first().and_then(|session| session.pending_since) else { return Ok(String::new()) };
    let key = match (page.app.push.is_configured(), page.app.push.is_automatic()) {
        (false, _) => "waiting-oldest-unconnected",
        (true, false) => "waiting-oldest",
        (true, true) => "waiting-oldest-automatic",
    };
    Ok(page.locale.s(key, page.locale.past(since, now)))
}

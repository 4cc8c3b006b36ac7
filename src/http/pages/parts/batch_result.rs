//! The page of many sessions: the question before they are changed, how far that is, and what became of them.

use std::collections::HashMap;

use askama::Template;

use super::change_rows;
use super::chrome::Chrome;
use super::error::ErrorText;
use super::list_state::ListState;
use super::page::Page;
use super::rows::{self, Row};
use super::text::{self, short_id};
use super::toast::needed_no_change;
use crate::domain::app_id::AppId;
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::failure::Answer;
use crate::http::links;
use crate::services::edits::{BatchResult, ItemOutcome, ItemResult};
use crate::services::error::Error;

/// How many sessions a page of a question or result names.
pub const NAMED: usize = 50;

/// A question about many sessions, how far they are, or what became of them.
#[derive(Template)]
#[template(path = "selected.html")]
pub struct Selected {
    pub c: Chrome,
    pub heading: String,
    pub lead: Vec<String>,
    pub back: String,
    pub ask: Option<BulkQuestion>,
    pub progress: Option<ProgressBar>,
    /// Where a form stops what runs.
    pub stop: Option<String>,
    pub undo: Option<String>,
    /// Those that the question is about, as far as there is room.
    pub asked: Vec<Row>,
    pub lines: Vec<Outcome>,
    pub left_out: u64,
}

pub struct ProgressBar {
    pub done: u64,
    pub total: u64,
    pub text: String,
}

/// The question before many are changed.
pub struct BulkQuestion {
    pub action: &'static str,
    /// What the answer is about.
    pub sure: String,
    /// What it shows, if it is about all that match.
    pub all: Option<ListState>,
    pub filter: String,
    pub picks: Vec<String>,
    pub submit: String,
    pub class: &'static str,
    pub keep: String,
}

pub struct Outcome {
    pub name: String,
    pub href: String,
    pub app: String,
    pub outcome: String,
}

impl Selected {
    /// The page with this heading; a form in it leads back to where a GET came from, or to the list.
    pub async fn new(page: &Page, back: &str, heading: String) -> Self {
        let mut c = page.chrome("sessions", heading.clone()).await;
        if !c.live {
            c.here = back.to_owned();
        }
        Self {
            c,
            heading,
            lead: Vec::new(),
            back: back.to_owned(),
            ask: None,
            progress: None,
            stop: None,
            undo: None,
            asked: Vec::new(),
            lines: Vec::new(),
            left_out: 0,
        }
    }
}

fn outcome(sessions: &HashMap<SessionKey, Session>, key: &SessionKey, outcome: String) -> Outcome {
    Outcome {
        name: sessions.get(key).map_or_else(|| short_id(key.id.as_str()), |session| rows::name(session).0),
        href: links::session(key),
        app: text::one_line(key.app.as_str()).into_owned(),
        outcome,
    }
}

/// What became of many, when some were left as they were.
pub async fn result_page(page: &Page, back: &str, result: &BatchResult) -> Answer {
    page.ok(&self::result(page, back, result, None).await?)
}

/// What became of many: how many, each that was left as it was with the reason, and the way back of the whole.
/// `stopped` is the heading where it did not come to its end.
pub async fn result(page: &Page, back: &str, result: &BatchResult, stopped: Option<String>) -> Result<Selected, Error> {
    let l = page.locale;
    let scope = &page.caller.apps;
    // It is read later, too: by then, its caller may be held to fewer apps.
    let visible = |item: &&ItemResult| AppId::parse(&item.app).is_none_or(|app| scope.allows(&app));
    let failed = result.items.iter().filter(|item| item.outcome == ItemOutcome::Failed).filter(visible);
    let left_out = (failed.clone().count() as u64).saturating_sub(NAMED as u64);
    let named = failed.clone().take(NAMED).filter_map(|item| SessionKey::parse(&item.app, &item.id));
    let sessions = page.app.catalog.sessions(scope, &named.collect::<Vec<_>>()).await;
    let lines: Vec<Outcome> = failed
        .take(NAMED)
        .map(|item| {
            let why = match &item.problem {
                // Nobody typed an address: it was in the list a moment ago.
                Some(problem) if problem.status == 404 => l.t("fate-gone"),
                Some(problem) => ErrorText::new(l, &problem.into()).line(l),
                None => String::new(),
            };
            match SessionKey::parse(&item.app, &item.id) {
                Some(key) => outcome(&sessions, &key, why),
                None => Outcome {
                    name: text::one_line(&item.id).into_owned(),
                    href: back.to_owned(),
                    app: String::new(),
                    outcome: why,
                },
            }
        })
        .collect();
    let batch = match &result.change_id {
        Some(id) => page.app.journal.batch(scope, id).await?,
        None => None,
    };
    let heading = match (result.failed, result.changed) {
        (0, 0) => needed_no_change(l, None, result.unchanged),
        (0, changed) => change_rows::done_many(l, changed, batch.as_ref().map(|batch| &batch.facts)),
        (failed, _) => l.args("result-title", &[("failed", failed.into()), ("total", result.total.into())]),
    };
    let mut shown = Selected::new(page, back, stopped.unwrap_or(heading)).await;
    if result.failed > 0 {
        shown.lead.push(l.n("result-changed", result.changed));
    }
    if result.unchanged > 0 && (result.changed > 0 || result.failed > 0) {
        let status = batch.as_ref().filter(|batch| !batch.facts.undoes).and_then(|batch| batch.facts.status.as_deref());
        shown.lead.push(needed_no_change(l, status.and_then(Status::parse), result.unchanged));
    }
    if let Some(id) = result.change_id.as_deref().filter(|_| result.changed > 0) {
        let change = page.app.journal.change(scope, id).await?;
        let (can_undo, undone) = batch
            .map(|batch| (batch.can_undo, batch.facts.undone))
            .or(change.map(|change| (change.can_undo, change.undone_by.is_some())))
            .unwrap_or_default();
        shown.undo = can_undo.then(|| format!("/changes/{}/undo", links::encode(id)));
        if !can_undo && undone {
            shown.lead.push(l.t("batch-undone"));
        }
    }
    shown.lines = lines;
    shown.left_out = left_out;
    Ok(shown)
}

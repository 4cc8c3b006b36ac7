//! `/search`: sessions by what is known of them, whatever has become of them.

use askama::Template;

use super::parts::{Authorized, Chrome, Page, Row, see, text};
use crate::domain::session::App;
use crate::domain::timestamp::Timestamp;
use crate::http::extract::Read;
use crate::http::failure::Answer;
use crate::http::links::{self, Pairs};
use crate::i18n::{Html, Locale};
use crate::services::search::{DeletedSession, Results};

/// How many sessions are shown, and as many deleted ones.
const SHOWN: usize = 20;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    c: Chrome,
    summary: String,
    hits: Vec<Hit>,
    /// The list of all that are there and fit, where there are more than are shown.
    more: Option<(String, String)>,
}

/// A session that was found.
struct Hit {
    row: Row,
    deleted: Option<Deletion>,
}

/// Who deleted a session, and what brings it back.
struct Deletion {
    by: Html,
    restore: Option<String>,
}

pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let (l, q) = (page.locale, page.query.text("q"));
    let results = page.app.search.find(&page.caller.apps, &q, SHOWN).await?;
    // Sent by a person, rather than asked for while they type.
    if page.query.get("open").is_some() {
        let list = page.query.without(&["open"]).link("/search");
        return Ok(see(&results.only().map_or(list, |key| links::session(&key))));
    }
    let apps = page.app.catalog.apps(&page.caller.apps).await?;
    let left_out = results.total > results.sessions.len() as u64;
    let list = Pairs::default().with("q", Some(q.trim())).link("/sessions");
    let mut c = page.chrome("search", l.t("find")).await;
    c.find.clone_from(&q);
    let shown = SearchPage {
        c,
        summary: if q.trim().is_empty() { String::new() } else { summary(l, &results) },
        more: left_out.then(|| (list, l.n("found-all", results.total))),
        hits: hits(l, &apps, results),
    };
    page.ok(&shown)
}

fn summary(l: Locale, results: &Results) -> String {
    let mut summary = l.n("found", results.total);
    if results.total_deleted > 0 {
        summary = format!("{summary} · {}", l.n("found-deleted", results.total_deleted));
    }
    summary
}

fn hits(l: Locale, apps: &[App], results: Results) -> Vec<Hit> {
    let now = Page::now();
    let there = results.sessions.iter().map(|session| Hit { row: Row::in_app(l, apps, session, now), deleted: None });
    let deleted = results
        .deleted
        .iter()
        .map(|one| Hit { row: Row::in_app(l, apps, &one.session, now), deleted: Some(Deletion::new(l, one, now)) });
    there.chain(deleted).collect()
}

impl Deletion {
    fn new(l: Locale, deleted: &DeletedSession, now: Timestamp) -> Self {
        let ago = l.past_time(deleted.deleted_at, now);
        let by = match &deleted.change {
            Some(change) => l.html("deleted-by", &[("actor", text::actor(l, &change.actor)), ("ago", ago)]),
            None => l.html("deleted-outside", &[("ago", ago)]),
        };
        let undone = deleted.change.as_ref().filter(|change| change.can_undo);
        Self { by, restore: undone.map(|change| format!("/changes/{}/undo", change.id)) }
    }
}

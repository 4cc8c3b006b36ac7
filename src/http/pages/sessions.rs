//! `/sessions` and `/apps/{app}`: the list, over all apps or one. Filter, sort and page live in the
//! address.

use actix_web::HttpResponse;
use askama::Template;

use super::context::{Chrome, PAGE_KEYS, Page, see};
use super::forms::Form;
use super::links::{self, Pairs};
use super::rows::{self, Row};
use crate::domain::account::{AppScope, Permission};
use crate::domain::query::{Query, Sort, SortKey};
use crate::domain::session::{App, Counts};
use crate::services::error::Error;

/// How many pages back the address remembers.
const TRAIL: usize = 6;
const DAY: i64 = 24 * 60 * 60 * 1000;

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    c: Chrome,
    heading: String,
    app_id: String,
    summary: String,
    base: String,
    q: String,
    kept: Vec<(String, String)>,
    filter: String,
    chips: Vec<Chip>,
    heads: Vec<Head>,
    rows: Vec<Row>,
    total: u64,
    filtered: bool,
    range: String,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
}

/// A filter that is on or can be switched on.
struct Chip {
    href: String,
    word: String,
    count: Option<String>,
    on: bool,
    /// A condition that came with the address: the chip takes it away.
    removes: bool,
}

/// The head of a column, which sorts.
struct Head {
    class: &'static str,
    word: String,
    href: String,
    order: Option<&'static str>,
}

/// The list over all apps.
pub async fn all(page: Page) -> HttpResponse {
    let answer = show(&page, None).await;
    page.answer(answer).await
}

/// The list of one app.
pub async fn of_app(page: Page) -> HttpResponse {
    let answer = match page.require(Permission::Read).and_then(|caller| find_app(&page, &caller.apps)) {
        Ok(app) => show(&page, Some(app)).await,
        Err(error) => Err(error),
    };
    page.answer(answer).await
}

/// Reads the folder again, now.
pub async fn refresh(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        page.require(Permission::Read)?;
        form.prove(&page.csrf)?;
        page.app.catalog.refresh().await?;
        Ok(see(form.back()))
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn show(page: &Page, app: Option<App>) -> Result<HttpResponse, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let pairs = list_pairs(&page.query);
    // The app of an address stands in its path; a cursor holds to it all the same.
    let in_app = app.as_ref().map(|app| ("app", app.id.as_str()));
    let given = pairs.0.iter().map(|(key, value)| (key.as_str(), value.as_str()));
    let query = Query::from_pairs(given.chain(in_app))?;
    let counts = match &app {
        Some(app) => app.sessions,
        None => page.app.catalog.counts(scope)?,
    };
    let list = page.app.catalog.list(scope, &query)?;
    let (l, now) = (page.locale, Page::now());
    let base = app.as_ref().map_or_else(|| "/sessions".to_owned(), |app| links::app(&app.id));
    let narrowed = pairs.without(&["sort", "limit", "cursor"]);
    let heading = app.as_ref().map_or_else(|| l.t("all-sessions"), |app| rows::shown(&app.name).into_owned());
    let walk = walk(&page.query, &base, &pairs, list.next_cursor.as_deref(), query.limit);
    let shown = list.items.len() as u64;
    // What stood on this page is gone: the page before is the nearest to it.
    if let Some(before) = walk.previous.as_ref().or(walk.first.as_ref()).filter(|_| shown == 0) {
        return Ok(see(&with_done(before, &page.query)));
    }
    page.ok(&Sessions {
        c: page.chrome("sessions", heading.clone()).await,
        app_id: app.as_ref().map(|app| rows::shown(app.id.as_str()).into_owned()).unwrap_or_default(),
        summary: summary(page, counts),
        q: pairs.get("q").unwrap_or_default().to_owned(),
        kept: pairs.without(&["q", "cursor"]).0,
        filter: filter_query(&narrowed, app.as_ref()),
        chips: chips(page, &base, &pairs, counts),
        heads: heads(page, &base, &pairs, query.sort, app.is_none()),
        rows: list.items.iter().map(|session| Row::new(l, session, now)).collect(),
        total: list.total,
        filtered: !narrowed.0.is_empty() || pairs.get("cursor").is_some(),
        range: l.args(
            "range",
            &[("from", (walk.before + 1).into()), ("to", (walk.before + shown).into()), ("total", list.total.into())],
        ),
        first: walk.first,
        previous: walk.previous,
        next: walk.next,
        heading,
        base,
    })
}

/// An address of a list, with what was just done kept in it.
fn with_done(address: &str, query: &Pairs) -> String {
    let (path, pairs) = address.split_once('?').unwrap_or((address, ""));
    let told = query.0.iter().filter(|(key, _)| matches!(key.as_str(), "done" | "same"));
    let mut pairs = Pairs::parse(pairs);
    pairs.0.extend(told.cloned());
    pairs.link(path)
}

/// The app that the address names, if it exists for this caller.
fn find_app(page: &Page, scope: &AppScope) -> Result<App, Error> {
    page.app.catalog.app(scope, &page.app_id()?)?.ok_or(Error::NotFound("app of this id"))
}

/// The pairs of the address that say which list: a form also sends the fields left empty.
pub fn list_pairs(query: &Pairs) -> Pairs {
    let mut pairs = query.without(&PAGE_KEYS);
    pairs.0.retain(|(_, value)| !value.is_empty());
    pairs
}

/// The filter as a form for all that match carries it, the app with it.
fn filter_query(narrowed: &Pairs, app: Option<&App>) -> String {
    match app {
        Some(app) => narrowed.with("app", Some(app.id.as_str())).query(),
        None => narrowed.query(),
    }
}

fn summary(page: &Page, counts: Counts) -> String {
    let l = page.locale;
    let mut parts = vec![l.n("count-sessions", counts.total), l.n("count-pending", counts.pending)];
    if counts.noncompliant > 0 {
        parts.push(l.n("count-noncompliant", counts.noncompliant));
    }
    parts.join(" · ")
}

fn chips(page: &Page, base: &str, pairs: &Pairs, counts: Counts) -> Vec<Chip> {
    let l = page.locale;
    let rest = pairs.without(&["cursor", "status", "compliant", "unpushed", "modified_before"]);
    let counted = pairs.get("q").is_none();
    let on = |key: &str, value: &str| pairs.get(key) == Some(value);
    let chip = |word: &str, key: &str, value: &str, count: Option<u64>| Chip {
        href: rest.with(key, Some(value)).link(base),
        word: l.t(word),
        count: count.filter(|_| counted).map(|count| l.number(count)),
        on: on(key, value),
        removes: false,
    };
    let none = ["status", "compliant", "unpushed", "modified_before"].iter().all(|key| pairs.get(key).is_none());
    let mut chips = vec![Chip {
        href: rest.link(base),
        word: l.t("chip-all"),
        count: counted.then(|| l.number(counts.total)),
        on: none,
        removes: false,
    }];
    chips.push(chip("status-pending", "status", "pending", Some(counts.pending)));
    chips.push(chip("status-accepted", "status", "accepted", Some(counts.accepted)));
    if counts.other > 0 || on("status", "other") {
        chips.push(chip("status-other", "status", "other", Some(counts.other)));
    }
    if counts.noncompliant > 0 || on("compliant", "false") {
        chips.push(chip("chip-noncompliant", "compliant", "false", Some(counts.noncompliant)));
    }
    chips.push(chip("not-pushed", "unpushed", "true", None));
    // By the day, so that the address means the same until midnight.
    let quiet = Page::now().millis().div_euclid(DAY) * DAY - 90 * DAY;
    let quiet = crate::domain::timestamp::Timestamp::from_millis(quiet).to_string();
    if pairs.get("modified_before").is_none() {
        chips.push(chip("chip-quiet", "modified_before", &quiet, None));
    }
    let ours = ["q", "sort", "limit", "cursor", "status"];
    for (key, value) in &pairs.0 {
        let known = ours.contains(&key.as_str())
            || on("compliant", "false") && key == "compliant"
            || on("unpushed", "true") && key == "unpushed";
        if !known {
            chips.push(Chip {
                href: pairs.without(&["cursor", key]).link(base),
                word: if key == "modified_before" && *value == quiet {
                    l.t("chip-quiet")
                } else {
                    l.args(
                        "chip-condition",
                        &[("key", key.as_str().into()), ("value", rows::shown(value).into_owned().into())],
                    )
                },
                count: None,
                on: true,
                removes: true,
            });
        }
    }
    chips
}

fn heads(page: &Page, base: &str, pairs: &Pairs, sort: Sort, all_apps: bool) -> Vec<Head> {
    let columns = [
        ("device", "col-device", Some(SortKey::Device)),
        ("state", "col-status", Some(SortKey::Status)),
        ("os", "col-os", Some(SortKey::Os)),
        ("who", "col-email", Some(SortKey::Email)),
        ("app wide", "col-app", all_apps.then_some(SortKey::App)),
        ("ip wide", "col-ip", None),
        ("when", "col-changed", Some(SortKey::Modified)),
    ];
    let head = |(class, word, key): (&'static str, &str, Option<SortKey>)| {
        let now = key.filter(|key| *key == sort.key);
        // The second click turns the order; a time begins with the latest.
        let descending = now.map_or(key == Some(SortKey::Modified), |_| !sort.descending);
        Head {
            class,
            word: page.locale.t(word),
            href: key
                .map(|key| {
                    pairs.without(&["cursor"]).with("sort", Some(&Sort { key, descending }.to_string())).link(base)
                })
                .unwrap_or_default(),
            order: now.map(|_| if sort.descending { "descending" } else { "ascending" }),
        }
    };
    columns.into_iter().filter(|column| all_apps || column.0 != "app wide").map(head).collect()
}

/// The ways from this page of a list to its others. A cursor only leads on, so the address carries
/// the cursors of the pages before.
pub struct Walk {
    /// How many rows the pages before have.
    pub before: u64,
    pub first: Option<String>,
    pub previous: Option<String>,
    pub next: Option<String>,
}

/// The ways from the page at `query`; `pairs` are those of it that say which list.
pub fn walk(query: &Pairs, base: &str, pairs: &Pairs, next: Option<&str>, limit: usize) -> Walk {
    let limit = limit as u64;
    let cursor = pairs.get("cursor");
    let before: u64 =
        if cursor.is_some() { query.get("from").and_then(|from| from.parse().ok()).unwrap_or(limit) } else { 0 };
    let trail: Vec<&str> = query.get("back").unwrap_or_default().split('.').filter(|part| !part.is_empty()).collect();
    let clean = pairs.without(&["cursor"]);
    let to = |cursor: &str, from: u64, trail: &[&str]| {
        let back = Some(trail.join(".")).filter(|back| !back.is_empty());
        clean
            .with("cursor", Some(cursor))
            .with("from", Some(&from.to_string()))
            .with("back", back.as_deref())
            .link(base)
    };
    let previous = cursor.and_then(|_| match trail.split_last() {
        Some((last, rest)) => Some(to(last, before.saturating_sub(limit), rest)),
        None if before <= limit => Some(clean.link(base)),
        None => None,
    });
    let next = next.map(|next| {
        let mut trail = trail.clone();
        trail.extend(cursor);
        let oldest = trail.len().saturating_sub(TRAIL);
        to(next, before.saturating_add(limit), &trail[oldest..])
    });
    Walk { before, first: cursor.filter(|_| before > limit).map(|_| clean.link(base)), previous, next }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_walked_on_and_back() {
        let step = |address: &str, next: Option<&str>| {
            let query = Pairs::parse(address.split_once('?').map_or("", |(_, query)| query));
            let clean = list_pairs(&query);
            walk(&query, "/sessions", &clean, next, 50)
        };
        let one = step("/sessions?sort=email", Some("A"));
        assert_eq!((one.before, one.first, one.previous), (0, None, None));
        let two = step(&one.next.clone().unwrap(), Some("B"));
        assert_eq!(two.before, 50);
        assert_eq!(two.previous.as_deref(), Some("/sessions?sort=email"));
        let three = step(&two.next.unwrap(), None);
        assert_eq!((three.before, three.next), (100, None));
        assert_eq!(three.previous, one.next, "back to the second page as it was reached");
        assert_eq!(three.first.as_deref(), Some("/sessions?sort=email"));
    }
}

//! `/sessions` and `/apps/{app}`: the list, over all apps or one. Filter, sort and page live in the
//! address.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use tokio::time::timeout;

use super::parts::chips::{Chip, chips};
use super::parts::choices::{Choice, moment};
use super::parts::chrome::Chrome;
use super::parts::email_form::EmailForm;
use super::parts::filters::{self, Wrongs};
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::pager::{list_pairs, walk};
use super::parts::redirect::see;
use super::parts::rows::{self, Row};
use super::parts::shown::Shown;
use crate::domain::account::{AppScope, Permission};
use crate::domain::app_id::AppId;
use crate::domain::query::{Sort, SortKey};
use crate::domain::session::{App, Counts, Session};
use crate::http::api;
use crate::http::links::{self, Pairs};
use crate::i18n::Html;
use crate::services::error::Error;

/// What of an address tells of a deed or an edit.
const PAGE_KEYS_OF_DEEDS: [&str; 4] = ["done", "same", "told", "edit"];
/// How long a list waits for what was just noticed to be written down.
const SETTLES: Duration = Duration::from_millis(50);
#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    c: Chrome,
    heading: String,
    app_id: String,
    /// The app's other folders, and the ways to them.
    also_in: Vec<(String, String)>,
    /// The apps to go to, where there is more than one.
    apps: Vec<Choice>,
    /// The way to all of them, where there are more than can be chosen.
    every_app: Option<String>,
    summary: String,
    base: String,
    q: String,
    kept: Vec<(String, String)>,
    filter: String,
    wrong: Wrongs,
    chips: Vec<Chip>,
    heads: Vec<Head>,
    rows: Vec<ListRow>,
    /// Where the e-mail of a row can be edited: the address but for the row's own name.
    edit: String,
    csv: String,
    /// What an empty list says: what will appear, and how.
    teach: Option<(String, Html)>,
    total: u64,
    /// What the form for all that match is about.
    all: Shown,
    filtered: bool,
    range: String,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
}

/// A row with what can be done in it.
struct ListRow {
    row: Row,
    has_device: bool,
    edit: Option<EmailForm>,
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
    let answer = match chosen(&page) {
        Ok(Some(address)) => Ok(see(&address)),
        Ok(None) => list(&page, None).await,
        Err(error) => Err(error),
    };
    page.answer(answer).await
}

/// The list of the app that was chosen among all, with the filter and sort of the list before.
fn chosen(page: &Page) -> Result<Option<String>, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let Some(id) = page.query.get("app").and_then(AppId::parse) else { return Ok(None) };
    let app = page.app.catalog.app(scope, &id)?;
    Ok(app.map(|app| list_pairs(&page.query).without(&["app"]).link(&links::app(&app.id))))
}

/// The list of one app.
pub async fn of_app(page: Page) -> HttpResponse {
    let answer = match page.require(Permission::Read).and_then(|caller| find_app(&page, &caller.apps)) {
        Ok(app) => list(&page, Some(app)).await,
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

async fn list(page: &Page, app: Option<App>) -> Result<HttpResponse, Error> {
    page.require(Permission::Read)?;
    show(page, app, StatusCode::OK, EmailForm::asked(page).await?).await
}

/// The list at the page's address, with the form of one row.
pub async fn show(
    page: &Page,
    app: Option<App>,
    status: StatusCode,
    mut edit: Option<EmailForm>,
) -> Result<HttpResponse, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let l = page.locale;
    let given = list_pairs(&page.query).0.into_iter();
    let asked = Pairs(given.map(|(key, value)| (key.clone(), moment(&key, &value))).collect());
    // The app of an address stands in its path; a cursor holds to it all the same.
    let in_app = app.as_ref().map(|app| ("app", app.id.as_str()));
    let (query, pairs, wrong) = filters::read(l, &asked, |pairs| {
        api::session_query(pairs.0.iter().map(|(key, value)| (key.as_str(), value.as_str())).chain(in_app))
    })?;
    let status = if wrong.is_empty() { status } else { StatusCode::BAD_REQUEST };
    let counts = match &app {
        Some(app) => app.sessions,
        None => page.app.catalog.counts(scope)?,
    };
    // Else what the list has by a change of just now would seem to have come after it.
    let _ = timeout(SETTLES, page.app.events.settled()).await;
    let event = page.app.events.newest();
    let mut list = page.app.catalog.list(scope, &query)?;
    if !wrong.is_empty() {
        list.items.clear();
    }
    let now = Page::now();
    let base = app.as_ref().map_or_else(|| "/sessions".to_owned(), |app| links::app(&app.id));
    let mut chips = chips(page, &base, &pairs, counts, app.as_ref().map(|app| &app.id))?;
    // A list that is not shown is none of them.
    chips.iter_mut().for_each(|chip| chip.on &= wrong.is_empty());
    let narrowed = pairs.without(&["sort", "limit", "cursor"]);
    let heading = app.as_ref().map_or_else(|| l.t("all-sessions"), |app| rows::shown(&app.name).into_owned());
    let walk = walk(&page.query, &base, &pairs, list.next_cursor.as_deref(), query.limit);
    let shown = list.items.len() as u64;
    // What stood on this page is gone: the page before is the nearest to it.
    if let Some(before) = walk.previous.as_ref().or(walk.first.as_ref()).filter(|_| shown == 0) {
        return Ok(see(&with_done(before, &page.query)));
    }
    let mut c = page.chrome("sessions", heading.clone()).await;
    c.here = page.here();
    let mut items = list.items;
    // What was typed is kept, wherever its row has gone.
    if let Some(edit) = edit.as_ref().filter(|edit| !items.iter().any(|item| item.key() == edit.session.key())) {
        items.insert(0, edit.session.clone());
    }
    let row = |session: &Session| {
        Ok(ListRow {
            row: Row::in_app(page, scope, session, now)?,
            has_device: session.device.is_some(),
            edit: edit.take_if(|edit| edit.session.key() == session.key()),
        })
    };
    let rows: Vec<ListRow> = items.iter().map(row).collect::<Result<_, Error>>()?;
    let filter = filter_query(&narrowed, app.as_ref());
    let csv = match (filter.is_empty(), pairs.get("sort")) {
        (_, Some(sort)) => Pairs::parse(&filter).with("sort", Some(sort)).link("/sessions.csv"),
        _ => Pairs::parse(&filter).link("/sessions.csv"),
    };
    let (apps, every_app) = apps(page, app.as_ref())?;
    page.render(
        status,
        &Sessions {
            c,
            csv,
            teach: if rows.is_empty() { teach(page, &narrowed, counts)? } else { None },
            edit: page.query.without(&PAGE_KEYS_OF_DEEDS).with("edit", Some("")).link(&base),
            app_id: app.as_ref().map(|app| rows::shown(app.id.as_str()).into_owned()).unwrap_or_default(),
            also_in: app.as_ref().map(rows::also_in).unwrap_or_default(),
            apps,
            every_app,
            summary: summary(page, counts, pairs.get("q").filter(|_| wrong.is_empty()).map(|_| list.total)),
            q: pairs.get("q").unwrap_or_default().to_owned(),
            kept: pairs.without(&["q", "cursor"]).0,
            filter,
            chips,
            heads: heads(page, &base, &pairs, query.sort, app.is_none()),
            rows,
            total: list.total,
            all: Shown { count: list.total, event },
            filtered: !narrowed.0.is_empty() || pairs.get("cursor").is_some(),
            wrong,
            range: l.args(
                "range",
                &[
                    ("from", (walk.before + 1).into()),
                    ("to", (walk.before + shown).into()),
                    ("total", list.total.into()),
                ],
            ),
            first: walk.first,
            previous: walk.previous,
            next: walk.next,
            heading,
            base,
        },
    )
}

/// The apps that have a session, and the one that is shown.
fn apps(page: &Page, shown: Option<&App>) -> Result<(Vec<Choice>, Option<String>), Error> {
    let shown = shown.map(|app| &app.id);
    let mut apps = page.app.catalog.apps(&page.caller()?.apps)?;
    apps.retain(|app| app.sessions.total > 0 || shown == Some(&app.id));
    let (apps, every) = super::parts::many_apps::to_choose_from(page.locale, apps, shown.map(AppId::as_str));
    let choice = |app: App| Choice {
        on: shown == Some(&app.id),
        value: app.id.to_string(),
        word: rows::shown(&app.label).into_owned(),
    };
    Ok(if apps.len() > 1 { (apps.into_iter().map(choice).collect(), every) } else { (Vec::new(), None) })
}

/// What an empty list tells of what will appear: where apps come from, or how a device comes to wait.
fn teach(page: &Page, narrowed: &Pairs, counts: Counts) -> Result<Option<(String, Html)>, Error> {
    let l = page.locale;
    let scope = &page.caller()?.apps;
    let only_pending = narrowed.0.len() == 1 && narrowed.get("status") == Some("pending");
    if only_pending && counts.total > 0 {
        let pieces =
            [("line", Html::code("$response.verify:=True")), ("method", Html::code("On Mobile App Authentication"))];
        return Ok(Some((l.t("nobody-waiting"), l.html("nobody-waiting-help", &pieces))));
    }
    if narrowed.0.is_empty() && page.app.catalog.apps(scope)?.is_empty() {
        return Ok(Some((l.t("no-apps"), l.html("no-apps-help", &[("folder", Html::code(&page.folder()))]))));
    }
    Ok(None)
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

/// The filter as a form for all that match carries it, the app with it.
fn filter_query(narrowed: &Pairs, app: Option<&App>) -> String {
    match app {
        Some(app) => narrowed.with("app", Some(app.id.as_str())).query(),
        None => narrowed.query(),
    }
}

/// `found` is how many a search found.
fn summary(page: &Page, counts: Counts, found: Option<u64>) -> String {
    let l = page.locale;
    let all = match found {
        Some(found) => l.args(
            "found-of",
            &[("found", l.number(found).into()), ("total", l.n("count-sessions", counts.total).into())],
        ),
        None => l.n("count-sessions", counts.total),
    };
    let mut parts = vec![all, l.n("count-pending", counts.pending)];
    if counts.noncompliant > 0 {
        parts.push(l.n("count-noncompliant", counts.noncompliant));
    }
    parts.join(" · ")
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

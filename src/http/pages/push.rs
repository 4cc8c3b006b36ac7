//! `/push`: what 4D was not told of yet, telling it, how that ended, and how to connect 4D.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::connect::{self, Code};
use super::context::{Chrome, Page, see_told, see_told_back};
use super::facts;
use super::forms::Form;
use super::links;
use super::rows::{self, Badge, Subject};
use crate::domain::account::Permission;
use crate::domain::push::{Completed, Failure, PushOutcome};
use crate::domain::session::SessionKey;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::push::{Dropped, Named};

/// How many sessions of a kind, and errors of 4D's, are shown.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "push.html")]
struct PushPage {
    c: Chrome,
    configured: bool,
    address: String,
    stand_in: bool,
    auto: Option<String>,
    summary: String,
    groups: Vec<Group>,
    dropped: Vec<DroppedRow>,
    dropped_title: String,
    more_dropped: Option<String>,
    /// Why the last try of this very person came to nothing.
    refused: Option<String>,
    last: Option<Last>,
    test_failed: Option<String>,
    new: Vec<Code>,
    old: Vec<Code>,
    secret_help: Html,
    start_line: String,
}

/// Sessions of which the same is to be said.
struct Group {
    title: String,
    help: String,
    items: Vec<Item>,
    more: Option<String>,
}

struct Item {
    name: String,
    href: String,
    app: String,
}

/// A session that 4D would drop, and why.
struct DroppedRow {
    item: Item,
    why: Vec<String>,
}

/// How the last push ended.
struct Last {
    badge: Badge,
    sentence: Html,
    detail: String,
    errors: Vec<String>,
    more: Option<String>,
}

/// What is said of what was just tried.
#[derive(Default)]
struct Tried {
    refused: Option<String>,
    test_failed: Option<String>,
}

/// The page.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        page.require(Permission::Read)?;
        view(&page, StatusCode::OK, Tried::default()).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Pushes.
pub async fn push(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let allowed = form.ticked("allow")?;
        match page.app.push.push(caller, &page.request_id, allowed).await {
            Ok(Completed { outcome: PushOutcome::Ok, .. }) => Ok(see_told_back(form.back(), "pushed")),
            Ok(_) => Ok(see_told("/push", "pushed-errors")),
            // What happened stands on the page itself.
            Err(Error::PushFailed { .. }) => view(&page, StatusCode::BAD_GATEWAY, Tried::default()).await,
            Err(Error::PushWouldDrop { others, .. }) => {
                let words = if others { "push-refused-others" } else { "push-refused" };
                let tried = Tried { refused: Some(page.locale.t(words)), ..Tried::default() };
                view(&page, StatusCode::CONFLICT, tried).await
            }
            Err(error) => Err(error),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Asks 4D for an answer that changes nothing.
pub async fn test(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        match page.app.push.test(caller, &page.request_id).await {
            Ok(_) => Ok(see_told("/push", "push-tested")),
            Err(Error::PushFailed { failure, .. }) => {
                let tried = Tried { test_failed: Some(failure_words(page.locale, &failure)), ..Tried::default() };
                view(&page, StatusCode::BAD_GATEWAY, tried).await
            }
            Err(error) => Err(error),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn view(page: &Page, status: StatusCode, tried: Tried) -> Result<HttpResponse, Error> {
    let scope = &page.caller()?.apps;
    let l = page.locale;
    let state = page.app.push.state(scope).await?;
    let address = connect::address(page.app.push.url());
    let (new, old) = connect::code(&address)?;
    let options = &page.app.config.options;
    let mut c = page.chrome("push", l.t("nav-push")).await;
    c.here = "/push".to_owned();
    // It stands below.
    c.push_failed = None;
    let preview = state.preview;
    let dropped = preview.noncompliant.len();
    let groups = [
        (["push-refresh", "push-refresh.help"], preview.refresh, false),
        (["push-remove", "push-remove.help"], preview.remove, true),
        (["push-outside", "push-outside.help"], preview.outside, false),
    ];
    page.render(
        status,
        &PushPage {
            c,
            configured: state.configured,
            start_line: format!("mobile-sessions serve … --push-url {address} --push-secret-file FILE"),
            address,
            stand_in: options.push_is_stand_in,
            auto: options.auto_push.map(|quiet| l.n("push-auto", quiet.as_secs())),
            summary: if state.unpushed == 0 { l.t("push-nothing") } else { l.n("push-behind", state.unpushed) },
            groups: groups.into_iter().filter_map(|(words, named, gone)| group(page, words, named, gone)).collect(),
            dropped: preview.noncompliant.into_iter().take(SHOWN).filter_map(|one| dropped_row(page, one)).collect(),
            dropped_title: l.n("push-dropped", dropped as u64),
            more_dropped: more(l, dropped),
            refused: tried.refused,
            last: state.last.map(|last| last_row(l, last)),
            test_failed: tried.test_failed,
            new,
            old,
            secret_help: l.html("connect-secret-help", &[("file", Html::code("mobile-sessions-secret.txt"))]),
        },
    )
}

fn group(page: &Page, [title, help]: [&str; 2], named: Vec<Named>, gone: bool) -> Option<Group> {
    let l = page.locale;
    let count = named.len();
    let items = named.into_iter().take(SHOWN).filter_map(|one| item(page, &one.app, &one.id, gone)).collect();
    (count > 0).then(|| Group { title: l.n(title, count as u64), help: l.t(help), items, more: more(l, count) })
}

/// A session that is gone has no page, but a history.
fn item(page: &Page, app: &str, id: &str, gone: bool) -> Option<Item> {
    let key = SessionKey::parse(app, id)?;
    let subject = Subject::find(&page.app.catalog, &page.caller().ok()?.apps, &key);
    let href = if gone { format!("/changes?session={}", links::encode(id)) } else { subject.href };
    Some(Item { name: subject.name, href, app: rows::shown(app).into_owned() })
}

fn dropped_row(page: &Page, one: Dropped) -> Option<DroppedRow> {
    let item = item(page, &one.app, &one.id, false)?;
    let key = SessionKey::parse(&one.app, &one.id)?;
    let session = page.app.catalog.session(&page.caller().ok()?.apps, &key).ok()??;
    let why = one.problems.iter().map(|finding| facts::found(page.locale, &session, finding)).collect();
    Some(DroppedRow { item, why })
}

fn more(l: Locale, count: usize) -> Option<String> {
    (count > SHOWN).then(|| l.n("and-more", (count - SHOWN) as u64))
}

/// Why a push failed, in words.
pub fn failure_words(l: Locale, failure: &Failure) -> String {
    let detail = rows::shown_long(&failure.detail);
    l.args(&format!("push-failure-{}", failure.kind.as_str()), &[("detail", detail.into())])
}

fn last_row(l: Locale, last: Completed) -> Last {
    let (kind, word) = match last.outcome {
        PushOutcome::Ok => ("ok", "push-ended-ok"),
        PushOutcome::Errors => ("wait", "push-ended-errors"),
        PushOutcome::Failed => ("bad", "push-ended-failed"),
    };
    let count = last.push_errors.len();
    let error = |error: &crate::domain::push::PushError| {
        let args = [("component", error.component.as_str().into()), ("number", error.code.to_string().into())];
        let name = l.args("push-error", &args);
        let words = rows::shown(&error.message);
        if words.is_empty() { name } else { format!("{name}: {words}") }
    };
    Last {
        badge: Badge { kind, word: l.t(word) },
        sentence: l
            .html("push-last-by", &[("ago", l.past_time(last.at, Page::now())), ("actor", rows::actor(l, &last.by))]),
        detail: last.detail.map(|failure| failure_words(l, &failure)).unwrap_or_default(),
        errors: last.push_errors.iter().take(SHOWN).map(error).collect(),
        more: more(l, count),
    }
}

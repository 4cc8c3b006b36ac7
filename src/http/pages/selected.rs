//! `/sessions/selected`: the same for many sessions at once. Deleting many asks first, with the count.

use actix_web::HttpResponse;
use askama::Template;

use super::context::{Chrome, Page, see_done};
use super::error::Told;
use super::forms::Form;
use super::links::{self, Pairs};
use super::rows::{self, short_id};
use crate::domain::account::{AppScope, Permission};
use crate::domain::change::Expectation;
use crate::domain::query::{Filter, Query};
use crate::domain::session::{SessionKey, Status};
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget, ItemOutcome};
use crate::services::error::Error;

/// How many sessions a page of a question or result names.
const NAMED: usize = 50;

#[derive(Template)]
#[template(path = "selected.html")]
struct Selected {
    c: Chrome,
    heading: String,
    lead: String,
    back: String,
    ask: Option<Ask>,
    undo: Option<String>,
    lines: Vec<Outcome>,
    left_out: u64,
}

/// The question before many are deleted.
struct Ask {
    count: u64,
    all: bool,
    filter: String,
    picks: Vec<String>,
}

/// One session of many.
struct Outcome {
    name: String,
    href: String,
    app: String,
    outcome: String,
}

/// Accepts, sets pending or deletes what is selected.
pub async fn apply(page: Page, form: Form) -> HttpResponse {
    let answer = run(&page, &form).await;
    page.answer(answer).await
}

async fn run(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?;
    form.prove(&page.csrf)?;
    let action = match form.get("do") {
        "accept" => BatchAction::SetStatus(Status::Accepted),
        "pending" => BatchAction::SetStatus(Status::Pending),
        "delete" => BatchAction::Delete,
        _ => return Err(Error::invalid("/do", "This is none of accept, pending and delete.")),
    };
    let target = target(form)?;
    let count = count(page, &caller.apps, &target)?;
    if count == 0 {
        return Ok(see_done(form.back(), None));
    }
    // The answer must be to the question: with another count, it is asked again.
    let sure = form.get("sure").parse() == Ok(count);
    if matches!(action, BatchAction::Delete) && !sure {
        return ask(page, form, &target, count).await;
    }
    let request = BatchRequest::Each(action, target);
    let result = page.app.edits.batch(caller, &page.request_id, request, None, false).await?;
    if result.failed == 0 {
        return Ok(see_done(form.back(), result.change_id.as_deref()));
    }
    result_page(page, form.back(), &result).await
}

fn target(form: &Form) -> Result<BatchTarget, Error> {
    if !form.get("all").is_empty() {
        return Ok(BatchTarget::Filter(Box::new(filter(form.get("filter"))?)));
    }
    let item = |pick: &str| {
        let (app, id) = pick.rsplit_once('/')?;
        Some(BatchItem { app: app.to_owned(), id: id.to_owned(), expected: Expectation::Nothing, replaces: None })
    };
    Ok(BatchTarget::Sessions(form.all("pick").filter_map(item).collect()))
}

/// The filter that a list's page put into its form.
fn filter(query: &str) -> Result<Filter, Error> {
    let pairs = Pairs::parse(query);
    Ok(Query::from_pairs(pairs.0.iter().map(|(key, value)| (key, value)))?.filter)
}

fn count(page: &Page, scope: &AppScope, target: &BatchTarget) -> Result<u64, Error> {
    Ok(match target {
        BatchTarget::Sessions(items) => items.len() as u64,
        BatchTarget::Filter(filter) => page.app.catalog.keys(scope, filter)?.len() as u64,
    })
}

async fn ask(page: &Page, form: &Form, target: &BatchTarget, count: u64) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let scope = &page.caller()?.apps;
    let keys = match target {
        BatchTarget::Sessions(items) => {
            items.iter().filter_map(|item| SessionKey::parse(&item.app, &item.id)).collect()
        }
        BatchTarget::Filter(filter) => page.app.catalog.keys(scope, filter)?,
    };
    let lines: Vec<Outcome> =
        keys.iter().take(NAMED).map(|key| outcome(page, scope, key, status_of(page, scope, key))).collect();
    page.ok(&Selected {
        c: page.chrome("sessions", l.n("delete-ask", count)).await,
        heading: l.n("delete-ask", count),
        lead: l.t("delete-ask-help"),
        back: form.back().to_owned(),
        ask: Some(Ask {
            count,
            all: matches!(target, BatchTarget::Filter(_)),
            filter: form.get("filter").to_owned(),
            picks: form.all("pick").map(str::to_owned).collect(),
        }),
        undo: None,
        left_out: count.saturating_sub(lines.len() as u64),
        lines,
    })
}

fn status_of(page: &Page, scope: &AppScope, key: &SessionKey) -> String {
    let session = page.app.catalog.session(scope, key).ok().flatten();
    session.map(|session| rows::status_word(page.locale, session.status.as_deref())).unwrap_or_default()
}

fn outcome(page: &Page, scope: &AppScope, key: &SessionKey, outcome: String) -> Outcome {
    let session = page.app.catalog.session(scope, key).ok().flatten();
    Outcome {
        name: session.as_ref().map_or_else(|| short_id(key.id.as_str()), |session| rows::name(session).0),
        href: links::session(key),
        app: rows::shown(key.app.as_str()).into_owned(),
        outcome,
    }
}

/// What became of many, when some were left as they were.
pub async fn result_page(page: &Page, back: &str, result: &BatchResult) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let scope = &page.caller()?.apps;
    let failed = result.items.iter().filter(|item| item.outcome == ItemOutcome::Failed);
    let lines: Vec<Outcome> = failed
        .take(NAMED)
        .map(|item| {
            let why = item.problem.as_ref().map(|problem| Told::new(l, &problem.into()).line(l)).unwrap_or_default();
            match SessionKey::parse(&item.app, &item.id) {
                Some(key) => outcome(page, scope, &key, why),
                None => Outcome {
                    name: rows::shown(&item.id).into_owned(),
                    href: back.to_owned(),
                    app: String::new(),
                    outcome: why,
                },
            }
        })
        .collect();
    let heading = l.args("result-title", &[("failed", result.failed.into()), ("total", result.total.into())]);
    let mut c = page.chrome("sessions", heading.clone()).await;
    c.here = back.to_owned();
    page.ok(&Selected {
        c,
        heading,
        lead: l.n("result-changed", result.changed),
        back: back.to_owned(),
        ask: None,
        undo: result
            .change_id
            .as_ref()
            .filter(|_| result.changed > 0)
            .map(|id| format!("/changes/{}/undo", links::encode(id))),
        left_out: result.failed.saturating_sub(lines.len() as u64),
        lines,
    })
}

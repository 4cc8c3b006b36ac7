//! `/changes`: the journal, and undo.

use std::collections::{BTreeSet, HashMap};

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::batch;
use super::parts::choices::{Choice, choices, moment};
use super::parts::chrome::Chrome;
use super::parts::error::Line;
use super::parts::filters::{self, Wrongs};
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::pager::{list_pairs, walk};
use super::parts::redirect::see_done_many;
use super::parts::rows::{self, ChangeRow, Subject};
use super::parts::{batch_result, conflict, facts};
use crate::domain::account::{AppScope, Caller, Permission};
use crate::domain::change::Action;
use crate::http::api;
use crate::http::links::{self, Pairs};
use crate::i18n::Html;
use crate::services::edits::{BatchRequest, BatchResult};
use crate::services::error::Error;
use crate::services::journal::{BatchSize, Change, ChangePage};

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    c: Chrome,
    summary: String,
    apps: Vec<Choice>,
    /// The way to all of them, where there are more than can be chosen.
    every_app: Option<String>,
    actions: Vec<Choice>,
    actor: String,
    since: String,
    until: String,
    session: String,
    without_session: String,
    /// The batch that all of them are of.
    batch: String,
    without_batch: String,
    filtered: bool,
    wrong: Wrongs,
    csv: String,
    changes: Vec<ChangeRow>,
    total: u64,
    range: String,
    first: Option<String>,
    previous: Option<String>,
    next: Option<String>,
}

/// The journal.
pub async fn list(page: Page) -> HttpResponse {
    let answer = show(&page).await;
    page.answer(answer).await
}

async fn show(page: &Page) -> Result<HttpResponse, Error> {
    let scope = &page.require(Permission::Read)?.apps;
    let l = page.locale;
    let asked = list_pairs(&page.query);
    let (query, pairs, wrong) = filters::read(l, &asked, |pairs| {
        api::change_query(pairs.0.iter().map(|(key, value)| (key.as_str(), moment(key, value))))
    })?;
    let list = match wrong.is_empty() {
        true => page.app.journal.list(scope, &query).await?,
        false => ChangePage { items: Vec::new(), total: 0, next_cursor: None },
    };
    let subject = |change: &Change| Subject::of(&page.app.catalog, scope, change);
    let batches = batches(page, scope, &list.items).await?;
    let changes = rows::change_rows(l, subject, &list.items, &batches, Page::now());
    let walk = walk(&page.query, "/changes", &pairs, list.next_cursor.as_deref(), query.limit);
    let given = |key: &str| pairs.get(key).unwrap_or_default().to_owned();
    let day = |key: &str| given(key).chars().take(10).collect();
    let actions = Action::all().map(|action| (action.as_str(), l.t(&format!("action-{}", action.as_str()))));
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (apps, every_app) = apps(page, &pairs)?;
    let shown = Changes {
        c: page.chrome("changes", l.t("nav-changes")).await,
        summary: if wrong.is_empty() { l.n("count-changes", list.total) } else { String::new() },
        apps,
        every_app,
        actions: choices(actions, asked.get("action")),
        actor: given("actor"),
        since: day("since"),
        until: day("until"),
        session: given("session"),
        without_session: pairs.without(&["session", "cursor"]).link("/changes"),
        batch: given("batch"),
        without_batch: pairs.without(&["batch", "cursor"]).link("/changes"),
        csv: pairs.without(&["limit", "cursor"]).link("/changes.csv"),
        filtered: !asked.without(&["limit", "cursor"]).0.is_empty(),
        wrong,
        range: l.args(
            "range",
            &[
                ("from", (walk.before + 1).into()),
                ("to", (walk.before + changes.len() as u64).into()),
                ("total", list.total.into()),
            ],
        ),
        changes,
        total: list.total,
        first: walk.first,
        previous: walk.previous,
        next: walk.next,
    };
    page.render(status, &shown)
}

/// How much each batch of these changes is.
async fn batches(page: &Page, scope: &AppScope, changes: &[Change]) -> Result<HashMap<String, BatchSize>, Error> {
    let mut batches = HashMap::new();
    let ids: BTreeSet<&String> = changes.iter().filter_map(|change| change.batch_id.as_ref()).collect();
    for id in ids {
        batches.insert(id.clone(), page.app.journal.batch_size(scope, id).await?);
    }
    Ok(batches)
}

/// The apps to choose from; without the folder, the journal still reads.
fn apps(page: &Page, pairs: &Pairs) -> Result<(Vec<Choice>, Option<String>), Error> {
    let apps = page.app.catalog.apps(&page.caller()?.apps).unwrap_or_default();
    let (apps, every) = super::parts::many_apps::to_choose_from(page.locale, apps, pairs.get("app"));
    let options = apps.iter().map(|app| (app.id.as_str(), rows::shown(&app.label).into_owned()));
    Ok((choices(options, pairs.get("app")), every))
}

/// Undoes a change or a batch.
pub async fn undo(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let id = page.part("id").ok_or(Error::NotFound("change of this id"))?;
        let undoing = page.app.edits.undoing(caller, &id).await?;
        let count = undoing.count();
        let request = BatchRequest::Undo(undoing);
        if count > batch::WAITED_FOR {
            return batch::start(&page, request, form.back()).await;
        }
        let result = page.app.batches.run(caller, &page.request_id, request.into()).await?;
        undone(&page, caller, &id, &form, result).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn undone(
    page: &Page,
    caller: &Caller,
    id: &str,
    form: &Form,
    result: BatchResult,
) -> Result<HttpResponse, Error> {
    if result.failed == 0 {
        return Ok(see_done_many(form.back(), &result));
    }
    let change = page.app.journal.change(&caller.apps, id).await?;
    let problem = result.items.iter().find_map(|item| item.problem.as_ref());
    match (change, problem) {
        // One change: what is there now, and what undo would have made of it.
        (Some(change), Some(problem)) if result.total == 1 => {
            let (who, compare) = if problem.status == 409 {
                (meanwhile(page, caller, &change).await?, compare(page, caller, &change))
            } else {
                Default::default()
            };
            let l = page.locale;
            let mut ways = vec![(form.back().to_owned(), l.t("back"))];
            if !compare.is_empty() {
                // There the old value can be set after all.
                ways.push((links::session(&rows::key_of(&change)), l.t("undo-look")));
            }
            Ok(page.fail_with(&problem.into(), who, compare, ways).await)
        }
        _ => batch_result::result_page(page, form.back(), &result).await,
    }
}

/// Who did what to the session since the change.
async fn meanwhile(page: &Page, caller: &Caller, change: &Change) -> Result<Vec<Html>, Error> {
    let key = rows::key_of(change);
    let Some(now) = page.app.catalog.session(&caller.apps, &key)? else { return Ok(Vec::new()) };
    let history = facts::history(page, &caller.apps, &key).await?;
    Ok(conflict::meanwhile(page.locale, &now, &history.items, Some(&change.id)))
}

/// Each value that the change touched: as it is now, and as undo wanted it.
fn compare(page: &Page, caller: &Caller, change: &Change) -> Vec<Line> {
    let l = page.locale;
    let now = page.app.catalog.session(&caller.apps, &rows::key_of(change)).ok().flatten();
    let (Some(now), Some(wanted)) = (now, &change.before) else { return Vec::new() };
    let status = || Line {
        field: l.t("col-status"),
        now: rows::status_word(l, now.status.as_deref()),
        yours: rows::status_word(l, wanted.status.as_deref()),
    };
    let email = || Line {
        field: l.t("col-email"),
        now: rows::email_word(l, now.email.as_deref()),
        yours: rows::email_word(l, wanted.email.as_deref()),
    };
    match change.action {
        Action::SetStatus => vec![status()],
        Action::SetEmail => vec![email()],
        Action::Edit => vec![status(), email()],
        Action::Delete | Action::Restore => Vec::new(),
    }
}

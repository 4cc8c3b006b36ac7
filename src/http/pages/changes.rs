//! `/changes`: the journal, and undo.

use std::collections::{BTreeSet, HashMap};

use actix_web::http::StatusCode;
use askama::Template;

use super::batch;
use super::parts::{
    Authorized, ChangeRow, Choice, Chrome, Comparison, FilterErrors, NoFields, Page, Pager, Shown, Subjects, Verified,
    batch_result, change_rows, choices, conflict, facts, filter_errors, list_pairs, moment, pager, see_done_many, text,
    to_choose_from,
};
use crate::domain::change::Action;
use crate::domain::session::Session;
use crate::http::api;
use crate::http::extract::{self, Read};
use crate::http::failure::Answer;
use crate::http::links::{self, Pairs};
use crate::i18n::Locale;
use crate::services::edits::BatchRequest;
use crate::services::error::{Error, Problem};
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
    wrong: FilterErrors,
    csv: String,
    changes: Vec<ChangeRow>,
    total: u64,
    pager: Pager,
}

pub async fn list(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let (l, scope) = (page.locale, &page.caller.apps);
    let asked = list_pairs(&page.query);
    let (query, pairs, wrong) = filter_errors::read_filters(l, &asked, |pairs| {
        api::change_query(pairs.0.iter().map(|(key, value)| (key.as_str(), moment(key, value))))
    })?;
    let list = match wrong.is_empty() {
        true => page.app.journal.list(scope, &query).await?,
        false => ChangePage { items: Vec::new(), total: 0, next_cursor: None },
    };
    let batches = batches(&page, &list.items).await?;
    let count = list.items.len();
    let subjects = Subjects::of(&page.app.catalog, scope, &list.items).await;
    let changes = change_rows::change_rows(l, |change| subjects.subject(change), list.items, &batches);
    let shown = Shown { limit: query.limit, count, total: list.total, next: list.next_cursor.as_deref() };
    let pager = pager(l, &page.query, "/changes", &pairs, &shown);
    let actions = Action::all().map(|action| (action.as_str(), l.t(&format!("action-{}", action.as_str()))));
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    let (apps, every_app) = apps(&page, &pairs).await;
    let shown = Changes {
        c: page.chrome("changes", l.t("nav-changes")).await,
        summary: if wrong.is_empty() { l.n("count-changes", list.total) } else { String::new() },
        apps,
        every_app,
        actions: choices(actions, asked.get("action")),
        actor: pairs.text("actor"),
        since: pairs.day("since"),
        until: pairs.day("until"),
        session: pairs.text("session"),
        without_session: pairs.without(&["session", "cursor"]).link("/changes"),
        batch: pairs.text("batch"),
        without_batch: pairs.without(&["batch", "cursor"]).link("/changes"),
        csv: pairs.without(&["limit", "cursor"]).link("/changes.csv"),
        filtered: !asked.without(&["limit", "cursor"]).0.is_empty(),
        wrong,
        changes,
        total: list.total,
        pager,
    };
    page.render(status, &shown)
}

/// How much each batch of these changes is.
async fn batches(page: &Page, changes: &[Change]) -> Result<HashMap<String, BatchSize>, Error> {
    let mut batches = HashMap::new();
    let ids: BTreeSet<&String> = changes.iter().filter_map(|change| change.batch_id.as_ref()).collect();
    for id in ids {
        batches.insert(id.clone(), page.app.journal.batch_size(&page.caller.apps, id).await?);
    }
    Ok(batches)
}

/// The apps to choose from; without the folder, the journal still reads.
async fn apps(page: &Page, pairs: &Pairs) -> (Vec<Choice>, Option<String>) {
    let apps = page.app.catalog.apps(&page.caller.apps).await.unwrap_or_default();
    let (apps, every) = to_choose_from(page.locale, apps, pairs.get("app"));
    let options = apps.iter().map(|app| (app.id.as_str(), text::one_line(&app.label).into_owned()));
    (choices(options, pairs.get("app")), every)
}

/// Undoes a change or a batch.
pub async fn undo(Authorized { page, .. }: Authorized<extract::Change>, form: Verified<NoFields>) -> Answer {
    let id = page.part("id");
    let undoing = page.app.edits.undoing(&page.caller, &id).await?;
    let count = undoing.count();
    let request = BatchRequest::Undo(undoing);
    if count > batch::WAITED_FOR {
        return batch::start(&page, request, &form.back).await;
    }
    let result = page.app.batches.run(&page.caller, &page.request_id, request.into()).await?;
    if result.failed == 0 {
        return Ok(see_done_many(&form.back, &result));
    }
    let change = page.app.journal.change(&page.caller.apps, &id).await?;
    let problem = result.items.iter().find_map(|item| item.problem.as_ref());
    match (change, problem) {
        (Some(change), Some(problem)) if result.total == 1 => not_undone(&page, &change, problem, form.back).await,
        _ => batch_result::result_page(&page, &form.back, &result).await,
    }
}

/// What is there now, and what undo would have made of it.
async fn not_undone(page: &Page, change: &Change, problem: &Problem, back: String) -> Answer {
    let (l, key) = (page.locale, change_rows::key_of(change));
    let (mut who, mut compare) = (Vec::new(), Vec::new());
    let session = page.app.catalog.session(&page.caller.apps, &key).await?.filter(|_| problem.status == 409);
    if let Some(session) = session {
        let history = facts::history(page, &key).await?;
        who = conflict::meanwhile(l, &session, &history.items, Some(&change.id));
        compare = comparisons(l, &session, change);
    }
    let mut ways = vec![(back, l.t("back"))];
    if !compare.is_empty() {
        // There the old value can be set after all.
        ways.push((links::session(&key), l.t("undo-look")));
    }
    Ok(page.conflict_page(&problem.into(), who, compare, ways).await)
}

/// Each value that the change touched: as it is now, and as undo wanted it.
fn comparisons(l: Locale, now: &Session, change: &Change) -> Vec<Comparison> {
    let Some(wanted) = &change.before else { return Vec::new() };
    let status = Comparison {
        field: l.t("col-status"),
        now: text::status_word(l, now.status.as_deref()),
        yours: text::status_word(l, wanted.status.as_deref()),
    };
    let email = Comparison {
        field: l.t("col-email"),
        now: text::email_word(l, now.email.as_deref()),
        yours: text::email_word(l, wanted.email.as_deref()),
    };
    match change.action {
        Action::SetStatus => vec![status],
        Action::SetEmail => vec![email],
        Action::Edit => vec![status, email],
        Action::Delete | Action::Restore => Vec::new(),
    }
}

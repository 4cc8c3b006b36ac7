//! `/changes`: the journal, and undo.

use actix_web::http::StatusCode;
use askama::Template;

use super::batch;
use super::parts::{
    Authorized, ChangeRow, Choice, Chrome, Comparison, FilterErrors, NoFields, Page, Pager, Shown, Subjects, Undo,
    Verified, app_choices, batch_result, change_rows, choices, conflict, facts, filter_errors, list_pairs, moment,
    named_apps, pager, see_done_many, text,
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
use crate::services::journal::{Change, ChangePage, ChangeQuery};

#[derive(Template)]
#[template(path = "changes.html")]
struct Changes {
    c: Chrome,
    summary: String,
    apps: Vec<Choice>,
    /// The way to all of them, where there are more than can be chosen.
    every_app: Option<String>,
    actions: Vec<Choice>,
    q: String,
    actor: String,
    since: String,
    until: String,
    session: String,
    without_session: String,
    /// The batch that all of them are of, and what takes all of it back.
    batch: String,
    undo_batch: Option<Undo>,
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
    let asked = list_pairs(&page.query).without(&["open"]);
    let (mut query, pairs, wrong) = filter_errors::read_filters(l, &asked, |pairs| {
        api::change_query(pairs.0.iter().map(|(key, value)| (key.as_str(), moment(key, value))))
    })?;
    // Who looks for a session, or into a batch, sees each change of it.
    query.batch_as_one = query.batch.is_none() && query.session.is_none() && query.q.is_none();
    let list = match wrong.is_empty() {
        true => page.app.journal.list(scope, &query).await?,
        false => ChangePage { items: Vec::new(), total: 0, next_cursor: None },
    };
    let count = list.items.len();
    let mut changes = match query.batch_as_one {
        true => change_rows::change_lines(&page, list.items).await?,
        false => {
            let subjects = Subjects::of(&page.app.catalog, scope, &list.items).await;
            change_rows::change_rows(l, |change| subjects.subject(change), list.items)
        }
    };
    let undo_batch = match &query.batch {
        Some(id) => page.app.journal.batch(scope, id).await?.and_then(|batch| Undo::of_batch(l, id, &batch)),
        None => None,
    };
    open_batch(&page, &query, &mut changes).await?;
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
        q: pairs.text("q"),
        actor: pairs.text("actor"),
        since: pairs.day("since"),
        until: pairs.day("until"),
        session: pairs.text("session"),
        without_session: pairs.without(&["session", "cursor"]).link("/changes"),
        batch: pairs.get("batch").or(pairs.get("batch_id")).unwrap_or_default().to_owned(),
        undo_batch,
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

/// How many changes of a batch stand below its line.
const OPENED: usize = 50;

/// Says where each batch opens in the list, and puts the changes of the one that is open below its line.
async fn open_batch(page: &Page, query: &ChangeQuery, rows: &mut Vec<ChangeRow>) -> Result<(), Error> {
    let (l, scope) = (page.locale, &page.caller.apps);
    let open = page.query.get("open").unwrap_or_default();
    let mut parts = None;
    for (place, row) in rows.iter_mut().enumerate() {
        let (Some(line), Some(id)) = (&mut row.batch, &row.change.batch_id) else { continue };
        let is_open = id == open;
        line.href =
            format!("{}#b-{id}", page.query.with("open", Some(id.as_str()).filter(|_| !is_open)).link("/changes"));
        line.word = l.t(if is_open { "batch-close" } else { "batch-open" });
        if is_open {
            let query = ChangeQuery {
                batch: Some(id.clone()),
                cursor: None,
                limit: OPENED,
                batch_as_one: false,
                ..query.clone()
            };
            let list = page.app.journal.list(scope, &query).await?;
            let all = Pairs::default().with("batch", Some(id)).link("/changes");
            line.all = (list.total > OPENED as u64).then(|| (all, l.n("batch-all", list.total)));
            let subjects = Subjects::of(&page.app.catalog, scope, &list.items).await;
            parts = Some((place, change_rows::change_rows(l, |change| subjects.subject(change), list.items)));
        }
    }
    if let Some((place, mut parts)) = parts {
        parts.iter_mut().for_each(|row| row.part = true);
        rows.splice(place + 1..place + 1, parts);
    }
    Ok(())
}

/// The apps to choose from; without the folder, the journal still reads.
async fn apps(page: &Page, pairs: &Pairs) -> (Vec<Choice>, Option<String>) {
    let apps = named_apps(page.app.catalog.apps(&page.caller.apps).await.unwrap_or_default());
    let (apps, every) = app_choices(page.locale, &apps, pairs.get("app"));
    let options = apps.iter().map(|app| (app.value.as_str(), app.word.clone()));
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
        return Ok(see_done_many(&form.back, &result, None));
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
        _ => Vec::new(),
    }
}

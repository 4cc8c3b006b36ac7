//! `/sessions/selected`: the same for many sessions at once. Deleting many asks first, with the count; so does what is
//! about other sessions than the page showed.

use actix_web::HttpResponse;
use askama::Template;

use super::batch;
use super::context::{Chrome, Page, see, see_done};
use super::error::Told;
use super::forms::Form;
use super::links::{self, Pairs};
use super::rows::{self, short_id};
use crate::domain::account::{AppScope, Permission};
use crate::domain::change::Expectation;
use crate::domain::query::{Filter, Query};
use crate::domain::session::{SessionKey, Status};
use crate::services::batches::BatchOrder;
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget, ItemOutcome};
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};

/// How many sessions a page of a question or result names.
const NAMED: usize = 50;
/// How many are waited for; more are changed while a page shows how far it is.
const WAITED_FOR: u64 = 100;

/// A question about many sessions, how far they are, or what became of them.
#[derive(Template)]
#[template(path = "selected.html")]
pub struct Selected {
    c: Chrome,
    heading: String,
    pub lead: Vec<String>,
    back: String,
    ask: Option<Ask>,
    pub progress: Option<ProgressBar>,
    undo: Option<String>,
    lines: Vec<Outcome>,
    left_out: u64,
}

/// How far it is.
pub struct ProgressBar {
    pub done: u64,
    pub total: u64,
    pub told: String,
}

/// The question before many are changed.
struct Ask {
    deed: &'static str,
    count: u64,
    all: bool,
    filter: String,
    picks: Vec<String>,
    submit: String,
    class: &'static str,
    keep: String,
}

/// One session of many.
struct Outcome {
    name: String,
    href: String,
    app: String,
    outcome: String,
}

/// What is done to what is selected.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Deed {
    Accept,
    Pending,
    Delete,
}

impl Deed {
    const ALL: [Self; 3] = [Self::Accept, Self::Pending, Self::Delete];

    fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Pending => "pending",
            Self::Delete => "delete",
        }
    }

    fn of(form: &Form) -> Result<Self, Error> {
        let deed = Self::ALL.into_iter().find(|deed| deed.as_str() == form.get("do"));
        deed.ok_or_else(|| Error::invalid("/do", "This is none of accept, pending and delete."))
    }

    fn action(self) -> BatchAction {
        match self {
            Self::Accept => BatchAction::SetStatus(Status::Accepted),
            Self::Pending => BatchAction::SetStatus(Status::Pending),
            Self::Delete => BatchAction::Delete,
        }
    }

    /// The question, the answer, and the look of its button.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Accept => ["accept-ask", "accept-count", "primary"],
            Self::Pending => ["pending-ask", "pending-count", "primary"],
            Self::Delete => ["delete-ask", "delete-count", "danger solid"],
        }
    }
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
            undo: None,
            lines: Vec::new(),
            left_out: 0,
        }
    }

    fn names(&mut self, lines: Vec<Outcome>, all: u64) {
        self.left_out = all.saturating_sub(lines.len() as u64);
        self.lines = lines;
    }
}

/// Accepts, sets pending or deletes what is selected.
pub async fn apply(page: Page, form: Form) -> HttpResponse {
    let answer = run(&page, &form).await;
    page.answer(answer).await
}

async fn run(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?;
    form.prove(&page.csrf)?;
    let deed = Deed::of(form)?;
    let target = target(form)?;
    let count = count(page, &caller.apps, &target)?;
    if count == 0 {
        return Ok(see_done(form.back(), None));
    }
    let (sure, all) = (form.get("sure"), form.get("all"));
    let told = if sure.is_empty() { all } else { sure };
    // The answer must be to the question: with another count, it is asked again.
    let agreed = told.is_empty() || told.parse() == Ok(count);
    let asks = deed == Deed::Delete && (count > 1 || !all.is_empty()) && sure.is_empty();
    if !agreed || asks {
        return ask(page, form, deed, &target, count, told).await;
    }
    let request = BatchRequest::Each(deed.action(), target);
    if count > WAITED_FOR {
        let order = BatchOrder { request, reason: None, dry_run: false, idempotency: None };
        let started = page.app.batches.start(caller, &page.request_id, order).await?;
        let id = started.batch_id.ok_or_else(|| Error::internal("a batch without an id"))?;
        return Ok(see(&batch::address(&id, form.back())));
    }
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

/// `told` is the count that was shown before.
async fn ask(
    page: &Page,
    form: &Form,
    deed: Deed,
    target: &BatchTarget,
    count: u64,
    told: &str,
) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let scope = &page.caller()?.apps;
    let keys = match target {
        BatchTarget::Sessions(items) => {
            items.iter().filter_map(|item| SessionKey::parse(&item.app, &item.id)).collect()
        }
        BatchTarget::Filter(filter) => page.app.catalog.keys(scope, filter)?,
    };
    let [question, answer, class] = deed.words();
    let mut shown = Selected::new(page, form.back(), l.n(question, count)).await;
    if let Some(before) = told.parse::<u64>().ok().filter(|before| *before != count) {
        let numbers = [("before", l.number(before).into()), ("now", l.number(count).into())];
        shown.lead.push(l.args("count-changed", &numbers));
    }
    if deed == Deed::Delete {
        shown.lead.push(l.t("delete-ask-help"));
    }
    shown.ask = Some(Ask {
        deed: deed.as_str(),
        count,
        all: matches!(target, BatchTarget::Filter(_)),
        filter: form.get("filter").to_owned(),
        picks: form.all("pick").map(str::to_owned).collect(),
        submit: l.n(answer, count),
        class,
        keep: l.t(if deed == Deed::Delete { "keep-them" } else { "cancel" }),
    });
    let lines = keys.iter().take(NAMED).map(|key| outcome(page, scope, key, status_of(page, scope, key)));
    shown.names(lines.collect(), count);
    page.ok(&shown)
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
    page.ok(&self::result(page, back, result, None).await?)
}

/// What became of many: how many, each that was left as it was with the reason, and the way back of the whole.
/// `stopped` is the heading where it did not come to its end.
pub async fn result(page: &Page, back: &str, result: &BatchResult, stopped: Option<String>) -> Result<Selected, Error> {
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
    let heading = match (result.failed, result.changed) {
        (0, 0) => l.t("done-nothing"),
        (0, changed) => l.n("done-many", changed),
        (failed, _) => l.args("result-title", &[("failed", failed.into()), ("total", result.total.into())]),
    };
    let mut shown = Selected::new(page, back, stopped.unwrap_or(heading)).await;
    if result.failed > 0 {
        shown.lead.push(l.n("result-changed", result.changed));
    }
    if result.unchanged > 0 && (result.changed > 0 || result.failed > 0) {
        shown.lead.push(l.n("result-unchanged", result.unchanged));
    }
    if let Some(id) = result.change_id.as_deref().filter(|_| result.changed > 0) {
        let entries = entries(page, scope, id).await?;
        shown.undo =
            entries.iter().any(|change| change.can_undo).then(|| format!("/changes/{}/undo", links::encode(id)));
        if shown.undo.is_none() && entries.iter().any(|change| change.undone_by.is_some()) {
            shown.lead.push(l.t("batch-undone"));
        }
    }
    shown.names(lines, result.failed);
    Ok(shown)
}

/// What the journal has of a batch, or of the one change of this id.
async fn entries(page: &Page, scope: &AppScope, id: &str) -> Result<Vec<Change>, Error> {
    if let Some(change) = page.app.journal.change(scope, id).await? {
        return Ok(vec![change]);
    }
    let query = ChangeQuery { batch: Some(id.to_owned()), limit: NAMED, ..ChangeQuery::default() };
    Ok(page.app.journal.list(scope, &query).await?.items)
}

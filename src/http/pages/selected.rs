//! `/sessions/selected`: the same for many sessions at once. Deleting many asks first, with the count; so does what is
//! about sessions that the page did not show.

use std::collections::HashSet;
use std::fmt;

use actix_web::HttpResponse;

use super::batch::{self, WAITED_FOR};
use super::parts::batch_result::{Ask, NAMED, Selected, result_page};
use super::parts::forms::Form;
use super::parts::page::Page;
use super::parts::redirect::{see_done, see_done_many};
use super::parts::rows::Row;
use super::parts::shown::Shown;
use crate::domain::account::{AppScope, Permission};
use crate::domain::change::{Digest, Expectation};
use crate::domain::query::Filter;
use crate::domain::session::{SessionKey, Status};
use crate::http::api;
use crate::http::links::Pairs;
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchTarget};
use crate::services::error::Error;

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

    /// What it makes of the status.
    fn status(self) -> Option<Status> {
        match self {
            Self::Accept => Some(Status::Accepted),
            Self::Pending => Some(Status::Pending),
            Self::Delete => None,
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

/// Accepts, sets pending or deletes what is selected.
pub async fn apply(page: Page, form: Form) -> HttpResponse {
    let answer = run(&page, &form).await;
    page.answer(answer).await
}

async fn run(page: &Page, form: &Form) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?;
    form.prove(&page.csrf)?;
    let deed = Deed::of(form)?;
    // What is asked about is written down by then, and what comes from now on is not asked about.
    if !form.get("all").is_empty() {
        page.app.events.settled().await;
    }
    let event = page.app.events.newest();
    let target = target(page, &caller.apps, form)?;
    if target.named().next().is_none() {
        return Ok(see_done(form.back(), None));
    }
    let came = came(page, form, deed, &target).await?;
    match agreed(form, deed, target, came.as_ref()) {
        Ok(target) => carry_out(page, form, deed, target).await,
        Err(target) => ask(page, form, &Question { deed, target, came, event }).await,
    }
}

/// Those of all that match that were not shown; `None` where that is not known. What is ticked was shown.
async fn came(
    page: &Page,
    form: &Form,
    deed: Deed,
    target: &BatchTarget,
) -> Result<Option<HashSet<SessionKey>>, Error> {
    let BatchTarget::Listed(keys) = target else { return Ok(Some(HashSet::new())) };
    let Some(shown) = Shown::parse(form.get("all")) else { return Ok(None) };
    shown.came_since(page, &filter(form.get("filter"))?, keys, deed.status()).await
}

/// What is to be changed, if the form agrees to it; else what is to be asked about. That some are gone is no other
/// question, but before they are deleted.
fn agreed(
    form: &Form,
    deed: Deed,
    mut target: BatchTarget,
    came: Option<&HashSet<SessionKey>>,
) -> Result<BatchTarget, BatchTarget> {
    let sure = form.get("sure");
    if sure == Seen::of(&target).to_string() {
        return Ok(target);
    }
    let agreed = match (deed, sure) {
        (Deed::Delete, "") => matches!(&target, BatchTarget::Sessions(items) if items.len() == 1),
        (Deed::Delete, _) => false,
        (Deed::Accept | Deed::Pending, "") => came.is_some_and(HashSet::is_empty),
        (Deed::Accept | Deed::Pending, _) => came.is_some(),
    };
    // Who came since the question is not meant by its answer, and nobody has to answer as fast as they come.
    if let (true, BatchTarget::Listed(keys), Some(came)) = (agreed, &mut target, came) {
        keys.retain(|key| !came.contains(key));
    }
    if agreed { Ok(target) } else { Err(target) }
}

async fn carry_out(page: &Page, form: &Form, deed: Deed, target: BatchTarget) -> Result<HttpResponse, Error> {
    let count = target.named().count() as u64;
    let request = BatchRequest::Each(deed.action(), target);
    if count > WAITED_FOR {
        return batch::start(page, request, form.back()).await;
    }
    let result = page.app.batches.run(page.caller()?, &page.request_id, request.into()).await?;
    if result.failed == 0 {
        return Ok(see_done_many(form.back(), &result));
    }
    result_page(page, form.back(), &result).await
}

/// Of all that match, those that do so now: what is asked about is what is changed, whatever matches by then.
fn target(page: &Page, scope: &AppScope, form: &Form) -> Result<BatchTarget, Error> {
    if !form.get("all").is_empty() {
        return Ok(BatchTarget::Listed(page.app.catalog.keys(scope, &filter(form.get("filter"))?)?));
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
    Ok(api::session_query(pairs.0.iter().map(|(key, value)| (key, value)))?.filter)
}

/// What a question is about: how many, and which, as `8~ab12…`.
struct Seen {
    count: u64,
    which: String,
}

impl Seen {
    /// The keys of a list come sorted, and a form keeps the order of its picks.
    fn of(target: &BatchTarget) -> Self {
        let names: String = target.named().flat_map(|(app, id)| [app, "/", id, "\n"]).collect();
        Self { count: target.named().count() as u64, which: Digest::of(names.as_bytes()).short_hex() }
    }

    /// How many there were when it was asked, or when the list was shown.
    fn before(form: &Form) -> Option<u64> {
        let told = Some(form.get("sure")).filter(|sure| !sure.is_empty()).unwrap_or_else(|| form.get("all"));
        told.split('~').next()?.parse().ok()
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.count, self.which)
    }
}

/// What is asked.
struct Question {
    deed: Deed,
    target: BatchTarget,
    /// Who was not shown when the form was made.
    came: Option<HashSet<SessionKey>>,
    /// The newest event before it was looked up what matches.
    event: u64,
}

impl Question {
    /// What is another than it was, in words.
    fn lead(&self, page: &Page, form: &Form, count: u64) -> Vec<String> {
        let l = page.locale;
        let mut lead = Vec::new();
        let came = self.came.as_ref().map(HashSet::len);
        match (Seen::before(form), came) {
            (Some(before), _) if before != count => {
                let numbers = [("before", l.number(before).into()), ("now", l.number(count).into())];
                lead.push(l.args("count-changed", &numbers));
            }
            (_, Some(0)) if form.get("sure").is_empty() => {}
            (_, Some(_)) => lead.push(l.t("which-changed")),
            (_, None) => lead.push(l.t("which-unsure")),
        }
        lead.extend(came.filter(|came| *came > 0).map(|came| l.n("not-shown", came as u64)));
        lead.extend((self.deed == Deed::Delete).then(|| l.t("delete-ask-help")));
        lead
    }

    /// Those that it is about, as far as there is room: who was not shown first.
    fn rows(&self, page: &Page, scope: &AppScope) -> Vec<Row> {
        let (l, now) = (page.locale, Page::now());
        let is_new = |key: &SessionKey| self.came.as_ref().is_some_and(|came| came.contains(key));
        let (mut keys, known): (Vec<SessionKey>, Vec<SessionKey>) =
            self.target.named().filter_map(|(app, id)| SessionKey::parse(app, id)).partition(is_new);
        keys.extend(known);
        let session = |key: &SessionKey| page.app.catalog.session(scope, key).ok().flatten();
        keys.iter().filter_map(session).take(NAMED).map(|session| Row::new(l, &session, now)).collect()
    }
}

async fn ask(page: &Page, form: &Form, question: &Question) -> Result<HttpResponse, Error> {
    let l = page.locale;
    let Question { deed, target, event, .. } = question;
    let seen = Seen::of(target);
    let count = seen.count;
    let [title, answer, class] = deed.words();
    let mut shown = Selected::new(page, form.back(), l.n(title, count)).await;
    shown.lead = question.lead(page, form, count);
    shown.ask = Some(Ask {
        deed: deed.as_str(),
        sure: seen.to_string(),
        all: matches!(target, BatchTarget::Listed(_)).then_some(Shown { count, event: *event }),
        filter: form.get("filter").to_owned(),
        picks: form.all("pick").map(str::to_owned).collect(),
        submit: l.n(answer, count),
        class,
        keep: l.t(if *deed == Deed::Delete { "keep-them" } else { "cancel" }),
    });
    shown.asked = question.rows(page, &page.caller()?.apps);
    shown.left_out = count.saturating_sub(shown.asked.len() as u64);
    page.ok(&shown)
}

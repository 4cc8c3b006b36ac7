//! `/sessions/selected`: the same for many sessions at once. Deleting many asks first, with the count; so does what is
//! about sessions that the page did not show.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;
use strum::{EnumString, IntoStaticStr};

use super::batch::{self, WAITED_FOR};
use super::parts::{
    Authorized, BulkQuestion, ListState, NAMED, Page, Row, Selected, Verified, result_page, see_done_many, see_message,
};
use crate::domain::change::{Digest, Expectation};
use crate::domain::query::Filter;
use crate::domain::session::{SessionKey, Status};
use crate::http::api;
use crate::http::extract::Change;
use crate::http::failure::Answer;
use crate::http::links::Pairs;
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchTarget, Decide};
use crate::services::error::Error;

/// What is done to what is selected.
#[derive(Clone, Copy, PartialEq, Eq, EnumString, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
enum BulkAction {
    Accept,
    Pending,
    Decline,
    Undecline,
    Delete,
}

impl BulkAction {
    /// What it makes of the status.
    fn status(self) -> Option<Status> {
        match self {
            Self::Accept => Some(Status::Accepted),
            Self::Pending => Some(Status::Pending),
            Self::Decline | Self::Undecline | Self::Delete => None,
        }
    }

    fn batch(self) -> BatchAction {
        match self {
            Self::Accept => BatchAction::SetStatus(Status::Accepted),
            Self::Pending => BatchAction::SetStatus(Status::Pending),
            Self::Decline => BatchAction::Decide(Decide::Decline),
            Self::Undecline => BatchAction::Decide(Decide::Undecline),
            Self::Delete => BatchAction::Delete,
        }
    }

    /// The question, the answer, and the look of its button.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Accept => ["accept-ask", "accept-count", "primary"],
            Self::Pending => ["pending-ask", "pending-count", "primary"],
            Self::Decline => ["decline-ask", "decline-count", "primary"],
            Self::Undecline => ["undecline-ask", "undecline-count", "primary"],
            Self::Delete => ["delete-ask", "delete-count", "danger solid"],
        }
    }
}

/// The form of a list, and that of the question.
#[derive(Deserialize)]
pub struct BulkForm {
    #[serde(default, rename = "do")]
    action: String,
    /// What the list showed, where all that match are meant.
    #[serde(default)]
    all: String,
    #[serde(default)]
    filter: String,
    /// What the question was about, where it was asked.
    #[serde(default)]
    sure: String,
    #[serde(default, rename = "pick")]
    picks: Vec<String>,
}

/// Does the same to all that is selected.
pub async fn apply(Authorized { page, .. }: Authorized<Change>, sent: Verified<BulkForm>) -> Answer {
    let (form, back) = (&sent.form, &sent.back);
    let action = BulkAction::from_str(&form.action)
        .map_err(|_| Error::invalid("/do", "This is none of accept, pending, decline, undecline and delete."))?;
    // What comes from now on is not asked about.
    let event = page.app.events.newest();
    let target = target(&page, form).await?;
    if target.named().next().is_none() {
        return Ok(see_message(back, "nothing-selected"));
    }
    let came = came(&page, form, action, &target).await?;
    match agreed(form, action, target, came.as_ref()) {
        Ok(target) => carry_out(&page, action, target, back).await,
        Err(target) => ask(&page, form, back, &Question { action, target, came, event }).await,
    }
}

/// Those of all that match that were not shown; `None` where that is not known. What is ticked was shown.
async fn came(
    page: &Page,
    form: &BulkForm,
    action: BulkAction,
    target: &BatchTarget,
) -> Result<Option<HashSet<SessionKey>>, Error> {
    let BatchTarget::Listed(keys) = target else { return Ok(Some(HashSet::new())) };
    let Some(shown) = ListState::parse(&form.all) else { return Ok(None) };
    shown.came_since(page, &filter(&form.filter)?, keys, action.status()).await
}

/// What is to be changed, if the form agrees to it; else what is to be asked about. That some are gone is no other
/// question, but before they are deleted.
fn agreed(
    form: &BulkForm,
    action: BulkAction,
    mut target: BatchTarget,
    came: Option<&HashSet<SessionKey>>,
) -> Result<BatchTarget, BatchTarget> {
    if form.sure == Selection::of(&target).to_string() {
        return Ok(target);
    }
    let agreed = match (action, form.sure.as_str()) {
        (BulkAction::Delete, "") => matches!(&target, BatchTarget::Sessions(items) if items.len() == 1),
        (BulkAction::Delete, _) => false,
        (_, "") => came.is_some_and(HashSet::is_empty),
        (_, _) => came.is_some(),
    };
    // Who came since the question is not meant by its answer, and nobody has to answer as fast as they come.
    if let (true, BatchTarget::Listed(keys), Some(came)) = (agreed, &mut target, came) {
        keys.retain(|key| !came.contains(key));
    }
    if agreed { Ok(target) } else { Err(target) }
}

async fn carry_out(page: &Page, action: BulkAction, target: BatchTarget, back: &str) -> Answer {
    let count = target.named().count() as u64;
    let status = action.status();
    let request = BatchRequest::Each(action.batch(), target);
    if count > WAITED_FOR {
        return batch::start(page, request, back).await;
    }
    let result = page.app.batches.run(&page.caller, &page.request_id, request.into()).await?;
    if result.failed == 0 {
        return Ok(see_done_many(back, &result, status));
    }
    result_page(page, back, &result).await
}

/// Of all that match, those that do so now: what is asked about is what is changed, whatever matches by then.
async fn target(page: &Page, form: &BulkForm) -> Result<BatchTarget, Error> {
    if !form.all.is_empty() {
        return Ok(BatchTarget::Listed(page.app.catalog.keys(&page.caller.apps, &filter(&form.filter)?).await?));
    }
    let items = form.picks.iter().filter_map(|pick| {
        let (app, id) = pick.rsplit_once('/')?;
        Some(BatchItem { app: app.to_owned(), id: id.to_owned(), expected: Expectation::Nothing, replaces: None })
    });
    Ok(BatchTarget::Sessions(items.collect()))
}

/// The filter that a list's page put into its form.
fn filter(query: &str) -> Result<Filter, Error> {
    let pairs = Pairs::parse(query);
    Ok(api::session_query(pairs.0.iter().map(|(key, value)| (key, value)))?.filter)
}

/// What a question is about: how many, and which, as `8~ab12…`.
struct Selection {
    count: u64,
    which: String,
}

impl Selection {
    /// The keys of a list come sorted, and a form keeps the order of its picks.
    fn of(target: &BatchTarget) -> Self {
        let names: String = target.named().flat_map(|(app, id)| [app, "/", id, "\n"]).collect();
        Self { count: target.named().count() as u64, which: Digest::of(names.as_bytes()).short_hex() }
    }

    /// How many there were when it was asked, or when the list was shown.
    fn before(form: &BulkForm) -> Option<u64> {
        let shown = if form.sure.is_empty() { &form.all } else { &form.sure };
        shown.split('~').next()?.parse().ok()
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.count, self.which)
    }
}

struct Question {
    action: BulkAction,
    target: BatchTarget,
    /// Who was not shown when the form was made.
    came: Option<HashSet<SessionKey>>,
    /// The newest event before it was looked up what matches.
    event: u64,
}

impl Question {
    /// What is another than it was, in words.
    fn lead(&self, page: &Page, form: &BulkForm, count: u64) -> Vec<String> {
        let l = page.locale;
        let mut lead = Vec::new();
        let came = self.came.as_ref().map(HashSet::len);
        match (Selection::before(form), came) {
            (Some(before), _) if before != count => {
                let numbers = [("before", l.number(before).into()), ("now", l.number(count).into())];
                lead.push(l.args("count-changed", &numbers));
            }
            (_, Some(0)) if form.sure.is_empty() => {}
            (_, Some(_)) => lead.push(l.t("which-changed")),
            (_, None) => lead.push(l.t("which-unsure")),
        }
        lead.extend(came.filter(|came| *came > 0).map(|came| l.n("not-shown", came as u64)));
        lead.extend((self.action == BulkAction::Delete).then(|| l.t("delete-ask-help")));
        lead
    }

    /// Those that it is about, as far as there is room: who was not shown first.
    async fn rows(&self, page: &Page) -> Vec<Row> {
        let (l, now) = (page.locale, Page::now());
        let is_new = |key: &SessionKey| self.came.as_ref().is_some_and(|came| came.contains(key));
        let (mut keys, known): (Vec<SessionKey>, Vec<SessionKey>) =
            self.target.named().filter_map(|(app, id)| SessionKey::parse(app, id)).partition(is_new);
        keys.extend(known);
        // Some may be gone.
        keys.truncate(2 * NAMED);
        let sessions = page.app.catalog.sessions(&page.caller.apps, &keys).await;
        let there = keys.iter().filter_map(|key| sessions.get(key));
        there.take(NAMED).map(|session| Row::new(l, session, now)).collect()
    }
}

async fn ask(page: &Page, form: &BulkForm, back: &str, question: &Question) -> Answer {
    let l = page.locale;
    let Question { action, target, event, .. } = question;
    let selection = Selection::of(target);
    let count = selection.count;
    let [title, answer, class] = action.words();
    let mut shown = Selected::new(page, back, l.n(title, count)).await;
    shown.lead = question.lead(page, form, count);
    shown.ask = Some(BulkQuestion {
        action: action.into(),
        sure: selection.to_string(),
        all: matches!(target, BatchTarget::Listed(_)).then_some(ListState { count, event: *event }),
        filter: form.filter.clone(),
        picks: form.picks.clone(),
        submit: l.n(answer, count),
        class,
        keep: l.t(if *action == BulkAction::Delete { "keep-them" } else { "cancel" }),
    });
    shown.asked = question.rows(page).await;
    shown.left_out = count.saturating_sub(shown.asked.len() as u64);
    page.ok(&shown)
}

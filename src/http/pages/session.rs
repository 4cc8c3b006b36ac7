//! `/apps/{app}/sessions/{id}`: one session, what is wrong with it, what was done to it, and what can
//! be done.

use std::collections::HashMap;

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;

use super::approval;
use super::parts::chrome::Chrome;
use super::parts::conflict;
use super::parts::conflict::{Clash, Notice, Wanted, gone, old_of};
use super::parts::facts::{self, Group, Problem, State};
use super::parts::forms::Form;
use super::parts::live_links::{self, LinkRow};
use super::parts::page::Page;
use super::parts::redirect::see_done;
use super::parts::rows::{self, ChangeRow, Row, Subject};
use super::parts::seen::SeenRow;
use crate::domain::account::{Caller, Permission};
use crate::domain::app_id::AppId;
use crate::domain::change::{Email, Expectation, ExpectedBytes, Patch, Reason};
use crate::domain::session::finding::Finding;
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::links::{self, Pairs};
use crate::i18n::Locale;
use crate::services::batches::BatchOrder;
use crate::services::catalog::{NoDocument, Other, Seen};
use crate::services::edits::{BatchItem, BatchRequest, ChangeContext, ItemOutcome};
use crate::services::error::Error;
use crate::services::journal::Change;

#[derive(Template)]
#[template(path = "session.html")]
struct SessionPage {
    c: Chrome,
    row: Row,
    notice: Option<Notice>,
    problems: Vec<Problem>,
    state: State,
    seen: Vec<SeenRow>,
    more_seen: Vec<(String, String)>,
    groups: Vec<Group>,
    document: Option<String>,
    /// Why there is no document.
    document_note: String,
    /// Whether the file can be given with its secrets masked.
    can_download: bool,
    api_path: String,
    redacted: Vec<String>,
    redacted_note: String,
    expected: String,
    /// The newest change that the page shows.
    newest: String,
    email: String,
    email_error: Option<String>,
    reason: String,
    reason_error: Option<String>,
    status_error: Option<String>,
    changes: Vec<ChangeRow>,
    more_history: Option<String>,
    /// How long an approval link can work.
    link_lives: Vec<(String, String)>,
    /// Those that work already.
    live_links: Vec<LinkRow>,
    links_of_all: bool,
}

/// The page of one session.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        page.require(Permission::Read)?;
        let key = page.session_key()?;
        match view(&page, &key, StatusCode::OK, Wanted::default()).await {
            Err(Error::NotFound(_)) => gone(&page, &key, None).await,
            shown => shown,
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// The session's file with its secrets masked.
pub async fn file(page: Page) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Read)?;
        let key = page.session_key()?;
        let bytes = page.app.catalog.masked_file(&caller.apps, &key).await?;
        let bytes = bytes.ok_or(Error::NotFound("session of this id"))?;
        Ok(HttpResponse::Ok()
            .content_type("application/octet-stream")
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", key.id)))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(bytes))
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Sets the status.
pub async fn set_status(page: Page, form: Form) -> HttpResponse {
    let (l, given) = (page.locale, form.get("status"));
    let status = Status::parse(given);
    let no_status = || l.s("invalid-status", rows::status_word(l, Some(given).filter(|given| !given.is_empty())));
    let wanted = Wanted { status, status_error: status.is_none().then(no_status), ..wanted(&form) };
    let answer = change(&page, &form, wanted).await;
    page.answer(answer).await
}

/// Sets the e-mail.
pub async fn set_email(page: Page, form: Form) -> HttpResponse {
    let wanted = Wanted { email: Some(form.get("email").trim().to_owned()), ..wanted(&form) };
    let answer = change(&page, &form, wanted).await;
    page.answer(answer).await
}

/// Deletes the session.
pub async fn delete(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let key = page.session_key()?;
        let wanted = wanted(&form);
        let Some(reason) = Reason::parse(form.get("reason").trim()) else {
            return invalid(&page, &key, wanted).await;
        };
        let deleted = page.app.edits.delete(context(&page, caller, some(reason), expected(&form)?), key.clone()).await;
        match deleted {
            // The page of the session is gone with it.
            Ok(changed) if form.back().starts_with(&links::session(&key)) => {
                Ok(see_done(&conflict::list_of(&page, &key)?, changed.change_id.as_deref()))
            }
            Ok(changed) => Ok(see_done(form.back(), changed.change_id.as_deref())),
            Err(error) => clashed(&page, &form, &key, wanted, error).await,
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Accepts the session and deletes the older one of the same device or e-mail: one change to be undone.
pub async fn replace(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let key = page.session_key()?;
        let wanted = Wanted { old: Some(form.get("old").to_owned()), ..wanted(&form) };
        let Some(reason) = Reason::parse(form.get("reason").trim()) else {
            return invalid(&page, &key, wanted).await;
        };
        let (old, content) = old_of(&key, form.get("old"))?;
        let request = BatchRequest::Replace(vec![BatchItem {
            app: key.app.to_string(),
            id: key.id.to_string(),
            expected: expected(&form)?,
            replaces: Some((old.app.to_string(), old.id.to_string(), Expectation::Content(content))),
        }]);
        let order = BatchOrder { reason: some(reason), ..request.into() };
        let result = page.app.batches.run(caller, &page.request_id, order).await?;
        let Some(problem) = result.items.iter().find(|item| item.outcome == ItemOutcome::Failed) else {
            return Ok(see_done(form.back(), result.change_id.as_deref()));
        };
        let problem = problem.problem.as_ref();
        let status = problem.map_or(StatusCode::CONFLICT.as_u16(), |problem| problem.status);
        match (status, problem) {
            (404 | 412, _) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::CONFLICT);
                not_replaced(&page, &form, &key, old, content, status, result.change_id, wanted).await
            }
            (_, Some(problem)) => {
                let ways = vec![(links::session(&key), page.locale.t("back"))];
                Ok(page.fail_with(&problem.into(), Vec::new(), Vec::new(), ways).await)
            }
            (_, None) => Err(Error::internal("a failed item without a problem")),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// One of the two is not as it was seen, or gone: which, and by whom.
#[allow(clippy::too_many_arguments, reason = "both sessions, each as it was seen")]
async fn not_replaced(
    page: &Page,
    form: &Form,
    key: &SessionKey,
    old: SessionKey,
    content: u64,
    status: StatusCode,
    accepted: Option<String>,
    mut wanted: Wanted,
) -> Result<HttpResponse, Error> {
    let scope = &page.caller()?.apps;
    let Some(detail) = page.app.catalog.detail(scope, key).await? else {
        return gone(page, key, Some(&wanted)).await;
    };
    let old_now = page.app.catalog.detail(scope, &old).await?;
    let old_is_as_seen = old_now.is_some_and(|old| old.digest.content() == content);
    let this_changed = accepted.is_none() && !expected(form)?.holds(&detail.digest);
    wanted.clash = Some(if this_changed && old_is_as_seen { Clash::Changed } else { Clash::Old(old, accepted) });
    // The page itself is there.
    let status = if status == StatusCode::NOT_FOUND { StatusCode::CONFLICT } else { status };
    view(page, key, status, wanted).await
}

/// On whose behalf, and on what terms, a form changes a session.
pub fn context(page: &Page, caller: &Caller, reason: Option<Reason>, expected: Expectation) -> ChangeContext {
    ChangeContext { caller: caller.clone(), request_id: page.request_id.clone(), reason, expected }
}

async fn change(page: &Page, form: &Form, wanted: Wanted) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?;
    form.prove(&page.csrf)?;
    let key = page.session_key()?;
    let email = wanted.email.as_deref().map(Email::parse);
    let refused = email == Some(None) || wanted.status_error.is_some();
    let (Some(reason), false) = (Reason::parse(wanted.reason.trim()), refused) else {
        return invalid(page, &key, wanted).await;
    };
    let patch = Patch { status: wanted.status, email: email.flatten() };
    let changed = page.app.edits.change(context(page, caller, some(reason), expected(form)?), key.clone(), patch).await;
    match changed {
        Ok(changed) => Ok(see_done(form.back(), changed.change_id.as_deref())),
        Err(error) => clashed(page, form, &key, wanted, error).await,
    }
}

/// What the form brings beside the value.
pub fn wanted(form: &Form) -> Wanted {
    let seen = form.all("newest").next().map(str::to_owned);
    Wanted { reason: form.get("reason").to_owned(), seen, ..Wanted::default() }
}

/// An empty reason is none.
fn some(reason: Reason) -> Option<Reason> {
    (!reason.as_str().is_empty()).then_some(reason)
}

/// The state of the file that the page showed. A button in a list has not seen the file.
pub fn expected(form: &Form) -> Result<Expectation, Error> {
    let Some(tag) = form.all("expected").next() else { return Ok(Expectation::Nothing) };
    let tag = ExpectedBytes::parse(tag)
        .ok_or_else(|| Error::MalformedBody("the field expected is no state of a file".into()))?;
    Ok(Expectation::OneOf(vec![tag]))
}

/// The page again, with what was typed and why it will not do.
async fn invalid(page: &Page, key: &SessionKey, mut wanted: Wanted) -> Result<HttpResponse, Error> {
    let l = page.locale;
    if wanted.email.as_deref().is_some_and(|email| Email::parse(email).is_none()) {
        wanted.email_error = Some(l.t("invalid-email"));
    }
    let length = wanted.reason.trim().chars().count();
    if length > Reason::LONGEST {
        wanted.reason_error =
            Some(l.args("invalid-reason", &[("length", length.into()), ("longest", Reason::LONGEST.into())]));
    }
    view(page, key, StatusCode::UNPROCESSABLE_ENTITY, wanted).await
}

/// What is said when the session was changed, or deleted, since it was looked at. Any other error stays one.
async fn clashed(
    page: &Page,
    form: &Form,
    key: &SessionKey,
    mut wanted: Wanted,
    error: Error,
) -> Result<HttpResponse, Error> {
    match error {
        Error::NotFound(_) => gone(page, key, Some(&wanted)).await,
        Error::PreconditionFailed => {
            let now = page.app.catalog.session(&page.caller()?.apps, key)?;
            // Somebody did the same: the page says who.
            if now.is_some_and(|now| wanted.is_so(&now)) {
                return Ok(see_done(form.back(), None));
            }
            wanted.clash = Some(Clash::Changed);
            match view(page, key, StatusCode::PRECONDITION_FAILED, wanted).await {
                Err(Error::NotFound(_)) => gone(page, key, Some(&Wanted::default())).await,
                shown => shown,
            }
        }
        error => Err(error),
    }
}

async fn view(page: &Page, key: &SessionKey, status: StatusCode, wanted: Wanted) -> Result<HttpResponse, Error> {
    let scope = &page.caller()?.apps;
    let (l, now) = (page.locale, Page::now());
    let detail = page.app.catalog.detail(scope, key).await?.ok_or(Error::NotFound("session of this id"))?;
    let history = facts::history(page, scope, key).await?;
    let seen = page.app.catalog.seen_before(scope, std::slice::from_ref(key))?.pop().unwrap_or_default();
    let notice = Notice::new(page, scope, &detail, &history, &wanted).await?;
    let session = &detail.session;
    let mut row = Row::new(l, session, now);
    // By the app's own name, which a file that cannot be read does not tell.
    let mut also_in = Vec::new();
    if let Some(app) = page.app.catalog.app(scope, &key.app)? {
        row.app = rows::shown(&app.name).into_owned();
        also_in = app.also_in;
    }
    let subject = |_: &Change| Subject { name: row.name.clone(), email: String::new(), href: row.href.to_string() };
    let changes = rows::change_rows(l, subject, &history.items, &HashMap::new(), now).into_iter();
    let mut c = page.chrome("sessions", row.name.clone()).await;
    // After a form that failed, the address is that of the form.
    c.here = if *page.path == *row.href { c.here } else { row.href.to_string() };
    let more = Pairs(vec![("app".into(), key.app.to_string()), ("session".into(), key.id.to_string())]);
    let refused = page.app.push.was_refused(key);
    let problem = |finding: &Finding| {
        let problem = facts::problem(l, finding);
        // What 4D would do, it has done.
        let effect = if refused && !problem.assumed { l.t("effect-refused") } else { problem.effect };
        Problem { effect, ..problem }
    };
    let why_not = detail.document_note.map(|why| l.t(&format!("no-document-{}", why.as_str())));
    page.render(
        status,
        &SessionPage {
            notice,
            problems: session.problems.iter().map(problem).collect(),
            state: facts::state(page, scope, session, &history).await?,
            more_seen: more_seen(l, session, &seen, &also_in),
            seen: seen.others.iter().map(|other| SeenRow::new(l, &row, other, now)).collect(),
            groups: facts::groups(l, page, session),
            document: detail.masked.as_ref().and_then(|document| serde_json::to_string_pretty(document).ok()),
            can_download: detail.document_note.is_none_or(|why| why == NoDocument::Beyond),
            document_note: why_not.unwrap_or_default(),
            api_path: format!("/api/v1{}/file", row.href),
            redacted_note: l.n("document-masked", detail.redacted.len() as u64),
            redacted: detail.redacted.iter().map(|pointer| rows::shown(pointer).into_owned()).collect(),
            expected: detail.digest.short_hex(),
            newest: history.items.first().map(|change| change.id.clone()).unwrap_or_default(),
            email: wanted.email.or_else(|| session.email.clone()).unwrap_or_default(),
            email_error: wanted.email_error,
            reason: wanted.reason,
            reason_error: wanted.reason_error,
            status_error: wanted.status_error,
            more_history: history.next_cursor.is_some().then(|| more.link("/changes")),
            changes: changes.collect(),
            link_lives: approval::lives(l),
            live_links: live_links::of_session(page, key).await?,
            links_of_all: false,
            row,
            c,
        },
    )
}

/// Ways to all of the device's and the e-mail's sessions, where not all of them are shown.
fn more_seen(l: Locale, session: &Session, seen: &Seen, also_in: &[AppId]) -> Vec<(String, String)> {
    let apps: Vec<&str> = std::iter::once(&session.app).chain(also_in).map(AppId::as_str).collect();
    let shown = |is_of: fn(&Other) -> bool| seen.others.iter().filter(|other| is_of(other)).count() as u64;
    let list = |key: &str, value: Option<&str>, word: &str, count: u64, shown: u64| {
        let pairs = Pairs(vec![(key.to_owned(), value.filter(|_| count > shown)?.to_owned())]);
        let link = match apps.as_slice() {
            [_] => pairs.link(&links::app(&session.app)),
            apps => pairs.with("app", Some(&apps.join(","))).link("/sessions"),
        };
        // With the session itself.
        Some((link, l.n(word, count + 1)))
    };
    let device = session.device.as_ref().and_then(|device| device.id.as_deref());
    let of_device = list("device_id", device, "seen-all-of-device", seen.of_device, shown(|other| other.device));
    let of_email =
        list("email", session.email.as_deref(), "seen-all-of-email", seen.of_email, shown(|other| other.email));
    of_device.into_iter().chain(of_email).collect()
}

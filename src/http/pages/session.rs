//! `/apps/{app}/sessions/{id}`: one session, what is wrong with it, what was done to it, and what can
//! be done.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use serde::Deserialize;

use super::approval;
use super::parts::{
    Authorized, ChangeRow, Chrome, Clash, Group, LinkRow, NoteForm, Notice, Page, Problem, Question, RelatedRow, Row,
    State, Subject, Verified, Wanted, approval_links, change_rows, confirm_page, conflict, facts, gone, note_form,
    related_sessions, rows, see_done, see_message, text,
};
use crate::domain::app_id::AppId;
use crate::domain::change::{Email, Expectation, ExpectedState, Patch, Reason};
use crate::domain::session::finding::Finding;
use crate::domain::session::{Session, SessionKey, Status};
use crate::http::extract::{self, Read};
use crate::http::failure::{Answer, Failure};
use crate::http::links::{self, Pairs};
use crate::i18n::Locale;
use crate::services::batches::BatchOrder;
use crate::services::catalog::{NoDocument, Related, RelatedSession};
use crate::services::edits::{BatchItem, BatchRequest, ChangeContext, Decide, ItemOutcome};
use crate::services::error::{BodyFault, Conflict, Error};
use crate::services::journal::Change;

const UNKNOWN: Error = Error::NotFound("session-of-this-id");

#[derive(Template)]
#[template(path = "session.html")]
struct SessionPage {
    c: Chrome,
    row: Row,
    notice: Option<Notice>,
    problems: Vec<Problem>,
    state: State,
    note: NoteForm,
    /// The lines of the note, for who may not write one.
    note_lines: Vec<String>,
    related: Vec<RelatedRow>,
    /// Whether older sessions of the same device can make room.
    can_replace: bool,
    more_related: Vec<(String, String)>,
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
    live_links: Vec<LinkRow>,
    links_of_all: bool,
}

/// What forms for one session send; a button in a list has not seen the file.
#[derive(Deserialize)]
pub struct Edit {
    #[serde(default)]
    status: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    reason: String,
    /// The sessions that are to make room: see [`related_sessions::parse`]. None: ask first, about all of the device.
    #[serde(default)]
    old: Vec<String>,
    /// The state of the file that the page showed.
    pub expected: Option<String>,
    /// The newest change that the page showed.
    newest: Option<String>,
}

impl Edit {
    /// What is shown again where it will not do.
    pub fn wanted(&self) -> Wanted {
        Wanted { reason: self.reason.clone(), seen: self.newest.clone(), ..Wanted::default() }
    }

    fn expectation(&self) -> Result<Expectation, Error> {
        let Some(tag) = &self.expected else { return Ok(Expectation::Nothing) };
        let tag = ExpectedState::parse(tag).ok_or(BodyFault::NoStateOfAFile)?;
        Ok(Expectation::OneOf(vec![tag]))
    }

    /// On whose behalf, and on what terms, the session is changed.
    pub fn context(&self, page: &Page, reason: Option<Reason>) -> Result<ChangeContext, Error> {
        let (caller, request_id) = (page.caller.clone(), page.request_id.clone());
        Ok(ChangeContext { caller, request_id, reason, expected: self.expectation()? })
    }

    /// `None` for one that is too long; an empty reason is none.
    fn reason(&self) -> Option<Option<Reason>> {
        Reason::parse(self.reason.trim()).map(|reason| Some(reason).filter(|reason| !reason.as_str().is_empty()))
    }
}

/// The page of one session.
pub async fn show(Authorized { page, .. }: Authorized<Read>) -> Answer {
    view_or_gone(&page, &page.session_key()?, StatusCode::OK, Wanted::default(), None).await
}

/// The session's file with its secrets masked.
pub async fn file(Authorized { page, .. }: Authorized<Read>) -> Answer {
    let key = page.session_key()?;
    let bytes = page.app.catalog.masked_file(&page.caller.apps, &key).await?.ok_or(UNKNOWN)?;
    Ok(HttpResponse::Ok()
        .content_type("application/octet-stream")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", key.id)))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes))
}

/// Sets the status, as people see it: a declined session is one that waits no more, and waits again when it is set to
/// pending.
pub async fn set_status(Authorized { page, .. }: Authorized<extract::Change>, sent: Verified<Edit>) -> Answer {
    let (l, given) = (page.locale, sent.form.status.as_str());
    match given {
        "declined" => return decide(&page, &sent, Decide::Decline).await,
        "pending" if is_declined(&page).await? => return decide(&page, &sent, Decide::Undecline).await,
        _ => {}
    }
    let status = Status::parse(given);
    let status_error = status
        .is_none()
        .then(|| l.s("invalid-status", text::status_word(l, Some(given).filter(|given| !given.is_empty()))));
    let wanted = Wanted { status, status_error, ..sent.form.wanted() };
    change(&page, &sent, wanted).await
}

async fn is_declined(page: &Page) -> Result<bool, Error> {
    let session = page.app.catalog.session(&page.caller.apps, &page.session_key()?).await?;
    Ok(session.is_some_and(|session| session.declined.is_some()))
}

async fn decide(page: &Page, sent: &Verified<Edit>, decide: Decide) -> Answer {
    let (key, wanted) = (page.session_key()?, Wanted { decides: true, ..sent.form.wanted() });
    let Some(reason) = sent.form.reason() else { return invalid(page, &key, wanted).await };
    // It is about the session, whatever else was written into its file.
    let context = ChangeContext { expected: Expectation::Nothing, ..sent.form.context(page, reason)? };
    match page.app.edits.decide(context, key.clone(), decide).await {
        Ok(changed) => Ok(see_done(&sent.back, changed.change_id.as_deref(), &key)),
        Err(Error::NotFound(_)) => gone(page, &key, None).await,
        // Somebody was faster.
        Err(Error::Conflict(Conflict::NotToBeDeclined)) => {
            let wanted = Wanted { clash: Some(Clash::Changed), ..wanted };
            view_or_gone(page, &key, StatusCode::CONFLICT, wanted, None).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn set_email(Authorized { page, .. }: Authorized<extract::Change>, sent: Verified<Edit>) -> Answer {
    let wanted = Wanted { email: Some(sent.form.email.trim().to_owned()), ..sent.form.wanted() };
    change(&page, &sent, wanted).await
}

pub async fn delete(Authorized { page, .. }: Authorized<extract::Change>, sent: Verified<Edit>) -> Answer {
    let (key, wanted) = (page.session_key()?, sent.form.wanted());
    let Some(reason) = sent.form.reason() else { return invalid(&page, &key, wanted).await };
    match page.app.edits.delete(sent.form.context(&page, reason)?, key.clone()).await {
        Ok(changed) => {
            // The page of the session is gone with it.
            let of_session = sent.back.starts_with(&links::session(&key));
            let back = if of_session { conflict::list_of(&page, &key).await? } else { sent.back };
            Ok(see_done(&back, changed.change_id.as_deref(), &key))
        }
        Err(error) => clashed(&page, &sent.back, &key, wanted, error).await,
    }
}

/// Accepts the session and deletes older ones of the same device or e-mail: one change to be undone.
pub async fn replace(Authorized { page, .. }: Authorized<extract::Change>, sent: Verified<Edit>) -> Answer {
    let (key, form) = (page.session_key()?, &sent.form);
    let wanted = Wanted { replaces: true, ..form.wanted() };
    let Some(reason) = form.reason() else { return invalid(&page, &key, wanted).await };
    if form.old.is_empty() {
        return ask_to_replace(&page, &key, &sent).await;
    }
    let olds: Option<Vec<_>> = form.old.iter().map(|old| related_sessions::parse(&key, old)).collect();
    let olds = olds.ok_or_else(|| Error::invalid("/old", "This names no session to be replaced."))?;
    let expected = form.expectation()?;
    let item = |(n, (old, content)): (usize, &(SessionKey, u64))| BatchItem {
        app: key.app.to_string(),
        id: key.id.to_string(),
        // The first has changed its bytes by then.
        expected: if n == 0 { expected.clone() } else { Expectation::Nothing },
        replaces: Some((old.app.to_string(), old.id.to_string(), Expectation::Content(*content))),
    };
    let request = BatchRequest::Replace(olds.iter().enumerate().map(item).collect());
    let order = BatchOrder { reason, ..request.into() };
    let result = page.app.batches.run(&page.caller, &page.request_id, order).await?;
    let Some(failed) = result.items.iter().position(|item| item.outcome == ItemOutcome::Failed) else {
        return Ok(see_done(&sent.back, result.change_id.as_deref(), &key));
    };
    let problem = result.items[failed].problem.as_ref();
    let problem = problem.ok_or_else(|| Error::internal("a failed item without a problem"))?;
    if !matches!(problem.status, 404 | 412) {
        let ways = vec![(links::session(&key), page.locale.t("back"))];
        return Ok(page.error_page(&problem.into(), ways).await);
    }
    // One of them is not as it was seen, or gone: which, and by whom.
    let scope = &page.caller.apps;
    let Some(detail) = page.app.catalog.detail(scope, &key).await? else {
        return gone(&page, &key, Some(&wanted)).await;
    };
    let (old, content) = olds[failed].clone();
    let old_now = page.app.catalog.detail(scope, &old).await?;
    let old_is_as_seen = old_now.is_some_and(|old| old.digest.content() == content);
    let this_changed = result.change_id.is_none() && !expected.holds(&detail.digest);
    let clash = if this_changed && old_is_as_seen { Clash::Changed } else { Clash::Old(old, result.change_id) };
    // The page itself is there.
    let status = if problem.status == 404 { StatusCode::CONFLICT } else { StatusCode::PRECONDITION_FAILED };
    view(&page, &key, status, Wanted { clash: Some(clash), ..wanted }).await
}

/// Asks whether a session shall replace all older ones of its device, and names them.
async fn ask_to_replace(page: &Page, key: &SessionKey, sent: &Verified<Edit>) -> Answer {
    let (l, scope) = (page.locale, &page.caller.apps);
    let Some(session) = page.app.catalog.session(scope, key).await? else {
        return gone(page, key, Some(&Wanted { replaces: true, ..sent.form.wanted() })).await;
    };
    let olds = page.app.catalog.older_of_device(scope, &session).await?;
    if olds.is_empty() {
        return Ok(see_message(&links::session(key), "replace-nothing"));
    }
    let (count, now) = (olds.len() as u64, Page::now());
    let line = |(old, _): &(Session, u64)| {
        let (status, email) = (text::status_word(l, old.status.as_deref()), text::email_word(l, old.email.as_deref()));
        let changed = l.s("replace-changed", l.past(old.modified_at, now));
        [rows::name(old).0, email, status, changed].join(" · ")
    };
    let mut fields: Vec<(&str, String)> =
        olds.iter().map(|(old, content)| ("old", related_sessions::spelled(old, *content))).collect();
    let Edit { expected, newest, reason, .. } = &sent.form;
    fields.extend(expected.iter().map(|expected| ("expected", expected.clone())));
    fields.extend(newest.iter().map(|newest| ("newest", newest.clone())));
    fields.push(("reason", reason.clone()));
    let ask = Question {
        section: "sessions",
        title: l.args("replace-ask", &[("count", count.into()), ("device", rows::name(&session).0.into())]),
        lead: l.t("replace-ask-help"),
        lines: olds.iter().map(line).collect(),
        action: format!("{}/replace", links::session(key)),
        fields,
        submit: l.n("replace-count", count),
        keep: l.t("cancel"),
        back: sent.back.clone(),
        ..Question::default()
    };
    confirm_page(page, ask).await
}

async fn change(page: &Page, sent: &Verified<Edit>, wanted: Wanted) -> Answer {
    let key = page.session_key()?;
    let email = wanted.email.as_deref().map(Email::parse);
    let refused = email == Some(None) || wanted.status_error.is_some();
    let (Some(reason), false) = (sent.form.reason(), refused) else { return invalid(page, &key, wanted).await };
    let patch = Patch { status: wanted.status, email: email.flatten() };
    match page.app.edits.change(sent.form.context(page, reason)?, key.clone(), patch).await {
        Ok(changed) => Ok(see_done(&sent.back, changed.change_id.as_deref(), &key)),
        Err(error) => clashed(page, &sent.back, &key, wanted, error).await,
    }
}

/// The page again, with what was typed and why it will not do.
async fn invalid(page: &Page, key: &SessionKey, mut wanted: Wanted) -> Answer {
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
async fn clashed(page: &Page, back: &str, key: &SessionKey, wanted: Wanted, error: Error) -> Answer {
    match error {
        Error::NotFound(_) => gone(page, key, Some(&wanted)).await,
        Error::PreconditionFailed => {
            let now = page.app.catalog.session(&page.caller.apps, key).await?;
            // Somebody did the same: the page says who.
            if now.is_some_and(|now| wanted.is_so(&now)) {
                return Ok(see_done(back, None, key));
            }
            let wanted = Wanted { clash: Some(Clash::Changed), ..wanted };
            view_or_gone(page, key, StatusCode::PRECONDITION_FAILED, wanted, Some(&Wanted::default())).await
        }
        error => Err(error.into()),
    }
}

/// The page; of a session that is not there any more, what is told of it and of what somebody still wanted.
async fn view_or_gone(
    page: &Page,
    key: &SessionKey,
    status: StatusCode,
    wanted: Wanted,
    of_gone: Option<&Wanted>,
) -> Answer {
    match view(page, key, status, wanted).await {
        Err(Failure(Error::NotFound(_))) => gone(page, key, of_gone).await,
        shown => shown,
    }
}

/// The page of one session, with what somebody wanted of it.
pub async fn view(page: &Page, key: &SessionKey, status: StatusCode, wanted: Wanted) -> Answer {
    let scope = &page.caller.apps;
    let (l, now) = (page.locale, Page::now());
    let detail = page.app.catalog.detail(scope, key).await?.ok_or(UNKNOWN)?;
    let history = facts::history(page, key).await?;
    let related = page.app.catalog.related(scope, std::slice::from_ref(&detail.session)).await?;
    let related = related.into_iter().next().unwrap_or_default();
    let notice = Notice::new(page, &detail, &history, &wanted).await?;
    let session = &detail.session;
    let app = page.app.catalog.app(scope, &key.app).await?;
    let mut row = Row::in_app(l, app.as_slice(), session, now);
    // By the app's own name, which a file that cannot be read does not tell.
    row.app = app.as_ref().map_or(row.app, |app| text::one_line(&app.name).into_owned());
    let also_in = app.map(|app| app.also_in).unwrap_or_default();
    let subject = |_: &Change| Subject { name: row.name.clone(), email: String::new(), href: row.href.to_string() };
    let changes = change_rows::change_rows(l, subject, history.items.clone());
    let mut c = page.chrome("sessions", row.name.clone()).await;
    // After a form that failed, the address is that of the form.
    c.here = if page.path == row.href.as_str() { c.here } else { row.href.to_string() };
    let more = Pairs(vec![("app".into(), key.app.to_string()), ("session".into(), key.id.to_string())]);
    let refused = page.app.push.was_refused(key).await;
    let why_not = detail.document_note.map(|why| l.t(&format!("no-document-{}", why.as_str())));
    page.render(
        status,
        &SessionPage {
            notice,
            problems: session.problems.iter().map(|finding| problem(l, finding, refused)).collect(),
            state: facts::state(page, session, &history).await?,
            can_replace: row.readable && related.others.iter().any(|other| other.device && other.older),
            more_related: more_related(l, session, &related, &also_in),
            related: related.others.iter().map(|other| RelatedRow::new(l, &row, other, now)).collect(),
            groups: facts::groups(l, page, session),
            document: detail.masked.as_ref().and_then(|document| serde_json::to_string_pretty(document).ok()),
            can_download: detail.document_note.is_none_or(|why| why == NoDocument::Beyond),
            document_note: why_not.unwrap_or_default(),
            api_path: format!("/api/v1{}/file", row.href),
            redacted_note: l.n("document-masked", detail.redacted.len() as u64),
            redacted: detail.redacted.iter().map(|pointer| text::one_line(pointer).into_owned()).collect(),
            expected: ExpectedState::tag(&detail.digest, detail.session.declined.as_ref()),
            newest: history.items.first().map(|change| change.id.clone()).unwrap_or_default(),
            email: wanted.email.or_else(|| session.email.clone()).unwrap_or_default(),
            email_error: wanted.email_error,
            reason: wanted.reason,
            reason_error: wanted.reason_error,
            status_error: wanted.status_error,
            note: wanted.note.map_or_else(|| NoteForm::of(session), |sent| NoteForm::refused(l, sent)),
            note_lines: session.note.as_ref().map(note_form::lines).unwrap_or_default(),
            more_history: history.next_cursor.is_some().then(|| more.link("/changes")),
            changes,
            link_lives: approval::lives(l),
            live_links: approval_links::of_session(page, key).await?,
            links_of_all: false,
            row,
            c,
        },
    )
}

/// What 4D would do, it has done once it refused the file.
fn problem(l: Locale, finding: &Finding, refused: bool) -> Problem {
    let problem = facts::problem(l, finding);
    let effect = if refused && !problem.assumed { l.t("effect-refused") } else { problem.effect };
    Problem { effect, ..problem }
}

/// Ways to all of the device's and the e-mail's sessions, where not all of them are shown.
fn more_related(l: Locale, session: &Session, seen: &Related, also_in: &[AppId]) -> Vec<(String, String)> {
    let apps: Vec<&str> = std::iter::once(&session.app).chain(also_in).map(AppId::as_str).collect();
    let shown = |is_of: fn(&RelatedSession) -> bool| seen.others.iter().filter(|other| is_of(other)).count() as u64;
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

//! `/apps/{app}/sessions/{id}`: one session, what is wrong with it, what was done to it, and what can
//! be done.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;

use super::approval;
use super::context::{Chrome, Page, see_done};
use super::error::Line;
use super::forms::Form;
use super::links::{self, Pairs};
use super::rows::{self, ChangeRow, Row, Subject, When};
use crate::domain::account::Permission;
use crate::domain::change::{Email, Expectation, ExpectedBytes, Patch, Reason};
use crate::domain::compliance::{Finding, FindingKind};
use crate::domain::session::{Session, SessionKey, Status};
use crate::i18n::{Html, Locale};
use crate::services::catalog::SessionDetail;
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};

/// How many entries of its history a session shows.
const HISTORY: usize = 20;

#[derive(Template)]
#[template(path = "session.html")]
struct SessionPage {
    c: Chrome,
    row: Row,
    conflict: Option<Conflict>,
    problems: Vec<Problem>,
    groups: Vec<Group>,
    document: Option<String>,
    document_note: String,
    redacted: Vec<String>,
    redacted_note: String,
    expected: String,
    email: String,
    email_error: Option<String>,
    reason: String,
    reason_error: Option<String>,
    changes: Vec<ChangeRow>,
    more_history: Option<String>,
    /// How long an approval link can work.
    link_lives: Vec<(String, String)>,
}

/// Somebody changed the session since the page was loaded.
struct Conflict {
    who: Html,
    lines: Vec<Line>,
}

struct Problem {
    title: String,
    found: String,
    effect: String,
    mend: String,
    assumed: bool,
}

struct Group {
    title: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    value: String,
    when: Option<When>,
    absent: String,
    mono: bool,
}

/// What somebody typed and wants, as far as it came.
#[derive(Default)]
struct Wanted {
    status: Option<Status>,
    email: Option<String>,
    reason: String,
    email_error: Option<String>,
    reason_error: Option<String>,
    conflict: bool,
}

/// The page of one session.
pub async fn show(page: Page) -> HttpResponse {
    let answer = async {
        page.require(Permission::Read)?;
        view(&page, &page.session_key()?, StatusCode::OK, Wanted::default()).await
    };
    let answer = answer.await;
    page.answer(answer).await
}

/// Sets the status.
pub async fn set_status(page: Page, form: Form) -> HttpResponse {
    let status = Status::parse(form.get("status"));
    let wanted = Wanted { status, reason: form.get("reason").to_owned(), ..Wanted::default() };
    let answer = change(&page, &form, wanted).await;
    page.answer(answer).await
}

/// Sets the e-mail.
pub async fn set_email(page: Page, form: Form) -> HttpResponse {
    let email = Some(form.get("email").trim().to_owned());
    let wanted = Wanted { email, reason: form.get("reason").to_owned(), ..Wanted::default() };
    let answer = change(&page, &form, wanted).await;
    page.answer(answer).await
}

/// Deletes the session.
pub async fn delete(page: Page, form: Form) -> HttpResponse {
    let answer = async {
        let caller = page.require(Permission::Change)?;
        form.prove(&page.csrf)?;
        let key = page.session_key()?;
        let wanted = Wanted { reason: form.get("reason").to_owned(), ..Wanted::default() };
        let Some(reason) = Reason::parse(form.get("reason").trim()) else {
            return invalid(&page, &key, wanted).await;
        };
        let deleted = page.app.edits.delete(caller, &page.request_id, key.clone(), some(reason), expected(&form)).await;
        match deleted {
            // The page of the session is gone with it: on to its app.
            Ok(changed) if form.back().starts_with(&links::session(&key)) => {
                Ok(see_done(&links::app(&key.app), changed.change_id.as_deref()))
            }
            Ok(changed) => Ok(see_done(form.back(), changed.change_id.as_deref())),
            Err(Error::PreconditionFailed) => conflict(&page, &key, wanted).await,
            Err(error) => Err(error),
        }
    };
    let answer = answer.await;
    page.answer(answer).await
}

async fn change(page: &Page, form: &Form, wanted: Wanted) -> Result<HttpResponse, Error> {
    let caller = page.require(Permission::Change)?;
    form.prove(&page.csrf)?;
    let key = page.session_key()?;
    let email = wanted.email.as_deref().map(Email::parse);
    let (Some(reason), false) = (Reason::parse(wanted.reason.trim()), email == Some(None)) else {
        return invalid(page, &key, wanted).await;
    };
    if wanted.status.is_none() && email.is_none() {
        return Err(Error::invalid("/status", "The status is neither accepted nor pending."));
    }
    let patch = Patch { status: wanted.status, email: email.flatten() };
    let changed =
        page.app.edits.change(caller, &page.request_id, key.clone(), patch, some(reason), expected(form)).await;
    match changed {
        Ok(changed) => Ok(see_done(form.back(), changed.change_id.as_deref())),
        Err(Error::PreconditionFailed) => conflict(page, &key, wanted).await,
        Err(error) => Err(error),
    }
}

/// An empty reason is none.
fn some(reason: Reason) -> Option<Reason> {
    (!reason.as_str().is_empty()).then_some(reason)
}

/// The state of the file that the page showed. A button in a list has not seen the file.
fn expected(form: &Form) -> Expectation {
    ExpectedBytes::parse(form.get("expected")).map_or(Expectation::Nothing, |tag| Expectation::OneOf(vec![tag]))
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

/// The page again, with the value that stands there now beside the wanted one.
async fn conflict(page: &Page, key: &SessionKey, mut wanted: Wanted) -> Result<HttpResponse, Error> {
    wanted.conflict = true;
    view(page, key, StatusCode::PRECONDITION_FAILED, wanted).await
}

async fn view(page: &Page, key: &SessionKey, status: StatusCode, wanted: Wanted) -> Result<HttpResponse, Error> {
    let scope = &page.caller()?.apps;
    let (l, now) = (page.locale, Page::now());
    let detail = page.app.catalog.detail(scope, key).await?.ok_or(Error::NotFound("session of this id"))?;
    let history = ChangeQuery {
        app: Some(key.app.to_string()),
        session: Some(key.id.to_string()),
        limit: HISTORY,
        ..ChangeQuery::default()
    };
    let history = page.app.journal.list(scope, &history).await?;
    let session = &detail.session;
    let mut row = Row::new(l, session, now);
    // By the app's own name, which a file that cannot be read does not tell.
    if let Some(app) = page.app.catalog.app(scope, &key.app)? {
        row.app = rows::shown(&app.name).into_owned();
    }
    let subject = |_: &Change| Subject { name: row.name.clone(), href: row.href.clone() };
    let changes = rows::change_rows(l, subject, &history.items, now).into_iter();
    let mut c = page.chrome("sessions", row.name.clone()).await;
    // After a form that failed, the address is that of the form.
    c.here = if page.path == row.href { c.here } else { row.href.clone() };
    let more = Pairs(vec![("app".into(), key.app.to_string()), ("session".into(), key.id.to_string())]);
    let (document, document_note) = document(&detail);
    page.render(
        status,
        &SessionPage {
            conflict: wanted.conflict.then(|| conflict_of(l, session, history.items.first(), &wanted)),
            problems: session.problems.iter().map(|finding| problem(l, session, finding)).collect(),
            groups: groups(l, page, session),
            document,
            document_note,
            redacted_note: l.n("document-redacted", detail.redacted.len() as u64),
            redacted: detail.redacted.clone(),
            expected: detail.digest.short_hex(),
            email: wanted.email.or_else(|| session.email.clone()).unwrap_or_default(),
            email_error: wanted.email_error,
            reason: wanted.reason,
            reason_error: wanted.reason_error,
            more_history: (history.total > HISTORY as u64).then(|| more.link("/changes")),
            changes: changes.collect(),
            link_lives: approval::lives(l),
            row,
            c,
        },
    )
}

fn document(detail: &SessionDetail) -> (Option<String>, String) {
    let text = detail.document.as_ref().and_then(|document| serde_json::to_string_pretty(document).ok());
    (text, detail.document_note.clone().unwrap_or_default())
}

/// Who changed the session meanwhile, as far as the journal knows: else it was 4D or somebody at the
/// files.
fn conflict_of(l: Locale, session: &Session, last: Option<&Change>, wanted: &Wanted) -> Conflict {
    let ours = last.filter(|change| {
        change.after.as_ref().is_some_and(|after| after.status == session.status && after.email == session.email)
    });
    let who = match ours {
        Some(change) => l.html(
            "conflict-by",
            &[("actor", rows::actor(l, &change.actor)), ("ago", Html::text(&l.past(change.at, Page::now())))],
        ),
        None => Html::text(&l.s("conflict-outside", l.past(session.modified_at, Page::now()))),
    };
    let status = wanted.status.map(|status| Line {
        field: l.t("col-status"),
        now: rows::status_word(l, session.status.as_deref()),
        yours: rows::status_word(l, Some(status.as_str())),
    });
    let email = wanted.email.as_deref().map(|email| Line {
        field: l.t("col-email"),
        now: rows::email_word(l, session.email.as_deref()),
        yours: rows::email_word(l, Some(email)),
    });
    let mut lines: Vec<Line> = [status, email].into_iter().flatten().collect();
    if lines.is_empty() {
        lines.push(Line {
            field: l.t("col-status"),
            now: rows::status_word(l, session.status.as_deref()),
            yours: l.t("delete"),
        });
    }
    Conflict { who, lines }
}

/// What was found, in a sentence.
pub fn found(l: Locale, session: &Session, finding: &Finding) -> String {
    problem(l, session, finding).found
}

/// A finding: what was found, what 4D does about it, how to mend it.
fn problem(l: Locale, session: &Session, finding: &Finding) -> Problem {
    let key = format!("finding-{}", finding.key());
    let pointer = finding.pointer.as_deref().unwrap_or_default();
    let (number, text) = match &finding.kind {
        FindingKind::TooLarge(limit) => (*limit, String::new()),
        FindingKind::NotUtf8(offset) => (*offset as u64, String::new()),
        FindingKind::NotJson(line, column) => (*line as u64, column.to_string()),
        FindingKind::Unreadable(text) | FindingKind::WrongType(text) | FindingKind::SchemaKeyword(text) => {
            (0, text.clone())
        }
        _ => (0, String::new()),
    };
    let part = |part: &str| {
        let args = [
            ("pointer", pointer.into()),
            ("field", pointer.trim_start_matches('/').into()),
            ("number", number.into()),
            ("text", text.as_str().into()),
            ("folder", session.app.as_str().into()),
            ("file", session.id.as_str().into()),
        ];
        l.args(&format!("{key}{part}"), &args)
    };
    Problem {
        title: l.t(&format!("code-{}", finding.code())),
        found: part(""),
        effect: l.t(&format!("code-{}.effect", finding.code())),
        mend: part(".mend"),
        assumed: finding.assumed(),
    }
}

/// Every known field of the file, in the order people ask for them.
fn groups(l: Locale, page: &Page, session: &Session) -> Vec<Group> {
    let now = Page::now();
    let device = session.device.as_ref();
    let application = session.application.as_ref();
    let language = session.language.as_ref();
    let field = |name: &str, value: Option<&str>, mono: bool| Field {
        name: l.t(name),
        value: rows::shown(value.unwrap_or_default().trim()).into_owned(),
        when: None,
        absent: l.t("not-given"),
        mono,
    };
    let plain = |name, value| field(name, value, false);
    let code = |name, value| field(name, value, true);
    let time = |name: &str, at| Field { when: Some(When::new(l, at, now)), ..field(name, None, false) };
    let yes_no = |yes: bool| l.t(if yes { "yes" } else { "no" });
    let simulator = device.and_then(|device| device.simulator).map(yes_no);
    let push_token = device.map(|device| yes_no(device.has_push_token));
    let system = device.map(|device| device.system());
    let email = plain("col-email", session.email.as_deref());
    let email = if Row::is_readable(session) { Field { absent: l.t("guest"), ..email } } else { email };
    let language = language.and_then(|language| language.id.clone().or_else(|| language.code.clone()));
    let (path, size) = (page.path_of(&session.key()), l.n("count-bytes", session.size));
    let file = vec![
        code("field-session-id", Some(session.id.as_str())),
        code("field-path", Some(&path)),
        plain("field-size", Some(&size)),
        time("field-modified", session.modified_at),
        time("field-first-seen", session.first_seen_at),
    ];
    vec![
        Group {
            title: l.t("group-device"),
            fields: vec![
                plain("field-model", device.and_then(|device| device.description.as_deref())),
                plain("field-system", system.as_deref()),
                code("field-device-id", device.and_then(|device| device.id.as_deref())),
                plain("simulator", simulator.as_deref()),
                plain("field-push-token", push_token.as_deref()),
                code("col-ip", session.ip.as_deref()),
                plain("field-language", language.as_deref()),
                email,
            ],
        },
        Group {
            title: l.t("group-app"),
            fields: vec![
                plain("field-app-name", application.and_then(|application| application.name.as_deref())),
                plain("field-app-version", application.and_then(|application| application.version.as_deref())),
                code("field-app-id", application.and_then(|application| application.id.as_deref())),
                code("field-team-id", session.team.as_ref().and_then(|team| team.id.as_deref())),
            ],
        },
        Group { title: l.t("group-file"), fields: file },
    ]
}

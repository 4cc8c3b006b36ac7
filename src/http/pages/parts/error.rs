//! Errors as pages: what happened, what was kept, what to do.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;

use super::chrome::{Chrome, Viewer};
use super::flash::see;
use super::page::{Page, Visitor, locale, retry_after};
use super::password_prompt::password_prompt;
use super::text::shortened;
use crate::http::{base_path, links};
use crate::i18n::{Html, Locale, Message};
use crate::services::error::{Code, Conflict, Error, Problem};
use crate::store::root::Unavailable;

/// What is missing where a link of the first start is not good.
pub const NO_SETUP_LINK: &str = "setup-link";

/// A value as it is and as somebody wanted it.
pub struct Comparison {
    pub field: String,
    pub now: String,
    pub yours: String,
}

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    c: Chrome,
    title: String,
    what: String,
    kept: String,
    todo: String,
    who: Vec<Html>,
    compare: Vec<Comparison>,
    ways: Vec<(String, String)>,
    request_id: String,
}

/// What went wrong, from an error or from one item of a batch.
pub struct Fault {
    code: Option<Code>,
    status: u16,
    /// What happened, where the code's own message does not say it.
    reason: Option<Message>,
    /// The message `error-CODE`.
    message: Message,
    folder_away: Option<String>,
    retry_after: Option<u64>,
}

impl From<&Error> for Fault {
    fn from(error: &Error) -> Self {
        let reason = match error {
            Error::PushFailed { failure, .. } => Some(shortened(failure).message()),
            Error::PushWouldDrop { others: true, .. } => Some(Message::new("push-refused-others")),
            Error::PushWouldDrop { .. } => Some(Message::new("push-refused")),
            Error::NotFound(NO_SETUP_LINK) => Some(Conflict::SetupLinkSpent.message()),
            Error::InvalidToken(_) | Error::CrossOrigin(_) => None,
            error => error.reason(),
        };
        let folder_away = match error {
            Error::FolderUnavailable { reason: Unavailable::Away(reason) } => Some(reason.clone()),
            _ => None,
        };
        let (code, retry_after) = (error.code(), error.retry_after());
        let message = error.message("error");
        Self { code: Some(code), status: error.status(), reason, message, folder_away, retry_after }
    }
}

impl From<&Problem> for Fault {
    fn from(problem: &Problem) -> Self {
        let code = problem.code();
        let message = Message::new(format!("error-{}", code.map_or("internal", Code::as_str)));
        Self { code, status: problem.status, reason: None, message, folder_away: None, retry_after: None }
    }
}

/// The words for a fault.
pub struct ErrorText {
    pub title: String,
    what: String,
    kept: String,
    todo: String,
}

impl ErrorText {
    pub fn new(l: Locale, fault: &Fault) -> Self {
        let part = |name: &str| fault.message.attribute(name).find(l).unwrap_or_default();
        let what = fault.reason.as_ref().map_or_else(|| part("what"), |reason| reason.say(l));
        Self { title: fault.message.say(l), what, kept: part("kept"), todo: part("todo") }
    }

    /// What happened, what was kept and what to do, each in a line of its own.
    pub fn help(self) -> Vec<String> {
        [self.what, self.kept, self.todo].into_iter().filter(|text| !text.is_empty()).collect()
    }

    /// In one line, for a list of results.
    pub fn line(self, l: Locale) -> String {
        match self.todo.is_empty() {
            true => self.title,
            false => l.args("error-line", &[("title", self.title.into()), ("todo", self.todo.into())]),
        }
    }
}

impl ErrorPage {
    fn new(mut c: Chrome, text: ErrorText, request_id: &str) -> Self {
        let ErrorText { title, what, kept, todo } = text;
        c.title = title.clone();
        let (who, compare, ways) = Default::default();
        Self { c, title, what, kept, todo, who, compare, ways, request_id: request_id.to_owned() }
    }
}

/// The page of an error that no handler of a page met: nobody knows who asks.
pub fn error_page(error: &Error, req: &HttpRequest, request_id: &str) -> Option<String> {
    let l = locale(req);
    let page = ErrorPage::new(Chrome::bare(l, String::new()), ErrorText::new(l, &error.into()), request_id);
    base_path::page(&ErrorPage { ways: vec![("/".to_owned(), l.t("to-panel"))], ..page }, req).ok()
}

impl Visitor {
    /// The page of an error. Who is not logged in is asked to do so instead; where a password is needed again, the form
    /// waits for it.
    pub async fn fail(&self, error: &Error) -> HttpResponse {
        let mut ways = Vec::new();
        match error {
            Error::PasswordChangeNeeded => return see("/password"),
            Error::SecondFactorNeeded => return see("/second-factor"),
            Error::Unauthenticated => {
                return see(&format!("/login?next={}", links::encode(&self.query.link(&self.path))));
            }
            Error::Internal(cause) => tracing::error!(request_id = self.request_id, error = %cause, "a page failed"),
            Error::Query(_) => ways.push((self.path.clone(), self.locale.t("clear-filters"))),
            _ => {}
        }
        match password_prompt(self, error).await {
            Some(page) => page,
            None => self.error_page(&error.into(), ways).await,
        }
    }
}

impl<C: Viewer> Page<C> {
    /// The page of what went wrong, with ways to go on.
    pub async fn error_page(&self, fault: &Fault, ways: Vec<(String, String)>) -> HttpResponse {
        self.conflict_page(fault, Vec::new(), Vec::new(), ways).await
    }

    /// The same, with who did what meanwhile, and values to compare.
    pub async fn conflict_page(
        &self,
        fault: &Fault,
        mut who: Vec<Html>,
        compare: Vec<Comparison>,
        mut ways: Vec<(String, String)>,
    ) -> HttpResponse {
        let l = self.locale;
        let folder_changed = fault.code == Some(Code::FolderChanged);
        let folder_away = folder_changed || fault.code == Some(Code::FolderUnavailable);
        let mut c = self.chrome("", String::new()).await;
        ways.push(match c.user {
            // The journal is read without it; the first page is not.
            Some(_) if folder_away => ("/changes".to_owned(), l.t("nav-changes")),
            Some(_) => ("/".to_owned(), l.t("nav-overview")),
            None => ("/login".to_owned(), l.t("log-in")),
        });
        if folder_away {
            if !folder_changed {
                c.folder_away.get_or_insert_with(|| fault.folder_away.clone().unwrap_or_default());
                c.away_is_said = true;
            }
            if c.administers {
                who.push(l.html("folder-is", &[("folder", Html::code(&self.folder()))]));
            }
        }
        let page = ErrorPage { who, compare, ways, ..ErrorPage::new(c, ErrorText::new(l, fault), &self.request_id) };
        let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let answer = self.render(status, &page).unwrap_or_else(|_| HttpResponse::new(status));
        retry_after(answer, fault.retry_after)
    }
}

//! Errors as pages: what happened, what was kept, what to do.

use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse};
use askama::Template;

use super::chrome::Chrome;
use super::page::{Page, locale};
use super::push_failure::shortened;
use super::redirect::see;
use crate::http::failure::Failure;
use crate::http::links;
use crate::i18n::{Html, Locale, Message};
use crate::services::error::{Code, Conflict, Error, Problem};
use crate::store::root::Unavailable;

/// What is missing where a link of the first start is not good.
pub const NO_SETUP_LINK: &str = "setup link of this kind; start the program again for a new one";

/// A value as it is and as somebody wanted it.
pub struct Line {
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
    compare: Vec<Line>,
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
pub struct Told {
    pub title: String,
    what: String,
    kept: String,
    todo: String,
}

impl Told {
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

/// The page of an error that no handler of a page met: nobody knows who asks.
pub fn error_page(error: &Error, req: &HttpRequest, request_id: &str) -> Option<String> {
    let l = locale(req);
    let told = Told::new(l, &error.into());
    let page = ErrorPage {
        c: Chrome::bare(l, told.title.clone()),
        title: told.title,
        what: told.what,
        kept: told.kept,
        todo: told.todo,
        who: Vec::new(),
        compare: Vec::new(),
        ways: vec![("/".to_owned(), l.t("to-panel"))],
        request_id: request_id.to_owned(),
    };
    page.render().ok()
}

/// The page of an error outside of all pages, in the frame of who asks.
pub async fn fail(req: &HttpRequest, error: &Error) -> Result<HttpResponse, Failure> {
    Ok(Page::extract(req).await?.fail(error).await)
}

impl Page {
    /// The answer of a handler, or the page of its error.
    pub async fn answer(&self, result: Result<HttpResponse, Error>) -> HttpResponse {
        match result {
            Ok(response) => response,
            Err(error) => self.fail(&error).await,
        }
    }

    /// The page of an error. Who is not logged in is asked to do so instead.
    pub async fn fail(&self, error: &Error) -> HttpResponse {
        let mut ways = Vec::new();
        match error {
            Error::PasswordChangeNeeded => return see("/password"),
            Error::Unauthenticated => {
                return see(&format!("/login?next={}", links::encode(&self.query.link(&self.path))));
            }
            Error::Internal(cause) => tracing::error!(request_id = self.request_id, error = %cause, "a page failed"),
            Error::Query(_) => ways.push((self.path.clone(), self.locale.t("clear-filters"))),
            _ => {}
        }
        self.fail_with(&error.into(), Vec::new(), Vec::new(), ways).await
    }

    /// The same, with who did what meanwhile, values to compare and ways to go on.
    pub async fn fail_with(
        &self,
        fault: &Fault,
        mut who: Vec<Html>,
        compare: Vec<Line>,
        mut ways: Vec<(String, String)>,
    ) -> HttpResponse {
        let l = self.locale;
        let told = Told::new(l, fault);
        let folder_changed = fault.code == Some(Code::FolderChanged);
        let folder_away = folder_changed || fault.code == Some(Code::FolderUnavailable);
        ways.push(match self.caller {
            // The journal is read without it; the first page is not.
            Some(_) if folder_away => ("/changes".to_owned(), l.t("nav-changes")),
            Some(_) => ("/".to_owned(), l.t("nav-overview")),
            None => ("/login".to_owned(), l.t("log-in")),
        });
        let mut c = self.chrome("", told.title.clone()).await;
        if folder_away {
            if !folder_changed {
                c.folder_away.get_or_insert_with(|| fault.folder_away.clone().unwrap_or_default());
                c.away_is_said = true;
            }
            if c.administers {
                who.push(l.html("folder-is", &[("folder", Html::code(&self.folder()))]));
            }
        }
        let page = ErrorPage {
            c,
            title: told.title,
            what: told.what,
            kept: told.kept,
            todo: told.todo,
            who,
            compare,
            ways,
            request_id: self.request_id.clone(),
        };
        let status = StatusCode::from_u16(fault.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = self.render(status, &page).unwrap_or_else(|_| HttpResponse::new(status));
        if let Some(seconds) = fault.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
        }
        response
    }
}

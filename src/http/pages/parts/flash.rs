//! 303 after a form, and what was just done: a cookie carries it to the page that the form leads to, which tells it
//! once. Only a page of the same login can have signed it, and it counts on that page alone: another tab neither takes
//! it nor repeats it.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

use actix_web::cookie::time::Duration;
use actix_web::http::{Method, header};
use actix_web::{HttpMessage, HttpResponse};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::page::Page;
use super::rows;
use crate::domain::session::{SessionKey, Status};
use crate::http::security;
use crate::services::accounts::BrowserLogin;
use crate::services::edits::BatchResult;

/// Scripts send it with what they fetch to keep a page true: nobody sees the flash of such an answer. What the page tells
/// stands in it, while that goes on.
const BACKGROUND: &str = "x-background";
/// The cookies are numbered: while one page tells of its own, another form may have been answered.
const NAME: &str = "flash-";
const COOKIES: usize = 8;
/// How long the way to the next page may take.
const LIFE: Duration = Duration::seconds(60);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flash {
    /// A change or a batch of this id; so many more were as wanted already.
    Done { id: String, unchanged: u64 },
    /// Nothing had to be done: this session is as it was wanted, by somebody who was faster.
    Already(SessionKey),
    /// Nothing had to be done: so many were as wanted.
    AllSo { status: Option<Status>, count: u64 },
    /// The message of this key.
    Message(String),
    /// What became of the request of this id, whose answer was lost: scripts ask it.
    Sent(String),
}

impl fmt::Display for Flash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Done { id, unchanged } => write!(f, "done:{id}:{unchanged}"),
            // Names of apps hold what cookies do not.
            Self::Already(key) => write!(f, "already:{}:", hex::encode(format!("{}/{}", key.app, key.id))),
            Self::AllSo { status, count } => write!(f, "so:{}:{count}", status.map(Status::as_str).unwrap_or_default()),
            Self::Message(key) => write!(f, "message:{key}:"),
            Self::Sent(request) => write!(f, "sent:{request}:"),
        }
    }
}

impl Flash {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        match (parts.next()?, parts.next()?.to_owned(), parts.next()?) {
            ("done", id, unchanged) => Some(Self::Done { id, unchanged: unchanged.parse().ok()? }),
            ("already", key, _) => {
                let key = String::from_utf8(hex::decode(key).ok()?).ok()?;
                let (app, id) = key.rsplit_once('/')?;
                Some(Self::Already(SessionKey::parse(app, id)?))
            }
            ("so", status, count) => Some(Self::AllSo { status: Status::parse(&status), count: count.parse().ok()? }),
            ("message", key, _) => Some(Self::Message(key)),
            ("sent", request, _) => Some(Self::Sent(request)),
            _ => None,
        }
    }
}

/// 303: look at this page now.
pub fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// 303 to a page that tells the message of this key.
pub fn see_message(address: &str, key: &str) -> HttpResponse {
    see_flash(address, Flash::Message(key.to_owned()))
}

/// 303 to a page that tells of this change, or who had made it before.
pub fn see_done(address: &str, change_id: Option<&str>, key: &SessionKey) -> HttpResponse {
    match change_id {
        Some(id) => see_change(address, id),
        None => see_flash(address, Flash::Already(key.clone())),
    }
}

/// 303 to a page that tells of this change or batch.
pub fn see_change(address: &str, id: &str) -> HttpResponse {
    see_flash(address, Flash::Done { id: id.to_owned(), unchanged: 0 })
}

/// The same of many, with how many were as wanted already.
pub fn see_done_many(address: &str, result: &BatchResult, status: Option<Status>) -> HttpResponse {
    see_flash(
        address,
        match &result.change_id {
            Some(id) => Flash::Done { id: id.clone(), unchanged: result.unchanged },
            None => Flash::AllSo { status, count: result.unchanged },
        },
    )
}

/// The same, with the row of this session in view.
pub fn see_done_at(address: &str, change_id: Option<&str>, key: &SessionKey) -> HttpResponse {
    see_done(&format!("{address}#s-{}", rows::anchor(key)), change_id, key)
}

fn see_flash(address: &str, flash: Flash) -> HttpResponse {
    let mut answer = see(address);
    answer.extensions_mut().insert(flash);
    answer
}

/// The cookies whose flash a page has shown.
struct Shown(Vec<String>);

impl<C> Page<C> {
    /// What this page has to tell of what was just done, the newest thing.
    pub fn take_flash(&self) -> Option<Flash> {
        let login = self.login.as_ref()?;
        if *self.req.method() != Method::GET {
            return None;
        }
        if let Some(told) = self.req.headers().get(BACKGROUND) {
            // How far it is, of what the page tells.
            let told = told.to_str().ok().and_then(Flash::parse);
            return told.filter(|told| matches!(told, Flash::Done { .. } | Flash::Already(_) | Flash::Sent(_)));
        }
        let now = Page::now().millis();
        let mut newest = None;
        let mut names = Vec::new();
        for cookie in self.req.cookies().ok()?.iter().filter(|cookie| cookie.name().starts_with(NAME)) {
            let Some((at, flash)) = open(cookie.value(), login, &self.path) else { continue };
            names.push(cookie.name().to_owned());
            if at + LIFE.whole_milliseconds() as i64 > now && newest.as_ref().is_none_or(|(then, _)| *then < at) {
                newest = Some((at, flash));
            }
        }
        self.req.extensions_mut().insert(Shown(names));
        newest.map(|(_, flash)| flash)
    }
}

/// Sets the cookies that an answer needs: of what its next page tells, and of what was shown by this one.
pub fn set_cookies<B>(visitor: &Page<B>, answer: &mut HttpResponse<impl Sized>) -> Result<(), actix_web::Error> {
    let Page { req, login: Some(login), .. } = visitor else { return Ok(()) };
    let options = &visitor.app.config.options;
    if let Some(Shown(names)) = req.extensions_mut().remove::<Shown>() {
        for name in names {
            let mut cookie = security::own_cookie(req, options, name, String::new(), LIFE);
            cookie.make_removal();
            answer.add_cookie(&cookie)?;
        }
    }
    let flash = answer.extensions_mut().remove::<Flash>();
    let address = answer.headers().get(header::LOCATION).and_then(|address| address.to_str().ok());
    if let Some((flash, address)) = flash.zip(address) {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("{NAME}{}", NEXT.fetch_add(1, Ordering::Relaxed) % COOKIES);
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let value = seal(&flash, Page::now().millis(), login, path);
        answer.add_cookie(&security::own_cookie(req, options, name, value, LIFE))?;
    }
    Ok(())
}

/// `time.flash.signature`; `path` is that of the page which tells it.
fn seal(flash: &Flash, at: i64, login: &BrowserLogin, path: &str) -> String {
    let text = format!("{at}.{flash}");
    let signature = signature(&text, login, path).map(|mac| hex::encode(mac.finalize().into_bytes()));
    format!("{text}.{}", signature.unwrap_or_default())
}

fn open(value: &str, login: &BrowserLogin, path: &str) -> Option<(i64, Flash)> {
    let (text, signed) = value.rsplit_once('.')?;
    signature(text, login, path)?.verify_slice(&hex::decode(signed).ok()?).ok()?;
    let (at, flash) = text.split_once('.')?;
    Some((at.parse().ok()?, Flash::parse(flash)?))
}

fn signature(text: &str, login: &BrowserLogin, path: &str) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(login.cookie.expose().as_bytes()).ok()?;
    mac.update(format!("flash\n{path}\n{text}").as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::Secret;

    fn login(cookie: &str) -> BrowserLogin {
        let cookie = Secret::new(cookie.to_owned());
        BrowserLogin { cookie, password_is_old: false, must_change_password: false, must_enrol: false }
    }

    #[test]
    fn a_flash_is_read_by_its_login_on_its_page_alone() {
        let key = SessionKey::parse("TEAM.app: x;%é", "ab").unwrap();
        for flash in [
            Flash::Done { id: "01J".into(), unchanged: 3 },
            Flash::Already(key),
            Flash::AllSo { status: Some(Status::Accepted), count: 338 },
            Flash::AllSo { status: None, count: 1 },
            Flash::Message("told-settings".into()),
        ] {
            let value = seal(&flash, 7, &login("a"), "/account");
            assert_eq!(open(&value, &login("a"), "/account"), Some((7, flash)));
            assert_eq!(open(&value, &login("b"), "/account"), None);
            assert_eq!(open(&value, &login("a"), "/"), None);
            assert_eq!(open(&value.replacen('7', "8", 1), &login("a"), "/account"), None);
        }
    }
}

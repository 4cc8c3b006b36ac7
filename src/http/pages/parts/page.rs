//! What the handler of a page takes: who asks, in which language, and what they may do.

use std::future::{Ready, ready};
use std::marker::PhantomData;
use std::rc::Rc;
use std::time::SystemTime;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, web};
use askama::Template;
use sha2::{Digest as _, Sha256};

use crate::app::App;
use crate::domain::account::{Caller, Permission, Settings};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Secret;
use crate::http::extract::{self, Guard, Identity, RequestId, address};
use crate::http::failure::{self, Answer, Failure};
use crate::http::links::{self, Pairs};
use crate::http::security;
use crate::http::{base_path, client, gzip};
use crate::i18n::Locale;
use crate::services::accounts::{BrowserLogin, By, NewLogin, Origin};
use crate::services::error::Error;

/// One request for a page by somebody who is known: only [`Authorized`] and [`Person`] give it to a handler.
pub struct Page<C = Caller> {
    pub app: web::Data<App>,
    pub caller: C,
    pub locale: Locale,
    /// As whoever is logged in wants it.
    pub settings: Settings,
    pub request_id: String,
    pub req: HttpRequest,
    pub path: String,
    pub query: Pairs,
    pub login: Option<BrowserLogin>,
    /// Whether another password comes before everything else.
    pub must_change_password: bool,
    /// The number of the newest event when the request came: all that it told of is on the page.
    pub newest_event: u64,
}

/// One request for a page by anybody, known or not.
pub type Visitor = Page<Option<Caller>>;

/// The page of a caller whom the guard `P` lets in.
pub struct Authorized<P> {
    pub page: Page,
    guard: PhantomData<P>,
}

/// The page of a caller who may have to choose another password first: for choosing it, and for leaving.
pub struct Person(pub Page);

/// Who sent a request for a page; the layer around the pages finds it out once.
#[derive(Clone, Default)]
struct Sender(Rc<(Option<Identity>, Settings)>);

/// Finds out who sends a request for a page, for all who ask later. A token that is not good is nobody's.
pub async fn identify(req: &HttpRequest) -> Result<(), Error> {
    let identity = match extract::identify(req).await {
        Err(Error::InvalidToken(_)) => None,
        identity => identity?,
    };
    let app = req.app_data::<web::Data<App>>();
    let settings = match app.zip(identity.as_ref()) {
        Some((app, identity)) => app.accounts.settings(&identity.caller).await?,
        None => Settings::default(),
    };
    req.extensions_mut().insert(Sender(Rc::new((identity, settings))));
    Ok(())
}

impl Visitor {
    /// Of a request that was [identified](identify).
    pub fn of(req: &HttpRequest) -> Result<Self, Error> {
        let app = req.app_data::<web::Data<App>>().cloned();
        let sender = req.extensions().get::<Sender>().cloned();
        let (app, sender) = app.zip(sender).ok_or_else(|| Error::internal("a page outside of the pages"))?;
        let (identity, settings) = &*sender.0;
        let (caller, login) = identity.clone().map(|identity| (identity.caller, identity.login)).unzip();
        let chosen = settings.language.as_deref().and_then(Locale::of);
        Ok(Self {
            newest_event: app.events.newest(),
            app,
            caller,
            locale: chosen.unwrap_or_else(|| locale(req)),
            settings: settings.clone(),
            request_id: RequestId::of(req),
            req: req.clone(),
            // An address that is none of ours can name another site.
            path: links::local(Some(req.path())).to_owned(),
            query: Pairs::parse(req.query_string()),
            login: login.flatten(),
            must_change_password: identity.as_ref().is_some_and(Identity::must_change_password),
        })
    }

    /// The page of whoever is known.
    fn known(self) -> Result<Page, Error> {
        let caller = self.caller.ok_or(Error::Unauthenticated)?;
        let Self {
            app, locale, settings, request_id, req, path, query, login, must_change_password, newest_event, ..
        } = self;
        Ok(Page {
            app,
            caller,
            locale,
            settings,
            request_id,
            req,
            path,
            query,
            login,
            must_change_password,
            newest_event,
        })
    }
}

impl FromRequest for Visitor {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req).map_err(Failure::from))
    }
}

impl<P: Guard> FromRequest for Authorized<P> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::authorize(req).map_err(Failure::from))
    }
}

impl<P: Guard> Authorized<P> {
    fn authorize(req: &HttpRequest) -> Result<Self, Error> {
        let page = Visitor::of(req)?.known()?;
        P::check(&Identity { caller: page.caller.clone(), login: page.login.clone() })?;
        Ok(Self { page, guard: PhantomData })
    }
}

impl FromRequest for Person {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Visitor::of(req).and_then(Visitor::known).map(Self).map_err(Failure::from))
    }
}

/// What the forms of a login carry: made from its cookie, and no way back to it.
pub fn csrf_token(cookie: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"form");
    hash.update(cookie);
    hex::encode(&hash.finalize()[..16])
}

pub fn locale(req: &HttpRequest) -> Locale {
    let header = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::from_accept_language(header.unwrap_or_default())
}

/// With what says when to try again.
pub fn retry_after(mut answer: HttpResponse, seconds: Option<u64>) -> HttpResponse {
    if let Some(seconds) = seconds {
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds));
    }
    answer
}

impl Page {
    pub fn now() -> Timestamp {
        SystemTime::now().into()
    }

    /// Whether the caller may do this, for what a page shows besides.
    pub fn may(&self, permission: Permission) -> bool {
        self.caller.require(permission).is_ok()
    }

    pub fn by(&self) -> By {
        By::caller(&self.caller, client::address(&self.req), self.login.as_ref())
    }
}

impl<C> Page<C> {
    /// Proves that a form came from a page of this login.
    pub fn csrf(&self) -> String {
        self.login.as_ref().map(|login| csrf_token(login.cookie.expose())).unwrap_or_default()
    }

    /// Where a login comes from.
    pub fn origin(&self) -> Origin {
        let device = self.req.headers().get(header::USER_AGENT).and_then(|value| value.to_str().ok());
        let options = &self.app.config.options;
        Origin {
            address: client::address(&self.req),
            device: device.map(str::to_owned),
            login: security::cookie(&self.req, options),
            browser: security::browser(&self.req, options),
        }
    }

    pub fn session_key(&self) -> Result<SessionKey, Error> {
        address::session_key(&self.req)
    }

    pub fn app_id(&self) -> Result<AppId, Error> {
        address::app_id(&self.req)
    }

    pub fn part(&self, name: &str) -> String {
        address::part(&self.req, name)
    }

    /// With the cookies of a login that was just made.
    pub fn logged_in(&self, mut answer: HttpResponse, login: &NewLogin) -> Answer {
        let options = &self.app.config.options;
        answer.add_cookie(&security::login_cookie(&self.req, options, &login.cookie)).map_err(Error::internal)?;
        answer.add_cookie(&security::browser_cookie(&self.req, options, &login.browser)).map_err(Error::internal)?;
        Ok(answer)
    }

    /// What shows that this browser gave the right password, and still owes the code.
    pub fn half_login(&self) -> Option<Secret<String>> {
        security::half_login(&self.req, &self.app.config.options)
    }

    /// With the cookie of the first step of a login.
    pub fn halfway(&self, mut answer: HttpResponse, half: &Secret<String>) -> Answer {
        let cookie = security::half_login_cookie(&self.req, &self.app.config.options, half);
        answer.add_cookie(&cookie).map_err(Error::internal)?;
        Ok(answer)
    }

    /// With the first step of a login forgotten.
    pub fn forget_half_login(&self, mut answer: HttpResponse) -> Answer {
        let mut cookie = security::half_login_cookie(&self.req, &self.app.config.options, &Secret::new(String::new()));
        cookie.make_removal();
        answer.add_cookie(&cookie).map_err(Error::internal)?;
        Ok(answer)
    }

    /// Whether a second factor comes before everything else.
    pub fn must_enrol(&self) -> bool {
        self.login.as_ref().is_some_and(|login| login.must_enrol)
    }

    /// Whether something comes before everything else.
    pub fn is_held_up(&self) -> bool {
        self.login.as_ref().is_some_and(BrowserLogin::is_held_up)
    }

    /// With the browser's login forgotten.
    pub fn logged_out(&self, mut answer: HttpResponse) -> Answer {
        answer.add_cookie(&security::ended_cookie(&self.req, &self.app.config.options)).map_err(Error::internal)?;
        Ok(answer)
    }

    /// What stands in front of a path in a link for people and programs.
    pub fn base_url(&self) -> String {
        let options = &self.app.config.options;
        let seen = security::own_origin(&self.req, options).filter(|_| options.public_url.is_none());
        seen.unwrap_or_else(|| options.base_url(self.req.app_config().local_addr()))
    }

    /// Where the MobileApps folder is.
    pub fn folder(&self) -> String {
        self.app.config.folder.display().to_string()
    }

    /// The address of the page, without what is being edited.
    pub fn here(&self) -> String {
        self.query.without(&["edit"]).link(&self.path)
    }

    /// Whether a person follows a link, and no script asks for what it shows.
    pub fn wants_page(&self) -> bool {
        failure::wants_page(&self.req)
    }

    /// A page as an answer.
    pub fn render(&self, status: StatusCode, template: &impl Template) -> Answer {
        let page = base_path::page(template, &self.req)?;
        let mut answer = HttpResponse::build(status);
        answer
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, self.locale.code()))
            .insert_header((header::VARY, "Accept-Language, Cookie"))
            .insert_header((header::CACHE_CONTROL, "no-store"));
        if !gzip::is_taken(&self.req) {
            return Ok(answer.body(page));
        }
        answer.insert_header((header::CONTENT_ENCODING, "gzip")).append_header((header::VARY, "Accept-Encoding"));
        Ok(answer.body(gzip::pack(page.as_bytes(), gzip::SMALL).map_err(Error::internal)?))
    }

    /// The page, with status 200.
    pub fn ok(&self, template: &impl Template) -> Answer {
        self.render(StatusCode::OK, template)
    }
}

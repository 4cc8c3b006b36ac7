//! What every page needs: who asks, in which language, and the frame around the content.

use std::time::SystemTime;

use actix_web::dev::Payload;
use actix_web::http::{StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::future::LocalBoxFuture;
use percent_encoding::percent_decode_str;

use super::forms;
use crate::app::App;
use crate::domain::account::{Caller, Permission, Settings};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::http::client;
use crate::http::extract::{self, Identity, RequestId};
use crate::http::failure::{self, Failure};
use crate::http::links::{self, Pairs};
use crate::http::security;
use crate::i18n::Locale;
use crate::services::accounts::{BrowserLogin, By, NewLogin, Origin};
use crate::services::error::Error;

/// One request for a page.
pub struct Page {
    pub app: web::Data<App>,
    /// `None` on the pages that need no login.
    pub caller: Option<Caller>,
    /// Who is logged in with a password that was made up: until they choose another, they are nobody elsewhere.
    pub locked: Option<Caller>,
    pub locale: Locale,
    /// As whoever is logged in wants it.
    pub settings: Settings,
    pub request_id: String,
    /// The request itself.
    pub req: HttpRequest,
    pub path: String,
    pub query: Pairs,
    /// Proves that a form came from a page of this login.
    pub csrf: String,
    pub login: Option<BrowserLogin>,
}

impl FromRequest for Page {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let app = req.app_data::<web::Data<App>>().cloned();
            let app = app.ok_or_else(|| Error::internal("a route without the app"))?;
            let identity = match extract::identify(&req).await {
                Err(Error::InvalidToken(_)) => None,
                identity => identity?,
            };
            let must_change = identity.as_ref().is_some_and(Identity::must_change_password);
            let (known, login) = identity.map(|identity| (identity.caller, identity.login)).unzip();
            let login = login.flatten();
            let settings = match &known {
                Some(caller) => app.accounts.settings(caller).await?,
                None => Settings::default(),
            };
            let (locked, caller) = if must_change { (known, None) } else { (None, known) };
            let chosen = settings.language.as_deref().and_then(Locale::of);
            Ok(Self {
                app,
                caller,
                locked,
                locale: chosen.unwrap_or_else(|| locale(&req)),
                settings,
                request_id: RequestId::of(&req),
                // An address that is none of ours can name another site.
                path: links::local(Some(req.path())).to_owned(),
                query: Pairs::parse(req.query_string()),
                csrf: login.as_ref().map(|login| forms::csrf_token(login.cookie.expose())).unwrap_or_default(),
                login,
                req,
            })
        })
    }
}

/// The reader's language.
pub fn locale(req: &HttpRequest) -> Locale {
    let header = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::from_accept_language(header.unwrap_or_default())
}

/// How many bytes a page of a list can have, so that it is not moved while it grows.
const LONG_PAGE: usize = 192 << 10;

impl Page {
    /// The caller; pages that need a login always have one.
    pub fn caller(&self) -> Result<&Caller, Error> {
        let missing = if self.locked.is_some() { Error::PasswordChangeNeeded } else { Error::Unauthenticated };
        self.caller.as_ref().ok_or(missing)
    }

    /// The caller, even if another password comes before everything else: for choosing it, and for leaving.
    pub fn person(&self) -> Result<&Caller, Error> {
        self.locked.as_ref().or(self.caller.as_ref()).ok_or(Error::Unauthenticated)
    }

    /// The first line of a handler: the caller, if they may do this.
    pub fn require(&self, permission: Permission) -> Result<&Caller, Error> {
        let caller = self.caller()?;
        caller.require(permission)?;
        Ok(caller)
    }

    /// Who changes accounts, for those that may.
    pub fn by(&self) -> Result<By, Error> {
        Ok(self.by_caller(self.caller()?))
    }

    /// The same for a caller whom [`Page::person`] gave.
    pub fn by_caller(&self, caller: &Caller) -> By {
        By::caller(caller, client::address(&self.req), self.login.as_ref())
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

    /// The session that the address names.
    pub fn session_key(&self) -> Result<SessionKey, Error> {
        let key = self.part("app").zip(self.part("id")).and_then(|(app, id)| SessionKey::parse(&app, &id));
        key.ok_or(Error::NotFound("session of this id"))
    }

    /// The app that the address names.
    pub fn app_id(&self) -> Result<AppId, Error> {
        self.part("app").and_then(|app| AppId::parse(&app)).ok_or(Error::NotFound("app of this id"))
    }

    /// A part of the path, decoded. Bytes that are not UTF-8 name nothing that is listed.
    pub fn part(&self, name: &str) -> Option<String> {
        let raw = self.req.match_info().get(name)?;
        percent_decode_str(raw).decode_utf8().ok().map(|part| part.into_owned())
    }

    /// With the cookies of a login that was just made.
    pub fn logged_in(&self, mut answer: HttpResponse, login: &NewLogin) -> Result<HttpResponse, Error> {
        let options = &self.app.config.options;
        answer.add_cookie(&security::login_cookie(&self.req, options, &login.cookie)).map_err(Error::internal)?;
        answer.add_cookie(&security::browser_cookie(&self.req, options, &login.browser)).map_err(Error::internal)?;
        Ok(answer)
    }

    /// With the browser's login forgotten.
    pub fn logged_out(&self, mut answer: HttpResponse) -> Result<HttpResponse, Error> {
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

    /// Where a session's file is.
    pub fn path_of(&self, key: &SessionKey) -> String {
        self.app.config.folder.join(key.app.as_str()).join(key.id.as_str()).display().to_string()
    }

    /// The address of the page, without what was just done and what is being edited.
    pub fn here(&self) -> String {
        self.query.without(&["done", "same", "told", "edit"]).link(&self.path)
    }

    /// Whether a person follows a link, and no script asks for what it shows.
    pub fn wants_page(&self) -> bool {
        failure::wants_page(&self.req)
    }

    pub fn now() -> Timestamp {
        SystemTime::now().into()
    }

    /// A page as an answer.
    pub fn render(&self, status: StatusCode, template: &impl Template) -> Result<HttpResponse, Error> {
        let mut body = String::with_capacity(LONG_PAGE);
        template.render_into(&mut body).map_err(Error::internal)?;
        Ok(HttpResponse::build(status)
            .content_type("text/html; charset=utf-8")
            .insert_header((header::CONTENT_LANGUAGE, self.locale.code()))
            .insert_header((header::VARY, "Accept-Language, Cookie"))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .body(body))
    }

    /// The page, with status 200.
    pub fn ok(&self, template: &impl Template) -> Result<HttpResponse, Error> {
        self.render(StatusCode::OK, template)
    }
}

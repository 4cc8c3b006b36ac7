//! What every page needs: who asks, in which language, and the frame around the content.

use std::fmt::Display;
use std::ops::Deref;
use std::time::SystemTime;

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{FromRequest, HttpRequest, HttpResponse, web};
use askama::Template;
use futures_util::future::LocalBoxFuture;
use percent_encoding::percent_decode_str;

use super::forms;
use super::links::{self, Pairs};
use super::push::failure_words;
use super::rows::{self, Subject};
use super::seen;
use crate::app::App;
use crate::domain::account::{Caller, Permission, Role, Settings, Theme};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::http::assets::asset_url;
use crate::http::client;
use crate::http::extract::{self, Identity, RequestId};
use crate::http::problem::{self, Failure};
use crate::http::security;
use crate::i18n::{Html, Locale, Said};
use crate::services::accounts::{BrowserLogin, By, NewLogin, Origin};
use crate::services::edits::BatchResult;
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};
use crate::services::push::DropCount;
use crate::store::root::{FolderChange, Unavailable};

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
    req: HttpRequest,
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

/// Who is logged in, for the header.
pub struct Who {
    pub name: String,
    pub role: String,
}

/// What was just done, with the way back.
pub struct Flash {
    pub text: Html,
    pub undo: Option<String>,
}

/// The frame of a page: everything that `base.html` shows.
pub struct Chrome {
    locale: Locale,
    title: String,
    section: &'static str,
    /// `None` for the system's.
    pub theme: Option<Theme>,
    pub user: Option<Who>,
    pub may_change: bool,
    pub csrf: String,
    /// Whether the page can be read again by its address, to follow what happens.
    pub live: bool,
    /// The address of this page, without what was just done: where forms lead back to.
    pub here: String,
    pub pending: Option<u64>,
    pub unpushed: Option<u64>,
    /// Whether there is a connection to 4D.
    pub connected: bool,
    /// Whether 4D is known to have read all that was changed here, and nothing is wrong.
    pub in_sync: bool,
    /// Whether changes can be pushed from here.
    pub can_push: bool,
    /// What 4D would drop at the next push.
    pub would_drop: Option<String>,
    /// That a push of its own accord waits, and for what.
    pub push_waits: Option<String>,
    /// Why the last push failed, while something is left to be pushed.
    pub push_failed: Option<String>,
    pub folder_away: Option<String>,
    /// How the folder differs from the one that was served, where a person has to confirm it.
    pub folder_changed: Option<FolderChange>,
    /// That the page says so itself; scripts show the alarm above what was known last.
    pub away_is_said: bool,
    /// What owners are warned of.
    pub warning: Option<Html>,
    /// What else: webhooks that the program switched off.
    pub webhooks_off: Option<Html>,
    pub flash: Option<Flash>,
    /// Whether the pages of people and tokens are theirs.
    pub administers: bool,
    /// Whether the access log is.
    pub reads_access_log: bool,
}

impl Deref for Chrome {
    type Target = Locale;

    fn deref(&self) -> &Locale {
        &self.locale
    }
}

impl Chrome {
    /// `(2) Sessions`: what waits is seen in the browser's tab.
    pub fn full_title(&self) -> String {
        match self.pending {
            Some(pending) if pending > 0 => format!("({}) {}", self.number(pending), self.title),
            _ => self.title.clone(),
        }
    }

    /// How many devices wait to be let in; 0 while nobody knows.
    pub fn waiting(&self) -> u64 {
        self.pending.unwrap_or_default()
    }

    /// How many changes wait for a push.
    pub fn behind(&self) -> u64 {
        self.unpushed.unwrap_or_default()
    }

    /// A message for a template, which writes it as it is.
    pub fn t(&self, key: &str) -> &'static str {
        self.locale.word(key)
    }

    /// A message that names one thing, for a template.
    pub fn s<N: Display>(&self, key: &str, name: N) -> Said<N> {
        self.locale.naming(key, name)
    }

    /// How the folder differs from the one that was served before.
    pub fn folder_change(&self, change: &FolderChange) -> &'static str {
        self.locale.word(&format!("folder-changed-{}", change.as_str()))
    }

    pub fn at(&self, section: &str) -> bool {
        self.section == section
    }

    /// The themes that the browser's own controls take.
    pub fn color_scheme(&self) -> &'static str {
        self.theme.map_or("light dark", Theme::as_str)
    }

    pub fn asset(&self, name: &str) -> String {
        asset_url(name)
    }
}

/// How many bytes a page of a list can have, so that it is not moved while it grows.
const LONG_PAGE: usize = 192 << 10;

/// Keys of an address that say something of the page, not of the list.
pub const PAGE_KEYS: [&str; 6] = ["done", "same", "told", "back", "from", "edit"];

/// What the pages of people and tokens tell of what was just done, each as the message `told-…`.
pub const TOLD: [&str; 26] = [
    "settings",
    "own-password",
    "elsewhere",
    "user-created",
    "user-changed",
    "user-password",
    "user-disabled",
    "user-enabled",
    "user-deleted",
    "token-revoked",
    "webhook-changed",
    "webhook-on",
    "webhook-off",
    "webhook-deleted",
    "delivery-retried",
    "link-revoked",
    "rule-created",
    "rule-changed",
    "rule-enabled",
    "rule-disabled",
    "rule-deleted",
    "pushed",
    "pushed-errors",
    "pushed-errors-elsewhere",
    "push-tested",
    "push-test-failed",
];

impl Chrome {
    /// The frame for somebody of whom nothing is known.
    pub fn bare(locale: Locale, title: String) -> Self {
        Self {
            locale,
            title,
            section: "",
            theme: None,
            user: None,
            may_change: false,
            csrf: String::new(),
            live: false,
            here: String::new(),
            pending: None,
            unpushed: None,
            connected: false,
            in_sync: false,
            can_push: false,
            would_drop: None,
            push_waits: None,
            push_failed: None,
            folder_away: None,
            folder_changed: None,
            away_is_said: false,
            warning: None,
            webhooks_off: None,
            flash: None,
            administers: false,
            reads_access_log: false,
        }
    }
}

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
        problem::wants_page(&self.req)
    }

    pub fn now() -> Timestamp {
        SystemTime::now().into()
    }

    /// The frame of a page with this title, in this section of the navigation.
    pub async fn chrome(&self, section: &'static str, title: impl Into<String>) -> Chrome {
        let l = self.locale;
        let mut chrome = Chrome {
            section,
            theme: self.settings.theme,
            csrf: self.csrf.clone(),
            live: self.caller.is_some() && *self.req.method() == Method::GET,
            // What a form was sent to is no page.
            here: match *self.req.method() {
                Method::GET => self.here(),
                _ => "/".to_owned(),
            },
            ..Chrome::bare(l, title.into())
        };
        let Some(caller) = &self.caller else { return chrome };
        chrome.user = Some(Who { name: rows::shown(&caller.actor.name).into_owned(), role: role(l, caller.role) });
        chrome.may_change = caller.require(Permission::Change).is_ok();
        chrome.administers = caller.require(Permission::Administer).is_ok();
        chrome.reads_access_log = caller.require(Permission::ReadAccessLog).is_ok();
        match self.app.catalog.counts(&caller.apps) {
            Ok(counts) => chrome.pending = Some(counts.pending),
            Err(Error::FolderUnavailable { reason: Unavailable::Away(reason) }) => chrome.folder_away = Some(reason),
            Err(Error::FolderUnavailable { reason: Unavailable::Changed(change) }) => {
                chrome.folder_changed = Some(change);
            }
            Err(_) => {}
        }
        self.show_push(&mut chrome, caller);
        chrome.flash = self.flash(caller).await;
        chrome
    }

    /// Whether what was changed has reached the devices.
    fn show_push(&self, chrome: &mut Chrome, caller: &Caller) {
        let (l, push) = (self.locale, &self.app.push);
        let unpushed = self.app.catalog.count_unpushed(&caller.apps) as u64;
        chrome.unpushed = Some(unpushed);
        chrome.connected = push.is_configured();
        chrome.can_push = chrome.connected && chrome.may_change;
        let count = push.count_dropped(&caller.apps).unwrap_or_default();
        chrome.would_drop = (count.drops > 0).then(|| would_drop(l, count));
        chrome.push_waits = push.waits_for(&caller.apps).map(|files| match files {
            0 => l.t("push-waits-elsewhere"),
            files => l.n("push-waits", files),
        });
        chrome.push_failed = push.failure().filter(|_| unpushed > 0).map(|why| failure_words(l, &why));
        let warned = chrome.would_drop.is_some() || chrome.push_waits.is_some() || chrome.push_failed.is_some();
        chrome.in_sync = chrome.connected && push.was_answered() && !warned;
    }

    /// What the address says was just done, as the journal knows it.
    async fn flash(&self, caller: &Caller) -> Option<Flash> {
        let l = self.locale;
        if self.query.get("same").is_some() {
            return Some(Flash { text: Html::text(&l.t("done-nothing")), undo: None });
        }
        if let Some(told) = self.query.get("told").filter(|told| TOLD.contains(told)) {
            let text = match self.app.push.last_test().and_then(|test| test.failure) {
                Some(why) if told == "push-test-failed" => l.s("told-push-test-failed", failure_words(l, &why)),
                _ => l.t(&format!("told-{told}")),
            };
            return Some(Flash { text: Html::text(&text), undo: None });
        }
        let done = self.query.get("done")?;
        let (id, already) = done.split_once('~').unwrap_or((done, ""));
        let may_undo = |can: bool| {
            (can && caller.require(Permission::Change).is_ok()).then(|| format!("/changes/{}/undo", links::encode(id)))
        };
        let subject = |change: &Change| Subject::of(&self.app.catalog, &caller.apps, change);
        if let Some(change) = self.app.journal.change(&caller.apps, id).await.ok()? {
            let text = rows::sentence(l, "done", &change, subject(&change).strong());
            return Some(Flash { text, undo: may_undo(change.can_undo) });
        }
        let batch_done = self.app.journal.batch(&caller.apps, id).await.ok()??;
        let batch = ChangeQuery { batch: Some(id.to_owned()), limit: 2, ..ChangeQuery::default() };
        let batch = self.app.journal.list(&caller.apps, &batch).await.ok()?;
        let many = || {
            let mut text = rows::done_many(l, batch_done.facts.total, Some(&batch_done.facts));
            if let Some(already) = already.parse::<u64>().ok().filter(|already| *already > 0) {
                text = format!("{text} {}", l.n("result-unchanged", already));
            }
            Html::text(&text)
        };
        let text = seen::told(l, &batch, |change| subject(change).strong()).unwrap_or_else(many);
        Some(Flash { text, undo: may_undo(batch_done.can_undo) })
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

/// What 4D would drop at the next push.
pub fn would_drop(l: Locale, count: DropCount) -> String {
    match (count.drops, count.may_drop) {
        (0, may_drop) => l.n("push-may-drop", may_drop),
        (drops, 0) => l.n("push-would-drop", drops),
        (drops, may_drop) => format!("{} {}", l.n("push-would-drop", drops), l.n("push-may-drop-too", may_drop)),
    }
}

/// The word for a role.
pub fn role(l: Locale, role: Role) -> String {
    l.t(match role {
        Role::Viewer => "role-viewer",
        Role::Operator => "role-operator",
        Role::Owner => "role-owner",
    })
}

/// 303: look at this page now.
pub fn see(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .finish()
}

/// To this page, with one of [`TOLD`].
pub fn see_told(path: &str, told: &'static str) -> HttpResponse {
    see(&format!("{path}?told={told}"))
}

/// Back to where a form was sent from, with one of [`TOLD`].
pub fn see_told_back(back: &str, told: &'static str) -> HttpResponse {
    see_back(back, &format!("told={told}"))
}

/// Back to where a form was sent from, with what was done in the address.
pub fn see_done(back: &str, change_id: Option<&str>) -> HttpResponse {
    see_back(
        back,
        &match change_id {
            Some(id) => format!("done={}", links::encode(id)),
            None => "same=1".to_owned(),
        },
    )
}

/// The same of many, with how many were so already.
pub fn see_done_many(back: &str, result: &BatchResult) -> HttpResponse {
    let id = result.change_id.as_deref();
    match id.filter(|_| result.unchanged > 0) {
        Some(id) => see_back(back, &format!("done={}~{}", links::encode(id), result.unchanged)),
        None => see_done(back, id),
    }
}

/// The same, with the row of this session in view.
pub fn see_done_at(back: &str, change_id: Option<&str>, key: &SessionKey) -> HttpResponse {
    let mut answer = see_done(back, change_id);
    let at = |address: &str| format!("{address}#s-{}", rows::anchor(key));
    let address = answer.headers().get(header::LOCATION).and_then(|address| address.to_str().ok()).map(at);
    if let Some(address) = address.and_then(|address| header::HeaderValue::from_str(&address).ok()) {
        answer.headers_mut().insert(header::LOCATION, address);
    }
    answer
}

fn see_back(back: &str, told: &str) -> HttpResponse {
    let (path, query) = back.split_once('?').unwrap_or((back, ""));
    let kept = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !["done=", "same=", "told="].iter().any(|key| pair.starts_with(key)));
    let query: Vec<&str> = kept.chain([told]).collect();
    see(&format!("{path}?{}", query.join("&")))
}

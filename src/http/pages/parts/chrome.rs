//! The frame around a page: who is logged in, what waits, and what was just done.

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

use actix_web::http::Method;

use super::page::Page;
use super::text::{self, When};
use super::toast::Toast;
use crate::domain::account::{AppScope, Caller, Permission, Role, Theme};
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;
use crate::http::assets::asset_url;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::push::{DropCount, Push};
use crate::store::root::{FolderChange, Unavailable};

/// Who is logged in, for the header.
pub struct Who {
    pub name: String,
    pub role: String,
}

/// The frame of a page: everything that `base.html` shows.
pub struct Chrome {
    pub(super) locale: Locale,
    pub title: String,
    section: &'static str,
    /// `None` for the system's.
    pub theme: Option<Theme>,
    /// Whether accepted sessions are bold in lists, rather than those that wait.
    pub bold_accepted: bool,
    pub user: Option<Who>,
    pub may_change: bool,
    pub csrf: String,
    /// Whether the page can be read again by its address, to follow what happens.
    pub live: bool,
    /// The number of the newest event that the page knows of.
    newest_event: u64,
    /// The address of this page, without what was just done: where forms lead back to.
    pub here: String,
    /// What stands in the field that finds sessions.
    pub find: String,
    pub pending: Option<u64>,
    pub unpushed: Option<u64>,
    /// Whether there is a connection to 4D.
    pub connected: bool,
    /// Whether 4D is known to have read all that was changed here.
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
    /// How far the first reading of the folder is, in words.
    pub folder_reading: Option<String>,
    /// How the folder differs from the one that was served, where a person has to confirm it.
    pub folder_changed: Option<FolderChange>,
    /// That the page says so itself; scripts show the alarm above what was known last.
    pub away_is_said: bool,
    /// What owners are warned of.
    pub warning: Option<Html>,
    /// What else: webhooks that the program switched off.
    pub webhooks_off: Option<Html>,
    /// Whether the page itself says what is wrong with the push.
    pub is_warned_below: bool,
    pub toast: Option<Toast>,
    /// Whether the pages of people and tokens are theirs.
    pub administers: bool,
    /// Whether the access log is.
    pub reads_access_log: bool,
}

impl Chrome {
    /// `(2) Sessions`: what waits is seen in the browser's tab.
    pub fn full_title(&self) -> String {
        match self.pending {
            Some(pending) if pending > 0 => format!("({}) {}", self.number(pending), self.title),
            _ => self.title.clone(),
        }
    }

    /// With the address that forms lead back to.
    pub fn back_to(self, here: impl Into<String>) -> Self {
        Self { here: here.into(), ..self }
    }

    /// Of a page that follows what happens, the event after which that begins.
    pub fn live_after(&self) -> Option<u64> {
        self.live.then_some(self.newest_event)
    }

    /// How many devices wait to be let in; 0 while nobody knows.
    pub fn waiting(&self) -> u64 {
        self.pending.unwrap_or_default()
    }

    /// How many changes wait for a push.
    pub fn behind(&self) -> u64 {
        self.unpushed.unwrap_or_default()
    }

    /// Whether something is wrong, and said so: nothing is green then.
    pub fn is_warned(&self) -> bool {
        let of_folder = self.folder_away.is_some() || self.folder_reading.is_some() || self.folder_changed.is_some();
        let of_push = self.would_drop.is_some() || self.push_waits.is_some() || self.push_failed.is_some();
        of_folder || of_push || self.warning.is_some() || self.webhooks_off.is_some() || self.is_warned_below
    }

    /// The language of the page.
    pub fn code(&self) -> &'static str {
        self.locale.code()
    }

    pub fn n(&self, key: &str, count: impl Borrow<u64>) -> String {
        self.locale.n(key, count)
    }

    /// A number, its digits in groups.
    pub fn number(&self, number: impl Borrow<u64>) -> String {
        self.locale.number(number)
    }

    /// Foreign text made fit for one line.
    pub fn line<'t>(&self, text: &'t str) -> Cow<'t, str> {
        text::one_line(text)
    }

    /// An e-mail for a table.
    pub fn email(&self, email: &str) -> Html {
        Html::email(email)
    }

    /// The page of an app.
    pub fn app_href(&self, app: &AppId) -> links::Path {
        links::Path::app(app)
    }

    /// A point in time for reading.
    pub fn when(&self, at: &Timestamp) -> When {
        When::new(self.locale, *at, Page::now())
    }

    /// The same, told by its day.
    pub fn day(&self, at: &Timestamp) -> When {
        When { ago: self.locale.date(*at), ..self.when(at) }
    }

    /// The word for a role, alone.
    pub fn role_name(&self, role: &Role) -> String {
        role_name(self.locale, *role)
    }

    /// The apps that globs stand for.
    pub fn apps(&self, globs: &[String]) -> String {
        apps_words(self.locale, globs)
    }

    /// A message for a template, which writes it as it is.
    pub fn t(&self, key: &str) -> Cow<'static, str> {
        self.locale.word(key)
    }

    /// A message that names one thing, for a template.
    pub fn s(&self, key: &str, name: impl Display) -> String {
        self.locale.s(key, name)
    }

    /// How the folder differs from the one that was served before.
    pub fn folder_change(&self, change: &FolderChange) -> String {
        self.locale.t(&format!("folder-changed-{}", change.as_str()))
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

impl Chrome {
    /// The frame for somebody of whom nothing is known.
    pub fn bare(locale: Locale, title: String) -> Self {
        Self {
            locale,
            title,
            section: "",
            theme: None,
            bold_accepted: false,
            user: None,
            may_change: false,
            csrf: String::new(),
            live: false,
            newest_event: 0,
            here: String::new(),
            find: String::new(),
            pending: None,
            unpushed: None,
            connected: false,
            in_sync: false,
            can_push: false,
            would_drop: None,
            push_waits: None,
            push_failed: None,
            folder_away: None,
            folder_reading: None,
            folder_changed: None,
            away_is_said: false,
            warning: None,
            webhooks_off: None,
            is_warned_below: false,
            toast: None,
            administers: false,
            reads_access_log: false,
        }
    }
}

impl Chrome {
    /// Whether what was changed has reached the devices.
    async fn show_push(&mut self, push: &Push, unpushed: u64, scope: &AppScope) {
        let l = self.locale;
        self.unpushed = Some(unpushed);
        self.connected = push.is_configured();
        self.can_push = self.connected && self.may_change;
        let count = push.count_dropped(scope).await.unwrap_or_default();
        self.would_drop = (count.drops > 0).then(|| would_drop(l, count));
        self.push_waits = push.waits_for(scope).await.map(|files| match files {
            0 => l.t("push-waits-elsewhere"),
            files => l.n("push-waits", files),
        });
        self.push_failed = push.failure().filter(|_| unpushed > 0).map(|why| text::push_failure_words(l, &why));
        self.in_sync = self.connected && push.was_answered();
    }
}

pub trait Viewer {
    fn viewer(&self) -> Option<&Caller>;
}

impl Viewer for Caller {
    fn viewer(&self) -> Option<&Caller> {
        Some(self)
    }
}

impl Viewer for Option<Caller> {
    fn viewer(&self) -> Option<&Caller> {
        self.as_ref()
    }
}

impl<C: Viewer> Page<C> {
    /// The frame of a page with this title, in this section of the navigation.
    pub async fn chrome(&self, section: &'static str, title: impl Into<String>) -> Chrome {
        let l = self.locale;
        let caller = self.caller.viewer().filter(|_| !self.is_held_up());
        let mut chrome = Chrome {
            section,
            theme: self.settings.theme,
            bold_accepted: self.settings.bold_accepted,
            csrf: self.csrf(),
            live: caller.is_some() && *self.req.method() == Method::GET,
            newest_event: self.newest_event,
            // What a form was sent to is no page.
            here: match *self.req.method() {
                Method::GET => self.here(),
                _ => "/".to_owned(),
            },
            ..Chrome::bare(l, title.into())
        };
        let Some(caller) = caller else { return chrome };
        chrome.user = Some(Who { name: text::one_line(&caller.actor.name).into_owned(), role: role(l, caller.role) });
        chrome.may_change = caller.require(Permission::Change).is_ok();
        chrome.administers = caller.require(Permission::Administer).is_ok();
        chrome.reads_access_log = caller.require(Permission::ReadAccessLog).is_ok();
        match self.app.catalog.counts(&caller.apps).await {
            Ok(counts) => chrome.pending = Some(counts.waiting()),
            Err(Error::FolderUnavailable { reason: Unavailable::Away(reason) }) => chrome.folder_away = Some(reason),
            Err(Error::FolderUnavailable { reason: Unavailable::Changed(change) }) => {
                chrome.folder_changed = Some(change);
            }
            Err(_) => {}
        }
        chrome.folder_reading = self.app.catalog.reading().map(|(done, total)| {
            l.args("folder-reading", &[("done", l.number(done).into()), ("total", l.number(total).into())])
        });
        let unpushed = self.app.catalog.count_unpushed(&caller.apps).await.unwrap_or_default();
        chrome.show_push(&self.app.push, unpushed, &caller.apps).await;
        chrome.toast = self.toast(caller).await;
        chrome
    }
}

/// What the next push does to the devices of broken files.
fn would_drop(l: Locale, count: DropCount) -> String {
    match (count.drops, count.may_drop) {
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

/// The word for a role, alone.
pub fn role_name(l: Locale, role: Role) -> String {
    l.t(match role {
        Role::Viewer => "role-name-viewer",
        Role::Operator => "role-name-operator",
        Role::Owner => "role-name-owner",
    })
}

/// The apps that globs stand for.
pub fn apps_words(l: Locale, globs: &[String]) -> String {
    if globs.is_empty() { l.t("apps-all") } else { text::one_line(&globs.join(", ")).into_owned() }
}

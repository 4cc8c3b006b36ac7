//! The frame around a page: who is logged in, what waits, and what was just done.

use std::borrow::{Borrow, Cow};
use std::fmt::Display;

use actix_web::http::Method;

use super::change_rows::{self, Subjects};
use super::flash::Flash;
use super::page::Page;
use super::related_sessions;
use super::text::{self, When};
use crate::domain::account::{AppScope, Caller, Permission, Role, Theme};
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;
use crate::http::assets::asset_url;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};
use crate::services::push::{DropCount, Push};
use crate::store::root::{FolderChange, Unavailable};

/// Who is logged in, for the header.
pub struct Who {
    pub name: String,
    pub role: String,
}

/// What was just done, with the way back.
pub struct Toast {
    pub text: Html,
    pub undo: Option<String>,
}

/// The frame of a page: everything that `base.html` shows.
pub struct Chrome {
    locale: Locale,
    pub title: String,
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
    /// What stands in the field that finds sessions.
    pub find: String,
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

    /// How many devices wait to be let in; 0 while nobody knows.
    pub fn waiting(&self) -> u64 {
        self.pending.unwrap_or_default()
    }

    /// How many changes wait for a push.
    pub fn behind(&self) -> u64 {
        self.unpushed.unwrap_or_default()
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
            user: None,
            may_change: false,
            csrf: String::new(),
            live: false,
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
        let warned = self.would_drop.is_some() || self.push_waits.is_some() || self.push_failed.is_some();
        self.in_sync = self.connected && push.was_answered() && !warned;
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
        let caller = self.caller.viewer().filter(|_| !self.must_change_password);
        let mut chrome = Chrome {
            section,
            theme: self.settings.theme,
            csrf: self.csrf(),
            live: caller.is_some() && *self.req.method() == Method::GET,
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
            Ok(counts) => chrome.pending = Some(counts.pending),
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
        chrome.toast = match self.take_flash() {
            Some(flash) => self.toast(caller, flash).await,
            None => None,
        };
        chrome
    }

    /// What was just done, as the journal knows it.
    async fn toast(&self, caller: &Caller, flash: Flash) -> Option<Toast> {
        let l = self.locale;
        let (id, unchanged) = match flash {
            Flash::Message(key) => {
                let text = match self.app.push.last_test().and_then(|test| test.failure) {
                    Some(why) if key == "told-push-test-failed" => l.s(&key, text::push_failure_words(l, &why)),
                    _ => l.find(&key, &[])?,
                };
                return Some(Toast { text: Html::text(&text), undo: None });
            }
            Flash::Done { id, unchanged } => (id, unchanged),
        };
        let (scope, journal) = (&caller.apps, &self.app.journal);
        let undo = format!("/changes/{}/undo", links::encode(&id));
        let undo = move |can_undo| (can_undo && caller.require(Permission::Change).is_ok()).then_some(undo);
        let catalog = &self.app.catalog;
        if let Some(change) = journal.change(scope, &id).await.ok()? {
            let subjects = Subjects::of(catalog, scope, std::slice::from_ref(&change)).await;
            let text = change_rows::sentence(l, "done", &change, subjects.subject(&change).strong());
            return Some(Toast { text, undo: undo(change.can_undo) });
        }
        let batch = journal.batch(scope, &id).await.ok()??;
        let query = ChangeQuery { batch: Some(id), limit: 2, ..ChangeQuery::default() };
        let changes = journal.list(scope, &query).await.ok()?;
        let subjects = Subjects::of(catalog, scope, &changes.items).await;
        let subject = |change: &Change| subjects.subject(change).strong();
        let text = related_sessions::replaced(l, &changes, subject).unwrap_or_else(|| {
            let mut text = change_rows::done_many(l, batch.facts.total, Some(&batch.facts));
            if unchanged > 0 {
                text = format!("{text} {}", l.n("result-unchanged", unchanged));
            }
            Html::text(&text)
        });
        Some(Toast { text, undo: undo(batch.can_undo) })
    }
}

/// What 4D would drop at the next push.
fn would_drop(l: Locale, count: DropCount) -> String {
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

//! The frame around a page: who is logged in, what waits, and what was just done.

use std::fmt::Display;
use std::ops::Deref;

use actix_web::http::Method;

use super::page::Page;
use super::push_failure::failure_words;
use super::rows::{self, Subject};
use super::seen;
use crate::domain::account::{Caller, Permission, Role, Theme};
use crate::http::assets::asset_url;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::error::Error;
use crate::services::journal::{Change, ChangeQuery};
use crate::services::push::DropCount;
use crate::store::root::{FolderChange, Unavailable};

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
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
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

//! Sessions and apps as rows of a page: words, not decisions.

use super::named_apps::{NamedApp, team_word};
use super::note_form;
use super::text::{Badge, When, line_or_empty, one_line, short_id};
use crate::domain::app_name::is_bare_version;
use crate::domain::session::{App, Counts, Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::http::links::{self, Pairs};
use crate::i18n::Locale;

/// What a session is called: its device, else its system, else its id. The second says whether it
/// had to be the id.
pub fn name(session: &Session) -> (String, bool) {
    let device = session.device.as_ref();
    let description = line_or_empty(device.and_then(|device| device.description.as_deref()));
    let system = device.map(|device| one_line(device.system().trim()).into_owned()).unwrap_or_default();
    match (description.is_empty(), system.is_empty()) {
        (false, _) => (description, false),
        (true, false) => (system, false),
        (true, true) => (short_id(session.id.as_str()), true),
    }
}

/// The icon of a session's device: a tablet where its system or model says so, else a phone; of a file that tells
/// nothing of one, a file.
fn form(session: &Session) -> &'static str {
    let Some(device) = session.device.as_ref() else { return "file" };
    let (os, model) = (device.os.as_deref().unwrap_or_default(), device.description.as_deref().unwrap_or_default());
    if os.eq_ignore_ascii_case("iPadOS") || model.split_whitespace().any(is_tablet) { "tablet" } else { "phone" }
}

fn is_tablet(word: &str) -> bool {
    ["ipad", "tab", "tablet"].iter().any(|tablet| word.eq_ignore_ascii_case(tablet))
}

/// The app's name as this session gives it, else what stands behind the team id.
pub fn app_name(session: &Session) -> String {
    let name = session.application.as_ref().and_then(|application| application.name.as_deref());
    let name = line_or_empty(name.filter(|name| !is_bare_version(name)));
    if name.is_empty() { one_line(session.app.bundle_id()).into_owned() } else { name }
}

/// The name of a session's row in a page.
pub fn anchor(key: &SessionKey) -> String {
    format!("{}/{}", links::encode(key.app.as_str()), key.id)
}

/// One session in a list.
pub struct Row {
    pub key: SessionKey,
    /// The row's own name in a page: an app's session ids can be another's too.
    pub anchor: String,
    pub pick: String,
    pub href: links::Path,
    pub name: String,
    pub unnamed: bool,
    /// The icon beside the name.
    pub form: &'static str,
    pub class: &'static str,
    pub badge: Badge,
    pub readable: bool,
    pub accepted: bool,
    /// Whether it waits to be let in.
    pub pending: bool,
    /// Whether somebody declined that.
    pub declined: bool,
    pub system: String,
    pub email: String,
    pub app: String,
    /// What tells the app's folder from its others, where it has some.
    pub team: String,
    pub app_id: String,
    pub app_href: links::Path,
    pub ip: String,
    pub app_version: String,
    pub language: String,
    /// A mark beside the name, unless that says so already.
    pub simulator: bool,
    /// What people call the device, or else what they say of it, on one line.
    pub called: String,
    pub jailbroken: bool,
    pub problems: u64,
    pub unpushed: bool,
    pub changed: When,
    pub first_seen: When,
    pub waiting: Option<When>,
}

impl Row {
    /// Whether the file holds values: code 2 is one in which none can be read or set.
    pub fn is_readable(session: &Session) -> bool {
        !session.problems.iter().any(|finding| finding.code() == 2)
    }

    /// With the app's own name, from those that the caller may see: where the session gives none, and where the app has
    /// several folders.
    pub fn in_app(l: Locale, apps: &[App], session: &Session, now: Timestamp) -> Self {
        let row = Self::new(l, session, now);
        let Some(app) = apps.iter().find(|app| app.id == session.app) else { return row };
        let own = session.application.as_ref().and_then(|application| application.name.as_deref());
        let is_named = own.is_some_and(|name| !name.trim().is_empty() && !is_bare_version(name));
        let team = team_word(l, app);
        // The folder's name is the last resort: the bundle id says more.
        if app.name == app.id.as_str() || is_named && team.is_empty() {
            return Self { team, ..row };
        }
        Self { app: one_line(&app.name).into_owned(), team, ..row }
    }

    pub fn new(l: Locale, session: &Session, now: Timestamp) -> Self {
        let (name, unnamed) = name(session);
        let class = session.class();
        let device = session.device.as_ref();
        let readable = Self::is_readable(session);
        let simulator = device.and_then(|device| device.simulator).unwrap_or_default();
        let declined = session.declined.is_some();
        let says_simulator = name.to_lowercase().contains("simulator");
        Self {
            key: session.key(),
            anchor: anchor(&session.key()),
            pick: format!("{}/{}", session.app, session.id),
            href: links::Path::session(&session.key()),
            name,
            unnamed,
            form: form(session),
            class: if declined { "declined" } else { class.as_str() },
            badge: badge(l, session, readable),
            readable,
            accepted: class == StatusClass::Accepted,
            pending: class == StatusClass::Pending && !declined,
            declined,
            system: device.map(|device| one_line(&device.system()).into_owned()).unwrap_or_default(),
            email: line_or_empty(session.email.as_deref()),
            app: app_name(session),
            team: String::new(),
            app_id: one_line(session.app.as_str()).into_owned(),
            app_href: links::Path::app(&session.app),
            ip: line_or_empty(session.ip.as_deref()),
            app_version: line_or_empty(session.application.as_ref().and_then(|app| app.version.as_deref())),
            language: line_or_empty(session.language.as_ref().and_then(|language| language.id.as_deref())),
            simulator: simulator && !says_simulator,
            called: session.note.as_ref().map(note_form::in_one_line).unwrap_or_default(),
            jailbroken: device.is_some_and(|device| device.jailbroken),
            problems: if readable { session.problems.len() as u64 } else { 0 },
            unpushed: session.unpushed,
            changed: When::new(l, session.modified_at, now),
            first_seen: When::new(l, session.first_seen_at, now),
            waiting: session.pending_since.filter(|_| !declined).map(|since| When::new(l, since, now)),
        }
    }
}

fn badge(l: Locale, session: &Session, readable: bool) -> Badge {
    if session.declined.is_some() {
        return Badge { kind: "no", word: l.t("status-declined") };
    }
    match (session.class(), session.status.as_deref()) {
        (StatusClass::Accepted, _) => Badge { kind: "ok", word: l.t("status-accepted") },
        (StatusClass::Pending, _) => Badge { kind: "wait", word: l.t("status-pending") },
        (StatusClass::Other, Some(status)) => Badge { kind: "other", word: l.s("status-unknown", one_line(status)) },
        (StatusClass::Other, None) if readable => Badge { kind: "other", word: l.t("status-none") },
        (StatusClass::Other, None) => Badge { kind: "bad", word: l.t("status-unreadable") },
    }
}

/// An app in the overview.
pub struct AppRow {
    pub name: String,
    pub href: String,
    pub folders: Vec<FolderLink>,
    /// The lists of those that wait, and of those with problems.
    pub pending_href: String,
    pub problems_href: String,
    pub counts: Counts,
    pub accepted_share: String,
    pub pending_share: String,
}

impl AppRow {
    pub fn new(l: Locale, app: &NamedApp) -> Self {
        let counts = app.counts();
        let list = |key: &str, value: &str| app.list(&Pairs::default().with(key, Some(value)));
        Self {
            name: one_line(&app.name).into_owned(),
            href: app.list(&Pairs::default()),
            folders: folder_links(l, app),
            pending_href: list("status", "pending"),
            problems_href: list("compliant", "false"),
            counts,
            accepted_share: percentage(counts.accepted, counts.total),
            pending_share: percentage(counts.waiting(), counts.total),
        }
    }
}

fn percentage(part: u64, total: u64) -> String {
    format!("{:.1}", part as f64 * 100.0 / total.max(1) as f64)
}

/// A folder of an app: by its id, or where there are several, by what tells it from the others.
pub struct FolderLink {
    pub word: String,
    pub id: String,
    /// `None` for the only one.
    pub href: Option<String>,
}

pub fn folder_links(l: Locale, app: &NamedApp) -> Vec<FolderLink> {
    let is_only = app.only().is_some();
    let link = |folder: &App| {
        let (id, team) = (one_line(folder.id.as_str()).into_owned(), team_word(l, folder));
        let word = if is_only || team.is_empty() { id.clone() } else { team };
        FolderLink { word, id, href: (!is_only).then(|| links::app(&folder.id)) }
    };
    app.folders.iter().map(link).collect()
}

/// The app's other folders, and the ways to them.
pub fn also_in(app: &App) -> Vec<(String, String)> {
    app.also_in.iter().map(|id| (links::app(id), one_line(id.as_str()).into_owned())).collect()
}

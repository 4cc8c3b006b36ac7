//! Sessions and changes as rows of a page: words, not decisions.

use std::borrow::Cow;
use std::collections::HashMap;

use askama::filters::HtmlSafe;

use super::page::Page;
use crate::domain::account::{Actor, ActorKind, AppScope};
use crate::domain::change::{Action, Outcome, Reason, Values};
use crate::domain::session::{App, Counts, Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::catalog::{Catalog, is_bare_version};
use crate::services::error::Error;
use crate::services::journal::{BatchFacts, BatchSize, Change};
use crate::services::links::{LINK_BY, LinkUse};

/// A point in time for reading.
pub struct When {
    pub iso: Timestamp,
    pub exact: String,
    pub ago: String,
}

/// Digits and marks that mean nothing to a page.
impl HtmlSafe for Timestamp {}

impl When {
    pub fn new(l: Locale, at: Timestamp, now: Timestamp) -> Self {
        Self { iso: at, exact: l.exact(at), ago: l.ago(at, now) }
    }
}

/// A status: its shape and its word.
pub struct Badge {
    pub kind: &'static str,
    pub word: String,
}

/// Foreign text made fit for one line: control characters are shown as such, marks that turn the
/// direction of what follows are taken out, and what is endless ends.
pub fn shown(text: &str) -> Cow<'_, str> {
    const LONGEST: usize = 200;
    if text.len() <= LONGEST && !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut line: String = text.chars().take(LONGEST).map(|c| if odd(c) { '\u{fffd}' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    Cow::Owned(line)
}

/// What does not belong into a line: control characters, and marks that turn the direction of what follows.
pub fn odd(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2028}' | '\u{2029}' | '\u{2066}'..='\u{2069}')
}

/// The same for a sentence, which may be longer than a name.
pub fn shown_long(text: &str) -> String {
    shown_whole(text).chars().take(1000).collect()
}

/// The same to its end, however long it is.
pub fn shown_whole(text: &str) -> String {
    text.chars().map(|c| if odd(c) { '\u{fffd}' } else { c }).collect()
}

fn shown_or_empty(text: Option<&str>) -> String {
    shown(text.unwrap_or_default().trim()).into_owned()
}

/// The first characters of an id, enough to tell it from its neighbours.
pub fn short_id(id: &str) -> String {
    if id.len() <= 12 { id.to_owned() } else { format!("{}…{}", &id[..6], &id[id.len() - 4..]) }
}

/// What a session is called: its device, else its system, else its id. The second says whether it
/// had to be the id.
pub fn name(session: &Session) -> (String, bool) {
    let device = session.device.as_ref();
    let description = shown_or_empty(device.and_then(|device| device.description.as_deref()));
    let system = device.map(|device| shown(device.system().trim()).into_owned()).unwrap_or_default();
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
    let is_tablet = |word: &str| ["ipad", "tab", "tablet"].iter().any(|tablet| word.eq_ignore_ascii_case(tablet));
    if os.eq_ignore_ascii_case("iPadOS") || model.split_whitespace().any(is_tablet) { "tablet" } else { "phone" }
}

/// The app's name as this session gives it, else what stands behind the team id.
pub fn app_name(session: &Session) -> String {
    let name = session.application.as_ref().and_then(|application| application.name.as_deref());
    let name = shown_or_empty(name.filter(|name| !is_bare_version(name)));
    if name.is_empty() { shown(session.app.bundle_id()).into_owned() } else { name }
}

/// The name of a session's row in a page.
pub fn anchor(key: &SessionKey) -> String {
    format!("{}/{}", links::encode(key.app.as_str()), key.id)
}

/// One session in a list.
pub struct Row {
    /// Which session it is.
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
    pub pending: bool,
    pub system: String,
    pub email: String,
    pub app: String,
    pub app_id: String,
    pub app_href: links::Path,
    pub ip: String,
    /// A mark beside the name, unless that says so already.
    pub simulator: bool,
    pub jailbroken: bool,
    pub problems: u64,
    pub unpushed: bool,
    pub changed: When,
    pub waiting: Option<When>,
}

impl Row {
    /// Whether the file holds values: code 2 is one in which none can be read or set.
    pub fn is_readable(session: &Session) -> bool {
        !session.problems.iter().any(|finding| finding.code() == 2)
    }

    /// With the app's own name where the session gives none.
    pub fn in_app(page: &Page, scope: &AppScope, session: &Session, now: Timestamp) -> Result<Self, Error> {
        let row = Self::new(page.locale, session, now);
        let own = session.application.as_ref().and_then(|application| application.name.as_deref());
        if own.is_some_and(|name| !name.trim().is_empty() && !is_bare_version(name)) {
            return Ok(row);
        }
        let app = page.app.catalog.app(scope, &session.app)?;
        Ok(match app {
            // The folder's name is the last resort: the bundle id says more.
            Some(app) if app.name != app.id.as_str() => Self { app: shown(&app.name).into_owned(), ..row },
            _ => row,
        })
    }

    pub fn new(l: Locale, session: &Session, now: Timestamp) -> Self {
        let (name, unnamed) = name(session);
        let class = session.class();
        let device = session.device.as_ref();
        let readable = Self::is_readable(session);
        let simulator = device.and_then(|device| device.simulator).unwrap_or_default();
        let says_simulator = name.to_lowercase().contains("simulator");
        Self {
            key: session.key(),
            anchor: anchor(&session.key()),
            pick: format!("{}/{}", session.app, session.id),
            href: links::Path::session(&session.key()),
            name,
            unnamed,
            form: form(session),
            class: class.as_str(),
            badge: badge(l, session, readable),
            readable,
            accepted: class == StatusClass::Accepted,
            pending: class == StatusClass::Pending,
            system: device.map(|device| shown(&device.system()).into_owned()).unwrap_or_default(),
            email: shown_or_empty(session.email.as_deref()),
            app: app_name(session),
            app_id: shown(session.app.as_str()).into_owned(),
            app_href: links::Path::app(&session.app),
            ip: shown_or_empty(session.ip.as_deref()),
            simulator: simulator && !says_simulator,
            jailbroken: device.is_some_and(|device| device.jailbroken),
            problems: if readable { session.problems.len() as u64 } else { 0 },
            unpushed: session.unpushed,
            changed: When::new(l, session.modified_at, now),
            waiting: session.pending_since.map(|since| When::new(l, since, now)),
        }
    }
}

fn badge(l: Locale, session: &Session, readable: bool) -> Badge {
    match (session.class(), session.status.as_deref()) {
        (StatusClass::Accepted, _) => Badge { kind: "ok", word: l.t("status-accepted") },
        (StatusClass::Pending, _) => Badge { kind: "wait", word: l.t("status-pending") },
        (StatusClass::Other, Some(status)) => Badge { kind: "other", word: l.s("status-unknown", shown(status)) },
        (StatusClass::Other, None) if readable => Badge { kind: "other", word: l.t("status-none") },
        (StatusClass::Other, None) => Badge { kind: "bad", word: l.t("status-unreadable") },
    }
}

/// An app in the overview.
pub struct AppRow {
    pub name: String,
    pub id: String,
    pub href: String,
    /// The app's other folders, and the ways to them.
    pub also_in: Vec<(String, String)>,
    pub counts: Counts,
    pub accepted_share: String,
    pub pending_share: String,
}

impl AppRow {
    pub fn new(app: &App) -> Self {
        let share = |part: u64| format!("{:.1}", part as f64 * 100.0 / app.sessions.total.max(1) as f64);
        Self {
            name: shown(&app.name).into_owned(),
            id: shown(app.id.as_str()).into_owned(),
            href: links::app(&app.id),
            also_in: also_in(app),
            counts: app.sessions,
            accepted_share: share(app.sessions.accepted),
            pending_share: share(app.sessions.pending),
        }
    }
}

/// The app's other folders, and the ways to them.
pub fn also_in(app: &App) -> Vec<(String, String)> {
    app.also_in.iter().map(|id| (links::app(id), shown(id.as_str()).into_owned())).collect()
}

/// What a change did to a value.
pub struct FromTo {
    pub before: String,
    pub after: String,
}

/// One entry of the journal.
pub struct ChangeRow {
    pub id: String,
    pub sentence: Html,
    pub undo_label: String,
    pub when: When,
    pub reason: String,
    pub values: Option<FromTo>,
    pub app: String,
    pub app_href: String,
    pub pushed: Option<When>,
    pub pushed_by: Option<Html>,
    pub can_undo: bool,
    pub undone: bool,
    pub overwritten: bool,
    /// Set on the first row of a batch's run in a list.
    pub batch: Option<BatchMark>,
}

/// A batch, where its run in a list begins.
pub struct BatchMark {
    /// To all of it.
    pub href: String,
    /// How many it was at once.
    pub word: String,
    /// Takes all of it back, if that can still be, and its words.
    pub undo: Option<(String, String)>,
}

impl BatchMark {
    fn new(l: Locale, id: &str, size: BatchSize) -> Self {
        let undo = || (format!("/changes/{}/undo", links::encode(id)), l.n("undo-all-of", size.total));
        Self {
            href: links::Pairs::default().with("batch", Some(id)).link("/changes"),
            word: l.n("batch-of", size.total),
            undo: size.can_undo.then(undo),
        }
    }
}

impl ChangeRow {
    pub fn new(l: Locale, change: &Change, subject: &Subject, now: Timestamp) -> Self {
        Self {
            id: change.id.clone(),
            sentence: sentence(l, "did", change, subject.link()),
            undo_label: l.s("undo-name", subject.text()),
            when: When::new(l, change.at, now),
            reason: reason(l, change),
            values: values(l, change),
            app: shown(change.app.bundle_id()).into_owned(),
            app_href: links::app(&change.app),
            pushed: change.pushed_at.map(|at| When::new(l, at, now)),
            pushed_by: change.pushed_by.as_ref().map(|by| actor(l, by)),
            can_undo: change.can_undo,
            undone: change.undone_by.is_some(),
            overwritten: change.outcome == Outcome::Overwritten,
            batch: None,
        }
    }
}

/// Rows of journal entries, each run of one of these batches with a mark for the whole of it.
pub fn change_rows(
    l: Locale,
    subjects: impl Fn(&Change) -> Subject,
    changes: &[Change],
    batches: &HashMap<String, BatchSize>,
    now: Timestamp,
) -> Vec<ChangeRow> {
    let mut last_batch = None;
    let row = |change: &Change| {
        let mut row = ChangeRow::new(l, change, &subjects(change), now);
        if let Some(id) = change.batch_id.as_ref().filter(|id| last_batch.as_ref() != Some(*id)) {
            let many = batches.get(id).filter(|size| size.total > 1);
            row.batch = many.map(|size| BatchMark::new(l, id, *size));
        }
        last_batch = change.batch_id.clone();
        row
    };
    changes.iter().map(row).collect()
}

/// The session that a change was made to, as far as it is there.
pub struct Subject {
    pub name: String,
    /// Empty where the name is enough, or there is none.
    pub email: String,
    pub href: String,
}

impl Subject {
    /// The session of a change, with the e-mail that it had before it. One that is gone goes by what the journal keeps
    /// of its device.
    pub fn of(catalog: &Catalog, scope: &AppScope, change: &Change) -> Self {
        let key = key_of(change);
        let session = catalog.session(scope, &key).ok().flatten();
        let now = session.as_ref().map(name).filter(|(_, is_id)| !is_id).map(|(name, _)| name);
        let then = || change.device.as_deref().map(|device| shown(device).into_owned());
        let values = change.before.as_ref().or(change.after.as_ref());
        Self {
            name: now.or_else(then).unwrap_or_else(|| short_id(key.id.as_str())),
            email: shown_or_empty(values.and_then(|values| values.email.as_deref())),
            href: links::session(&key),
        }
    }

    /// Its name as a way to it.
    pub fn link(&self) -> Html {
        Html::link(&self.href, &self.name).beside(&self.email)
    }

    /// Its name, stressed.
    pub fn strong(&self) -> Html {
        Html::strong(&self.name).beside(&self.email)
    }

    /// Its name as plain text.
    pub fn text(&self) -> String {
        if self.email.is_empty() { self.name.clone() } else { format!("{} · {}", self.name, self.email) }
    }
}

/// Which session a change was made to.
pub fn key_of(change: &Change) -> SessionKey {
    SessionKey { app: change.app.clone(), id: change.session.clone() }
}

/// A change in a sentence: `did` as the journal tells it with its actor, `done` as it is told to
/// who has just made it.
pub fn sentence(l: Locale, voice: &str, change: &Change, device: Html) -> Html {
    let after = change.after.clone().unwrap_or_default();
    let (what, value) = match change.action {
        Action::Delete => ("delete", None),
        Action::Restore => ("restore", None),
        Action::SetStatus => match after.status.as_deref() {
            Some("accepted") => ("accept", None),
            Some("pending") => ("pending", None),
            Some(other) => ("status", Some(other.to_owned())),
            None => ("no-status", None),
        },
        Action::SetEmail => match after.email.filter(|email| !email.is_empty()) {
            Some(email) => ("email", Some(email)),
            None => ("no-email", None),
        },
        Action::Edit => ("edit", None),
    };
    let value = Html::strong(&shown(value.as_deref().unwrap_or_default()));
    let voiced = |voice: &str, device, value| {
        l.html(&format!("{voice}-{what}"), &[("actor", actor(l, &change.actor)), ("device", device), ("value", value)])
    };
    if change.undoes.is_none() {
        return voiced(voice, device, value);
    }
    let undone = if voice == "did" { "did-undo" } else { "done-undone" };
    l.html(undone, &[("actor", actor(l, &change.actor)), ("what", voiced("again", device, value))])
}

/// What was done to many at once, as it is told to who has just done it.
pub fn done_many(l: Locale, count: u64, batch: Option<&BatchFacts>) -> String {
    let status = batch.and_then(|batch| batch.status.as_deref());
    let text = match (batch.and_then(|batch| batch.action), status) {
        (Some(Action::Delete), _) => l.n("done-many-delete", count),
        (Some(Action::Restore), _) => l.n("done-many-restore", count),
        (Some(Action::SetStatus), Some("accepted")) => l.n("done-many-accept", count),
        (Some(Action::SetStatus), Some("pending")) => l.n("done-many-pending", count),
        _ => l.n("done-many", count),
    };
    if batch.is_some_and(|batch| batch.undoes) { l.args("done-undone-many", &[("what", text.into())]) } else { text }
}

/// Who made a change.
pub fn actor(l: Locale, actor: &Actor) -> Html {
    let name = Html::strong(&shown(&actor.name));
    let kind = match actor.kind {
        ActorKind::User => return name,
        ActorKind::Link if actor.name.contains(LINK_BY) => {
            let (link, maker) = actor.name.split_once(LINK_BY).unwrap_or_default();
            let pieces = [("name", Html::strong(&shown(link))), ("maker", Html::strong(&shown(maker)))];
            return l.html("actor-link-by", &pieces);
        }
        ActorKind::Token => "actor-token",
        ActorKind::Rule => "actor-rule",
        ActorKind::Link => "actor-link",
        ActorKind::Cli => "actor-cli",
    };
    l.html(kind, &[("name", name)])
}

/// A change's reason; those of an approval link, and of this program, are said in the reader's language.
fn reason(l: Locale, change: &Change) -> String {
    if let Some(code) = change.reason_code {
        return l.t(&format!("reason-{}", code.as_str()));
    }
    let reason = change.reason.as_ref().map(Reason::as_str).unwrap_or_default();
    let used = if change.actor.kind == ActorKind::Link { LinkUse::parse(reason) } else { None };
    let Some(LinkUse { link, webhook, maker, made_at, from }) = used else { return shown(reason).into_owned() };
    let from = from.unwrap_or_else(|| l.t("unknown-address"));
    let mut args = vec![
        ("link", link.into()),
        ("maker", shown(&maker.name).into_owned().into()),
        ("date", l.date(made_at).into()),
        ("address", from.into()),
    ];
    let Some(webhook) = webhook else { return l.args("reason-link", &args) };
    args.push(("webhook", shown(&webhook).into_owned().into()));
    l.args("reason-link-of-webhook", &args)
}

/// The values that a change touched, before and after.
pub fn values(l: Locale, change: &Change) -> Option<FromTo> {
    let text = |values: &Option<Values>| {
        let values = values.as_ref()?;
        let status = status_word(l, values.status.as_deref());
        let email = email_word(l, values.email.as_deref());
        Some(match change.action {
            Action::SetStatus => status,
            Action::SetEmail => email,
            Action::Edit | Action::Delete | Action::Restore => format!("{status}, {email}"),
        })
    };
    match change.action {
        Action::Delete | Action::Restore => None,
        _ => Some(FromTo { before: text(&change.before)?, after: text(&change.after)? }),
    }
}

/// The word for a status as the file spells it.
pub fn status_word(l: Locale, status: Option<&str>) -> String {
    match status {
        Some("accepted") => l.t("status-accepted"),
        Some("pending") => l.t("status-pending"),
        Some(other) => l.s("status-unknown", shown(other)),
        None => l.t("status-none"),
    }
}

/// The word for an e-mail as the file spells it.
pub fn email_word(l: Locale, email: Option<&str>) -> String {
    match email {
        Some(email) if !email.is_empty() => shown(email).into_owned(),
        _ => l.t("guest"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_one_short_line() {
        assert_eq!(shown("iPhone 13"), "iPhone 13");
        assert_eq!(shown("a\nb\u{202e}c\0"), "a\u{fffd}b\u{fffd}c\u{fffd}");
        assert_eq!(shown(&"ü".repeat(500)).chars().count(), 201);
    }

    #[test]
    fn an_id_is_shortened_only_when_it_is_long() {
        assert_eq!(short_id("70ab"), "70ab");
        assert_eq!(short_id("7023d9205074199d1c16fc00d24354e778137675"), "7023d9…7675");
    }
}

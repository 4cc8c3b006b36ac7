//! Entries of the journal as rows and sentences of a page.

use std::collections::HashMap;

use super::note_form;
use super::page::Page;
use super::rows;
use super::text::{actor, email_word, line_or_empty, one_line, short_id, status_word};
use crate::domain::account::{ActorKind, AppScope};
use crate::domain::change::{Action, Outcome, Reason, Values};
use crate::domain::session::{Session, SessionKey};
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::catalog::Catalog;
use crate::services::error::Error;
use crate::services::journal::{BatchFacts, BatchSummary, Change};
use crate::services::links::LinkUse;

/// What a change did to a value.
pub struct FromTo {
    pub before: String,
    pub after: String,
}

/// One line of the journal: an entry, or a batch.
pub struct ChangeRow {
    /// Of a batch, the newest.
    pub change: Change,
    pub sentence: Html,
    /// `None` where nothing can be taken back any more.
    pub undo: Option<Undo>,
    pub undone: bool,
    pub reason: String,
    /// What stood there before, or both, where the sentence does not say it.
    pub values: String,
    pub pushed_by: Option<Html>,
    pub overwritten: bool,
    pub batch: Option<BatchLine>,
    /// Of a batch that is open in the list.
    pub part: bool,
}

/// The button that takes a change or a batch back.
pub struct Undo {
    pub href: String,
    pub word: String,
    /// Its words for those who do not see the row.
    pub label: String,
}

/// A batch as one line.
pub struct BatchLine {
    /// Opens and closes it in the list.
    pub href: String,
    pub word: String,
    /// All of it, where there is more than the list shows.
    pub all: Option<(String, String)>,
}

impl Undo {
    pub fn of_batch(l: Locale, id: &str, summary: &BatchSummary) -> Option<Self> {
        let word = l.n("undo-all-of", summary.facts.total);
        summary.can_undo.then(|| Self { href: undo_href(id), label: word.clone(), word })
    }
}

fn undo_href(id: &str) -> String {
    format!("/changes/{}/undo", links::encode(id))
}

impl ChangeRow {
    pub fn new(l: Locale, change: Change, subject: &Subject) -> Self {
        let undo = Undo { href: undo_href(&change.id), word: l.t("undo"), label: l.s("undo-name", subject.text()) };
        Self {
            sentence: sentence(l, "did", &change, subject.link()),
            undo: change.can_undo.then_some(undo),
            undone: change.undone_by.is_some(),
            reason: reason(l, &change),
            values: unsaid_values(l, &change),
            pushed_by: change.pushed_by.as_ref().map(|by| actor(l, by)),
            overwritten: change.outcome == Outcome::Overwritten,
            batch: None,
            part: false,
            change,
        }
    }

    /// The line of a batch, of which `newest` is an entry.
    pub fn of_batch(l: Locale, id: &str, newest: Change, summary: &BatchSummary, subject: &Subject) -> Self {
        Self {
            sentence: did_many(l, &newest, &summary.facts, subject),
            undo: Undo::of_batch(l, id, summary),
            undone: summary.facts.undone && !summary.can_undo,
            values: String::new(),
            overwritten: false,
            batch: Some(BatchLine { href: String::new(), word: String::new(), all: None }),
            ..Self::new(l, newest, subject)
        }
    }
}

/// Rows of journal entries.
pub fn change_rows(l: Locale, subject: impl Fn(&Change) -> Subject, changes: Vec<Change>) -> Vec<ChangeRow> {
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        let subject = subject(&change);
        rows.push(ChangeRow::new(l, change, &subject));
    }
    rows
}

/// Lines of journal entries, of which each stands for all of its batch.
pub async fn change_lines(page: &Page, changes: Vec<Change>) -> Result<Vec<ChangeRow>, Error> {
    let (l, scope) = (page.locale, &page.caller.apps);
    let subjects = Subjects::of(&page.app.catalog, scope, &changes).await;
    let mut lines = Vec::with_capacity(changes.len());
    for change in changes {
        let subject = subjects.subject(&change);
        let batch = match &change.batch_id {
            Some(id) => page
                .app
                .journal
                .batch(scope, id)
                .await?
                .filter(|batch| batch.facts.total > 1)
                .map(|batch| (id.clone(), batch)),
            None => None,
        };
        lines.push(match batch {
            Some((id, batch)) => ChangeRow::of_batch(l, &id, change, &batch, &subject),
            None => ChangeRow::new(l, change, &subject),
        });
    }
    Ok(lines)
}

/// The session that a change was made to, as far as it is there.
pub struct Subject {
    pub name: String,
    /// Empty where the name is enough, or there is none.
    pub email: String,
    pub href: String,
}

/// The sessions of some changes, as far as they are there.
pub struct Subjects(HashMap<SessionKey, Session>);

impl Subjects {
    pub async fn of(catalog: &Catalog, scope: &AppScope, changes: &[Change]) -> Self {
        let keys: Vec<SessionKey> = changes.iter().map(key_of).collect();
        Self(catalog.sessions(scope, &keys).await)
    }

    /// The session of one of them, if it is there.
    pub fn session(&self, change: &Change) -> Option<&Session> {
        self.0.get(&key_of(change))
    }

    /// What the session of one of them is called.
    pub fn subject(&self, change: &Change) -> Subject {
        Subject::new(self.0.get(&key_of(change)), change)
    }
}

impl Subject {
    /// The session of a change, with the e-mail that it had before it. One that is gone goes by what the journal keeps
    /// of its device.
    fn new(session: Option<&Session>, change: &Change) -> Self {
        let key = key_of(change);
        let now = session.map(rows::name).filter(|(_, is_id)| !is_id).map(|(name, _)| name);
        let values = change.before.as_ref().or(change.after.as_ref());
        Self {
            name: now
                .or_else(|| change.device.as_deref().map(|device| one_line(device).into_owned()))
                .unwrap_or_else(|| short_id(key.id.as_str())),
            email: line_or_empty(values.and_then(|values| values.email.as_deref())),
            href: links::session(&key),
        }
    }

    /// Its name as a way to it.
    pub fn link(&self) -> Html {
        Html::link(&self.href, &self.name).beside(&self.email)
    }

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
        Action::Decline => ("decline", None),
        Action::Undecline => ("undecline", None),
        Action::SetNote => noted(change),
    };
    let value = Html::strong(&one_line(value.as_deref().unwrap_or_default()));
    let voiced = |voice: &str, device, value| {
        l.html(&format!("{voice}-{what}"), &[("actor", actor(l, &change.actor)), ("device", device), ("value", value)])
    };
    if change.undoes.is_none() {
        return voiced(voice, device, value);
    }
    let undone = if voice == "did" { "did-undo" } else { "done-undone" };
    l.html(undone, &[("actor", actor(l, &change.actor)), ("what", voiced("again", device, value))])
}

/// What was noted of a device: its name where that is another, else the note.
fn noted(change: &Change) -> (&'static str, Option<String>) {
    let (before, after) = (change.note_before.as_ref(), change.note_after.as_ref());
    let Some(after) = after else { return ("no-note", None) };
    let old_name = before.and_then(|note| note.name.as_ref());
    match (&after.name, &after.note) {
        (Some(name), note) if old_name != Some(name) || note.is_none() => ("name", Some(name.clone())),
        _ => ("note", Some(note_form::text_in_one_line(after))),
    }
}

/// What a batch did, in a sentence.
fn did_many(l: Locale, newest: &Change, facts: &BatchFacts, subject: &Subject) -> Html {
    let key = match (facts.action, facts.status.as_deref()) {
        (None, _) if facts.total == 2 && newest.action == Action::Delete => "did-replace",
        _ if facts.undoes => "did-many-undo",
        (Some(Action::Delete), _) => "did-many-delete",
        (Some(Action::Restore), _) => "did-many-restore",
        (Some(Action::Decline), _) => "did-many-decline",
        (Some(Action::Undecline), _) => "did-many-undecline",
        (Some(Action::SetStatus), Some("accepted")) => "did-many-accept",
        (Some(Action::SetStatus), Some("pending")) => "did-many-pending",
        _ => "did-many",
    };
    let pieces =
        [("actor", actor(l, &newest.actor)), ("count", Html::text(&l.number(facts.total))), ("device", subject.link())];
    l.html(key, &pieces)
}

/// What was done to many at once, as it is told to who has just done it.
pub fn done_many(l: Locale, count: u64, batch: Option<&BatchFacts>) -> String {
    let status = batch.and_then(|batch| batch.status.as_deref());
    let text = match (batch.and_then(|batch| batch.action), status) {
        (Some(Action::Delete), _) => l.n("done-many-delete", count),
        (Some(Action::Restore), _) => l.n("done-many-restore", count),
        (Some(Action::Decline), _) => l.n("done-many-decline", count),
        (Some(Action::Undecline), _) => l.n("done-many-undecline", count),
        (Some(Action::SetStatus), Some("accepted")) => l.n("done-many-accept", count),
        (Some(Action::SetStatus), Some("pending")) => l.n("done-many-pending", count),
        _ => l.n("done-many", count),
    };
    if batch.is_some_and(|batch| batch.undoes) { l.args("done-undone-many", &[("what", text.into())]) } else { text }
}

/// A change's reason; those of an approval link, and of this program, are said in the reader's language.
fn reason(l: Locale, change: &Change) -> String {
    if let Some(code) = change.reason_code {
        return l.t(&format!("reason-{}", code.as_str()));
    }
    let reason = change.reason.as_ref().map(Reason::as_str).unwrap_or_default();
    let used = if change.actor.kind == ActorKind::Link { LinkUse::parse(reason) } else { None };
    let Some(LinkUse { link, webhook, maker, made_at, from }) = used else { return one_line(reason).into_owned() };
    let from = from.unwrap_or_else(|| l.t("unknown-address"));
    let mut args = vec![
        ("link", link.into()),
        ("maker", one_line(&maker.name).into_owned().into()),
        ("date", l.date(made_at).into()),
        ("address", from.into()),
    ];
    let Some(webhook) = webhook else { return l.args("reason-link", &args) };
    args.push(("webhook", one_line(&webhook).into_owned().into()));
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
            _ => format!("{status}, {email}"),
        })
    };
    match change.action {
        Action::SetStatus | Action::SetEmail | Action::Edit => {
            Some(FromTo { before: text(&change.before)?, after: text(&change.after)? })
        }
        _ => None,
    }
}

/// The values that a change touched, as far as its sentence does not say them.
fn unsaid_values(l: Locale, change: &Change) -> String {
    let Some(FromTo { before, after }) = values(l, change) else { return String::new() };
    let before_status = change.before.as_ref().and_then(|values| values.status.as_deref());
    match change.action {
        Action::Edit => format!("{before} → {after}"),
        // The e-mail stands beside the device.
        Action::SetEmail => String::new(),
        // The other one of the two that there are.
        Action::SetStatus if matches!(before_status, Some("accepted" | "pending")) => String::new(),
        _ => l.s("value-before", before),
    }
}

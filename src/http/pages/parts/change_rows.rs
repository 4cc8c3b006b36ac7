//! Entries of the journal as rows and sentences of a page.

use std::collections::HashMap;

use super::rows;
use super::text::{actor, email_word, line_or_empty, one_line, short_id, status_word};
use crate::domain::account::{ActorKind, AppScope};
use crate::domain::change::{Action, Outcome, Reason, Values};
use crate::domain::session::{Session, SessionKey};
use crate::http::links;
use crate::i18n::{Html, Locale};
use crate::services::catalog::Catalog;
use crate::services::journal::{BatchFacts, BatchSize, Change};
use crate::services::links::LinkUse;

/// What a change did to a value.
pub struct FromTo {
    pub before: String,
    pub after: String,
}

/// One entry of the journal.
pub struct ChangeRow {
    pub change: Change,
    pub sentence: Html,
    pub undo_label: String,
    pub reason: String,
    pub values: Option<FromTo>,
    pub pushed_by: Option<Html>,
    pub overwritten: bool,
    /// Set on the first row of a batch's run in a list.
    pub batch: Option<BatchMark>,
}

/// A batch, where its run in a list begins.
pub struct BatchMark {
    pub href: String,
    /// How many it was at once.
    pub word: String,
    /// Takes all of it back, if that can still be, and its words.
    pub undo: Option<(String, String)>,
}

impl BatchMark {
    fn new(l: Locale, id: &str, size: BatchSize) -> Self {
        Self {
            href: links::Pairs::default().with("batch", Some(id)).link("/changes"),
            word: l.n("batch-of", size.total),
            undo: size
                .can_undo
                .then(|| (format!("/changes/{}/undo", links::encode(id)), l.n("undo-all-of", size.total))),
        }
    }
}

impl ChangeRow {
    pub fn new(l: Locale, change: Change, subject: &Subject) -> Self {
        Self {
            sentence: sentence(l, "did", &change, subject.link()),
            undo_label: l.s("undo-name", subject.text()),
            reason: reason(l, &change),
            values: values(l, &change),
            pushed_by: change.pushed_by.as_ref().map(|by| actor(l, by)),
            overwritten: change.outcome == Outcome::Overwritten,
            batch: None,
            change,
        }
    }
}

/// Rows of journal entries, each run of one of these batches with a mark for the whole of it.
pub fn change_rows(
    l: Locale,
    subject: impl Fn(&Change) -> Subject,
    changes: Vec<Change>,
    batches: &HashMap<String, BatchSize>,
) -> Vec<ChangeRow> {
    let mut last_batch = None;
    let mut rows = Vec::with_capacity(changes.len());
    for change in changes {
        let subject = subject(&change);
        let mut row = ChangeRow::new(l, change, &subject);
        let batch = row.change.batch_id.clone();
        if let Some(id) = batch.as_ref().filter(|id| last_batch.as_ref() != Some(*id)) {
            let many = batches.get(id).filter(|size| size.total > 1);
            row.batch = many.map(|size| BatchMark::new(l, id, *size));
        }
        last_batch = batch;
        rows.push(row);
    }
    rows
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

    /// The session of one of them.
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
            Action::Edit | Action::Delete | Action::Restore => format!("{status}, {email}"),
        })
    };
    match change.action {
        Action::Delete | Action::Restore => None,
        _ => Some(FromTo { before: text(&change.before)?, after: text(&change.after)? }),
    }
}

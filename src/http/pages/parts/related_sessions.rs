//! Related sessions: what is said of others of the same device or e-mail, and the way to put one in their place.

use super::rows::{self, Row};
use super::text::one_line;
use crate::domain::change::Action;
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::i18n::{Html, Locale};
use crate::services::catalog::{Related, RelatedSession};
use crate::services::journal::{Change, ChangePage};

/// Another session of the same device or e-mail.
pub struct RelatedRow {
    /// Which it is, by what it is alike, how it stands, and when it was changed last.
    pub mark: Html,
    pub kind: &'static str,
    /// `None` where there is nothing to replace: it came later, or nothing can be set in the newer one.
    pub replace: Option<Replace>,
}

/// What the queue says of a device that was here before, in one line.
pub struct KnownDevice {
    pub words: String,
    pub kind: &'static str,
    /// Whether older sessions of the same device can make room.
    pub can_replace: bool,
}

impl KnownDevice {
    /// `None` for one that nobody has seen before.
    pub fn new(l: Locale, row: &Row, related: &Related) -> Option<Self> {
        let by_device = related.of_device > 0;
        let (count, accepted) = match by_device {
            true => (related.of_device, related.accepted_of_device),
            false => (related.of_email, related.accepted_of_email),
        };
        let key = if by_device { "known-device" } else { "known-email" };
        (count > 0).then(|| Self {
            words: l.args(key, &[("accepted", accepted.into()), ("more", (count - accepted).into())]),
            kind: if accepted > 0 { "ok" } else { "other" },
            can_replace: row.readable && related.others.iter().any(|other| other.device && other.older),
        })
    }
}

/// Accepts the newer session and deletes the older.
pub struct Replace {
    /// Names the older one, and which bytes of it were seen: see [`parse`].
    pub old: String,
    /// What it does to which of the two, in a sentence.
    pub label: String,
    /// The older one's name, for those who do not see the row.
    pub name: String,
}

impl RelatedRow {
    /// `row` is the session that is looked at.
    pub fn new(l: Locale, row: &Row, other: &RelatedSession, now: Timestamp) -> Self {
        let session = &other.session;
        let (name, _) = rows::name(session);
        let same = match (other.device, other.email) {
            (true, true) => "both",
            (true, false) => "device",
            (false, _) => "email",
        };
        let class = session.class();
        let status = match class {
            StatusClass::Other => Html::name(&one_line(session.status.as_deref().unwrap_or_default())),
            class => Html::text(class.as_str()),
        };
        let replace = Replace {
            old: spelled(session, other.content),
            label: l.args(
                if row.accepted { "replace-accepted-name" } else { "replace-name" },
                &[("name", row.name.as_str().into()), ("old", name.as_str().into())],
            ),
            name: name.to_string(),
        };
        // The same app's other folder is named.
        let folder = if session.app == row.key.app { "" } else { session.app.as_str() };
        let device = Html::link(&crate::http::links::session(&session.key()), &name).beside(&one_line(folder));
        let said = [
            ("same", Html::text(same)),
            ("device", device),
            ("class", Html::text(class.as_str())),
            ("status", status),
            ("ago", l.past_time(session.modified_at, now)),
        ];
        Self {
            mark: l.html("seen-mark", &said),
            kind: match class {
                StatusClass::Accepted => "ok",
                StatusClass::Pending => "wait",
                StatusClass::Other => "other",
            },
            replace: (other.older && row.readable).then_some(replace),
        }
    }
}

/// As a form names an older session, and which bytes of it were seen.
pub fn spelled(session: &Session, content: u64) -> String {
    format!("{}/{}~{content:016x}", session.app, session.id)
}

/// The older session of a form, and its [`crate::domain::change::Digest::content`] when it was seen. Of a page that was
/// read before an update, the name alone stands for one in the same folder.
pub fn parse(key: &SessionKey, old: &str) -> Option<(SessionKey, u64)> {
    let (name, content) = old.rsplit_once('~')?;
    let (app, id) = name.rsplit_once('/').unwrap_or((key.app.as_str(), name));
    Some((SessionKey::parse(app, id)?, u64::from_str_radix(content, 16).ok()?))
}

/// A batch that put one session in the place of old ones, or took that back.
pub struct Replaced<'a> {
    /// The change of the one that was accepted.
    pub accepted: &'a Change,
    /// How many made room for it.
    pub olds: u64,
    /// Whether they are back.
    pub is_undone: bool,
}

impl Replaced<'_> {
    /// The key of what is said of the old ones.
    pub fn words(&self) -> &'static str {
        if self.is_undone { "olds-are-back" } else { "olds-are-deleted" }
    }
}

/// What a batch replaced, if that is what it did: one status was set, and all else deleted, or restored.
pub fn replaced(batch: &ChangePage) -> Option<Replaced<'_>> {
    let (set, moved): (Vec<&Change>, Vec<&Change>) =
        batch.items.iter().partition(|change| change.action == Action::SetStatus);
    let ([accepted], Some(first)) = (set.as_slice(), moved.first()) else { return None };
    let is_same = moved.iter().all(|change| change.action == first.action);
    let is_undone = match first.action {
        Action::Delete => false,
        Action::Restore => true,
        _ => return None,
    };
    let whole = is_same && batch.next_cursor.is_none();
    whole.then_some(Replaced { accepted, olds: moved.len() as u64, is_undone })
}

//! Related sessions: what is said of others of the same device or e-mail, and the way to put one in their place.

use super::rows::{self, Row};
use super::text::one_line;
use crate::domain::change::Action;
use crate::domain::session::{SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::i18n::{Html, Locale};
use crate::services::catalog::RelatedSession;
use crate::services::journal::{Change, ChangePage};

/// Another session of the same device or e-mail.
pub struct RelatedRow {
    /// Which it is, by what it is alike, and how it stands.
    pub mark: Html,
    /// The same without when it was changed last.
    pub short: Html,
    pub kind: &'static str,
    /// `None` where there is nothing to replace: it came later, or nothing can be set in the newer one.
    pub replace: Option<Replace>,
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
            old: format!("{}/{}~{:016x}", session.app, session.id, other.content),
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
        let [all @ .., _] = &said;
        Self {
            mark: l.html("seen-mark", &said),
            short: l.html("seen-short", all),
            kind: match class {
                StatusClass::Accepted => "ok",
                StatusClass::Pending => "wait",
                StatusClass::Other => "other",
            },
            replace: (other.older && row.readable).then_some(replace),
        }
    }
}

/// The older session of a form, and its [`crate::domain::change::Digest::content`] when it was seen. Of a page that was
/// read before an update, the name alone stands for one in the same folder.
pub fn parse(key: &SessionKey, old: &str) -> Option<(SessionKey, u64)> {
    let (name, content) = old.rsplit_once('~')?;
    let (app, id) = name.rsplit_once('/').unwrap_or((key.app.as_str(), name));
    Some((SessionKey::parse(app, id)?, u64::from_str_radix(content, 16).ok()?))
}

/// What is told of a batch that put one session in another's place, or took that back.
pub fn replaced(l: Locale, batch: &ChangePage, name: impl Fn(&Change) -> Html) -> Option<Html> {
    let [one, other] = batch.items.as_slice() else { return None };
    let (set, moved) = if one.action == Action::SetStatus { (one, other) } else { (other, one) };
    let key = match (set.action, moved.action) {
        _ if batch.total != 2 => return None,
        (Action::SetStatus, Action::Delete) => "done-replaced",
        (Action::SetStatus, Action::Restore) => "done-replaced-back",
        _ => return None,
    };
    Some(l.html(key, &[("device", name(set))]))
}

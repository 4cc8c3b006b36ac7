//! What happened, as programs and pages hear of it.

use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use super::account::Actor;
use super::app_id::AppId;
use super::session::{Session, SessionId};
use super::spelling::spelled;
use super::timestamp::Timestamp;

spelled!(EventKind);

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
pub enum EventKind {
    /// A session is there that was not.
    #[serde(rename = "session.created")]
    #[strum(serialize = "session.created")]
    SessionCreated,
    /// A session's file has other bytes.
    #[serde(rename = "session.changed")]
    #[strum(serialize = "session.changed")]
    SessionChanged,
    #[serde(rename = "session.deleted")]
    #[strum(serialize = "session.deleted")]
    SessionDeleted,
    /// Somebody declined to let a pending session in.
    #[serde(rename = "session.declined")]
    #[strum(serialize = "session.declined")]
    SessionDeclined,
    /// A declined session waits again.
    #[serde(rename = "session.undeclined")]
    #[strum(serialize = "session.undeclined")]
    SessionUndeclined,
    /// What people call a session's device, or say of it, is another.
    #[serde(rename = "session.noted")]
    #[strum(serialize = "session.noted")]
    SessionNoted,
    /// An app has its first session or its manifest.
    #[serde(rename = "app.created")]
    #[strum(serialize = "app.created")]
    AppCreated,
    /// An app holds nothing any more.
    #[serde(rename = "app.deleted")]
    #[strum(serialize = "app.deleted")]
    AppDeleted,
    /// The MobileApps folder cannot be read any more.
    #[serde(rename = "folder.unavailable")]
    #[strum(serialize = "folder.unavailable")]
    FolderUnavailable,
    /// The MobileApps folder can be read again.
    #[serde(rename = "folder.available")]
    #[strum(serialize = "folder.available")]
    FolderAvailable,
    /// A push came to its end, whatever it was.
    #[serde(rename = "push.completed")]
    #[strum(serialize = "push.completed")]
    PushCompleted,
}

/// One thing that happened. It serializes to what listeners get as its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// What kind of thing.
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// In which app; `null` for what is about the folder or 4D.
    #[schema(value_type = Option<String>)]
    pub app: Option<AppId>,
    /// To which session; `null` for what is about an app, the folder or 4D.
    #[schema(value_type = Option<String>)]
    pub id: Option<SessionId>,
    /// The session's status now, or how a push ended: `ok`, `errors` or `failed`.
    pub status: Option<String>,
    /// The session's status before.
    pub previous_status: Option<String>,
    /// Who did it, as in the journal; `null` when something outside this program did it.
    pub actor: Option<Actor>,
    /// When it was noticed.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Whether the session is declined now: it is pending, and waits for nobody.
    pub declined: bool,
}

impl Event {
    /// Something that is about no session and that nobody in particular did.
    pub fn new(kind: EventKind, at: Timestamp) -> Self {
        Self { kind, app: None, id: None, status: None, previous_status: None, actor: None, at, declined: false }
    }
}

/// An event with its number.
#[derive(Clone, Debug)]
pub struct Numbered {
    /// Larger than that of every event before.
    pub number: u64,
    pub event: Event,
    /// The session as it was then.
    pub session: Option<Session>,
}

impl Numbered {
    /// An event that gets its number when it is written down.
    pub fn unnumbered(event: Event, session: Option<Session>) -> Self {
        Self { number: 0, event, session }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_spelled_one_way() {
        for kind in EventKind::all() {
            assert_eq!(EventKind::parse(kind.as_str()), Some(kind));
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
        }
    }

    #[test]
    fn what_is_absent_is_null() {
        let event = Event::new(EventKind::FolderAvailable, Timestamp::from_millis(0));
        let expected = serde_json::json!({ "type": "folder.available", "app": null, "id": null, "status": null, "previous_status": null,
            "actor": null, "at": "1970-01-01T00:00:00.000Z", "declined": false });
        assert_eq!(serde_json::to_value(event).unwrap(), expected);
    }
}

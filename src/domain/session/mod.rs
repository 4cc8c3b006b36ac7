//! A session: its id, its status, and what its file says.

mod cursor;
pub mod document;
pub mod fields;
pub mod finding;
pub mod judge;
mod known;
mod members;
pub mod schema;
pub mod secret_names;
pub mod secrets;
pub mod splice;
mod tree;

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use std::ops::AddAssign;
use std::sync::Arc;

use serde::de::{Deserializer, IgnoredAny};
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use utoipa::ToSchema;

use self::finding::Finding;
use crate::domain::app_id::{AppId, LONGEST_NAME};
use crate::domain::decision::{Declined, Note};
use crate::domain::spelling::spelled;
use crate::domain::system;
use crate::domain::timestamp::Timestamp;

spelled!(Status, StatusClass);

/// The name of a session's file: hexadecimal characters only, no extension.
///
/// 40 characters (SHA-1) are usual and not required (source: the session management component).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct SessionId(Arc<str>);

impl SessionId {
    /// `None` for a name that no session's file has.
    pub fn parse(name: &str) -> Option<Self> {
        // What is hexadecimal is safe on every platform: no device of Windows is.
        let hexadecimal = name.bytes().all(|b| b.is_ascii_hexdigit());
        (hexadecimal && (1..=LONGEST_NAME).contains(&name.len())).then(|| Self(name.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for SessionId {
    type Error = &'static str;

    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::parse(&name).ok_or("no session's id")
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Which session: its app's folder and its file's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SessionKey {
    pub app: AppId,
    pub id: SessionId,
}

impl SessionKey {
    /// `None` where either name could never be listed.
    pub fn parse(app: &str, id: &str) -> Option<Self> {
        Some(Self { app: AppId::parse(app)?, id: SessionId::parse(id)? })
    }
}

/// The two values of `status` that 4D documents, and so the two that can be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, EnumString, IntoStaticStr, VariantArray)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Status {
    /// The device may use the server.
    Accepted,
    /// A person must let the device in; 4D refuses it until then.
    Pending,
}

/// How a session counts: an unknown status, or a file that cannot be read, is `Other`.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum StatusClass {
    /// `accepted`.
    Accepted,
    /// `pending`.
    Pending,
    Other,
}

impl StatusClass {
    /// The class of the text that stands in the file.
    pub fn of(status: Option<&str>) -> Self {
        match status.and_then(Status::parse) {
            Some(Status::Accepted) => StatusClass::Accepted,
            Some(Status::Pending) => StatusClass::Pending,
            None => StatusClass::Other,
        }
    }
}

/// Shows an IPv4-mapped IPv6 address as IPv4; any other text as it is.
pub fn display_address(ip: &str) -> Cow<'_, str> {
    // As nearly all of them are written.
    if let Some(v4) = ip.strip_prefix("::ffff:").filter(|rest| rest.parse::<Ipv4Addr>().is_ok()) {
        return Cow::Borrowed(v4);
    }
    match ip.parse::<IpAddr>() {
        Ok(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => Cow::Owned(v4.to_string()),
            None => Cow::Borrowed(ip),
        },
        _ => Cow::Borrowed(ip),
    }
}

/// A device's id or an e-mail as two of them are compared: trimmed, in lower case. `None` for what is like nothing.
///
/// ```
/// use mobile_sessions::domain::session::folded;
/// assert_eq!(folded(Some(" Ann@X.example")), folded(Some("ann@x.example")));
/// assert_eq!(folded(Some(" ")), None);
/// ```
pub fn folded(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_lowercase)
}

/// The app as one session names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Application {
    /// The bundle id.
    pub id: Option<String>,
    /// The display name.
    pub name: Option<String>,
    /// The app's version, as text.
    pub version: Option<String>,
}

/// The Apple developer team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Team {
    /// Empty or absent on Android.
    pub id: Option<String>,
}

/// The device that opened the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Device {
    /// Unique to the device.
    pub id: Option<String>,
    /// The model, as "iPhone 13".
    pub description: Option<String>,
    /// "iOS", "iPadOS", "Android", or "Android P"; absent in old files.
    pub os: Option<String>,
    /// The system's version, as text: "15.4", "29 (Android Q)".
    pub version: Option<String>,
    /// Whether the device is a simulator.
    pub simulator: Option<bool>,
    /// Whether the file says that the device is jailbroken.
    pub jailbroken: bool,
    /// Whether the file holds a push-notification token (which is never shown).
    pub has_push_token: bool,
}

impl Device {
    /// What the *OS* column shows: system and release as people say them, or the version alone.
    pub fn system(&self) -> String {
        system::shown(self.os.as_deref(), self.version.as_deref()).unwrap_or_default()
    }

    /// Whether the system is this one, by its name or by its family, in either case.
    pub fn has_system(&self, wanted: &str) -> bool {
        system::is(wanted, self.os.as_deref(), self.version.as_deref())
    }
}

/// The device's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Language {
    /// As "en_US".
    pub id: Option<String>,
    /// As "en".
    pub code: Option<String>,
    /// As "US".
    pub region: Option<String>,
}

/// One session as lists show it. A file that cannot be read as JSON has its id, size, times and
/// problem; all else is `null`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(examples(json!({
    "app": "UTT7VDX8W5.com.contactApp.Contact", "id": "7023d9205074199d1c16fc00d24354e778137675",
    "status": "pending", "email": "ann@example.org",
    "application": { "id": "com.contactApp.Contact", "name": "Contact", "version": "1.0.0" },
    "team": { "id": "UTT7VDX8W5" },
    "device": { "id": "0DC5132E-1EF4-407C-A832-5FE33D818AF3", "description": "iPhone X", "os": "iOS",
        "version": "11.3", "simulator": false, "jailbroken": false, "has_push_token": true },
    "language": { "id": "en_US", "code": "en", "region": "US" }, "ip": "192.168.5.4",
    "modified_at": "2026-11-22T21:55:00.123Z", "first_seen_at": "2026-11-22T21:55:01.002Z",
    "pending_since": "2026-11-22T21:55:01.002Z", "size": 812, "compliant": true, "problems": [], "unpushed": false,
    "declined": null,
    "note": { "name": "second phone of the depot", "note": null, "at": "2026-11-22T22:01:07.412Z",
        "by": { "kind": "user", "name": "olga" } }
})))]
pub struct Session {
    #[schema(value_type = String)]
    pub app: AppId,
    #[schema(value_type = String)]
    pub id: SessionId,
    /// As the file spells it: `accepted`, `pending`, or an unknown value, kept and shown.
    pub status: Option<String>,
    /// The user's e-mail; empty for a guest.
    pub email: Option<String>,
    /// The app as this session names it.
    pub application: Option<Application>,
    pub team: Option<Team>,
    pub device: Option<Device>,
    pub language: Option<Language>,
    /// The client's address; an IPv4-mapped one is shown as IPv4.
    pub ip: Option<String>,
    /// When the file was last changed.
    #[schema(value_type = String, format = DateTime)]
    pub modified_at: Timestamp,
    /// When this program first saw the session (the file's own time for what was there before).
    #[schema(value_type = String, format = DateTime)]
    pub first_seen_at: Timestamp,
    /// Since when the session has been pending; `null` when it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    pub pending_since: Option<Timestamp>,
    /// The file's size in bytes.
    pub size: u64,
    /// Whether 4D would take the file: no problem was found.
    pub compliant: bool,
    /// What 4D would report of the file.
    // As sentences, which nobody reads back.
    #[serde(deserialize_with = "left_out")]
    #[schema(value_type = Vec<finding::Problem>)]
    pub problems: Vec<Finding>,
    /// Whether a change made here has not been pushed to 4D yet.
    pub unpushed: bool,
    /// That somebody declined to let the device in; `null` where it is not pending, or nobody did.
    pub declined: Option<Declined>,
    /// What people call the device, and say of it; `null` where nobody does.
    pub note: Option<Note>,
}

/// Reads past a value.
pub fn left_out<'de, D: Deserializer<'de>, T: Default>(value: D) -> Result<T, D::Error> {
    IgnoredAny::deserialize(value).map(|_| T::default())
}

impl Session {
    pub fn key(&self) -> SessionKey {
        SessionKey { app: self.app.clone(), id: self.id.clone() }
    }

    pub fn class(&self) -> StatusClass {
        StatusClass::of(self.status.as_deref())
    }
}

/// An app: a folder directly in the root that holds a session's file or a `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(examples(json!({
    "id": "UTT7VDX8W5.com.contactApp.Contact", "team_id": "UTT7VDX8W5", "bundle_id": "com.contactApp.Contact",
    "name": "Contact", "label": "Contact (UTT7VDX8W5.com.contactApp.Contact)", "targets": ["ios"],
    "has_manifest": true,
    "sessions": { "total": 8, "accepted": 6, "pending": 2, "other": 0, "noncompliant": 1, "declined": 0 }
})))]
pub struct App {
    #[schema(value_type = String)]
    pub id: AppId,
    /// `null` without a team.
    pub team_id: Option<String>,
    /// What stands behind the team id.
    pub bundle_id: String,
    /// The name a session gives, else the manifest's, else the folder's. A bare version is no name. Of several folders
    /// of one app, the name of the one with the most sessions.
    pub name: String,
    /// `NAME (FOLDER)`, as the desktop component labels an app.
    pub label: String,
    /// The other folders of the same bundle id, which the app has under another team or none.
    #[serde(skip)]
    #[schema(ignore)]
    pub also_in: Vec<AppId>,
    /// The manifest's targets: `ios`, `android`.
    pub targets: Vec<String>,
    /// Whether the folder holds a readable `manifest.json`.
    pub has_manifest: bool,
    /// How many sessions there are.
    pub sessions: Counts,
}

/// `accepted + pending + other = total`; `noncompliant` overlaps them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Every session's file.
    pub total: u64,
    /// `accepted`.
    pub accepted: u64,
    /// `pending`.
    pub pending: u64,
    /// An unknown status, or a file that cannot be read.
    pub other: u64,
    /// Files with a problem.
    pub noncompliant: u64,
    /// Of the pending ones, those that somebody declined to let in.
    pub declined: u64,
}

impl Counts {
    /// How many wait to be let in.
    pub fn waiting(&self) -> u64 {
        self.pending.saturating_sub(self.declined)
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.total += other.total;
        self.accepted += other.accepted;
        self.pending += other.pending;
        self.other += other.other;
        self.noncompliant += other.noncompliant;
        self.declined += other.declined;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hexadecimal_names_are_sessions() {
        for name in ["7023d9205074199d1c16fc00d24354e778137675", "a", "0F", &"a".repeat(255)] {
            assert!(SessionId::parse(name).is_some(), "{name}");
        }
        for name in ["", "x", "ab.txt", ".DS_Store", "ab\n", "../ab", "é", &"a".repeat(256)] {
            assert!(SessionId::parse(name).is_none(), "{name:?}");
        }
    }

    #[test]
    fn a_mapped_address_is_shown_as_ipv4() {
        assert_eq!(display_address("::ffff:192.168.5.4"), "192.168.5.4");
        assert_eq!(display_address("::FFFF:c0a8:504"), "192.168.5.4");
        assert_eq!(display_address("::ffff:192.168.5"), "::ffff:192.168.5");
        assert_eq!(display_address("2001:db8::1"), "2001:db8::1");
        assert_eq!(display_address("unknown"), "unknown");
    }
}

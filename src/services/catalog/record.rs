//! One session in memory, packed: a million of them must fit.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::domain::app_id::AppId;
use crate::domain::change::{FileState, Values};
use crate::domain::query::{SortKey, SortValue};
use crate::domain::session::fields::Fields;
use crate::domain::session::finding::Finding;
use crate::domain::session::{Application, Device, Language, Session, SessionId, StatusClass, Team, display_address};
use crate::domain::system;
use crate::domain::timestamp::Timestamp;
use crate::store::database::known::Known;
use crate::store::folder::FileStat;

use sha2::{Digest as _, Sha256};

/// Between two fields. No UTF-8 text holds these bytes, so no search can match across a border.
const BORDER: u8 = 0xFF;
/// In the place of a field that is `null`.
const NULL: u8 = 0xFE;

/// The packed fields, in their order. Those that `q` looks at stand first.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Email,
    DeviceDescription,
    DeviceOs,
    DeviceVersion,
    DeviceId,
    Ip,
    ApplicationId,
    ApplicationName,
    // From here on not searched.
    Status,
    ApplicationVersion,
    TeamId,
    LanguageId,
    LanguageCode,
    LanguageRegion,
    PushTokenHash,
}

/// How many fields there are.
const FIELDS: usize = Field::PushTokenHash as usize + 1;
/// How many fields `q` looks at.
const SEARCHED: usize = Field::Status as usize;

/// The number of an app in the table.
pub type AppNumber = u32;

/// What was read of a file, ready to be kept.
#[derive(Debug)]
pub struct Record {
    text: Box<[u8]>,
    #[allow(clippy::box_collection, reason = "8 bytes where a vector has 24, and nearly always empty")]
    findings: Option<Box<Vec<Finding>>>,
    /// Where the searched fields end in `text`.
    searched: u32,
    /// Which app's folder it is in.
    pub app: AppNumber,
    size: u64,
    modified: i64,
    /// When it was first seen, in milliseconds since 1970.
    pub first_seen: i64,
    /// Since when it has been pending; kept while the file cannot be read.
    pub pending_since: Option<std::num::NonZeroI64>,
    /// See [`FileStat::fingerprint`].
    pub fingerprint: u64,
    /// See [`FileStat::racy`].
    racy: bool,
    /// Of the bytes; tells a touched file from a changed one.
    pub content: u64,
    class: StatusClass,
    simulator: Option<bool>,
    jailbroken: bool,
    readable: bool,
    has_push_token: bool,
    other_letters: bool,
    /// A change made here waits for a push.
    pub unpushed: bool,
}

/// What the file says and is, before it is packed.
pub struct Reading<'a> {
    pub id: &'a SessionId,
    /// What the file system says of it.
    pub stat: FileStat,
    /// Its known fields; `None` for a file that is no JSON object.
    pub fields: Option<Fields<'a>>,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
    /// The first bytes of its digest; 0 for bytes that were not read.
    pub content: u64,
}

impl Record {
    /// Packs what was read. `first_seen` and `pending_since` are set by whoever knows them.
    pub fn new(app: AppNumber, reading: Reading<'_>) -> Self {
        let readable = reading.fields.is_some();
        let fields = reading.fields.unwrap_or_default();
        let class = StatusClass::of(fields.status.as_deref());
        let ip = fields.ip.as_deref().map(display_address);
        let push_token_hash = fields.push_token.as_ref().map(|token| hash_secret(token.expose()));
        let mut text = Vec::with_capacity(512);
        let mut push = |field: Option<&str>| {
            match field {
                Some(field) => text.extend_from_slice(field.as_bytes()),
                None => text.push(NULL),
            }
            text.push(BORDER);
            text.len()
        };
        push(Some(reading.id.as_str()));
        push(fields.email.as_deref());
        push(fields.device_description.as_deref());
        push(fields.device_os.as_deref());
        push(fields.device_version.as_deref());
        push(fields.device_id.as_deref());
        push(ip.as_deref());
        push(fields.application_id.as_deref());
        let searched = push(fields.application_name.as_deref());
        // The two usual values are told by the class.
        push(fields.status.as_deref().filter(|_| class == StatusClass::Other));
        push(fields.application_version.as_deref());
        push(fields.team_id.as_deref());
        push(fields.language_id.as_deref());
        push(fields.language_code.as_deref());
        push(fields.language_region.as_deref());
        push(push_token_hash.as_deref());
        let other_letters = has_other_letters(&text[..searched]);
        Self {
            // A copy of the right length: a vector cut to size would leave its rest lying about.
            text: text.as_slice().into(),
            findings: (!reading.findings.is_empty()).then(|| Box::new(reading.findings)),
            searched: u32::try_from(searched).unwrap_or(u32::MAX),
            app,
            size: reading.stat.size,
            modified: reading.stat.modified.millis(),
            first_seen: 0,
            pending_since: None,
            fingerprint: reading.stat.fingerprint,
            racy: reading.stat.racy,
            content: reading.content,
            class,
            simulator: fields.simulator,
            jailbroken: fields.jailbroken,
            readable,
            has_push_token: fields.push_token.is_some(),
            other_letters,
            unpushed: false,
        }
    }

    /// Takes what was known of the session over to its new reading. `now` is when a status that
    /// has just become pending became so.
    pub fn carry_over(&mut self, first_seen: i64, pending_since: Option<i64>, now: i64) {
        self.first_seen = first_seen;
        let since = match self.class {
            StatusClass::Pending => Some(pending_since.unwrap_or(now)),
            _ if !self.readable => pending_since,
            _ => None,
        };
        self.pending_since = since.and_then(std::num::NonZeroI64::new);
    }

    /// The same file, which cannot be read any more: what it said may not be true now.
    pub fn unreadable(&self, id: &SessionId, error: &std::io::Error) -> Self {
        let modified = Timestamp::from_millis(self.modified);
        let stat = FileStat { modified, size: self.size, fingerprint: self.fingerprint, racy: true };
        Self::new(self.app, Reading { id, stat, fields: None, findings: vec![Finding::unreadable(error)], content: 0 })
    }

    /// Takes another place in memory.
    pub fn move_in_memory(&mut self) {
        self.text = self.text.as_ref().into();
    }

    /// What is to be known of the session when it is seen again.
    pub fn known(&self, gone_at: Option<i64>) -> Known {
        Known {
            first_seen: self.first_seen,
            pending_since: self.pending_since.map(std::num::NonZeroI64::get),
            gone_at,
            content: Some(self.content),
            status: self.status(),
        }
    }

    /// Whether the file is surely the one that was read: it need not be read again.
    pub fn is_of(&self, fingerprint: u64) -> bool {
        self.fingerprint == fingerprint && !self.racy
    }

    fn field(&self, field: Field) -> Option<&str> {
        let bytes = memchr::memchr_iter(BORDER, &self.text);
        let mut start = 0;
        for (number, end) in bytes.enumerate() {
            if number == field as usize {
                return text_of(&self.text[start..end]);
            }
            start = end + 1;
        }
        None
    }

    fn fields(&self) -> [Option<&str>; FIELDS] {
        let mut fields = [None; FIELDS];
        for (field, bytes) in fields.iter_mut().zip(self.text.split(|&byte| byte == BORDER)) {
            *field = text_of(bytes);
        }
        fields
    }

    pub fn id(&self) -> &str {
        self.field(Field::Id).unwrap_or_default()
    }

    pub fn class(&self) -> StatusClass {
        self.class
    }

    /// The status, if the file has one.
    pub fn status(&self) -> Option<Cow<'static, str>> {
        match self.class {
            StatusClass::Accepted => Some(Cow::Borrowed("accepted")),
            StatusClass::Pending => Some(Cow::Borrowed("pending")),
            StatusClass::Other => self.field(Field::Status).map(|status| Cow::Owned(status.to_owned())),
        }
    }

    /// Whether no problem was found.
    pub fn compliant(&self) -> bool {
        self.findings.is_none()
    }

    /// What is wrong with the file.
    pub fn findings(&self) -> &[Finding] {
        self.findings.as_deref().map_or(&[], Vec::as_slice)
    }

    /// Whether the device is a simulator, as far as the file says.
    pub fn simulator(&self) -> Option<bool> {
        self.simulator
    }

    /// Whether the file says that the device is jailbroken; `None` of a file that cannot be read.
    pub fn jailbroken(&self) -> Option<bool> {
        self.readable.then_some(self.jailbroken)
    }

    /// Whether the file holds a push-notification token.
    pub fn has_push_token(&self) -> bool {
        self.has_push_token
    }

    /// The file's time in milliseconds since 1970.
    pub fn modified(&self) -> i64 {
        self.modified
    }

    /// What of the file changes change.
    pub fn state(&self) -> FileState {
        let values = Values { status: self.status().map(Cow::into_owned), email: self.email().map(str::to_owned) };
        FileState { content: self.content, values }
    }

    pub fn email(&self) -> Option<&str> {
        self.field(Field::Email)
    }

    /// The app's name as this session gives it.
    pub fn application_name(&self) -> Option<&str> {
        self.field(Field::ApplicationName)
    }

    /// The app's bundle id as this session gives it.
    pub fn application_id(&self) -> Option<&str> {
        self.field(Field::ApplicationId)
    }

    /// The team as this session gives it.
    pub fn team_id(&self) -> Option<&str> {
        self.field(Field::TeamId)
    }

    pub fn device_id(&self) -> Option<&str> {
        self.field(Field::DeviceId)
    }

    /// Whether the device's system is this one, by its name or by its family, in either case.
    pub fn has_system(&self, wanted: &str) -> bool {
        system::is(wanted, self.field(Field::DeviceOs), self.field(Field::DeviceVersion))
    }

    fn system_parts(&self) -> Option<[&str; 4]> {
        system::parts(self.field(Field::DeviceOs), self.field(Field::DeviceVersion))
    }

    /// The device's system and its version, as lists show them; empty where the file says neither.
    pub fn system(&self) -> Cow<'_, str> {
        match self.system_parts() {
            None => Cow::Borrowed(""),
            Some([one, "", "", ""]) => Cow::Borrowed(one),
            Some(parts) => Cow::Owned(parts.concat()),
        }
    }

    /// Whether the file holds exactly this push-notification token.
    pub fn has_this_push_token(&self, hash: &str) -> bool {
        self.has_push_token && self.field(Field::PushTokenHash) == Some(hash)
    }

    /// Whether a searched field holds letters that lower case changes beyond ASCII.
    pub fn has_other_letters(&self) -> bool {
        self.other_letters
    }

    /// The bytes that `q` looks at; fields in them are set apart by a byte that no text holds.
    pub fn searched(&self) -> &[u8] {
        &self.text[..(self.searched as usize).min(self.text.len())]
    }

    /// The fields that `q` looks at, one by one.
    pub fn searched_fields(&self) -> impl Iterator<Item = &str> {
        self.searched().split(|&byte| byte == BORDER).take(SEARCHED).filter_map(text_of)
    }

    /// The session as lists show it.
    pub fn session(&self, app: &AppId) -> Option<Session> {
        let fields = self.fields();
        let owned = |field: Field| fields[field as usize].map(str::to_owned);
        Some(Session {
            app: app.clone(),
            id: SessionId::parse(self.id())?,
            status: self.status().map(Cow::into_owned),
            email: owned(Field::Email),
            application: self.readable.then(|| Application {
                id: owned(Field::ApplicationId),
                name: owned(Field::ApplicationName),
                version: owned(Field::ApplicationVersion),
            }),
            team: self.readable.then(|| Team { id: owned(Field::TeamId) }),
            device: self.readable.then(|| Device {
                id: owned(Field::DeviceId),
                description: owned(Field::DeviceDescription),
                os: owned(Field::DeviceOs),
                version: owned(Field::DeviceVersion),
                simulator: self.simulator,
                jailbroken: self.jailbroken,
                has_push_token: self.has_push_token,
            }),
            language: self.readable.then(|| Language {
                id: owned(Field::LanguageId),
                code: owned(Field::LanguageCode),
                region: owned(Field::LanguageRegion),
            }),
            ip: owned(Field::Ip),
            modified_at: Timestamp::from_millis(self.modified),
            first_seen_at: Timestamp::from_millis(self.first_seen),
            pending_since: self.waits_since().map(Timestamp::from_millis),
            size: self.size,
            compliant: self.compliant(),
            problems: self.findings.as_deref().cloned().unwrap_or_default(),
            unpushed: self.unpushed,
        })
    }

    /// Since when it has been waiting, in milliseconds since 1970, if it is.
    pub fn waits_since(&self) -> Option<i64> {
        self.pending_since.filter(|_| self.class == StatusClass::Pending).map(std::num::NonZeroI64::get)
    }

    /// What the session is sorted by.
    pub fn key(&self, key: SortKey) -> Key<'_> {
        match key {
            SortKey::Device => Key::text(self.field(Field::DeviceDescription)),
            SortKey::Status => match self.class {
                StatusClass::Other => Key::text(self.field(Field::Status)),
                class => Key::text(Some(class.as_str())),
            },
            SortKey::Os => self.system_parts().map_or(Key::Null, Key::Text),
            SortKey::Email => Key::text(self.field(Field::Email)),
            SortKey::Modified => Key::Time(self.modified),
            SortKey::FirstSeen => Key::Time(self.first_seen),
            SortKey::PendingSince => self.waits_since().map_or(Key::Null, Key::Time),
            // Told apart by the ties alone: app then id, or id then app.
            SortKey::App | SortKey::Id => Key::Null,
        }
    }
}

fn has_other_letters(searched: &[u8]) -> bool {
    searched
        .split(|&byte| byte == BORDER)
        .filter_map(text_of)
        .any(|field| !field.is_ascii() && field.chars().any(|c| !c.is_ascii() && !c.to_lowercase().eq([c])))
}

fn text_of(bytes: &[u8]) -> Option<&str> {
    if bytes == [NULL] { None } else { std::str::from_utf8(bytes).ok() }
}

/// A push-notification token by its hash, so that memory holds no secret.
pub fn hash_secret(secret: &str) -> String {
    hex::encode(&Sha256::digest(secret)[..10])
}

/// What a session is sorted by, borrowed. Text is compared letter case aside; `Null` stands last.
#[derive(Clone, Copy, Debug)]
pub enum Key<'a> {
    /// Milliseconds since 1970.
    Time(i64),
    /// Text in up to four parts.
    Text([&'a str; 4]),
    Null,
}

impl<'a> Key<'a> {
    fn text(text: Option<&'a str>) -> Self {
        text.map_or(Key::Null, |text| Key::Text([text, "", "", ""]))
    }

    /// A cursor's value, to go on from.
    pub fn from_value(value: &'a SortValue) -> Self {
        match value {
            SortValue::Time(time) => Key::Time(*time),
            SortValue::Text(text) => Key::Text([text, "", "", ""]),
            SortValue::Null => Key::Null,
        }
    }

    /// The value for a cursor.
    pub fn to_value(self) -> SortValue {
        match self {
            Key::Time(time) => SortValue::Time(time),
            Key::Text(parts) => SortValue::Text(parts.concat().to_lowercase()),
            Key::Null => SortValue::Null,
        }
    }

    /// The order of the keys.
    pub fn compare(self, other: Key<'_>) -> Ordering {
        match (self, other) {
            (Key::Time(a), Key::Time(b)) => a.cmp(&b),
            (Key::Text(a), Key::Text(b)) => compare_folded(a, b),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Key::Time(_) => 0,
            Key::Text(_) => 1,
            Key::Null => 2,
        }
    }

    /// The first 13 bytes of the key such that the order of prefixes is never against that of the
    /// keys, and whether the prefix is not the whole.
    pub fn prefix(self) -> ([u8; 14], bool) {
        let mut prefix = [0; 14];
        match self {
            Key::Time(time) => {
                // Flipping the sign bit makes the order of numbers that of their bytes.
                prefix[1..9].copy_from_slice(&(time.cast_unsigned() ^ (1 << 63)).to_be_bytes());
                (prefix, false)
            }
            Key::Text(parts) => {
                prefix[0] = 1;
                let mut folded = folded(parts).flat_map(utf8);
                let mut length = 1;
                for byte in folded.by_ref().take(13) {
                    prefix[length] = byte;
                    length += 1;
                }
                (prefix, folded.next().is_some() || prefix[1..length].contains(&0))
            }
            Key::Null => {
                prefix[0] = 2;
                (prefix, false)
            }
        }
    }
}

fn folded(parts: [&str; 4]) -> impl Iterator<Item = char> {
    parts.into_iter().flat_map(str::chars).flat_map(char::to_lowercase)
}

fn utf8(c: char) -> impl Iterator<Item = u8> {
    let mut buffer = [0; 4];
    let length = c.encode_utf8(&mut buffer).len();
    buffer.into_iter().take(length)
}

/// The order of code points in lower case. Bytes are compared as long as they are ASCII.
fn compare_folded(a: [&str; 4], b: [&str; 4]) -> Ordering {
    if let ([a, "", "", ""], [b, "", "", ""]) = (a, b) {
        for (x, y) in a.bytes().zip(b.bytes()) {
            if !x.is_ascii() || !y.is_ascii() {
                return folded([a, "", "", ""]).cmp(folded([b, "", "", ""]));
            }
            match x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase()) {
                Ordering::Equal => {}
                other => return other,
            }
        }
        return a.len().cmp(&b.len());
    }
    folded(a).cmp(folded(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_ordered_letter_case_aside_with_null_last() {
        let text = |t| Key::Text([t, "", "", ""]);
        let ordered = [text(""), text("ipad"), text("iPhone 13"), text("Nexus"), text("É"), text("日本"), Key::Null];
        for (i, a) in ordered.iter().enumerate() {
            for (j, b) in ordered.iter().enumerate() {
                assert_eq!(a.compare(*b), i.cmp(&j), "{a:?} {b:?}");
                assert!(a.prefix().0.cmp(&b.prefix().0) != i.cmp(&j).reverse() || i == j, "{a:?} {b:?}");
            }
        }
        assert_eq!(text("É").compare(text("é")), Ordering::Equal);
        assert_eq!(Key::Text(["iOS", " ", "15.4", ""]).compare(text("ios 15.4")), Ordering::Equal);
    }

    #[test]
    fn the_prefix_never_goes_against_the_order() {
        let texts =
            ["a", "a\0", "a\0b", "aaaaaaaaaaaaa", "aaaaaaaaaaaaab", "aaaaaaaaaaaaaa", "AAAAAAAAAAAAAB", "Éé", "é"];
        for a in texts {
            for b in texts {
                let (x, y) = (Key::Text([a, "", "", ""]), Key::Text([b, "", "", ""]));
                let (p, q) = (x.prefix(), y.prefix());
                let by_prefix = p.0.cmp(&q.0);
                let full = x.compare(y);
                assert!(by_prefix == full || (by_prefix == Ordering::Equal && (p.1 || q.1)), "{a:?} {b:?}");
            }
        }
        for (a, b) in [(i64::MIN, -1), (-1, 0), (0, 1), (1, i64::MAX)] {
            assert!(Key::Time(a).prefix().0 < Key::Time(b).prefix().0);
        }
    }
}

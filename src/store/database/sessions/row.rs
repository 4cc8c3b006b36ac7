//! One session as its row: what is written, and what lists read of it.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row};

use crate::domain::app_id::AppId;
use crate::domain::app_name::is_bare_version;
use crate::domain::decision::{Declined, Note};
use crate::domain::session::finding::{Finding, FindingKind};
use crate::domain::session::{Application, Device, Language, Session, SessionId, StatusClass, Team, folded};
use crate::domain::system;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Error;
use crate::store::database::columns::{Flag, flag, from_json, searched, stored, text, to_json, unreadable};

/// Of the rows that lists show.
pub(super) const LIVE: &str = "there = 1";

/// The columns of [`read`], in its order.
pub(super) const SHOWN: &str = "app, id, readable, status, email, application_id, application_name, \
    application_version, team_id, device_id, device_description, device_os, device_version, simulator, jailbroken, \
    push_token_hash IS NOT NULL, language_id, language_code, language_region, ip, modified, first_seen, pending_since, \
    class, size, findings, unpushed, declined, note";

/// What a session's file says but for its status, in the order of [`SessionRow::bind_said`].
pub(super) const SAID: &str = "there, gone_at, readable, email, application_id, application_name, application_version, \
    team_id, device_id, device_description, device_os, device_version, simulator, jailbroken, language_id, \
    language_code, language_region, ip, said, device_key, os_key, email_key, search, os_name, os_family, device_hash, \
    same_device, same_email, system";

/// What else is known of it, in the order of [`SessionRow::bind_state`]: all that is written of a session that says the
/// same as before. Fewer columns are fewer indexes.
pub(super) const STATE: &str = "class, status, status_key, findings, compliance, size, modified, fingerprint, racy, content, \
    first_seen, pending_since, waiting, unpushed, change_id, arrived, outside, push_token_hash, naming, declined, note";

/// What is known of a session's file: whether it is the one that was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileMark {
    /// Of what the file system says of it; `None` where it was not read yet.
    pub fingerprint: Option<u64>,
    /// Whether it is to be read again even if the file system says the same of it.
    pub racy: bool,
    /// The first bytes of its digest; 0 for a file that could not be read, `None` where it is not known.
    pub content: Option<u64>,
}

/// The columns of [`FileMark::read`].
pub(super) const MARK: &str = "fingerprint, racy, content";

impl FileMark {
    /// Reads it of a row that has the columns [`MARK`].
    pub(super) fn read(row: &AnyRow) -> Result<Self, Error> {
        Ok(Self {
            fingerprint: row.try_get::<Option<i64>, _>("fingerprint")?.map(i64::cast_unsigned),
            racy: flag(row, "racy")?,
            content: row.try_get::<Option<i64>, _>("content")?.map(i64::cast_unsigned),
        })
    }

    /// Whether the file is surely the one that was read: it need not be read again.
    pub fn is_of(&self, fingerprint: u64) -> bool {
        self.fingerprint == Some(fingerprint) && !self.racy
    }

    /// Which bytes the file has. Of one that was not read, what the file system says of it stands for them.
    pub fn bytes(&self) -> u64 {
        self.content.filter(|content| *content != 0).or(self.fingerprint).unwrap_or(0)
    }
}

/// What is known of a session beside what its file says.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub first_seen: i64,
    /// Kept while the file cannot be read.
    pub pending_since: Option<i64>,
    pub gone_at: Option<i64>,
    pub change_id: Option<String>,
    pub arrived: bool,
    pub outside: bool,
    /// Kept while the file cannot be read.
    pub declined: Option<Declined>,
    pub note: Option<Note>,
}

/// A session with all that its row holds.
pub(super) struct SessionRow {
    pub session: Session,
    pub mark: FileMark,
    pub push_token: Option<i64>,
    pub history: History,
}

/// Reads a session as lists show it, of the columns [`SHOWN`].
pub(super) fn read(row: &AnyRow) -> Result<Session, Error> {
    let readable = flag(row, 2)?;
    let is_pending = row.try_get::<i64, _>(23)? == class(StatusClass::Pending);
    let pending_since = row.try_get::<Option<i64>, _>(22)?.filter(|_| is_pending);
    Ok(Session {
        app: AppId::parse(row.try_get(0)?).ok_or_else(|| unreadable("an app that is none"))?,
        id: SessionId::parse(row.try_get(1)?).ok_or_else(|| unreadable("an id that is none"))?,
        status: text(row, 3)?,
        email: text(row, 4)?,
        application: match readable {
            true => Some(Application { id: text(row, 5)?, name: text(row, 6)?, version: text(row, 7)? }),
            false => None,
        },
        team: if readable { Some(Team { id: text(row, 8)? }) } else { None },
        device: if readable { Some(device(row)?) } else { None },
        language: match readable {
            true => Some(Language { id: text(row, 16)?, code: text(row, 17)?, region: text(row, 18)? }),
            false => None,
        },
        ip: text(row, 19)?,
        modified_at: Timestamp::from_millis(row.try_get(20)?),
        first_seen_at: Timestamp::from_millis(row.try_get(21)?),
        pending_since: pending_since.map(Timestamp::from_millis),
        size: row.try_get::<i64, _>(24)?.cast_unsigned(),
        compliant: row.try_get::<Option<&str>, _>(25)?.is_none(),
        problems: row.try_get::<Option<&str>, _>(25)?.map_or_else(|| Ok(Vec::new()), read_findings)?,
        unpushed: flag(row, 26)?,
        declined: from_json(row.try_get(27)?)?.filter(|_| is_pending),
        note: from_json(row.try_get(28)?)?,
    })
}

fn device(row: &AnyRow) -> Result<Device, Error> {
    Ok(Device {
        id: text(row, 9)?,
        description: text(row, 10)?,
        os: text(row, 11)?,
        version: text(row, 12)?,
        simulator: row.try_get::<Option<Flag>, _>(13)?.map(|Flag(simulator)| simulator),
        jailbroken: flag(row, 14)?,
        has_push_token: flag(row, 15)?,
    })
}

impl SessionRow {
    pub(super) fn bind_key<'q>(&self, query: BoundQuery<'q>) -> BoundQuery<'q> {
        query.bind(self.session.app.to_string()).bind(self.session.id.to_string())
    }

    /// Binds the columns [`SAID`]. The session is there.
    pub(super) fn bind_said<'q>(&self, query: BoundQuery<'q>) -> BoundQuery<'q> {
        let session = &self.session;
        let (device, application) = (session.device.as_ref(), session.application.as_ref());
        let language = session.language.as_ref();
        let device_id = device.and_then(|device| device.id.as_deref());
        let os = device.and_then(|device| device.os.as_deref());
        let version = device.and_then(|device| device.version.as_deref());
        let system = system::shown(os, version);
        query
            .bind(Flag(true))
            .bind(None::<i64>)
            .bind(Flag(application.is_some()))
            .bind(session.email.as_deref().map(stored))
            .bind(application.and_then(|application| application.id.as_deref()).map(stored))
            .bind(application.and_then(|application| application.name.as_deref()).map(stored))
            .bind(application.and_then(|application| application.version.as_deref()).map(stored))
            .bind(session.team.as_ref().and_then(|team| team.id.as_deref()).map(stored))
            .bind(device_id.map(stored))
            .bind(device.and_then(|device| device.description.as_deref()).map(stored))
            .bind(os.map(stored))
            .bind(version.map(stored))
            .bind(device.and_then(|device| device.simulator).map(Flag))
            .bind(Flag(device.is_some_and(|device| device.jailbroken)))
            .bind(language.and_then(|language| language.id.as_deref()).map(stored))
            .bind(language.and_then(|language| language.code.as_deref()).map(stored))
            .bind(language.and_then(|language| language.region.as_deref()).map(stored))
            .bind(session.ip.as_deref().map(stored))
            .bind(said(session))
            .bind(text_key(device.and_then(|device| device.description.as_deref())))
            .bind(text_key(system.as_deref()))
            .bind(text_key(session.email.as_deref()))
            .bind(search_text(session))
            .bind(os.map(|os| stored(&os.to_lowercase())))
            .bind(system::family(os, version).map(|family| stored(&family.to_lowercase())))
            .bind(device_id.map(|id| hash(&id.to_lowercase())))
            .bind(device_hash(session))
            .bind(folded(session.email.as_deref()).map(|email| hash(&email)))
            .bind(stored(&system.unwrap_or_default()))
    }

    /// Binds the columns [`STATE`].
    pub(super) fn bind_state<'q>(&self, query: BoundQuery<'q>) -> Result<BoundQuery<'q>, Error> {
        let Self { session, mark, push_token, history } = self;
        let name = session.application.as_ref().and_then(|application| application.name.as_deref());
        let is_pending = session.class() == StatusClass::Pending;
        Ok(query
            .bind(class(session.class()))
            .bind(session.status.as_deref().map(stored))
            .bind(text_key(session.status.as_deref()))
            .bind(write_findings(&session.problems)?)
            .bind(compliance(&session.problems))
            .bind(session.size.cast_signed())
            .bind(session.modified_at.millis())
            .bind(mark.fingerprint.map(u64::cast_signed))
            .bind(Flag(mark.racy))
            .bind(mark.content.map(u64::cast_signed))
            .bind(history.first_seen)
            .bind(history.pending_since)
            .bind(history.pending_since.filter(|_| is_pending).unwrap_or(i64::MAX))
            .bind(Flag(session.unpushed))
            .bind(history.change_id.clone())
            .bind(Flag(history.arrived))
            .bind(Flag(history.outside))
            .bind(*push_token)
            .bind(naming(name))
            .bind(history.declined.as_ref().map(to_json).transpose()?)
            .bind(history.note.as_ref().map(to_json).transpose()?))
    }
}

/// How a session counts for its app.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub class: i64,
    pub noncompliant: bool,
}

pub(super) type BoundQuery<'q> = Query<'q, Any, AnyArguments>;

/// The number of a class, as rows hold it.
pub(super) fn class(class: StatusClass) -> i64 {
    match class {
        StatusClass::Accepted => 0,
        StatusClass::Pending => 1,
        StatusClass::Other => 2,
    }
}

/// How many characters of a text tell its place in an order: PostgreSQL's indexes take no long ones.
const SORTED_BY: usize = 400;

/// By what a text is sorted: letter case aside, and none behind all others.
pub(super) fn text_key(text: Option<&str>) -> String {
    let Some(text) = text else { return "b".to_owned() };
    let folded = stored(&text.to_lowercase());
    let end = folded.char_indices().nth(SORTED_BY).map_or(folded.len(), |(end, _)| end);
    format!("a{}", &folded[..end])
}

/// The first eight bytes of the SHA-256 of a text, as a number.
pub fn hash(text: &str) -> i64 {
    let digest = Sha256::digest(text);
    digest.first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
}

/// What sessions of one device share; `None` for one that is like no other.
pub(super) fn device_hash(session: &Session) -> Option<i64> {
    let device = session.device.as_ref().and_then(|device| device.id.as_deref());
    folded(device).map(|id| hash(&id))
}

/// A hash of what a session's file says but for its status.
pub(super) fn said(session: &Session) -> i64 {
    let Session { email, application, team, device, language, ip, .. } = session;
    hash(&format!("{email:?} {application:?} {team:?} {device:?} {language:?} {ip:?}"))
}

/// What `q` looks at.
pub(super) fn search_text(session: &Session) -> String {
    let (device, application) = (session.device.as_ref(), session.application.as_ref());
    let system = device.map(|device| device.system());
    let fields = [
        Some(session.id.as_str()),
        session.email.as_deref(),
        device.and_then(|device| device.description.as_deref()),
        device.and_then(|device| device.os.as_deref()),
        device.and_then(|device| device.version.as_deref()),
        device.and_then(|device| device.id.as_deref()),
        session.ip.as_deref(),
        system.as_deref(),
        application.and_then(|application| application.id.as_deref()),
        application.and_then(|application| application.name.as_deref()),
        session.note.as_ref().and_then(|note| note.name.as_deref()),
        session.note.as_ref().and_then(|note| note.note.as_deref()),
    ];
    searched(&fields)
}

/// What stands for the app's name: 0 nothing, 1 a name, 2 a bare version.
pub(super) fn naming(name: Option<&str>) -> i64 {
    match name.map(str::trim).filter(|name| !name.is_empty()) {
        None => 0,
        Some(name) if is_bare_version(name) => 2,
        Some(_) => 1,
    }
}

/// 0 for a compliant file, 1 where all that is found is assumed, 2 for one that 4D does not take.
fn compliance(findings: &[Finding]) -> i64 {
    match findings {
        [] => 0,
        some if some.iter().all(Finding::assumed) => 1,
        _ => 2,
    }
}

/// Kind, pointer, and whether it is assumed.
type StoredFinding = (FindingKind, Option<Cow<'static, str>>, bool);

fn write_findings(findings: &[Finding]) -> Result<Option<String>, Error> {
    if findings.is_empty() {
        return Ok(None);
    }
    let stored: Vec<StoredFinding> =
        findings.iter().map(|finding| (finding.kind.clone(), finding.pointer.clone(), finding.assumed())).collect();
    serde_json::to_string(&stored).map(Some).map_err(|error| Error::Encode(Box::new(error)))
}

fn read_findings(json: &str) -> Result<Vec<Finding>, Error> {
    let stored: Vec<StoredFinding> = serde_json::from_str(json).map_err(|error| Error::Decode(Box::new(error)))?;
    Ok(stored.into_iter().map(|(kind, pointer, assumed)| Finding::stored(kind, pointer, assumed)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_sorted_letter_case_aside_with_none_last() {
        let ordered = [Some(""), Some("ipad"), Some("iPhone 13"), Some("Nexus"), Some("É"), Some("日本"), None];
        assert!(ordered.map(text_key).is_sorted_by(|one, other| one < other));
        assert_eq!(text_key(Some("É")), text_key(Some("é")));
    }
}

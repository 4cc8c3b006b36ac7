//! What a session's file says, read and judged once.

use std::borrow::Cow;
use std::io;

use crate::domain::change::Digest;
use crate::domain::session::fields::Fields;
use crate::domain::session::finding::Finding;
use crate::domain::session::judge::judge;
use crate::domain::session::{Application, Device, Language, Session, SessionId, SessionKey, Team, display_address};
use crate::domain::timestamp::Timestamp;
use crate::store::database::sessions::{FileMark, Reading, hash};
use crate::store::folder::{AppFolder, Content, FileStat, Terms, is_exhausted};

/// What was read of one session's file.
pub struct Read {
    pub reading: Reading,
    /// It cannot be read as JSON: perhaps it is being written. By the clock nobody can tell, since the file's time is
    /// another machine's.
    pub unfinished: bool,
    /// Why its bytes could not be read.
    failed: Option<io::ErrorKind>,
}

impl Read {
    pub fn key(&self) -> SessionKey {
        self.reading.session.key()
    }

    /// Its stat and its content.
    pub fn state(&self) -> (u64, u64) {
        (self.reading.mark.fingerprint.unwrap_or(0), self.reading.mark.content.unwrap_or(0))
    }

    /// Whether it could not be read because the disk failed.
    pub fn failed_by_disk(&self) -> Option<io::ErrorKind> {
        self.failed.filter(|kind| is_of_the_disk(&(*kind).into()))
    }
}

/// Whether an error is the disk's, and not a matter of rights or of this program's own limits.
pub fn is_of_the_disk(error: &io::Error) -> bool {
    !is_exhausted(error) && error.kind() != io::ErrorKind::PermissionDenied
}

/// Reads one session's file; `None` where there is none.
pub fn read(folder: &AppFolder, id: SessionId) -> io::Result<Option<Read>> {
    let Some((stat, content)) = folder.read(&id)? else { return Ok(None) };
    let key = SessionKey { app: folder.id().clone(), id };
    Ok(Some(of_content(key, stat, &content, folder.terms())))
}

/// Judges what was read.
pub fn of_content(key: SessionKey, stat: FileStat, content: &Content, terms: &Terms) -> Read {
    let failed = match content {
        Content::Unreadable(error) => Some(error.kind()),
        _ => None,
    };
    let (fields, findings, content) = match content {
        Content::Bytes(bytes) => {
            let (fields, findings) = judge(&key, bytes, &terms.schema);
            (fields, findings, Digest::of(bytes).content())
        }
        Content::TooLarge => (None, vec![Finding::too_large(terms.limit)], 0),
        Content::Unreadable(error) => (None, vec![Finding::unreadable(error)], 0),
    };
    let unfinished = fields.is_none() && content != 0;
    let push_token = fields.as_ref().and_then(|fields| fields.push_token.as_ref()).map(|token| hash(token.expose()));
    let mark = FileMark { fingerprint: Some(stat.fingerprint), racy: stat.racy, content: Some(content) };
    Read { reading: Reading { session: session(key, &stat, fields, findings), mark, push_token }, unfinished, failed }
}

/// What was written into a session's file at this time, as if it had been read.
pub fn of_written(key: &SessionKey, bytes: &[u8], at: Timestamp, terms: &Terms) -> Reading {
    let stat = FileStat { modified: at, size: bytes.len() as u64, fingerprint: 0, racy: true };
    of_content(key.clone(), stat, &Content::Bytes(bytes.to_vec()), terms).reading
}

/// A known file that cannot be read any more: what it said may not be true now.
pub fn unreadable(key: SessionKey, stat: FileStat, error: &io::Error) -> Read {
    let stat = FileStat { racy: true, ..stat };
    let mark = FileMark { fingerprint: Some(stat.fingerprint), racy: true, content: Some(0) };
    let session = session(key, &stat, None, vec![Finding::unreadable(error)]);
    Read { reading: Reading { session, mark, push_token: None }, unfinished: false, failed: Some(error.kind()) }
}

/// First seen, pending since and unpushed are the database's to tell.
fn session(key: SessionKey, stat: &FileStat, fields: Option<Fields<'_>>, problems: Vec<Finding>) -> Session {
    let is_readable = fields.is_some();
    let fields = fields.unwrap_or_default();
    let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
    Session {
        app: key.app,
        id: key.id,
        status: owned(fields.status),
        email: owned(fields.email),
        application: is_readable.then(|| Application {
            id: owned(fields.application_id),
            name: owned(fields.application_name),
            version: owned(fields.application_version),
        }),
        team: is_readable.then(|| Team { id: owned(fields.team_id) }),
        device: is_readable.then(|| Device {
            id: owned(fields.device_id),
            description: owned(fields.device_description),
            os: owned(fields.device_os),
            version: owned(fields.device_version),
            simulator: fields.simulator,
            jailbroken: fields.jailbroken,
            has_push_token: fields.push_token.is_some(),
        }),
        language: is_readable.then(|| Language {
            id: owned(fields.language_id),
            code: owned(fields.language_code),
            region: owned(fields.language_region),
        }),
        ip: fields.ip.as_deref().map(|ip| display_address(ip).into_owned()),
        modified_at: stat.modified,
        first_seen_at: stat.modified,
        pending_since: None,
        size: stat.size,
        compliant: problems.is_empty(),
        problems,
        unpushed: false,
        declined: None,
        note: None,
    }
}

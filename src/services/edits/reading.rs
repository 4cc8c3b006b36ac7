//! Reads session files for changes, and says what failures of the folder and the writer mean.

use std::io;
use std::time::{Duration, SystemTime};

use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::domain::session::document::{Document, Malformed};
use crate::services::error::Error;
use crate::store::folder::{Content, FileStat, Folder, is_exhausted, was_away, why_away};
use crate::store::writer::{KeptFile, WriteError, Writer};

/// How long bytes are waited for that cannot be read as JSON.
const WHILE_HALF_WRITTEN: [Duration; 4] =
    [Duration::from_millis(50), Duration::from_millis(100), Duration::from_millis(200), Duration::from_millis(400)];
/// A file that ends too soon and was changed this long ago, by clocks that need not agree, may be in the middle of being
/// written, by a program that opens it for each part.
const YOUNG: Duration = Duration::from_secs(5);

/// Reads a session's file and gives it to `act`, parsed once. One that cannot be read as JSON is waited for, whatever the
/// clock says of its age; if it is still being written then, it is busy.
pub(super) fn read_settled<R>(
    folder: &Folder,
    key: &SessionKey,
    act: impl Fn(&[u8], Result<Document<'_>, Malformed>) -> R,
) -> Result<(Vec<u8>, R), Error> {
    let may_go_on = |bytes: &[u8]| Ok(is_open(folder, key)? || (ends_too_soon(bytes) && is_young(folder, key)?));
    settled(|| read(folder, key), |bytes| bytes, may_go_on, act)
}

/// The same with all that belongs to the file, to take it away: one that nobody is seen to write can go.
pub(super) fn keep_settled<R>(
    folder: &Folder,
    writer: &Writer,
    key: &SessionKey,
    act: impl Fn(&[u8], Result<Document<'_>, Malformed>) -> R,
) -> Result<(KeptFile, R), Error> {
    settled(|| keep(folder, writer, key), |file| &file.bytes, |_| is_open(folder, key), act)
}

/// Reads until whole JSON stands there, or as long as a half-written file is waited for.
fn settled<T, R>(
    read: impl Fn() -> Result<T, Error>,
    bytes: impl Fn(&T) -> &[u8],
    may_go_on: impl Fn(&[u8]) -> Result<bool, Error>,
    act: impl Fn(&[u8], Result<Document<'_>, Malformed>) -> R,
) -> Result<(T, R), Error> {
    let mut pauses = WHILE_HALF_WRITTEN.iter();
    let mut before: Option<T> = None;
    let mut is_written = false;
    loop {
        let found = read()?;
        is_written |= before.is_some_and(|before| bytes(&before) != bytes(&found));
        let parsed = Document::parse(bytes(&found));
        let is_whole = matches!(parsed, Ok(_) | Err(Malformed::NotAnObject));
        match pauses.next() {
            Some(pause) if !is_whole => std::thread::sleep(*pause),
            _ if !is_whole && (is_written || may_go_on(bytes(&found))?) => return Err(Error::Busy),
            _ => {
                let result = act(bytes(&found), parsed);
                return Ok((found, result));
            }
        }
        before = Some(found);
    }
}

/// Whether more bytes could make it JSON.
fn ends_too_soon(bytes: &[u8]) -> bool {
    match serde_json::from_slice::<serde::de::IgnoredAny>(bytes) {
        Ok(_) => false,
        Err(error) => error.is_eof(),
    }
}

/// Whether a file was written a moment ago.
fn is_young(folder: &Folder, key: &SessionKey) -> Result<bool, Error> {
    Ok(stat(folder, key)?.is_some_and(|stat| stat.distance(SystemTime::now()) < YOUNG))
}

/// Whether a program has a file open to write.
fn is_open(folder: &Folder, key: &SessionKey) -> Result<bool, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let app = open.app(&key.app).map_err(|error| of_io(folder, error))?;
    Ok(app.is_some_and(|app| app.is_open_for_writing(&key.id)))
}

fn read(folder: &Folder, key: &SessionKey) -> Result<Vec<u8>, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let found = open.app(&key.app).and_then(|app| app.map_or(Ok(None), |app| app.read(&key.id)));
    match found.map_err(|error| of_io(folder, error))? {
        None => Err(Error::NotFound("session")),
        Some((_, Content::Bytes(bytes))) => Ok(bytes),
        Some((_, Content::TooLarge)) => {
            Err(Error::NotWritable { reason: format!("it is larger than the limit of {} bytes", folder.limit()) })
        }
        Some((_, Content::Unreadable(error))) if error.kind() == io::ErrorKind::ResourceBusy => Err(Error::Busy),
        Some((_, Content::Unreadable(error))) => {
            Err(Error::NotWritable { reason: format!("it cannot be read: {}", error.kind()) })
        }
    }
}

pub(super) fn stat(folder: &Folder, key: &SessionKey) -> Result<Option<FileStat>, Error> {
    let open = folder.open().map_err(|error| of_root(&error))?;
    let found = open.app(&key.app).and_then(|app| app.map_or(Ok(None), |app| app.stat(&key.id)));
    found.map_err(|error| of_io(folder, error))
}

fn keep(folder: &Folder, writer: &Writer, key: &SessionKey) -> Result<KeptFile, Error> {
    // The writer's "gone" can also mean that the whole folder is.
    folder.open().map_err(|error| of_root(&error))?;
    writer.keep(key).map_err(|error| of_write(folder, error))
}

/// What it means that the root cannot be opened.
fn of_root(error: &io::Error) -> Error {
    if is_exhausted(error) { Error::TooManyOpenFiles } else { unavailable(error) }
}

fn unavailable(error: &io::Error) -> Error {
    Error::FolderUnavailable { reason: why_away(error) }
}

/// What a failed write means to the caller.
pub(super) fn of_write(folder: &Folder, error: WriteError) -> Error {
    match error {
        WriteError::Gone => match folder.id() {
            Ok(_) => Error::NotFound("session"),
            Err(error) => unavailable(&error),
        },
        WriteError::Changed => Error::Busy,
        WriteError::AlreadyThere => Error::AlreadyThere,
        WriteError::OwnerCannotBeKept { run_as } => Error::OwnerCannotBeKept { run_as },
        WriteError::NoSpace => Error::NoSpace,
        WriteError::Io(error) => of_io(folder, error),
        WriteError::Unsure(error) => {
            tracing::error!(%error, "the disk failed behind a change");
            Error::Unsure { change: None, reason: error.kind().to_string() }
        }
    }
}

fn of_io(folder: &Folder, error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::NotWritable { reason: error.kind().to_string() }
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => Error::NoSpace,
        // Another program keeps the file for itself.
        io::ErrorKind::ResourceBusy => Error::Busy,
        _ if is_exhausted(&error) => Error::TooManyOpenFiles,
        _ if was_away(&error) => unavailable(&error),
        _ => match folder.id() {
            Ok(_) => Error::internal(error),
            Err(error) => unavailable(&error),
        },
    }
}

/// Of the file that stands there now; `None` where there is none.
pub(super) fn current_digest(folder: &Folder, writer: &Writer, key: &SessionKey) -> Result<Option<Digest>, Error> {
    match keep(folder, writer, key) {
        Ok(file) => Ok(Some(Digest::of(&file.bytes))),
        Err(Error::NotFound(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

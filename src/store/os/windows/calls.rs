//! Calls of Windows: texts for them, what their errors mean, and waiting for what other programs keep to themselves.

use std::io;
use std::os::windows::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use windows_sys::Win32::Foundation::{
    ERROR_ACCESS_DENIED, ERROR_CANT_RESOLVE_FILENAME, ERROR_DELETE_PENDING, ERROR_DIRECTORY,
    ERROR_FILENAME_EXCED_RANGE, ERROR_INVALID_NAME, ERROR_LOCK_VIOLATION, ERROR_NO_SYSTEM_RESOURCES,
    ERROR_NOT_ENOUGH_MEMORY, ERROR_OUTOFMEMORY, ERROR_PATH_NOT_FOUND, ERROR_SHARING_VIOLATION,
    ERROR_TOO_MANY_OPEN_FILES, ERROR_UNABLE_TO_REMOVE_REPLACED,
};

pub(super) fn code(error: &io::Error) -> u32 {
    error.raw_os_error().map_or(0, i32::cast_unsigned)
}

/// The result of a call that says by 0 that it failed.
pub(super) fn done(result: i32) -> io::Result<()> {
    if result == 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Not there, or a name that none has, is no error.
pub(super) fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    const NOWHERE: [u32; 5] = [
        ERROR_PATH_NOT_FOUND,
        ERROR_DIRECTORY,
        ERROR_INVALID_NAME,
        ERROR_FILENAME_EXCED_RANGE,
        ERROR_CANT_RESOLVE_FILENAME,
    ];
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound || NOWHERE.contains(&code(&error)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Whether an error says that this program has reached a limit of its own, and nothing of the folder.
pub fn is_exhausted(error: &io::Error) -> bool {
    const LIMITS: [u32; 4] =
        [ERROR_TOO_MANY_OPEN_FILES, ERROR_NOT_ENOUGH_MEMORY, ERROR_OUTOFMEMORY, ERROR_NO_SYSTEM_RESOURCES];
    LIMITS.contains(&code(error))
}

/// How long is waited for a file that another program keeps for itself.
const PATIENCE: Duration = Duration::from_millis(200);
const PAUSE: Duration = Duration::from_millis(10);

/// Does something with a file, and waits a while where another program keeps the file for itself, or where a file that was
/// removed still has the name while somebody has it open. Blocks.
pub(super) fn patient<T>(mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    let start = Instant::now();
    loop {
        match work() {
            Err(error) if (is_kept(&error) || is_going(&error)) && start.elapsed() < PATIENCE => {
                std::thread::sleep(PAUSE);
            }
            done => return done.map_err(as_busy),
        }
    }
}

pub(super) fn is_kept(error: &io::Error) -> bool {
    [ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_UNABLE_TO_REMOVE_REPLACED].contains(&code(error))
}

/// Windows calls a file that is removed, but still open somewhere, one that must not be opened.
pub(super) fn is_going(error: &io::Error) -> bool {
    [ERROR_ACCESS_DENIED, ERROR_DELETE_PENDING].contains(&code(error))
}

pub(super) fn as_busy(error: io::Error) -> io::Error {
    if is_kept(&error) { io::Error::new(io::ErrorKind::ResourceBusy, error) } else { error }
}

/// A text for the system: in UTF-16, with a zero at its end.
pub(super) fn wide(path: &Path) -> Vec<u16> {
    path.as_os_str().encode_wide().chain([0]).collect()
}

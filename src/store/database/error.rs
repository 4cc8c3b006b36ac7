//! Why an operation on the database failed, by SQLite's own numbers (source: sqlite.org/rescode.html) and PostgreSQL's
//! codes (source: postgresql.org/docs/current/errcodes-appendix.html).

use sqlx::postgres::PgDatabaseError;
use sqlx::sqlite::SqliteError;

/// Why an operation on the database failed.
pub type Error = sqlx::Error;

/// SQLite's own number of an error.
fn code(error: &Error) -> Option<u32> {
    let error = error.as_database_error()?;
    error.try_downcast_ref::<SqliteError>()?;
    error.code()?.parse().ok()
}

/// PostgreSQL's code of an error.
fn state(error: &Error) -> Option<&str> {
    error.as_database_error()?.try_downcast_ref::<PgDatabaseError>().map(PgDatabaseError::code)
}

/// Whether an operation failed because the disk is full.
pub fn is_out_of_space(error: &Error) -> bool {
    /// SQLITE_FULL, and SQLITE_IOERR_WRITE, which a file that may not grow ends in.
    const FULL: [u32; 2] = [13, 778];
    match error {
        Error::Io(error) => error.kind() == std::io::ErrorKind::StorageFull,
        error => code(error).is_some_and(|code| FULL.contains(&code)) || state(error) == Some("53100"),
    }
}

/// Whether an operation failed because the database is broken inside, or none.
pub(super) fn is_broken(error: &Error) -> bool {
    const BROKEN: [u32; 2] = [11, 26];
    let error = match error {
        Error::Migrate(error) => match &**error {
            sqlx::migrate::MigrateError::Execute(error) => error,
            sqlx::migrate::MigrateError::ExecuteMigration(error, _) => error,
            _ => return false,
        },
        error => error,
    };
    code(error).is_some_and(|code| BROKEN.contains(&(code & 0xff)))
}

/// What keeps the database from being used, if an operation failed for that; the same in words for strangers.
pub fn explain(error: &Error) -> Option<String> {
    /// SQLITE_READONLY, IOERR, CORRUPT, CANTOPEN and NOTADB.
    const OF_THE_FILE: [u32; 5] = [8, 10, 11, 14, 26];
    if is_busy(error) {
        return Some("another program has locked it".into());
    }
    match error {
        Error::Io(error) => Some(error.to_string()),
        Error::Tls(error) => Some(format!("its connection cannot be encrypted: {error}")),
        Error::PoolTimedOut => Some("it cannot be reached".into()),
        error if state(error).is_some_and(is_unavailable) => {
            error.as_database_error().map(|error| error.message().to_owned())
        }
        error if code(error).is_some_and(|code| OF_THE_FILE.contains(&(code & 0xff))) => {
            error.as_database_error().map(|error| error.message().to_owned())
        }
        _ => None,
    }
}

/// Whether an operation failed because PostgreSQL keeps no text with the character U+0000.
pub fn holds_nul(error: &Error) -> bool {
    state(error) == Some("22021")
}

/// Whether a server with this answer is starting, stopping, full, or serves no changes; or does not let in.
fn is_unavailable(state: &str) -> bool {
    ["08", "28", "53", "57P", "58"].iter().any(|class| state.starts_with(class)) || ["25006", "3D000"].contains(&state)
}

/// That another program has locked the database, for those who do not wait for it.
pub fn locked_out() -> Error {
    Error::Io(std::io::ErrorKind::ResourceBusy.into())
}

/// Whether an operation failed because another program has locked the database.
pub fn is_busy(error: &Error) -> bool {
    /// SQLITE_BUSY and what is derived from it.
    const BUSY: u32 = 5;
    match error {
        Error::Io(error) => error.kind() == std::io::ErrorKind::ResourceBusy,
        error => code(error).is_some_and(|code| code & 0xff == BUSY) || state(error) == Some("55P03"),
    }
}

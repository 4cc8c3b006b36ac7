//! Why a file was not written.

use std::io;

use crate::store::os::GiveError;

/// Why nothing was written: the file is as it was, but for [`Unsure`](WriteError::Unsure).
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("the file is gone")]
    Gone,
    #[error("the file has other bytes than expected")]
    Changed,
    #[error("there is a file of this name")]
    AlreadyThere,
    #[error("owner, group, mode or ACL cannot be kept: run as {run_as}")]
    OwnerCannotBeKept { run_as: String },
    #[error("no space left")]
    NoSpace,
    #[error("{0}")]
    Io(io::Error),
    /// The names were exchanged or taken already when the disk failed: what stands there now tells what was done, and
    /// whether it lasts is not known.
    #[error("the disk failed after the change: {0}")]
    Unsure(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, ResourceBusy, StorageFull};
        match error.kind() {
            // Another program keeps the file from us: it may be writing.
            ResourceBusy => WriteError::Changed,
            // Too large for the disk's own limits; a file of ours is small.
            StorageFull | QuotaExceeded | FileTooLarge => WriteError::NoSpace,
            _ => WriteError::Io(error),
        }
    }
}

impl From<GiveError> for WriteError {
    fn from(error: GiveError) -> Self {
        match error {
            GiveError::Refused(run_as) => WriteError::OwnerCannotBeKept { run_as },
            GiveError::Io(error) => error.into(),
        }
    }
}

/// What an error says that the system gave for a name in an app's folder.
pub fn of_name(error: io::Error) -> WriteError {
    match error.kind() {
        io::ErrorKind::NotFound => WriteError::Gone,
        io::ErrorKind::AlreadyExists => WriteError::AlreadyThere,
        _ => error.into(),
    }
}

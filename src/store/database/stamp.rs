//! A small file that tells every process that accounts changed.
//!
//! A server answers who a caller is from memory. Every change of accounts first lengthens the *stamp*, while it holds
//! the write lock: whoever sees a new stamp and then takes that lock sees what came of the change, whichever process
//! made it and however that ended.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;

use crate::store::os;

/// The stamp's file in the data folder.
pub const STAMP: &str = "accounts.stamp";

/// Differs after every change of users, tokens or logins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp(Option<(u64, u64, os::Time)>);

impl Stamp {
    pub(super) fn read(file: &Path) -> io::Result<Self> {
        match os::look_at(file) {
            Ok(((_, number), found)) => Ok(Self(Some((number, found.len(), os::changed_at(&found))))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }
}

/// The file's length counts the changes, so no stamp comes back; it takes no space on disk.
pub(super) fn lengthen(stamp: &Path) -> io::Result<()> {
    let file = OpenOptions::new().create(true).write(true).truncate(false).open(stamp)?;
    let length = file.metadata()?.len();
    file.set_len(length + 1)
}

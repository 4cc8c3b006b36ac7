//! Small files of the data folder: lines of `key = value`, written whole and durably, for this user alone.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::store::os;

/// What stands in such a file.
pub(super) struct Notes(String);

impl Notes {
    /// `None` where there is no such file.
    pub(super) fn read(file: &Path) -> io::Result<Option<Self>> {
        match fs::read_to_string(file) {
            Ok(text) => Ok(Some(Self(text))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    pub(super) fn value(&self, key: &str) -> Option<&str> {
        let value = self.0.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
        value.map(str::trim)
    }
}

/// Puts a file with this text into a folder, in the place of one of this name.
pub(in crate::store) fn write(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    let beside = folder.join(format!("{name}.new"));
    let mut file = os::private(File::options().write(true).create(true).truncate(true)).open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(beside, folder.join(name))?;
    os::sync_folder(folder)
}

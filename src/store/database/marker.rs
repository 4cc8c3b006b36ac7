//! A small file beside the database that says that one belongs there, and how far it had come: so a database that is
//! missing, empty or older than it was is not taken for a new one.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use crate::store::os;

/// The database's name in the data folder.
pub const DATABASE_FILE: &str = "mobile-sessions.db";
pub const FILE: &str = "installation";

const HEAD: &str = "# A database belongs here. While this file stands, none is made anew in its place.\n";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marker {
    pub installation: String,
    /// Events may have numbers up to this one.
    pub reserved: i64,
    /// How many bytes the database had at least: it never gets shorter.
    pub size: u64,
}

impl Marker {
    /// What stands in this data folder; `None` where nothing does.
    pub fn read(data_dir: &Path) -> io::Result<Option<Self>> {
        let text = match fs::read_to_string(data_dir.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let value = |key: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix('='));
            line.map(str::trim).unwrap_or_default()
        };
        Ok(Some(Self {
            installation: value("id").to_owned(),
            reserved: value("events").parse().unwrap_or(0),
            size: value("size").parse().unwrap_or(0),
        }))
    }

    /// For the database as it stands there now.
    pub fn of(data_dir: &Path, installation: &str, reserved: i64) -> io::Result<Self> {
        let size = fs::metadata(data_dir.join(DATABASE_FILE))?.len();
        Ok(Self { installation: installation.to_owned(), reserved, size })
    }

    /// Writes it, whole and durably.
    pub fn write(&self, data_dir: &Path) -> io::Result<()> {
        let beside = data_dir.join(format!("{FILE}.new"));
        let mut file = os::private(File::options().write(true).create(true).truncate(true)).open(&beside)?;
        let Self { installation, reserved, size } = self;
        write!(file, "{HEAD}id = {installation}\nevents = {reserved}\nsize = {size}\n")?;
        file.sync_all()?;
        fs::rename(beside, data_dir.join(FILE))?;
        os::sync_folder(data_dir)
    }

    pub fn remove(data_dir: &Path) -> io::Result<()> {
        fs::remove_file(data_dir.join(FILE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_marker_is_read_as_it_was_written() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(Marker::read(folder.path()).unwrap(), None);
        let marker = Marker { installation: "0123456789abcdef".into(), reserved: 20_000, size: 4096 };
        marker.write(folder.path()).unwrap();
        assert_eq!(Marker::read(folder.path()).unwrap(), Some(marker));
        fs::write(folder.path().join(FILE), "").unwrap();
        assert_eq!(Marker::read(folder.path()).unwrap(), Some(Marker::default()), "that it stands there says enough");
    }
}

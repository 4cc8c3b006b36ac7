//! A small file beside the database that says that one belongs there, and how far it had come: so a database that is
//! missing, empty or older than it was is not taken for a new one.

use std::fs;
use std::io;
use std::path::Path;

use super::notes::{self, Notes};

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
        let Some(notes) = Notes::read(&data_dir.join(FILE))? else { return Ok(None) };
        Ok(Some(Self {
            installation: notes.value("id").unwrap_or_default().to_owned(),
            reserved: notes.value("events").and_then(|text| text.parse().ok()).unwrap_or(0),
            size: notes.value("size").and_then(|text| text.parse().ok()).unwrap_or(0),
        }))
    }

    /// For the database as it stands there now.
    pub fn of(data_dir: &Path, installation: &str, reserved: i64) -> io::Result<Self> {
        let size = fs::metadata(data_dir.join(DATABASE_FILE))?.len();
        Ok(Self { installation: installation.to_owned(), reserved, size })
    }

    /// Writes it, whole and durably.
    pub fn write(&self, data_dir: &Path) -> io::Result<()> {
        let Self { installation, reserved, size } = self;
        notes::write(data_dir, FILE, &format!("{HEAD}id = {installation}\nevents = {reserved}\nsize = {size}\n"))
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

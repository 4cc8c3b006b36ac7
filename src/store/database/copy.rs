//! A copy of a database, made whole while programs run on it.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, SqliteConnection};

use super::error::Error;
use crate::store::os;

/// Copies a database into a new file that nobody else can read, and waits until it is on the disk. Fails where a file of
/// this name exists.
pub(super) async fn copy(database: &Path, file: &Path) -> Result<(), Error> {
    // SQLite writes into an empty file; nobody else makes one of this name meanwhile.
    os::private(File::options().write(true).create_new(true)).open(file).map_err(Error::Io)?;
    let copied = copy_into(database, file).await.and_then(|()| sync(file).map_err(Error::Io));
    copied.inspect_err(|_| {
        // A part of a copy is none.
        let _ = fs::remove_file(file);
    })
}

async fn copy_into(database: &Path, file: &Path) -> Result<(), Error> {
    let options = SqliteConnectOptions::new().filename(database).read_only(true).busy_timeout(Duration::from_secs(10));
    let mut connection = SqliteConnection::connect_with(&options).await?;
    let name = file.to_str().ok_or_else(|| Error::Io(io::ErrorKind::InvalidFilename.into()))?;
    sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await?;
    connection.close().await
}

/// Until a file lasts, with its name.
pub(super) fn sync(file: &Path) -> io::Result<()> {
    File::open(file)?.sync_all()?;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    os::sync_folder(folder.unwrap_or(Path::new(".")))
}

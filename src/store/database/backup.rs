//! Copies of the database: made while a server runs on it, checked, and put back.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::SqlitePool;

use super::copy::{copy, sync};
use super::error::Error;
use super::marker::{DATABASE_FILE, Marker};
use super::opening::{self, OpenError};
use super::server::Server;
use super::stamp;
use crate::domain::timestamp::Timestamp;
use crate::store::os;

/// A copy that is not in its place yet.
const RESTORING: &str = "restoring.db";
/// How far the numbers of events jump ahead of a copy: so many are not given between two backups.
const JUMP: i64 = 1_000_000_000;

/// Why no copy was made or put back, in a sentence.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error("There is no database in the data folder {}: name the right one with --data-dir or --dir.", .data.display())]
    NoDatabase { data: PathBuf },
    #[error(
        "The database of the data folder {} is {server}: use PostgreSQL's own programs, as pg_dump and pg_restore. Nothing \
         was changed.", .data.display()
    )]
    OnServer { data: PathBuf, server: String },
    #[error("{} exists already: name a new file. Nothing was written.", .file.display())]
    Exists { file: PathBuf },
    #[error("The copy {} cannot be written: {error}.", .file.display())]
    NotWritten { file: PathBuf, error: Error },
    #[error("The file {} cannot be read: {error}. Nothing was changed.", .file.display())]
    NotRead { file: PathBuf, error: io::Error },
    #[error("{} is no whole backup of mobile-sessions: take another one. Nothing was changed.", .file.display())]
    NotWhole { file: PathBuf },
    #[error(
        "{} was made by a newer mobile-sessions (its tables have version {theirs}, this one knows {ours}): restore it \
         with the newer one. Nothing was changed.", .file.display()
    )]
    Newer { file: PathBuf, theirs: i64, ours: i64 },
}

/// What was put back, and where what it replaced is now.
#[derive(Debug)]
pub struct Restored {
    /// When the copy last noted a change of a session; `None` where none did.
    pub newest_change: Option<Timestamp>,
    /// The folder with what stood there before; `None` where nothing did.
    pub aside: Option<PathBuf>,
}

/// Makes a consistent copy of a data folder's database, with a server running on it or not, for its user alone.
pub async fn back_up(data: &Path, file: &Path) -> Result<(), BackupError> {
    refuse_server(data)?;
    let database = data.join(DATABASE_FILE);
    if !database.is_file() {
        return Err(BackupError::NoDatabase { data: data.to_owned() });
    }
    let not_written = |error| BackupError::NotWritten { file: file.to_owned(), error };
    copy(&database, file).await.map_err(|error| match error {
        Error::Io(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            BackupError::Exists { file: file.to_owned() }
        }
        error => not_written(error),
    })
}

fn refuse_server(data: &Path) -> Result<(), BackupError> {
    let server = Server::of_data_dir(data).map_err(|error| OpenError::failed(data, Error::Io(error)))?;
    match server {
        Some(server) => Err(BackupError::OnServer { data: data.to_owned(), server: server.to_string() }),
        None => Ok(()),
    }
}

/// Puts a copy in the place of a data folder's database, once it has been checked. What stood there is kept beside it.
/// No server may run on the data folder meanwhile.
pub async fn restore(data: &Path, file: &Path, now: Timestamp) -> Result<Restored, BackupError> {
    refuse_server(data)?;
    let _others_wait = opening::alone(data).await?;
    let failed = |error| OpenError::failed(data, error);
    let copy = data.join(RESTORING);
    remove_all(&copy).map_err(|error| failed(Error::Io(error)))?;
    let done = take(data, file, &copy, now).await;
    if done.is_err() {
        // The next one removes it too.
        let _ = remove_all(&copy);
    }
    done
}

async fn take(data: &Path, file: &Path, copy: &Path, now: Timestamp) -> Result<Restored, BackupError> {
    let failed = |error| OpenError::failed(data, error);
    let marker = Marker::read(data).map_err(|error| failed(Error::Io(error)))?;
    bring(file, copy)?;
    let pool = opening::writer(copy, Duration::ZERO).await;
    let pool = pool.map_err(|_| BackupError::NotWhole { file: file.to_owned() })?;
    let prepared = prepare(file, &pool, marker.as_ref()).await;
    pool.close().await;
    let (new_marker, newest_change) = prepared?;
    sync(copy).map_err(|error| failed(Error::Io(error)))?;
    let old = Old::in_folder(data, marker, now);
    let placed = old
        .set_aside(data)
        .and_then(|()| new_marker.write(data))
        .and_then(|()| fs::rename(copy, data.join(DATABASE_FILE)));
    if let Err(error) = placed {
        old.bring_back(data);
        return Err(failed(Error::Io(error)).into());
    }
    // Whoever knows accounts by the old stamp asks anew.
    stamp::lengthen(&data.join(stamp::STAMP)).map_err(|error| failed(Error::Io(error)))?;
    sync(&data.join(DATABASE_FILE)).map_err(|error| failed(Error::Io(error)))?;
    let aside = (!old.files.is_empty()).then_some(old.aside);
    Ok(Restored { newest_change, aside })
}

/// Into the data folder, with the log of one that was copied as it ran.
fn bring(file: &Path, copy: &Path) -> Result<(), BackupError> {
    let beside = |path: &Path| PathBuf::from(format!("{}-wal", path.display()));
    for (from, to, may_be_missing) in [(file.to_owned(), copy.to_owned(), false), (beside(file), beside(copy), true)] {
        match bring_one(&from, &to) {
            Err(error) if may_be_missing && error.kind() == io::ErrorKind::NotFound => {}
            done => done.map_err(|error| BackupError::NotRead { file: from, error })?,
        }
    }
    Ok(())
}

fn bring_one(from: &Path, to: &Path) -> io::Result<()> {
    let mut from = File::open(from)?;
    let mut to = os::private(File::options().write(true).create_new(true)).open(to)?;
    io::copy(&mut from, &mut to).map(drop)
}

/// Checks a copy and brings it up to this version; what is to be said of it.
async fn prepare(
    file: &Path,
    pool: &SqlitePool,
    marker: Option<&Marker>,
) -> Result<(Marker, Option<Timestamp>), BackupError> {
    let not_whole = || BackupError::NotWhole { file: file.to_owned() };
    if !opening::is_whole(pool).await {
        return Err(not_whole());
    }
    let (theirs, ours) = opening::versions(pool).await.map_err(|_| not_whole())?;
    if theirs == 0 {
        return Err(not_whole());
    }
    if theirs > ours {
        return Err(BackupError::Newer { file: file.to_owned(), theirs, ours });
    }
    opening::migrate(pool).await.map_err(|_| not_whole())?;
    let prepared = async {
        let installation: String = sqlx::query_scalar("SELECT id FROM installation").fetch_one(pool).await?;
        let reserved = opening::reserved(pool).await?.max(marker.map_or(0, |marker| marker.reserved)) + JUMP;
        sqlx::query("UPDATE event_numbers SET reserved = ?").bind(reserved).execute(pool).await?;
        let newest: Option<i64> = sqlx::query_scalar("SELECT max(at) FROM change").fetch_one(pool).await?;
        // What is known of its size is known when it stands in its place.
        Ok::<_, Error>((Marker { installation, reserved, size: 0 }, newest.map(Timestamp::from_millis)))
    };
    prepared.await.map_err(|_| not_whole())
}

/// What stands in the place of the copy, and where it is kept.
struct Old {
    files: Vec<String>,
    marker: Option<Marker>,
    aside: PathBuf,
}

impl Old {
    fn in_folder(data: &Path, marker: Option<Marker>, now: Timestamp) -> Self {
        let mut files: Vec<String> = ["", "-wal", "-shm"].map(|suffix| format!("{DATABASE_FILE}{suffix}")).into();
        files.retain(|name| data.join(name).exists());
        let aside = data.join(format!("replaced-{}", now.to_string().replace([':', '.'], "-")));
        Self { files, marker, aside }
    }

    /// A stop behind this leaves no database: the marker says that one is missing, and restoring again puts it there.
    fn set_aside(&self, data: &Path) -> io::Result<()> {
        if !self.files.is_empty() {
            fs::create_dir(&self.aside)?;
        }
        self.files.iter().try_for_each(|name| fs::rename(data.join(name), self.aside.join(name)))
    }

    /// As it was, with its marker. What cannot be moved back stays where it is kept.
    fn bring_back(&self, data: &Path) {
        for name in &self.files {
            let _ = fs::rename(self.aside.join(name), data.join(name));
        }
        let _ = fs::remove_dir(&self.aside);
        let _ = match &self.marker {
            Some(marker) => marker.write(data),
            None => Marker::remove(data),
        };
    }
}

fn remove_all(copy: &Path) -> io::Result<()> {
    for suffix in ["", "-wal", "-shm"] {
        match fs::remove_file(format!("{}{suffix}", copy.display())) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

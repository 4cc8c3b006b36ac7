//! Opens the database of a data folder, or says why not: what is missing, empty, cut off, older than it was or made by a
//! newer version is not taken for a new one.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use percent_encoding::{NON_ALPHANUMERIC, percent_encode};
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Connection, Row, SqlitePool};

use super::copy::copy;
use super::engine::Engine;
use super::error::{Error, is_broken, is_busy, is_out_of_space};
use super::marker::{DATABASE_FILE, Marker};
use super::migrations::{migrations, schema};
use super::server::Server;
use super::stamp;
use crate::store::os;
use crate::store::root::FolderId;

/// Who opens the database holds it.
const LOCK: &str = "opening.lock";
/// After this long, it is said for whom an opening waits, and after this long it is given up.
const SAY_AFTER: Duration = Duration::from_secs(1);
const GIVE_UP_AFTER: Duration = Duration::from_secs(15);
/// What begins every SQLite database (source: sqlite.org/fileformat.html).
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// Why the database does not open, in a sentence that says what to do.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "The database {} is {what}, and the data folder was used before. Restore a backup: mobile-sessions restore \
         DATABASE_FILE --data-dir {}. To begin anew, without users, tokens and journal, name a new folder with --data-dir.",
        .data.join(DATABASE_FILE).display(), .data.display()
    )]
    Damaged { data: PathBuf, what: Damage },
    #[error(
        "The database {} was made by a newer mobile-sessions{} (its tables have version {theirs}, this is {} with \
         version {ours}). Run the newer one again, or restore a backup from before the update: mobile-sessions restore \
         DATABASE_FILE --data-dir {}.",
        .data.join(DATABASE_FILE).display(), .program.as_ref().map(|program| format!(", {program}")).unwrap_or_default(),
        env!("CARGO_PKG_VERSION"), .data.display()
    )]
    Newer { data: PathBuf, program: Option<String>, theirs: i64, ours: i64 },
    #[error(
        "Another mobile-sessions{process} opens the database in {} and does not come to an end: stop it, and try again.",
        .data.display()
    )]
    Held { data: PathBuf, process: String },
    #[error(
        "The disk of the data folder {} is full: free some space on it, and try again. Nothing was changed.", .data.display()
    )]
    Full { data: PathBuf },
    #[error("The database in {} is locked by another program: close that one, and try again.", .data.display())]
    Busy { data: PathBuf },
    #[error("The database in {} cannot be used: {error}.", .data.display())]
    Failed { data: PathBuf, error: Error },
    #[error(
        "The database of the data folder {} is {server}: name it with --database. Nothing was changed.", .data.display()
    )]
    Elsewhere { data: PathBuf, server: String },
    #[error(
        "The data folder {} has a database of its own: move it with \"mobile-sessions migrate --from sqlite:{} --to          {server}\", or name a new data folder. Nothing was changed.", .data.display(), .data.join(DATABASE_FILE).display()
    )]
    TwoDatabases { data: PathBuf, server: String },
    #[error(
        "The database {server} was made by a newer mobile-sessions (its tables have version {theirs}, this one knows          {ours}): run the newer one again."
    )]
    NewerServer { server: String, theirs: i64, ours: i64 },
    #[error("The database {server} cannot be used: {error}. Nothing was changed.")]
    Server { server: String, error: Error },
}

/// What is wrong with a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    Missing,
    /// A file without a byte.
    Empty,
    Foreign,
    CutOff,
    Broken,
    /// Its newest part is gone.
    WithoutLog,
    /// It knows less than it did.
    Older,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Damage::Missing => "missing",
            Damage::Empty => "empty",
            Damage::Foreign => "no SQLite database any more",
            Damage::CutOff => "cut off",
            Damage::Broken => "broken",
            Damage::WithoutLog => "without its -wal file, which holds the newest changes",
            Damage::Older => "older than it was, because its -wal file is missing or an old copy stands in its place",
        })
    }
}

impl OpenError {
    /// An operation on this data folder's database failed.
    pub(super) fn failed(data: &Path, error: Error) -> Self {
        let data = data.to_owned();
        match error {
            error if is_out_of_space(&error) || is_full(&data) => Self::Full { data },
            error if is_busy(&error) => Self::Busy { data },
            error if is_broken(&error) && is_cut_off(&data) => Self::Damaged { data, what: Damage::CutOff },
            error if is_broken(&error) => Self::Damaged { data, what: Damage::Broken },
            error => Self::Failed { data, error },
        }
    }
}

/// Whether the database is shorter than it was. Where there is a log, SQLite may make it whole by that.
fn is_cut_off(data: &Path) -> bool {
    let marker = Marker::read(data).ok().flatten();
    let found = fs::metadata(data.join(DATABASE_FILE));
    marker.zip(found.ok()).is_some_and(|(marker, found)| found.len() < marker.size)
}

/// Whether not even a page of a database finds space. SQLite's own errors do not always say so.
fn is_full(data: &Path) -> bool {
    os::free_bytes(data).is_ok_and(|free| free < 64 << 10)
}

pub(super) struct Opened {
    pub(super) durable: AnyPool,
    pub(super) relaxed: AnyPool,
    pub(super) readers: AnyPool,
    pub(super) installation: String,
}

/// Opens the database of a data folder, making it where there never was one.
pub(super) async fn open(data: &Path) -> Result<Opened, OpenError> {
    let failed = |error| OpenError::failed(data, error);
    let _others_wait = alone(data).await?;
    if let Some(server) = Server::of_data_dir(data).map_err(|error| failed(Error::Io(error)))? {
        return Err(OpenError::Elsewhere { data: data.to_owned(), server: server.to_string() });
    }
    let marker = Marker::read(data).map_err(|error| failed(Error::Io(error)))?;
    look(data, marker.as_ref())?;
    let path = data.join(DATABASE_FILE);
    let is_new = !path.exists();
    // Other programs may have to come to an end first; later on, waiting is this program's own matter.
    let patient = writer(&path, Duration::from_secs(10)).await.map_err(failed)?;
    let done = prepare(data, &patient, marker, is_new).await;
    let opened = match done {
        Ok(installation) => connect(&path, installation).await.map_err(failed),
        Err(error) => Err(error),
    };
    // Not before the others are open: the last one to close would take the log away.
    patient.close().await;
    opened
}

/// Says what `open` would refuse, and changes nothing: not even SQLite's own files beside the database.
pub(super) async fn try_out(data: &Path) -> Result<(), OpenError> {
    let failed = |error| OpenError::failed(data, error);
    if let Some(server) = Server::of_data_dir(data).map_err(|error| failed(Error::Io(error)))? {
        return Err(OpenError::Elsewhere { data: data.to_owned(), server: server.to_string() });
    }
    look(data, Marker::read(data).map_err(|error| failed(Error::Io(error)))?.as_ref())?;
    let path = data.join(DATABASE_FILE);
    if !path.exists() {
        return Ok(());
    }
    let options = SqliteConnectOptions::new().filename(&path).read_only(true).immutable(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.map_err(failed)?;
    let refused = refuse_newer(data, &pool).await;
    pool.close().await;
    refused
}

async fn connect(path: &Path, installation: String) -> Result<Opened, Error> {
    sqlx::any::install_default_drivers();
    let durable = pool(1, "FULL").connect_with(address(path, "rw")?).await?;
    let relaxed = pool(1, "NORMAL").connect_with(address(path, "rw")?).await?;
    let readers = pool(4, "NORMAL").connect_with(address(path, "ro")?).await?;
    Ok(Opened { durable, relaxed, readers, installation })
}

fn address(path: &Path, mode: &str) -> Result<AnyConnectOptions, Error> {
    let path = percent_encode(path.as_os_str().as_encoded_bytes(), NON_ALPHANUMERIC);
    let options: AnyConnectOptions = format!("sqlite://{path}?mode={mode}").parse()?;
    // A slow disk would fill the log with statements of thousands of values.
    Ok(options.disable_statement_logging())
}

/// Connections that wait for no other program, to a database that is prepared.
fn pool(connections: u32, synchronous: &'static str) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .idle_timeout(None)
        .max_lifetime(None)
        // A file does not hang up, and asking costs each statement as much again.
        .test_before_acquire(false)
        // SQLite takes a transaction back by itself when the disk is full or broken; sqlx counts it on and would never
        // begin another one on that connection.
        .before_acquire(|connection, _| {
            let is_usable = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_usable) })
        })
        .after_connect(move |connection, _| Box::pin(set_up(connection, synchronous)))
}

async fn set_up(connection: &mut AnyConnection, synchronous: &'static str) -> Result<(), Error> {
    for (pragma, value) in [("busy_timeout", "0"), ("synchronous", synchronous)].into_iter().chain(PRAGMAS) {
        sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA {pragma} = {value}"))).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Of every connection.
const PRAGMAS: [(&str, &str); 3] = [
    ("foreign_keys", "ON"),
    // What is deleted is overwritten: devices' tokens are among it.
    ("secure_delete", "ON"),
    // In KiB, of each connection: pages that it wants again are in the system's cache as well.
    ("cache_size", "-256"),
];

async fn prepare(data: &Path, pool: &SqlitePool, marker: Option<Marker>, is_new: bool) -> Result<String, OpenError> {
    let failed = |error| OpenError::failed(data, error);
    refuse_newer(data, pool).await?;
    keep_copy(data, pool).await.map_err(failed)?;
    migrate(pool).await.map_err(failed)?;
    let reserved = reserved(pool).await.map_err(failed)?;
    if marker.as_ref().is_some_and(|marker| reserved < marker.reserved) {
        return Err(OpenError::Damaged { data: data.to_owned(), what: Damage::Older });
    }
    let folder = FolderId::at(data).map_err(|error| failed(Error::Io(error)))?;
    let installation = installation(pool, folder).await.map_err(failed)?;
    if let Err(error) = scrub(pool, is_new).await {
        tracing::warn!(%error, "what was deleted long ago could not be overwritten yet; the next start tries again");
    }
    let now = Marker::of(data, &installation, reserved).map_err(|error| failed(Error::Io(error)))?;
    if marker.as_ref() != Some(&now) {
        now.write(data).map_err(|error| failed(Error::Io(error)))?;
    }
    Ok(installation)
}

/// One connection to prepare a database with, which waits so long for other programs.
pub(super) async fn writer(path: &Path, patience: Duration) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(patience);
    let options = PRAGMAS.into_iter().fold(options, |options, (pragma, value)| options.pragma(pragma, value));
    SqlitePoolOptions::new().max_connections(1).connect_with(options).await
}

/// Two processes that make the tables of a new database at once would be in each other's way.
pub(super) async fn alone(data: &Path) -> Result<File, OpenError> {
    let (data, path) = (data.to_owned(), data.join(LOCK));
    let failed = {
        let data = data.clone();
        move |error| OpenError::failed(&data, Error::Io(error))
    };
    let mut file = File::options().create(true).read(true).write(true).truncate(false).open(path).map_err(&failed)?;
    let begun = Instant::now();
    let mut said = false;
    loop {
        match file.try_lock() {
            Ok(()) => break,
            Err(TryLockError::Error(error)) => return Err(failed(error)),
            Err(TryLockError::WouldBlock) => {}
        }
        if begun.elapsed() >= GIVE_UP_AFTER {
            return Err(OpenError::Held { data, process: holder(&mut file) });
        }
        if begun.elapsed() >= SAY_AFTER && !std::mem::replace(&mut said, true) {
            let process = holder(&mut file);
            eprintln!("Waiting for another mobile-sessions{process} that opens the database in {}.", data.display());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Whoever waits reads it; it says nothing else.
    let noted = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "{}", std::process::id()));
    if let Err(error) = noted {
        tracing::debug!(%error, "who opens the database could not be noted");
    }
    Ok(file)
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let is_read = file.rewind().is_ok() && file.take(20).read_to_string(&mut text).is_ok();
    match text.trim().parse::<u32>() {
        Ok(process) if is_read => format!(" (process {process})"),
        _ => String::new(),
    }
}

/// Looks at the files before anything opens them.
fn look(data: &Path, marker: Option<&Marker>) -> Result<(), OpenError> {
    let damaged = |what| Err(OpenError::Damaged { data: data.to_owned(), what });
    let failed = |error| OpenError::failed(data, Error::Io(error));
    let size = |name: &str| match fs::metadata(data.join(name)) {
        Ok(found) => Ok(Some(found.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(error)),
    };
    let log = size(&format!("{DATABASE_FILE}-wal"))?;
    // Before there was a marker, the first user or token left this behind.
    let was_used = marker.is_some() || size(stamp::STAMP)?.is_some();
    match size(DATABASE_FILE)? {
        None if was_used || log.is_some_and(|log| log > 0) => return damaged(Damage::Missing),
        Some(0) if was_used => return damaged(Damage::Empty),
        None | Some(0) => return Ok(()),
        Some(_) if !is_database(&data.join(DATABASE_FILE)).map_err(failed)? => return damaged(Damage::Foreign),
        // Where there is a log, SQLite makes the file whole by it.
        Some(_) if log.is_none_or(|log| log == 0) && is_cut_off(data) => return damaged(Damage::CutOff),
        Some(_) => {}
    }
    if log.is_none() && size(&format!("{DATABASE_FILE}-shm"))?.is_some() {
        return damaged(Damage::WithoutLog);
    }
    Ok(())
}

/// Whether a file begins as a database does.
fn is_database(path: &Path) -> io::Result<bool> {
    let mut head = [0; MAGIC.len()];
    match File::open(path)?.read_exact(&mut head) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        read => read.map(|()| head == *MAGIC),
    }
}

/// Whether a check of the database from inside finds nothing.
pub(super) async fn is_whole(pool: &SqlitePool) -> bool {
    let answer = sqlx::query_scalar::<_, String>("PRAGMA integrity_check(1)").fetch_one(pool).await;
    answer.is_ok_and(|answer| answer == "ok")
}

/// A database with tables that this version does not know is left as it is.
async fn refuse_newer(data: &Path, pool: &SqlitePool) -> Result<(), OpenError> {
    let failed = |error| OpenError::failed(data, error);
    let (theirs, ours) = versions(pool).await.map_err(failed)?;
    if theirs <= ours {
        return Ok(());
    }
    // A version so new may keep it elsewhere.
    let program = sqlx::query_scalar("SELECT program FROM installation").fetch_one(pool).await.unwrap_or(None);
    Err(OpenError::Newer { data: data.to_owned(), program, theirs, ours })
}

/// Before a database of an earlier version becomes one of this version, it is copied as it is.
async fn keep_copy(data: &Path, pool: &SqlitePool) -> Result<(), Error> {
    let (theirs, ours) = versions(pool).await?;
    let file = data.join(format!("before-version-{ours}.db"));
    // A copy that is there is of an upgrade that did not come to its end.
    if theirs == 0 || theirs == ours || file.exists() {
        return Ok(());
    }
    copy(&data.join(DATABASE_FILE), &file).await?;
    eprintln!(
        "The tables of the database become those of version {ours}. A copy with version {theirs}, as it was, is {}.",
        file.display()
    );
    Ok(())
}

/// Which version the tables have, 0 where there are none yet; and which this program knows.
pub(super) async fn versions(pool: &SqlitePool) -> Result<(i64, i64), Error> {
    let ours = schema();
    let has_tables = sqlx::query("SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations'");
    if has_tables.fetch_optional(pool).await?.is_none() {
        return Ok((0, ours));
    }
    let theirs = sqlx::query_scalar("SELECT coalesce(max(version), 0) FROM _sqlx_migrations").fetch_one(pool).await?;
    Ok((theirs, ours))
}

pub(super) async fn migrate(pool: &SqlitePool) -> Result<(), Error> {
    migrations(Engine::Sqlite).run(pool).await.map_err(|error| Error::Migrate(Box::new(error)))
}

/// Up to which number events may have been given one.
pub(super) async fn reserved(pool: &SqlitePool) -> Result<i64, Error> {
    sqlx::query_scalar("SELECT reserved FROM event_numbers").fetch_one(pool).await
}

/// The installation's id. A copy of a data folder is an installation of its own: what the other one leaves in
/// MobileApps for a moment is not its to clean up.
async fn installation(pool: &SqlitePool, data: FolderId) -> Result<String, Error> {
    let found = sqlx::query("SELECT id, inode, born, program FROM installation").fetch_optional(pool).await?;
    let inode = data.inode.cast_signed();
    if let Some(row) = &found {
        let (id, known): (String, Option<i64>) = (row.try_get("id")?, row.try_get("inode")?);
        let (born, program): (Option<i64>, Option<String>) = (row.try_get("born")?, row.try_get("program")?);
        let is_same = known.is_none_or(|known| known == inode && born == data.born);
        if is_same && known.is_some() && program.as_deref() == Some(env!("CARGO_PKG_VERSION")) {
            return Ok(id);
        }
        if is_same {
            note_installation(pool, &id, data).await?;
            return Ok(id);
        }
    }
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| Error::Io(io::Error::other(error)))?;
    let id = hex::encode(random);
    note_installation(pool, &id, data).await?;
    Ok(id)
}

async fn note_installation(pool: &SqlitePool, id: &str, data: FolderId) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO installation (one, id, inode, born, program) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE
         SET id = excluded.id, inode = excluded.inode, born = excluded.born, program = excluded.program",
    )
    .bind(id)
    .bind(data.inode.cast_signed())
    .bind(data.born)
    .bind(env!("CARGO_PKG_VERSION"))
    .execute(pool)
    .await
    .map(drop)
}

/// Once in a database's life: what was deleted before deleted pages were overwritten goes from the free ones too.
async fn scrub(pool: &SqlitePool, is_new: bool) -> Result<(), Error> {
    let is_scrubbed: bool = sqlx::query_scalar("SELECT scrubbed FROM installation").fetch_one(pool).await?;
    if is_scrubbed {
        return Ok(());
    }
    if !is_new {
        sqlx::query("VACUUM").execute(pool).await?;
    }
    sqlx::query("UPDATE installation SET scrubbed = 1").execute(pool).await?;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await.map(drop)
}

//! Listing and reading, confined to the MobileApps folder.
//!
//! Every path is one checked component below an open directory, and no symbolic link is followed:
//! a link that takes a folder's or file's place is as good as nothing there.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, Stat, openat, statat};

use super::lease;
pub use super::root::why_away;
use super::root::{FolderId, Trust};
use crate::domain::app_id::AppId;
use crate::domain::session::SessionId;
use crate::domain::session::schema::Schema;
use crate::domain::timestamp::Timestamp;

/// The name of an app's manifest.
pub const MANIFEST: &str = "manifest.json";

/// On which terms files are read.
#[derive(Clone, Debug)]
pub struct Terms {
    /// Larger ones are not.
    pub limit: u64,
    /// What they are validated by.
    pub schema: Arc<Schema>,
}

/// The MobileApps folder: where it is, and on which terms its files are read.
#[derive(Clone, Debug)]
pub struct Folder {
    root: Arc<Path>,
    terms: Terms,
    trust: Trust,
}

impl Folder {
    /// A folder that may exist or not; files over `limit` bytes are not read.
    pub fn new(root: PathBuf, limit: u64) -> Self {
        let terms = Terms { limit, schema: Arc::default() };
        Self { root: root.into(), terms, trust: Trust::default() }
    }

    /// With 4D's own schema, where it is known.
    pub fn judged_by(mut self, schema: Option<Arc<Schema>>) -> Self {
        self.terms.schema = schema.unwrap_or_default();
        self
    }

    /// On which terms its files are read.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The largest file that is read, in bytes.
    pub fn limit(&self) -> u64 {
        self.terms.limit
    }

    /// Which directory at its path may be worked on.
    pub fn trust(&self) -> &Trust {
        &self.trust
    }

    /// Opens the folder, if the directory that stands at the path now is the one that may be worked on.
    pub fn open(&self) -> io::Result<OpenFolder> {
        let open = self.open_untrusted()?;
        self.trust.check(open.id)?;
        Ok(open)
    }

    /// Opens whatever directory stands at the path now, to judge it.
    pub fn open_untrusted(&self) -> io::Result<OpenFolder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let file = File::from(patient(|| rustix::fs::open(&*self.root, flags, Mode::empty()))?);
        let id = FolderId::of(&file.metadata()?);
        Ok(OpenFolder { fd: file.into(), id, folder: self.clone() })
    }

    /// Which directory stands at the path now; an error when none does, or one that may not be worked on.
    pub fn id(&self) -> io::Result<FolderId> {
        self.trust.check(self.standing_id()?)
    }

    /// Which directory stands at the path now, whether it may be worked on or not.
    pub fn standing_id(&self) -> io::Result<FolderId> {
        let found = std::fs::metadata(&*self.root)?;
        if !found.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(FolderId::of(&found))
    }
}

/// Whether an error says that the folder was not there, at the moment it was made. Of names below it,
/// one that is not there is no error; and looking again would find a folder that has come back since.
pub fn was_away(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, StaleNetworkFileHandle};
    matches!(error.kind(), NotFound | NotADirectory | StaleNetworkFileHandle)
}

/// Whether an error says that this program has reached a limit of its own, and nothing of the folder.
pub fn is_exhausted(error: &io::Error) -> bool {
    use rustix::io::Errno;
    Errno::from_io_error(error).is_some_and(|errno| [Errno::MFILE, Errno::NFILE, Errno::NOMEM].contains(&errno))
}

/// How long a descriptor is waited for where none is free.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// Opens a file, and waits a while for a descriptor where none is free: the others are held for moments. Blocks.
pub fn patient<T>(mut open: impl FnMut() -> rustix::io::Result<T>) -> rustix::io::Result<T> {
    use rustix::io::Errno;
    let start = std::time::Instant::now();
    loop {
        match open() {
            Err(Errno::INTR) => {}
            Err(Errno::MFILE | Errno::NFILE) if start.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
}

/// The MobileApps folder, opened: it stays the same directory whatever happens to its path.
#[derive(Debug)]
pub struct OpenFolder {
    fd: OwnedFd,
    id: FolderId,
    folder: Folder,
}

impl OpenFolder {
    /// Which directory it is.
    pub fn id(&self) -> FolderId {
        self.id
    }

    /// What its file system calls itself; 0 where it has no name.
    pub fn file_system(&self) -> io::Result<u64> {
        Ok(rustix::fs::fstatvfs(&self.fd)?.f_fsid)
    }

    /// The folders whose names can be app ids. Links are left out.
    pub fn apps(&self) -> io::Result<Vec<AppId>> {
        let mut apps = Vec::new();
        for_each_name(&self.fd, |name, kind| {
            if let Some(app) = AppId::parse(name)
                && self.is(kind, &app, FileType::Directory)
            {
                apps.push(app);
            }
        })?;
        Ok(apps)
    }

    /// Opens an app's folder; `None` where there is none, or a link stands in its place. One that can
    /// be listed but not entered fails here, not later with each of its files.
    pub fn app(&self, app: &AppId) -> io::Result<Option<AppFolder>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let open = || {
            let fd = patient(|| openat(&self.fd, app.as_str(), flags, Mode::empty()))?;
            statat(&fd, ".", AtFlags::empty())?;
            Ok::<_, rustix::io::Errno>(fd)
        };
        match open() {
            Ok(fd) => Ok(Some(AppFolder { fd, app: app.clone(), terms: self.folder.terms.clone() })),
            Err(error) => absent(error.into()),
        }
    }

    fn is(&self, kind: FileType, app: &AppId, wanted: FileType) -> bool {
        resolve(kind, &self.fd, app.as_str()) == wanted
    }
}

/// An app's folder, opened.
#[derive(Debug)]
pub struct AppFolder {
    fd: OwnedFd,
    app: AppId,
    terms: Terms,
}

/// What an app's folder holds that this program knows.
#[derive(Debug, Default)]
pub struct Listing {
    /// The names of the session files, in the file system's order.
    pub sessions: Vec<SessionId>,
    /// Whether there is a `manifest.json`.
    pub manifest: bool,
}

/// What the file system says of a session's file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStat {
    /// The file's time.
    pub modified: Timestamp,
    /// Its size in bytes.
    pub size: u64,
    /// Changes whenever time, size or the file itself changes.
    pub fingerprint: u64,
    /// The file was read so soon after a change that one more may have left time and size as they
    /// are: file systems count in ticks, some in seconds. Or it could not be read, which the next
    /// try may. Its fingerprint proves nothing then.
    pub racy: bool,
}

/// The longest tick of a file system's clock.
const TICK: Duration = Duration::from_secs(2);

/// What was read of a session's file.
#[derive(Debug)]
pub enum Content {
    /// All of its bytes.
    Bytes(Vec<u8>),
    /// It is over the limit, and was not read.
    TooLarge,
    /// It is there but cannot be read.
    Unreadable(io::Error),
}

impl AppFolder {
    /// On which terms its files are read.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Whose folder it is.
    pub fn id(&self) -> &AppId {
        &self.app
    }

    /// The directory itself, for the writer.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// The session files: regular files with a hexadecimal name.
    pub fn list(&self) -> io::Result<Listing> {
        let mut listing = Listing::default();
        listing.manifest = self.visit(|id| listing.sessions.push(id))?;
        Ok(listing)
    }

    /// Calls for each session file as it is found; whether there is a manifest.
    pub fn visit(&self, mut each: impl FnMut(SessionId)) -> io::Result<bool> {
        let mut manifest = false;
        for_each_name(&self.fd, |name, kind| {
            if name == MANIFEST {
                manifest = resolve(kind, &self.fd, name) == FileType::RegularFile;
            } else if let Some(id) = SessionId::parse(name)
                && resolve(kind, &self.fd, name) == FileType::RegularFile
            {
                each(id);
            }
        })?;
        Ok(manifest)
    }

    /// All names in it that are text.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for_each_name(&self.fd, |name, _| names.push(name.to_owned()))?;
        Ok(names)
    }

    /// What the file system says of a session's file; `None` where there is none.
    pub fn stat(&self, id: &SessionId) -> io::Result<Option<FileStat>> {
        self.stat_file(id.as_str())
    }

    /// What the file system says of the manifest; `None` where there is none.
    pub fn manifest_stat(&self) -> io::Result<Option<FileStat>> {
        self.stat_file(MANIFEST)
    }

    fn stat_file(&self, name: &str) -> io::Result<Option<FileStat>> {
        match statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) if FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile => Ok(Some(FileStat::of(&stat))),
            Ok(_) => Ok(None),
            Err(error) => absent(error.into()),
        }
    }

    /// Reads a session's file; `None` where there is none.
    pub fn read(&self, id: &SessionId) -> io::Result<Option<(FileStat, Content)>> {
        match self.read_file(id.as_str()) {
            Ok(found) => Ok(found),
            Err(error) if is_exhausted(&error) => Err(error),
            // The name is taken by a file that cannot be opened: it is still a session.
            Err(error) => Ok(self.stat(id)?.map(|stat| (FileStat { racy: true, ..stat }, Content::Unreadable(error)))),
        }
    }

    /// Whether another program has a session's file open to write, as far as the system tells.
    pub fn is_open_for_writing(&self, id: &SessionId) -> bool {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = patient(|| openat(&self.fd, id.as_str(), flags, Mode::empty()));
        fd.is_ok_and(|fd| lease::is_open_for_writing(fd.as_fd()) == Some(true))
    }

    /// Reads the manifest; `None` where there is none, or one that is over the limit.
    pub fn manifest(&self) -> io::Result<Option<Vec<u8>>> {
        match self.read_file(MANIFEST)? {
            Some((_, Content::Bytes(bytes))) => Ok(Some(bytes)),
            Some((_, Content::Unreadable(error))) => Err(error),
            Some((_, Content::TooLarge)) | None => Ok(None),
        }
    }

    fn read_file(&self, name: &str) -> io::Result<Option<(FileStat, Content)>> {
        // Without NONBLOCK the open of a FIFO would wait for a writer.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = match patient(|| openat(&self.fd, name, flags, Mode::empty())) {
            Ok(fd) => fd,
            Err(error) => return absent(error.into()),
        };
        let now = SystemTime::now();
        let stat = rustix::fs::fstat(&fd)?;
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Ok(None);
        }
        let (racy, stat) = (is_racy(&stat, now), FileStat::of(&stat));
        let limit = self.terms.limit;
        let content = if stat.size > limit { Content::TooLarge } else { read_whole(fd, stat.size, limit) };
        let racy = racy || matches!(content, Content::Unreadable(_));
        Ok(Some((FileStat { racy, ..stat }, content)))
    }
}

impl FileStat {
    #[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
    fn of(stat: &Stat) -> Self {
        let (seconds, nanos) = (stat.st_mtime as i64, stat.st_mtime_nsec as i64);
        let parts = [
            seconds as u64,
            nanos as u64,
            stat.st_ctime as u64,
            stat.st_ctime_nsec as u64,
            stat.st_size as u64,
            stat.st_ino as u64,
        ];
        Self {
            modified: Timestamp::from_millis(seconds.saturating_mul(1000).saturating_add(nanos / 1_000_000)),
            size: u64::try_from(stat.st_size).unwrap_or(0),
            fingerprint: mix(&parts),
            racy: false,
        }
    }

    /// How far the file's time is from now, before or behind it: clocks need not agree.
    pub fn distance(&self, now: SystemTime) -> Duration {
        Duration::from_millis(Timestamp::from(now).millis().abs_diff(self.modified.millis()))
    }

    /// How long ago the file was changed; nothing for a time in the future.
    pub fn age(&self, now: SystemTime) -> Duration {
        let millis = Timestamp::from(now).millis().saturating_sub(self.modified.millis());
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }
}

/// Whether the file was changed within a tick of `now`, by this machine's clock.
fn is_racy(stat: &Stat, now: SystemTime) -> bool {
    u128::from(Timestamp::from(now).millis().abs_diff(changed_at(stat))) < TICK.as_millis()
}

/// When it was last changed in any way, in milliseconds, by the file system's clock. Nobody can set it.
#[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
fn changed_at(stat: &Stat) -> i64 {
    let (seconds, nanos) = (stat.st_ctime as i64, stat.st_ctime_nsec as i64);
    seconds.saturating_mul(1000).saturating_add(nanos / 1_000_000)
}

/// Mixes a few numbers into one that differs when any of them does (FNV-1a over words, finished
/// as splitmix64 does). It only has to notice accidental changes.
fn mix(parts: &[u64]) -> u64 {
    let mut hash = parts.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, &part| {
        (hash ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
    });
    hash ^= hash >> 30;
    hash = hash.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 27)
}

/// One byte more than the size is asked for, so that the end is seen without a second call.
fn read_whole(fd: OwnedFd, size: u64, limit: u64) -> Content {
    let expected = usize::try_from(size).unwrap_or(0);
    let mut bytes = vec![0; expected + 1];
    let mut filled = 0;
    let mut file = File::from(fd);
    loop {
        match file.read(&mut bytes[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Content::Unreadable(error),
        }
        if filled as u64 > limit {
            return Content::TooLarge;
        }
        if filled == bytes.len() {
            bytes.resize(filled * 2, 0);
        } else if filled == expected {
            break;
        }
    }
    bytes.truncate(filled);
    Content::Bytes(bytes)
}

/// Not there, or something else in its place (a link, a socket), is no error of the folder.
fn absent<T>(error: io::Error) -> io::Result<Option<T>> {
    use rustix::io::Errno;
    let nothing_there = [Errno::NOENT, Errno::NOTDIR, Errno::LOOP, Errno::NAMETOOLONG, Errno::NXIO];
    match Errno::from_io_error(&error) {
        Some(errno) if nothing_there.contains(&errno) => Ok(None),
        _ => Err(error),
    }
}

/// Names that are not UTF-8 are passed over: no app and no session has one.
fn for_each_name(fd: &OwnedFd, mut each: impl FnMut(&str, FileType)) -> io::Result<()> {
    for entry in patient(|| Dir::read_from(fd))? {
        let entry = entry?;
        if let Ok(name) = entry.file_name().to_str() {
            each(name, entry.file_type());
        }
    }
    Ok(())
}

/// Some file systems do not say in a listing what an entry is.
fn resolve(kind: FileType, directory: &OwnedFd, name: &str) -> FileType {
    if kind != FileType::Unknown {
        return kind;
    }
    statat(directory, name, AtFlags::SYMLINK_NOFOLLOW)
        .map_or(FileType::Unknown, |stat| FileType::from_raw_mode(stat.st_mode))
}

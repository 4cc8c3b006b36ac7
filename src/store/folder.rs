//! Listing and reading, confined to the MobileApps folder.
//!
//! Every path is one checked component below an open directory, and no symbolic link is followed:
//! a link that takes a folder's or file's place is as good as nothing there.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::lease;
pub use super::os::is_exhausted;
use super::os::{self, Kind, Stat};
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
        let directory = os::Folder::open(&self.root)?;
        let (number, found) = directory.look()?;
        let id = FolderId::new(number, &found);
        Ok(OpenFolder { directory, id, folder: self.clone() })
    }

    /// Which directory stands at the path now; an error when none does, or one that may not be worked on.
    pub fn id(&self) -> io::Result<FolderId> {
        self.trust.check(self.standing_id()?)
    }

    /// Which directory stands at the path now, whether it may be worked on or not.
    pub fn standing_id(&self) -> io::Result<FolderId> {
        FolderId::at(&self.root)
    }
}

/// Whether an error says that the folder was not there, at the moment it was made. Of names below it,
/// one that is not there is no error; and looking again would find a folder that has come back since.
pub fn was_away(error: &io::Error) -> bool {
    use io::ErrorKind::{NotADirectory, NotFound, StaleNetworkFileHandle};
    matches!(error.kind(), NotFound | NotADirectory | StaleNetworkFileHandle)
}

/// The MobileApps folder, opened: it stays the same directory whatever happens to its path.
#[derive(Debug)]
pub struct OpenFolder {
    directory: os::Folder,
    id: FolderId,
    folder: Folder,
}

impl OpenFolder {
    pub fn id(&self) -> FolderId {
        self.id
    }

    /// What its file system calls itself; 0 where it has no name.
    pub fn file_system(&self) -> io::Result<u64> {
        self.directory.file_system()
    }

    /// The folders whose names can be app ids. Links are left out.
    pub fn apps(&self) -> io::Result<Vec<AppId>> {
        let mut apps = Vec::new();
        self.directory.for_each(|name, kind| {
            if let Some(app) = AppId::parse(name).filter(|_| kind() == Kind::Folder) {
                apps.push(app);
            }
        })?;
        Ok(apps)
    }

    /// Opens an app's folder; `None` where there is none, or a link stands in its place. One that can
    /// be listed but not entered fails here, not later with each of its files.
    pub fn app(&self, app: &AppId) -> io::Result<Option<AppFolder>> {
        let directory = self.directory.folder(app.as_str())?;
        Ok(directory.map(|directory| AppFolder { directory, app: app.clone(), terms: self.folder.terms.clone() }))
    }
}

#[derive(Debug)]
pub struct AppFolder {
    directory: os::Folder,
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

    pub fn id(&self) -> &AppId {
        &self.app
    }

    /// The directory itself, for the writer.
    pub fn directory(&self) -> &os::Folder {
        &self.directory
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
        self.directory.for_each(|name, kind| {
            if name == MANIFEST {
                manifest = kind() == Kind::File;
            } else if let Some(id) = SessionId::parse(name).filter(|_| kind() == Kind::File) {
                each(id);
            }
        })?;
        Ok(manifest)
    }

    /// All names in it that are text.
    pub fn names(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        self.directory.for_each(|name, _| names.push(name.to_owned()))?;
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
        let found = self.directory.stat(name)?.filter(|stat| stat.kind == Kind::File);
        Ok(found.map(|stat| FileStat::of(&stat)))
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
        let file = self.directory.file(id.as_str()).ok().flatten();
        file.is_some_and(|file| lease::is_named_open_for_writing(&file) == Some(true))
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
        let Some(file) = self.directory.file(name)? else { return Ok(None) };
        let now = SystemTime::now();
        let stat = Stat::of(&file)?;
        if stat.kind != Kind::File {
            return Ok(None);
        }
        let (racy, stat) = (is_racy(&stat, now), FileStat::of(&stat));
        let limit = self.terms.limit;
        let content = if stat.size > limit { Content::TooLarge } else { read_whole(file, stat.size, limit) };
        let racy = racy || matches!(content, Content::Unreadable(_));
        Ok(Some((FileStat { racy, ..stat }, content)))
    }
}

impl FileStat {
    fn of(stat: &Stat) -> Self {
        let ((seconds, nanos), changed) = (stat.modified, stat.changed);
        let parts = [seconds as u64, nanos as u64, changed.0 as u64, changed.1 as u64, stat.size, stat.id.1];
        Self {
            modified: Timestamp::from_millis(millis(stat.modified)),
            size: stat.size,
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
    u128::from(Timestamp::from(now).millis().abs_diff(millis(stat.changed))) < TICK.as_millis()
}

fn millis((seconds, nanos): os::Time) -> i64 {
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
fn read_whole(mut file: File, size: u64, limit: u64) -> Content {
    let expected = usize::try_from(size).unwrap_or(0);
    let mut bytes = vec![0; expected + 1];
    let mut filled = 0;
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

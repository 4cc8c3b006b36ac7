//! Linux and macOS.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::net::TcpStream;
use std::os::fd::AsFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::os::unix::fs::{DirBuilderExt, FileExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, UNIX_EPOCH};

use rustix::fs::{AtFlags, Dir, FileType, Gid, Mode, OFlags, RenameFlags, Uid, XattrFlags};
use rustix::fs::{openat, renameat, renameat_with, statat, unlinkat};
use rustix::io::Errno;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::kinds::{GiveError, KeptFile, Kind, Stat};

/// A folder, opened: it stays the same whatever happens to its path. Names below it are single ones, and no link is
/// followed.
#[derive(Debug)]
pub struct Folder(File);

impl Folder {
    /// Opens the folder that stands at a path, through links.
    pub fn open(path: &Path) -> io::Result<Self> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        Ok(Self(patient(|| rustix::fs::open(path, flags, Mode::empty()))?.into()))
    }

    /// Opens a folder in it; `None` where there is none. One that can be listed but not entered fails here, not later
    /// with each of its files.
    pub fn folder(&self, name: &str) -> io::Result<Option<Self>> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let open = || {
            let fd = patient(|| openat(&self.0, name, flags, Mode::empty()))?;
            statat(&fd, ".", AtFlags::empty())?;
            Ok(Self(fd.into()))
        };
        if_there(open())
    }

    /// Its disk and number, and what the system says besides.
    pub fn look(&self) -> io::Result<((u64, u64), Metadata)> {
        self.0.metadata().map(|found| (id_of(&found), found))
    }

    /// What its file system calls itself; 0 where it has no name.
    pub fn file_system(&self) -> io::Result<u64> {
        Ok(rustix::fs::fstatvfs(&self.0)?.f_fsid)
    }

    /// Calls for each name in it, and what stands there. Names that are not UTF-8 are passed over: no app and no session
    /// has one.
    pub fn for_each(&self, mut each: impl FnMut(&str, &dyn Fn() -> Kind)) -> io::Result<()> {
        for entry in patient(|| Dir::read_from(&self.0))? {
            let entry = entry?;
            if let Ok(name) = entry.file_name().to_str() {
                // Some file systems do not say in a listing what an entry is.
                each(name, &|| match entry.file_type() {
                    FileType::Unknown => self.stat(name).ok().flatten().map_or(Kind::Other, |stat| stat.kind),
                    known => kind(known),
                });
            }
        }
        Ok(())
    }

    /// What stands under a name; `None` where nothing does.
    pub fn stat(&self, name: &str) -> io::Result<Option<Stat>> {
        if_there(statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW).map(|stat| stat_of(&stat)))
    }

    /// Opens a file to read it; `None` where nothing, or a link, stands there. It can be a folder or a pipe.
    pub fn file(&self, name: &str) -> io::Result<Option<File>> {
        // Without NONBLOCK the open of a FIFO would wait for a writer.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        if_there(patient(|| openat(&self.0, name, flags, Mode::empty())).map(File::from))
    }

    /// Makes a file, for this user alone; `AlreadyExists` where the name is taken.
    pub fn create(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(patient(|| openat(&self.0, name, flags, Mode::RUSR | Mode::WUSR))?.into())
    }

    /// Gives a file another name, in place of whatever has it.
    pub fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        Ok(renameat(&self.0, from, &self.0, to)?)
    }

    /// Gives a file another name; `AlreadyExists` where somebody has it.
    pub fn rename_new(&self, from: &str, to: &str) -> io::Result<()> {
        let renamed = renameat_with(&self.0, from, &self.0, to, RenameFlags::NOREPLACE);
        if !renamed.is_err_and(is_unsupported) {
            return Ok(renamed?);
        }
        let linked = rustix::fs::linkat(&self.0, from, &self.0, to, AtFlags::empty());
        if linked.is_err_and(|error| error == Errno::PERM || is_unsupported(error)) {
            return self.rename_to_reserved(from, to);
        }
        linked?;
        self.remove(from)
    }

    /// The same where the file system has no second names either, as FAT: an empty file is made under the name, which
    /// fails if somebody has it, and replaced by this one if nobody wrote into it or put another in its place.
    fn rename_to_reserved(&self, from: &str, to: &str) -> io::Result<()> {
        let made = Stat::of(&self.create(to)?)?;
        match self.stat(to)? {
            Some(there) if (there.id, there.size) == (made.id, 0) => self.rename(from, to),
            _ => Err(io::ErrorKind::AlreadyExists.into()),
        }
    }

    /// Exchanges two names at once; `Unsupported` where the file system cannot.
    pub fn exchange(&self, one: &str, other: &str, _open: Option<&mut File>) -> io::Result<()> {
        self.exchange_back(one, other)
    }

    /// Exchanges two names where each file keeps all that belongs to it.
    pub fn exchange_back(&self, one: &str, other: &str) -> io::Result<()> {
        match renameat_with(&self.0, one, &self.0, other, RenameFlags::EXCHANGE) {
            Err(error) if is_unsupported(error) => Err(io::ErrorKind::Unsupported.into()),
            exchanged => Ok(exchanged?),
        }
    }

    pub fn remove(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    /// Makes its names last. Some file systems cannot sync a folder and say so; databases take that for done, and so is
    /// it taken here.
    pub fn sync(&self) -> io::Result<()> {
        match rustix::io::retry_on_intr(|| rustix::fs::fsync(self.0.as_fd())) {
            Err(error) if is_unsupported(error) => Ok(()),
            synced => Ok(synced?),
        }
    }
}

impl Stat {
    /// Of a file that is open.
    pub fn of(file: &File) -> io::Result<Self> {
        Ok(stat_of(&rustix::fs::fstat(file)?))
    }
}

#[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
fn stat_of(stat: &rustix::fs::Stat) -> Stat {
    Stat {
        kind: kind(FileType::from_raw_mode(stat.st_mode)),
        size: u64::try_from(stat.st_size).unwrap_or(0),
        modified: (stat.st_mtime as i64, stat.st_mtime_nsec as i64),
        changed: (stat.st_ctime as i64, stat.st_ctime_nsec as i64),
        id: (stat.st_dev as u64, stat.st_ino as u64),
    }
}

fn kind(kind: FileType) -> Kind {
    match kind {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        _ => Kind::Other,
    }
}

/// Not there, or something else in its place (a link, a socket), is no error.
fn if_there<T>(found: rustix::io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP | Errno::NAMETOOLONG | Errno::NXIO) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

fn is_unsupported(error: Errno) -> bool {
    [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP].contains(&error)
}

/// Whether an error says that this program has reached a limit of its own, and nothing of the folder.
pub fn is_exhausted(error: &io::Error) -> bool {
    Errno::from_io_error(error).is_some_and(|errno| [Errno::MFILE, Errno::NFILE, Errno::NOMEM].contains(&errno))
}

/// How long a descriptor is waited for where none is free.
const PATIENCE: Duration = Duration::from_secs(2);
const PAUSE: Duration = Duration::from_millis(10);

/// Opens a file, and waits a while for a descriptor where none is free: the others are held for moments. Blocks.
fn patient<T>(mut open: impl FnMut() -> rustix::io::Result<T>) -> rustix::io::Result<T> {
    let start = Instant::now();
    loop {
        match open() {
            Err(Errno::INTR) => {}
            Err(Errno::MFILE | Errno::NFILE) if start.elapsed() < PATIENCE => std::thread::sleep(PAUSE),
            other => return other,
        }
    }
}

/// Reads at a position, which the file's own does not follow.
pub fn read_at(file: &File, bytes: &mut [u8], position: u64) -> io::Result<usize> {
    file.read_at(bytes, position)
}

/// Makes a file's bytes last.
pub fn sync(file: &File) -> io::Result<()> {
    #[cfg(target_os = "macos")]
    return file.sync_all();
    #[cfg(not(target_os = "macos"))]
    Ok(rustix::io::retry_on_intr(|| rustix::fs::fsync(file))?)
}

/// The extended attribute that holds a file's access-control list.
const ACL: &str = "system.posix_acl_access";

/// What of a file must stay when its bytes change.
#[derive(Clone, PartialEq, Eq)]
pub struct Belongings {
    mode: u32,
    uid: u32,
    gid: u32,
    acl: Option<Vec<u8>>,
}

impl Belongings {
    /// Those of an open file.
    pub fn of(file: &File) -> io::Result<Self> {
        let found = file.metadata()?;
        Ok(Self { mode: found.mode() & 0o7777, uid: found.uid(), gid: found.gid(), acl: acl(file)? })
    }

    /// Those of a kept file.
    pub fn of_kept(file: &KeptFile) -> Self {
        Self { mode: file.mode, uid: file.uid, gid: file.gid, acl: file.acl.clone() }
    }

    /// For a file of this user alone.
    pub fn private() -> Self {
        let (uid, gid) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        Self { mode: 0o600, uid, gid, acl: None }
    }

    /// With the bytes of the file that they are of.
    pub fn keep(self, bytes: Vec<u8>) -> KeptFile {
        let Self { mode, uid, gid, acl } = self;
        KeptFile { bytes, mode, uid, gid, acl }
    }

    /// Gives them to a file, or says who could.
    pub fn give(&self, file: &File) -> Result<(), GiveError> {
        let refused = || GiveError::Refused(user_name(self.uid));
        let fresh = file.metadata()?;
        if (fresh.uid(), fresh.gid()) != (self.uid, self.gid) {
            let (uid, gid) = (Uid::from_raw(self.uid), Gid::from_raw(self.gid));
            rustix::fs::fchown(file, Some(uid), Some(gid)).map_err(|_| refused())?;
        }
        match (&self.acl, acl(file)?) {
            (Some(wanted), has) if has.as_ref() != Some(wanted) => {
                rustix::fs::fsetxattr(file, ACL, wanted, XattrFlags::empty()).map_err(|_| refused())?;
            }
            // The folder's default list was inherited, and the original has none.
            (None, Some(_)) => rustix::fs::fremovexattr(file, ACL).map_err(|_| refused())?,
            _ => {}
        }
        // After the others: a change of owner takes mode bits away.
        file.set_permissions(Permissions::from_mode(self.mode)).map_err(|_| refused())?;
        // Some network file systems answer success and do nothing.
        let given = file.metadata()?;
        let stays = (given.mode() & 0o7777, given.uid(), given.gid()) == (self.mode, self.uid, self.gid);
        if stays { Ok(()) } else { Err(refused()) }
    }
}

fn acl(file: &File) -> io::Result<Option<Vec<u8>>> {
    /// No attribute is larger (XATTR_SIZE_MAX, linux/limits.h).
    const LARGEST: usize = 64 << 10;
    let mut list = Vec::with_capacity(1024);
    loop {
        match rustix::fs::fgetxattr(file, ACL, rustix::buffer::spare_capacity(&mut list)) {
            Ok(_) => return Ok(Some(list)),
            Err(error) if is_without_acl(error) => return Ok(None),
            Err(Errno::RANGE) if list.capacity() < LARGEST => list.reserve_exact(LARGEST),
            Err(error) => return Err(error.into()),
        }
    }
}

fn is_without_acl(error: Errno) -> bool {
    #[cfg(target_os = "macos")]
    const NONE: Errno = Errno::NOATTR;
    #[cfg(not(target_os = "macos"))]
    const NONE: Errno = Errno::NODATA;
    [NONE, Errno::NOTSUP, Errno::NOSYS].contains(&error)
}

/// The name of a user id, for people.
fn user_name(uid: u32) -> String {
    account(uid).map_or_else(|| format!("the user with id {uid}"), |name| format!("user \"{name}\""))
}

/// The account of the user who owns a file or folder: its name, or its id where it has none.
pub fn owner_name(path: &Path) -> io::Result<Option<String>> {
    let uid = fs::metadata(path)?.uid();
    Ok(Some(account(uid).unwrap_or_else(|| uid.to_string())))
}

/// On macOS, or in a directory on the network, an account need not be in the file: `id` asks the system.
fn account(uid: u32) -> Option<String> {
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let in_file = users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)? == uid.to_string()).then(|| name.to_owned())
    });
    in_file.or_else(|| {
        let found = std::process::Command::new("id").args(["-un", &uid.to_string()]).output().ok()?;
        let name = String::from_utf8(found.stdout).ok()?.trim().to_owned();
        (found.status.success() && !name.is_empty()).then_some(name)
    })
}

/// Disk and number of the file or folder that stands at a path, and what the system says besides.
pub fn look_at(path: &Path) -> io::Result<((u64, u64), Metadata)> {
    fs::metadata(path).map(|found| (id_of(&found), found))
}

fn id_of(found: &Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}

/// When a file or folder was made, in nanoseconds since 1970, where the file system knows it.
pub fn born_at(found: &Metadata) -> Option<i64> {
    let age = found.created().ok()?.duration_since(UNIX_EPOCH).ok()?;
    i64::try_from(age.as_nanos()).ok()
}

/// When anything about a file was changed last.
pub fn changed_at(found: &Metadata) -> (i64, i64) {
    (found.ctime(), found.ctime_nsec())
}

/// A path as it is kept in a database or file.
pub fn path_bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_bytes()
}

/// The path that was kept so.
pub fn path_of(bytes: Vec<u8>) -> PathBuf {
    OsString::from_vec(bytes).into()
}

/// For files that this user alone may read.
pub fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options.mode(0o600)
}

/// Makes a folder for this user alone, and those above it. One that is there stays as it is, whoever's it is.
pub fn create_private_folder(path: &Path, _is_ours: impl FnOnce() -> bool) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

/// Whether another user than this one owns a file: which one.
pub fn other_owner(found: &Metadata) -> Option<u32> {
    // Even for root: files that it makes here would be closed to the server.
    (found.uid() != rustix::process::geteuid().as_raw()).then_some(found.uid())
}

/// What others may do with a file or folder, as its permission bits; `None` for nothing.
pub fn open_to_others(found: &Metadata) -> Option<u32> {
    let mode = found.mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// From here on, nothing that this process makes is open to others, unless it says so.
pub fn keep_new_files_private() {
    rustix::process::umask(Mode::from_raw_mode(0o077));
}

/// Takes from others what they may do with a file.
pub fn close_to_others(path: &Path) -> io::Result<()> {
    fs::set_permissions(path, Permissions::from_mode(0o600))
}

/// Whether every user of this machine may read a file.
pub fn is_readable_by_all(found: &Metadata) -> bool {
    found.mode() & 0o004 != 0
}

/// Whether this user may write into a file or folder.
pub fn may_write(path: &Path) -> bool {
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

/// Whether the program may do whatever it likes here.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// Whether what is written there goes to systemd's journal, which says by an environment variable which file that is
/// (source: systemd.exec(5)).
pub fn is_journal(out: &impl AsFd) -> bool {
    let Some(journal) = std::env::var("JOURNAL_STREAM").ok() else { return false };
    rustix::fs::fstat(out).is_ok_and(|found| format!("{}:{}", found.st_dev, found.st_ino) == journal)
}

/// How many bytes this user may still write on the disk of a path.
pub fn free_bytes(path: &Path) -> io::Result<u64> {
    let disk = rustix::fs::statvfs(path)?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}

/// How many files may be open; `None` for any number.
pub fn most_open_files() -> Option<u64> {
    getrlimit(Resource::Nofile).current
}

/// Takes as many open files as the system allows: each connection is one.
pub fn raise_file_limit() -> io::Result<()> {
    let limit = getrlimit(Resource::Nofile);
    Ok(setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum })?)
}

/// The same socket once more.
pub fn clone_socket(socket: &impl AsFd) -> io::Result<TcpStream> {
    Ok(socket.as_fd().try_clone_to_owned()?.into())
}

/// Makes the names in the folder at a path last.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    Folder::open(path)?.sync()
}

//! One file of an app's folder, by name or opened, with what belongs to it.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;

use rustix::fs::{AtFlags, FileType, Gid, Mode, OFlags, RenameFlags, Stat, Uid, XattrFlags};
use rustix::fs::{openat, renameat, renameat_with, statat, unlinkat};
use rustix::io::Errno;

use super::{KeptFile, WriteError};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::store::folder::{AppFolder, patient};

/// In tests, the disk fails whenever the names in this app's folder are to last.
#[cfg(test)]
pub const NEVER_SYNCED: &str = "com.example.never-synced";

/// In tests, the disk fails whenever new bytes in this app's folder are to last.
#[cfg(test)]
pub const BYTES_NEVER_SYNCED: &str = "com.example.bytes-never-synced";

/// A larger file is neither kept nor put back: nobody's session.
const LARGEST: u64 = 64 << 20;

/// The extended attribute that holds a file's access-control list.
const ACL: &str = "system.posix_acl_access";

/// A file that is open, and what it was when it was last looked at.
pub struct OpenFile {
    fd: OwnedFd,
    stat: Stat,
}

impl OpenFile {
    /// Opens a regular file; `None` where there is none of this name.
    pub fn open(folder: &AppFolder, name: &str) -> io::Result<Option<Self>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let fd = match patient(|| openat(folder.fd(), name, flags, Mode::empty())) {
            Ok(fd) => fd,
            // A link or a socket in the file's place is no file.
            Err(Errno::NOENT | Errno::LOOP | Errno::NXIO) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let stat = rustix::fs::fstat(&fd)?;
        let is_file = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        Ok(is_file.then_some(Self { fd, stat }))
    }

    /// A file that is open already.
    #[cfg(test)]
    pub fn of(fd: OwnedFd) -> io::Result<Self> {
        let stat = rustix::fs::fstat(&fd)?;
        Ok(Self { fd, stat })
    }

    /// Its descriptor.
    pub fn fd(&self) -> BorrowedFd<'_> {
        self.fd.as_fd()
    }

    /// All bytes as they are now.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let stat = rustix::fs::fstat(&self.fd)?;
        let size = u64::try_from(stat.st_size).unwrap_or(0);
        if size > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0) + 1];
        let mut filled = 0;
        loop {
            // By position: the file may be read many times.
            match rustix::io::pread(&self.fd, &mut bytes[filled..], filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            if filled == bytes.len() {
                bytes.resize(filled * 2, 0);
            }
        }
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// Whether the bytes are these now.
    pub fn has(&self, digest: &Digest) -> io::Result<bool> {
        Ok(Digest::of(&self.bytes()?) == *digest)
    }

    /// Changes with every write into the file.
    #[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
    pub fn version(&self) -> io::Result<(i64, i64, i64)> {
        let stat = rustix::fs::fstat(&self.fd)?;
        Ok((stat.st_mtime as i64, stat.st_mtime_nsec as i64, stat.st_size as i64))
    }

    /// When it was last written into, and when it last got a name or anything else was changed about it.
    #[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
    pub fn times(&self) -> io::Result<[(i64, i64); 2]> {
        let stat = rustix::fs::fstat(&self.fd)?;
        let changed = (stat.st_ctime as i64, stat.st_ctime_nsec as i64);
        Ok([(stat.st_mtime as i64, stat.st_mtime_nsec as i64), changed])
    }

    /// When it was last written into.
    pub fn modified(&self) -> io::Result<(i64, i64)> {
        self.version().map(|(seconds, nanos, _)| (seconds, nanos))
    }

    /// Whether it has this name. Takes no descriptor: it is asked when none may be left.
    pub fn has_name(&self, folder: &AppFolder, name: &str) -> io::Result<bool> {
        match statat(folder.fd(), name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok((stat.st_dev, stat.st_ino) == (self.stat.st_dev, self.stat.st_ino)),
            Err(Errno::NOENT) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// The file with all that belongs to it.
    pub fn keep(&self) -> io::Result<KeptFile> {
        let belongings = Belongings::of(self)?;
        Ok(KeptFile {
            bytes: self.bytes()?,
            mode: belongings.mode,
            uid: belongings.uid,
            gid: belongings.gid,
            acl: belongings.acl,
        })
    }
}

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
    #[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
    pub fn of(file: &OpenFile) -> io::Result<Self> {
        Ok(Self {
            mode: (file.stat.st_mode & 0o7777) as u32,
            uid: file.stat.st_uid,
            gid: file.stat.st_gid,
            acl: acl(&file.fd)?,
        })
    }

    /// Those of a kept file.
    pub fn of_kept(file: &KeptFile) -> Self {
        Self { mode: file.mode, uid: file.uid, gid: file.gid, acl: file.acl.clone() }
    }

    /// Gives them to a file, or says who could.
    #[allow(clippy::unnecessary_cast, reason = "the types differ by platform")]
    fn give(&self, fd: &OwnedFd) -> Result<(), WriteError> {
        let refused = || WriteError::OwnerCannotBeKept { run_as: user_name(self.uid) };
        let fresh = rustix::fs::fstat(fd).map_err(io::Error::from)?;
        if (fresh.st_uid, fresh.st_gid) != (self.uid, self.gid) {
            let (uid, gid) = (Uid::from_raw(self.uid), Gid::from_raw(self.gid));
            rustix::fs::fchown(fd, Some(uid), Some(gid)).map_err(|_| refused())?;
        }
        match (&self.acl, acl(fd)?) {
            (Some(wanted), has) if has.as_ref() != Some(wanted) => {
                rustix::fs::fsetxattr(fd, ACL, wanted, XattrFlags::empty()).map_err(|_| refused())?;
            }
            // The folder's default list was inherited, and the original has none.
            (None, Some(_)) => rustix::fs::fremovexattr(fd, ACL).map_err(|_| refused())?,
            _ => {}
        }
        // After the others: a change of owner takes mode bits away.
        rustix::fs::fchmod(fd, Mode::from_raw_mode(self.mode as _)).map_err(|_| refused())?;
        // Some network file systems answer success and do nothing.
        let given = rustix::fs::fstat(fd).map_err(io::Error::from)?;
        let stays = ((given.st_mode & 0o7777) as u32, given.st_uid, given.st_gid) == (self.mode, self.uid, self.gid);
        if stays { Ok(()) } else { Err(refused()) }
    }
}

fn acl(fd: &OwnedFd) -> io::Result<Option<Vec<u8>>> {
    /// No attribute is larger (XATTR_SIZE_MAX, linux/limits.h).
    const LARGEST: usize = 64 << 10;
    let mut list = Vec::with_capacity(1024);
    loop {
        match rustix::fs::fgetxattr(fd, ACL, rustix::buffer::spare_capacity(&mut list)) {
            Ok(_) => return Ok(Some(list)),
            Err(Errno::NODATA | Errno::NOTSUP | Errno::NOSYS) => return Ok(None),
            Err(Errno::RANGE) if list.capacity() < LARGEST => list.reserve_exact(LARGEST),
            Err(error) => return Err(error.into()),
        }
    }
}

/// The name of a user id, for people.
fn user_name(uid: u32) -> String {
    let users = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let name = users.lines().find_map(|line| {
        let mut parts = line.split(':');
        let name = parts.next()?;
        (parts.nth(1)? == uid.to_string()).then(|| format!("user \"{name}\""))
    });
    name.unwrap_or_else(|| format!("the user with id {uid}"))
}

/// Ends the name of a temporary file that holds nothing but our own bytes: it was never exchanged with another.
pub const NEVER_EXCHANGED: &str = ".new.tmp";
/// Ends the name of one that may have been: another program's bytes can be in it.
pub const MAYBE_EXCHANGED: &str = ".tmp";

/// A temporary file in an app's folder. It is removed when it is dropped under its name, unless it was found there.
pub struct Temporary {
    folder: Arc<AppFolder>,
    name: String,
    removes: bool,
}

impl Temporary {
    /// Writes and syncs a temporary file with these bytes and belongings.
    pub fn write(
        folder: &Arc<AppFolder>,
        stem: &str,
        bytes: &[u8],
        belongings: &Belongings,
    ) -> Result<(Self, OpenFile), WriteError> {
        let (temporary, file) = Self::write_unsynced(folder, stem, bytes, belongings)?;
        temporary.sync(&file)?;
        Ok((temporary, file))
    }

    /// The same; whoever puts it in another file's place has to sync it before that one goes.
    pub fn write_unsynced(
        folder: &Arc<AppFolder>,
        stem: &str,
        bytes: &[u8],
        belongings: &Belongings,
    ) -> Result<(Self, OpenFile), WriteError> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let name = format!("{stem}{NEVER_EXCHANGED}");
        let fd = patient(|| openat(folder.fd(), &name, flags, Mode::RUSR | Mode::WUSR))?;
        let temporary = Self { folder: folder.clone(), name, removes: true };
        belongings.give(&fd)?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        // Open to read alone from here on: who else may write into it is asked of the system later.
        drop(file);
        let file = temporary.open()?.ok_or(WriteError::Gone)?;
        Ok((temporary, file))
    }

    /// Makes the file's bytes last, before its name does.
    pub fn sync(&self, file: &OpenFile) -> io::Result<()> {
        #[cfg(test)]
        if self.folder.id().as_str() == BYTES_NEVER_SYNCED {
            return Err(io::Error::other("a disk that fails"));
        }
        Ok(rustix::io::retry_on_intr(|| rustix::fs::fsync(&file.fd))?)
    }

    /// A name for a file that will be moved there.
    pub fn reserve(folder: &Arc<AppFolder>, stem: &str) -> Self {
        Self { folder: folder.clone(), name: format!("{stem}{MAYBE_EXCHANGED}"), removes: true }
    }

    /// One that an earlier run left behind, or a change that went wrong half way.
    pub fn found(folder: &Arc<AppFolder>, name: &str) -> Self {
        Self { folder: folder.clone(), name: name.to_owned(), removes: false }
    }

    /// Says by its name that from now on another program's bytes can be in it.
    pub fn may_be_exchanged(&mut self) -> rustix::io::Result<()> {
        let Some(stem) = self.name.strip_suffix(NEVER_EXCHANGED) else { return Ok(()) };
        let name = format!("{stem}{MAYBE_EXCHANGED}");
        if let Err(error) = renameat(self.folder.fd(), &self.name, self.folder.fd(), &name)
            // It can have been made all the same.
            && statat(self.folder.fd(), &name, AtFlags::SYMLINK_NOFOLLOW).is_err()
        {
            return Err(error);
        }
        self.name = name;
        Ok(())
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file that has its name now.
    pub fn open(&self) -> io::Result<Option<OpenFile>> {
        OpenFile::open(&self.folder, &self.name)
    }

    /// Whether this file has its name now.
    pub fn is(&self, file: &OpenFile) -> io::Result<bool> {
        file.has_name(&self.folder, &self.name)
    }

    /// Whether any file has its name now.
    pub fn is_there(&self) -> io::Result<bool> {
        match statat(self.folder.fd(), &self.name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(_) => Ok(true),
            Err(Errno::NOENT) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Leaves the file where it is; in which app, and under which name.
    pub fn leave(&mut self) -> (AppId, String) {
        self.removes = false;
        (self.folder.id().clone(), self.name.clone())
    }

    /// Exchanges its name with another file's, at once.
    pub fn exchange(&self, name: &str) -> rustix::io::Result<()> {
        renameat_with(self.folder.fd(), &self.name, self.folder.fd(), name, RenameFlags::EXCHANGE)
    }

    /// Gives the file another name, in place of whatever has it.
    pub fn rename_over(&self, name: &str) -> rustix::io::Result<()> {
        renameat(self.folder.fd(), &self.name, self.folder.fd(), name)
    }

    /// Gives the file another name, unless somebody has it.
    pub fn rename_to(&self, name: &str) -> rustix::io::Result<()> {
        match renameat_with(self.folder.fd(), &self.name, self.folder.fd(), name, RenameFlags::NOREPLACE) {
            Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => {
                match rustix::fs::linkat(self.folder.fd(), &self.name, self.folder.fd(), name, AtFlags::empty()) {
                    Err(Errno::PERM | Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => self.rename_to_reserved(name),
                    other => other,
                }
            }
            other => other,
        }
    }

    /// The same where the file system has no second names either, as FAT: an empty file is made under the name, which
    /// fails if somebody has it, and replaced by this one if nobody wrote into it or put another in its place.
    fn rename_to_reserved(&self, name: &str) -> rustix::io::Result<()> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let reserved = patient(|| openat(self.folder.fd(), name, flags, Mode::RUSR | Mode::WUSR))?;
        let made = rustix::fs::fstat(&reserved)?;
        let there = statat(self.folder.fd(), name, AtFlags::SYMLINK_NOFOLLOW)?;
        if (there.st_dev, there.st_ino, there.st_size) != (made.st_dev, made.st_ino, 0) {
            return Err(Errno::EXIST);
        }
        renameat(self.folder.fd(), &self.name, self.folder.fd(), name)
    }

    /// Removes the file, if it still has this name.
    pub fn remove(mut self) -> rustix::io::Result<()> {
        self.removes = false;
        match unlinkat(self.folder.fd(), &self.name, AtFlags::empty()) {
            Err(Errno::NOENT) => Ok(()),
            other => other,
        }
    }

    /// Takes a file's name away and gives it this one.
    pub fn take(&self, name: &str) -> rustix::io::Result<()> {
        renameat(self.folder.fd(), name, self.folder.fd(), &self.name)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may have another name by now; what is left behind by a disk that fails is recovered at the start.
        let again = || !matches!(unlinkat(self.folder.fd(), &self.name, AtFlags::empty()), Ok(()) | Err(Errno::NOENT));
        let mut tries = 3;
        while self.removes && tries > 0 && again() {
            tries -= 1;
        }
    }
}

/// Makes the folder's names last. Some file systems cannot sync a folder and say so; databases take that for done, and
/// so is it taken here.
pub fn sync(folder: &AppFolder) -> io::Result<()> {
    #[cfg(test)]
    if folder.id().as_str() == NEVER_SYNCED {
        return Err(io::Error::other("a disk that fails"));
    }
    match rustix::io::retry_on_intr(|| rustix::fs::fsync(folder.fd().as_fd())) {
        Err(Errno::INVAL | Errno::NOTSUP | Errno::NOSYS) => Ok(()),
        other => Ok(other?),
    }
}

//! Which directory the MobileApps folder is, whatever stands at its path now, and why one is not available.

use std::fmt;
use std::fs::Metadata;
use std::io;
use std::path::Path;
use std::sync::Arc;

use parking_lot::RwLock;

use super::os;

/// Which directory it is: device, inode, and when it was made. File systems give the number of a deleted directory to
/// the next one; its birth tells the two apart, where the file system knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FolderId {
    pub device: u64,
    /// The directory's number on it.
    pub inode: u64,
    /// When it was made, in nanoseconds since 1970.
    pub born: Option<i64>,
}

impl FolderId {
    /// Of the directory that stands at a path, through links.
    pub fn at(path: &Path) -> io::Result<Self> {
        match os::look_at(path)? {
            (number, found) if found.is_dir() => Ok(Self::new(number, &found)),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// By disk and number, and what the system says besides.
    pub(super) fn new((device, inode): (u64, u64), found: &Metadata) -> Self {
        Self { device, inode, born: os::born_at(found) }
    }
}

/// How the folder that stands at the path differs from the one that was served: a person decides whether it is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FolderChange {
    /// The data folder belongs to a MobileApps folder at another path.
    OtherPath,
    /// Another file system stands there, and holds other sessions.
    OtherDisk,
    /// It is empty, and apps were there.
    Empty,
}

impl FolderChange {
    pub const ALL: [FolderChange; 3] = [FolderChange::OtherPath, FolderChange::OtherDisk, FolderChange::Empty];

    pub fn as_str(self) -> &'static str {
        match self {
            FolderChange::OtherPath => "other-path",
            FolderChange::OtherDisk => "other-disk",
            FolderChange::Empty => "empty",
        }
    }
}

impl fmt::Display for FolderChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for FolderChange {}

/// Why the folder is not available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// It cannot be read: what the system says.
    Away(String),
    /// What stands there is not what was served before.
    Changed(FolderChange),
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unavailable::Away(reason) => f.write_str(reason),
            Unavailable::Changed(change) => change.fmt(f),
        }
    }
}

/// Why the folder is not available, by the error of whoever looked.
pub fn why_away(error: &io::Error) -> Unavailable {
    let change = error.get_ref().and_then(|cause| cause.downcast_ref::<FolderChange>());
    match (change, error.kind()) {
        (Some(change), _) => Unavailable::Changed(*change),
        (None, io::ErrorKind::NotFound) => Unavailable::Away("no such folder".into()),
        (None, other) => Unavailable::Away(other.to_string()),
    }
}

/// Which directory may be worked on. Where nobody judges what stands at the path, any.
#[derive(Clone, Debug, Default)]
pub struct Trust(Arc<RwLock<Trusted>>);

#[derive(Clone, Copy, Debug, Default)]
enum Trusted {
    #[default]
    Any,
    /// Until somebody has judged what stands at the path.
    None,
    Only(FolderId),
    Nothing(FolderChange),
}

impl Trust {
    /// None, until what stands at the path is judged.
    pub fn none_yet(&self) {
        *self.0.write() = Trusted::None;
    }

    /// From now on this directory, and no other.
    pub fn only(&self, id: FolderId) {
        *self.0.write() = Trusted::Only(id);
    }

    pub fn nothing(&self, change: FolderChange) {
        *self.0.write() = Trusted::Nothing(change);
    }

    /// The directory, if it may be worked on. Another one is no folder of ours until it has been judged.
    pub fn check(&self, id: FolderId) -> io::Result<FolderId> {
        match *self.0.read() {
            Trusted::Any => Ok(id),
            Trusted::Only(only) if only == id => Ok(id),
            Trusted::Only(_) | Trusted::None => Err(io::ErrorKind::NotFound.into()),
            Trusted::Nothing(change) => Err(io::Error::new(io::ErrorKind::NotFound, change)),
        }
    }
}

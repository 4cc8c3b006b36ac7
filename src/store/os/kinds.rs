//! What both say of files.

/// A time as seconds since 1970, and nanoseconds of that second.
pub type Time = (i64, i64);

/// What stands under a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    /// A link, a pipe, a socket…
    Other,
}

/// What the system says of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// When it was last written into.
    pub modified: Time,
    /// When anything about it was changed last; nobody can set it. On Windows as `modified`.
    pub changed: Time,
    /// Disk and number: two files that exist at the same time have different ones.
    pub id: (u64, u64),
}

/// A file's bytes with what belongs to it: what undo of a delete puts back.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// All of its bytes.
    pub bytes: Vec<u8>,
    /// Permission bits; on Windows its attributes.
    pub mode: u32,
    /// The owner's id; 0 on Windows.
    pub uid: u32,
    /// The group's id; 0 on Windows.
    pub gid: u32,
    /// The POSIX access-control list, as its extended attribute holds it.
    pub acl: Option<Vec<u8>>,
}

/// Why a new file does not get what belongs to the old one.
#[derive(Debug)]
pub enum GiveError {
    Refused(String),
    Io(std::io::Error),
}

impl From<std::io::Error> for GiveError {
    fn from(error: std::io::Error) -> Self {
        GiveError::Io(error)
    }
}

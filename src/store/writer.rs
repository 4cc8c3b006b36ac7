//! Replace a file whole, durably, losing nobody's write.

use std::sync::Arc;

use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::store::folder::Folder;

/// How writes are guarded against another program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Two names are exchanged at once: no write in between can be lost.
    Exclusive,
    /// The file system cannot exchange names: the file is compared right before it is replaced.
    Compared,
}

/// A file's bytes with what belongs to it: what undo of a delete puts back.
#[derive(Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// All of its bytes.
    pub bytes: Vec<u8>,
    /// Permission bits.
    pub mode: u32,
    /// The owner's id.
    pub uid: u32,
    /// The group's id.
    pub gid: u32,
    /// The POSIX access-control list, as its extended attribute holds it.
    pub acl: Option<Vec<u8>>,
}

/// Why nothing was written. In every case the file is as it was.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs, reason = "each variant's sentence stands above it")]
pub enum WriteError {
    #[error("the file is gone")]
    Gone,
    #[error("the file has other bytes than expected")]
    Changed,
    #[error("there is a file of this name")]
    AlreadyThere,
    #[error("owner, group, mode or ACL cannot be kept: run as {run_as}")]
    OwnerCannotBeKept { run_as: String },
    #[error("no space left")]
    NoSpace,
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

/// Makes the new bytes to put on top of what a program wrote late, through a file that it had
/// open while we replaced it: its bytes -> what shall stand there.
pub type OnLateWrite = Box<dyn FnOnce(&[u8]) -> Vec<u8> + Send>;

/// Writes session files of one MobileApps folder. All functions block; call them off the async threads.
pub struct Writer {
    folder: Arc<Folder>,
    installation: String,
}

impl Writer {
    /// `installation` is this installation's id, which its temporary files carry in their names.
    pub fn new(folder: Arc<Folder>, installation: String) -> Self {
        Self { folder, installation }
    }

    /// How writes in this folder are guarded.
    pub fn guard(&self) -> Guard {
        todo!()
    }

    /// Replaces a file that has the expected bytes, whole and durably.
    pub fn replace(
        &self,
        key: &SessionKey,
        expected: &Digest,
        new: &[u8],
        late: OnLateWrite,
    ) -> Result<(), WriteError> {
        let _ = (key, expected, new, late, &self.folder, &self.installation);
        todo!()
    }

    /// Reads a file with all that belongs to it, as it will be needed to put it back.
    pub fn keep(&self, key: &SessionKey) -> Result<KeptFile, WriteError> {
        let _ = key;
        todo!()
    }

    /// Takes a file away that has the expected bytes, durably.
    pub fn remove(&self, key: &SessionKey, expected: &Digest) -> Result<(), WriteError> {
        let _ = (key, expected);
        todo!()
    }

    /// Puts a file back, durably, unless there is one of its name.
    pub fn restore(&self, key: &SessionKey, file: &KeptFile) -> Result<(), WriteError> {
        let _ = (key, file);
        todo!()
    }

    /// Removes the temporary files that this installation left behind when it was stopped; how many.
    pub fn sweep(&self) -> std::io::Result<usize> {
        todo!()
    }
}

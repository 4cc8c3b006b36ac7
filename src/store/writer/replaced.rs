//! A file that has lost its name, and into which a program that had it open may write late.

use std::time::Duration;

use super::file::OpenFile;
use crate::domain::change::Digest;
use crate::domain::session::document::Document;
use crate::store::lease;

/// How long the old file is watched at least after its name is gone.
pub const WATCHED: Duration = Duration::from_secs(1);
/// Where nobody tells whether the writer is done, it is when nothing more comes for so long.
pub const QUIET: Duration = Duration::from_millis(50);

/// Makes the new bytes to put on top of what a program wrote late, through a file that it had
/// open while we replaced it: its bytes -> what shall stand there.
pub type OnLateWrite = Box<dyn Fn(&[u8]) -> Vec<u8> + Send + Sync>;

/// A file whose name we have taken away.
pub struct Replaced {
    pub file: OpenFile,
    /// What was in it when its name was taken.
    pub content: Digest,
    /// What we put in its place; `None` after a delete.
    pub ours: Option<Digest>,
    /// Puts our change on top of what is written late.
    pub merge: Option<OnLateWrite>,
}

impl Replaced {
    /// Whether a program has it open to write; `None` where nobody tells.
    pub fn is_open(&self) -> Option<bool> {
        lease::is_open_for_writing(self.file.file())
    }

    /// Whether nothing more is to come of a write that was seen.
    pub fn is_finished(&self, quiet: Duration) -> bool {
        let is_whole = || self.file.bytes().is_ok_and(|bytes| Document::parse(&bytes).is_ok());
        is_whole()
            || match self.is_open() {
                Some(true) => quiet >= WATCHED,
                Some(false) => true,
                None => quiet >= QUIET,
            }
    }
}

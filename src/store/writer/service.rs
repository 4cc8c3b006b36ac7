//! What the rest of the program asks of a writer.

use std::sync::Arc;

use super::error::WriteError;
use super::exchange::{Core, Guard, Prepared};
use super::file::{self, OpenFile};
use super::late::LateWrites;
use super::replaced::{OnLateWrite, Replaced};
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::store::folder::Folder;
use crate::store::os::{Belongings, KeptFile};
use crate::store::process;

/// Writes session files of one MobileApps folder. All functions block; call them off the async threads.
pub struct Writer {
    pub(super) core: Arc<Core>,
    pub(super) late: LateWrites,
}

impl Writer {
    /// `installation` is this installation's id, which its temporary files carry in their names.
    pub fn new(folder: Arc<Folder>, installation: String) -> Self {
        let core = Arc::new(Core::new(folder, installation));
        Self { core, late: LateWrites::new(process::descriptors().late_writes) }
    }

    /// One that never exchanges names, as on a file system that cannot.
    pub fn comparing(folder: Arc<Folder>, installation: String) -> Self {
        let writer = Self::new(folder, installation);
        writer.core.compare_only();
        writer
    }

    /// How writes in this folder are guarded.
    pub fn guard(&self) -> Guard {
        if self.core.guard() == Guard::Unknown
            && let Err(error) = self.core.try_exchange()
        {
            tracing::debug!(%error, "how writes are guarded could not be tried");
        }
        self.core.guard()
    }

    /// Whether the system tells for how long another program has a file open to write: then it is watched so long. Known
    /// once it is known how writes are guarded.
    pub fn sees_who_writes(&self) -> bool {
        self.core.sees_who_writes()
    }

    /// Puts new bytes beside the file that they are to replace. They are gone when this is dropped.
    pub fn prepare(&self, key: &SessionKey, new: Vec<u8>) -> Result<Prepared, WriteError> {
        self.core.prepare(&self.core.app(key)?, key, new, true)
    }

    /// Replaces a file that has the expected bytes, whole and durably, by what was prepared for it.
    pub fn replace(
        &self,
        key: &SessionKey,
        expected: &Digest,
        prepared: Prepared,
        late: OnLateWrite,
    ) -> Result<(), WriteError> {
        let folder = prepared.folder.clone();
        self.late.settled(&self.core, key, |chain| {
            let mut replaced = Vec::new();
            let done = self.core.replace(key, expected, prepared, Some(late), &mut replaced);
            replaced.into_iter().for_each(|file| chain.push(file));
            done
        })?;
        // What comes late does not wait for the disk.
        file::sync(&folder).map_err(WriteError::Unsure)
    }

    /// Reads a file with all that belongs to it, as it will be needed to put it back.
    pub fn keep(&self, key: &SessionKey) -> Result<KeptFile, WriteError> {
        let folder = self.core.app(key)?;
        Ok(OpenFile::open(&folder, key.id.as_str())?.ok_or(WriteError::Gone)?.keep()?)
    }

    /// Takes a file away that has the expected bytes, durably.
    pub fn remove(&self, key: &SessionKey, expected: &Digest) -> Result<(), WriteError> {
        let folder = self.core.app(key)?;
        self.late.settled(&self.core, key, |chain| {
            let file = self.core.remove(&folder, key, expected)?;
            chain.push(Replaced { file, content: *expected, ours: None, merge: None });
            Ok(())
        })?;
        file::sync(&folder).map_err(WriteError::Unsure)
    }

    /// Puts a file back, durably, unless there is one of its name.
    pub fn restore(&self, key: &SessionKey, file: &KeptFile) -> Result<(), WriteError> {
        let folder = self.core.app(key)?;
        let belongings = Belongings::of_kept(file);
        self.late.settled(&self.core, key, |_| self.core.create(&folder, key, &file.bytes, &belongings))
    }

    /// Waits until no replaced file can bring a late write any more: a second after the last write.
    pub fn drain(&self) {
        self.late.drain();
    }
}

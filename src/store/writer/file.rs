//! One file of an app's folder, by name or opened, with what belongs to it.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use super::error::{WriteError, of_name};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::store::folder::AppFolder;
use crate::store::os::{self, Belongings, KeptFile, Kind, Stat, Time};

/// In tests, the disk fails whenever the names in this app's folder are to last.
#[cfg(test)]
pub const NEVER_SYNCED: &str = "com.example.never-synced";

/// In tests, the disk fails whenever new bytes in this app's folder are to last.
#[cfg(test)]
pub const BYTES_NEVER_SYNCED: &str = "com.example.bytes-never-synced";

/// A larger file is neither kept nor put back: nobody's session.
const LARGEST: u64 = 64 << 20;

/// A file that is open, and what it was when it was last looked at.
pub struct OpenFile {
    file: File,
    stat: Stat,
}

impl OpenFile {
    /// Opens a regular file; `None` where there is none of this name.
    pub fn open(folder: &AppFolder, name: &str) -> io::Result<Option<Self>> {
        let Some(file) = folder.directory().file(name)? else { return Ok(None) };
        let stat = Stat::of(&file)?;
        Ok((stat.kind == Kind::File).then_some(Self { file, stat }))
    }

    /// A file that is open already.
    #[cfg(test)]
    pub fn of(file: File) -> io::Result<Self> {
        let stat = Stat::of(&file)?;
        Ok(Self { file, stat })
    }

    /// The file itself, open to read.
    pub fn file(&self) -> &File {
        &self.file
    }

    /// All bytes as they are now.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        let size = Stat::of(&self.file)?.size;
        if size > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let mut bytes = vec![0; usize::try_from(size).unwrap_or(0) + 1];
        let mut filled = 0;
        loop {
            // By position: the file may be read many times.
            match os::read_at(&self.file, &mut bytes[filled..], filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
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
    pub fn version(&self) -> io::Result<(Time, u64)> {
        Stat::of(&self.file).map(|stat| (stat.modified, stat.size))
    }

    /// When it was last written into, and when it last got a name or anything else was changed about it.
    pub fn times(&self) -> io::Result<[Time; 2]> {
        Stat::of(&self.file).map(|stat| [stat.modified, stat.changed])
    }

    /// When it was last written into.
    pub fn modified(&self) -> io::Result<Time> {
        Stat::of(&self.file).map(|stat| stat.modified)
    }

    /// Whether it has this name. Takes no descriptor: it is asked when none may be left.
    pub fn has_name(&self, folder: &AppFolder, name: &str) -> io::Result<bool> {
        Ok(folder.directory().stat(name)?.is_some_and(|stat| stat.id == self.stat.id))
    }

    /// What of it must stay when its bytes change.
    pub fn belongings(&self) -> io::Result<Belongings> {
        Belongings::of(&self.file)
    }

    /// The file with all that belongs to it.
    pub fn keep(&self) -> io::Result<KeptFile> {
        Ok(self.belongings()?.keep(self.bytes()?))
    }
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
        let name = format!("{stem}{NEVER_EXCHANGED}");
        let mut file = folder.directory().create(&name).map_err(of_name)?;
        let temporary = Self { folder: folder.clone(), name, removes: true };
        belongings.give(&file)?;
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
        os::sync(&file.file)
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
    pub fn may_be_exchanged(&mut self) -> io::Result<()> {
        let Some(stem) = self.name.strip_suffix(NEVER_EXCHANGED) else { return Ok(()) };
        let name = format!("{stem}{MAYBE_EXCHANGED}");
        let directory = self.folder.directory();
        if let Err(error) = directory.rename(&self.name, &name)
            // It can have been made all the same.
            && !matches!(directory.stat(&name), Ok(Some(_)))
        {
            return Err(error);
        }
        self.name = name;
        Ok(())
    }

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
        Ok(self.folder.directory().stat(&self.name)?.is_some())
    }

    /// Leaves the file where it is; in which app, and under which name.
    pub fn leave(&mut self) -> (AppId, String) {
        self.removes = false;
        (self.folder.id().clone(), self.name.clone())
    }

    /// Exchanges its name with another file's, at once. `file` is the one that has the temporary name, if it is open.
    pub fn exchange(&self, name: &str, file: Option<&mut OpenFile>) -> io::Result<()> {
        self.folder.directory().exchange(&self.name, name, file.map(|open| &mut open.file))
    }

    /// Exchanges its name back with the file that it was exchanged with.
    pub fn exchange_back(&self, name: &str) -> io::Result<()> {
        self.folder.directory().exchange_back(&self.name, name)
    }

    /// Gives the file another name, in place of whatever has it.
    pub fn rename_over(&self, name: &str) -> io::Result<()> {
        self.folder.directory().rename(&self.name, name)
    }

    /// Gives the file another name, unless somebody has it.
    pub fn rename_to(&self, name: &str) -> io::Result<()> {
        self.folder.directory().rename_new(&self.name, name)
    }

    /// Removes the file, if it still has this name.
    pub fn remove(mut self) -> io::Result<()> {
        self.removes = false;
        match self.folder.directory().remove(&self.name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other,
        }
    }

    /// Takes a file's name away and gives it this one.
    pub fn take(&self, name: &str) -> io::Result<()> {
        self.folder.directory().rename(name, &self.name)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        // It may have another name by now; what is left behind by a disk that fails is recovered at the start.
        let mut tries = if self.removes { 3 } else { 0 };
        while tries > 0 {
            match self.folder.directory().remove(&self.name) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => tries -= 1,
                _ => return,
            }
        }
    }
}

/// Makes the folder's names last.
pub fn sync(folder: &AppFolder) -> io::Result<()> {
    #[cfg(test)]
    if folder.id().as_str() == NEVER_SYNCED {
        return Err(io::Error::other("a disk that fails"));
    }
    folder.directory().sync()
}

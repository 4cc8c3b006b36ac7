//! What a stop of the program, or a disk that failed half way, left under temporary names.
//!
//! Bytes of another program can lie there, at any step of an exchange and of the way back. They are removed only where
//! they are one side of our own change; otherwise the newer version gets the session's name, and whoever asked is given
//! the older one to keep before it goes.

use std::io;
use std::sync::Arc;

use rustix::io::Errno;
use walkdir::WalkDir;

use super::file::{self, MAYBE_EXCHANGED, NEVER_EXCHANGED, OpenFile, Temporary};
use super::late::Replaced;
use super::{Core, KeptFile, WriteError, Writer};
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::session::document::Document;
use crate::domain::session::{SessionId, SessionKey};
use crate::store::folder::AppFolder;

/// How often a recovery starts again because another program wrote meanwhile.
const TRIES: usize = 8;

/// A change whose outcome is not known.
#[derive(Clone, Debug)]
pub struct Interrupted {
    /// The session.
    pub key: SessionKey,
    /// Of the file before.
    pub before: Option<Digest>,
    /// Of the file after; `None` for a delete.
    pub after: Option<Digest>,
}

/// A temporary file that nobody works on any more.
#[derive(Clone, Debug)]
pub struct Leftover {
    app: AppId,
    name: String,
}

impl Leftover {
    /// The session that it belongs to, as far as its name says so.
    pub fn session(&self) -> Option<SessionKey> {
        let stem = self.name.strip_suffix(NEVER_EXCHANGED).or_else(|| self.name.strip_suffix(MAYBE_EXCHANGED))?;
        // Installation, run, a random number, session.
        let id = stem.split('-').nth(3)?;
        Some(SessionKey { app: self.app.clone(), id: SessionId::parse(id)? })
    }

    /// The same by what is in it: an older version of this program did not put the session into the name.
    fn session_of(&self, bytes: &[u8]) -> Option<SessionKey> {
        let document = Document::parse(bytes).ok()?;
        let id = SessionId::parse(document.fields().session_id.as_deref()?)?;
        Some(SessionKey { app: self.app.clone(), id })
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// What became of a temporary file that was left behind.
pub enum Recovered {
    /// It held nothing but our own, or what stands in the session's file as well, and is gone.
    Removed,
    /// Another program's bytes in it have the session's name again.
    PutBack(SessionKey),
    /// Another program's bytes lie there that a newer version has the name of: [`Writer::let_go`] removes them, once
    /// they are kept elsewhere.
    Older(SessionKey, Box<KeptFile>),
    /// Nobody knows whose bytes these are: they stay.
    Unknown,
}

impl Writer {
    /// The temporary files of this installation that nobody works on: those of an earlier run, and those that this run
    /// had to leave.
    pub fn leftovers(&self) -> io::Result<Vec<Leftover>> {
        // The root must be there: nothing found is not nothing left.
        self.core.folder.open()?;
        let mut leftovers = Vec::new();
        for entry in WalkDir::new(self.core.folder.root()).min_depth(2).max_depth(2).follow_links(false) {
            // What cannot be listed holds nothing that we could have written.
            let Ok(entry) = entry else { continue };
            let app = entry.path().parent().and_then(|app| app.file_name()).and_then(|app| app.to_str());
            let (Some(name), Some(app)) = (entry.file_name().to_str(), app.and_then(AppId::parse)) else { continue };
            if self.core.is_temporary(name) && !self.core.is_in_use(name) {
                leftovers.push(Leftover { app, name: name.to_owned() });
            }
        }
        Ok(leftovers)
    }

    /// Whether this run had to leave a temporary file.
    pub fn has_left_any(&self) -> bool {
        !self.core.left().is_empty()
    }

    /// Finds out whose bytes lie in a temporary file, and puts the newest version of the session under its name.
    /// `interrupted` are the changes without an outcome.
    pub fn recover(&self, leftover: &Leftover, interrupted: &[Interrupted]) -> Result<Recovered, WriteError> {
        let Some(folder) = self.core.folder.open()?.app(&leftover.app)?.map(Arc::new) else {
            return Ok(Recovered::Removed);
        };
        let temporary = Temporary::found(&folder, &leftover.name);
        let Some(file) = temporary.open()? else { return Ok(Recovered::Unknown) };
        let bytes = file.bytes()?;
        let key = leftover.session().or_else(|| leftover.session_of(&bytes));
        let Some(key) = key else {
            return if bytes.is_empty() || leftover.name.ends_with(NEVER_EXCHANGED) {
                self.forget(leftover, temporary)
            } else {
                Ok(Recovered::Unknown)
            };
        };
        let sides = Sides { interrupted, key: &key };
        let found = self.late.settled(&self.core, &key, |chain| {
            let mut replaced = Vec::new();
            let found = sides.recover(&folder, &temporary, &mut replaced);
            replaced.into_iter().for_each(|file| chain.push(file));
            found
        })?;
        match found {
            Found::Ours => self.forget(leftover, temporary),
            Found::PutBack => self.forget(leftover, temporary).map(|_| Recovered::PutBack(key)),
            Found::Older(file) => Ok(Recovered::Older(key, file)),
        }
    }

    /// Removes a temporary file whose bytes are kept elsewhere by now, if they still are the same.
    pub fn let_go(&self, leftover: &Leftover, kept: &Digest) -> Result<(), WriteError> {
        let Some(folder) = self.core.folder.open()?.app(&leftover.app)?.map(Arc::new) else { return Ok(()) };
        let temporary = Temporary::found(&folder, &leftover.name);
        match temporary.open()? {
            Some(file) if file.has(kept)? => self.forget(leftover, temporary).map(drop),
            _ => Ok(()),
        }
    }

    fn forget(&self, leftover: &Leftover, temporary: Temporary) -> Result<Recovered, WriteError> {
        temporary.remove()?;
        self.core.left().remove(&leftover.name);
        Ok(Recovered::Removed)
    }
}

enum Found {
    /// Nothing of another program's.
    Ours,
    PutBack,
    Older(Box<KeptFile>),
}

/// What is known of one session's changes.
struct Sides<'a> {
    interrupted: &'a [Interrupted],
    key: &'a SessionKey,
}

impl Sides<'_> {
    fn changes(&self) -> impl Iterator<Item = &Interrupted> {
        self.interrupted.iter().filter(|change| change.key == *self.key)
    }

    fn has_side(&self, digest: &Digest) -> bool {
        self.changes().any(|change| [change.before, change.after].contains(&Some(*digest)))
    }

    fn recover(
        &self,
        folder: &Arc<AppFolder>,
        temporary: &Temporary,
        replaced: &mut Vec<Replaced>,
    ) -> Result<Found, WriteError> {
        let name = self.key.id.as_str();
        for _ in 0..TRIES {
            let Some(file) = temporary.open()? else { return Ok(Found::Ours) };
            let (bytes, current) = (file.bytes()?, OpenFile::open(folder, name)?);
            let digest = Digest::of(&bytes);
            if temporary.name().ends_with(NEVER_EXCHANGED) {
                return self.finish_restore(folder, temporary, &digest, current.as_ref());
            }
            if bytes.is_empty() || self.has_side(&digest) {
                return Ok(Found::Ours);
            }
            let Some(current) = current else {
                // A delete of ours had taken it. Otherwise another program has taken the newer one away since.
                if !self.changes().any(|change| change.after.is_none()) {
                    return Ok(Found::Older(Box::new(file.keep()?)));
                }
                match temporary.rename_to(name) {
                    Err(Errno::EXIST) => continue,
                    Err(error) => return Err(error.into()),
                    Ok(()) => file::sync(folder)?,
                }
                return Ok(Found::PutBack);
            };
            let now = Digest::of(&current.bytes()?);
            if now == digest {
                return Ok(Found::Ours);
            }
            let is_ours = self.changes().any(|change| change.after == Some(now));
            // After a power failure, the newer one may not have got to the disk.
            let is_lost = current.bytes()?.is_empty();
            if !is_ours && !is_lost && file.times()? <= current.times()? {
                return Ok(Found::Older(Box::new(file.keep()?)));
            }
            match temporary.exchange(name) {
                Ok(()) => {}
                Err(Errno::NOENT) => continue,
                Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => return Ok(Found::Older(Box::new(file.keep()?))),
                Err(error) => return Err(error.into()),
            }
            file::sync(folder)?;
            if !temporary.is(&current)? || !current.has(&now)? {
                // Another program wrote between the look and the exchange: what came out is looked at anew.
                continue;
            }
            if is_lost || self.has_side(&now) {
                replaced.push(Replaced { file: current, content: now, ours: Some(digest), merge: None });
                return Ok(Found::PutBack);
            }
            return Ok(Found::Older(Box::new(current.keep()?)));
        }
        Err(WriteError::Changed)
    }

    /// Bytes of ours that never had the name. Where a name can only be reserved by an empty file, a restore may have
    /// been stopped right behind that.
    fn finish_restore(
        &self,
        folder: &AppFolder,
        temporary: &Temporary,
        digest: &Digest,
        current: Option<&OpenFile>,
    ) -> Result<Found, WriteError> {
        let is_restore = self.changes().any(|change| change.before.is_none() && change.after == Some(*digest));
        if let (true, Some(current)) = (is_restore, current)
            && current.bytes()?.is_empty()
        {
            rustix::fs::renameat(folder.fd(), temporary.name(), folder.fd(), self.key.id.as_str())?;
            file::sync(folder)?;
        }
        Ok(Found::Ours)
    }
}

impl Core {
    pub(super) fn is_temporary(&self, name: &str) -> bool {
        let inner = name.strip_prefix('.').and_then(|name| name.strip_prefix(&self.installation));
        inner.is_some_and(|rest| rest.starts_with('-') && rest.ends_with(MAYBE_EXCHANGED))
    }

    fn is_in_use(&self, name: &str) -> bool {
        name.starts_with(&format!(".{}-{:x}-", self.installation, self.run)) && !self.left().contains(name)
    }
}

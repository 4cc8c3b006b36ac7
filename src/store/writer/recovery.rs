//! What a stop of the program, or a disk that failed half way, left under temporary names.
//!
//! Bytes of another program can lie there, at any step of an exchange and of the way back. They are removed only where
//! they are one side of our own change; otherwise the newer version gets the session's name, and whoever asked is given
//! the older one to keep before it goes.

use std::io;
use std::sync::Arc;

use super::error::{WriteError, of_name};
use super::file::{self, NEVER_EXCHANGED, OpenFile, Temporary};
use super::leftover::Leftover;
use super::replaced::Replaced;
use super::service::Writer;
use crate::domain::app_id::AppId;
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::domain::session::document::Document;
use crate::store::folder::AppFolder;
use crate::store::lease;
use crate::store::os::KeptFile;

/// How often a recovery starts again because another program wrote meanwhile.
const TRIES: usize = 8;

/// A change whose outcome is not known.
#[derive(Clone, Debug)]
pub struct Interrupted {
    pub key: SessionKey,
    pub before: Option<Digest>,
    /// Of the file after; `None` for a delete.
    pub after: Option<Digest>,
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
    /// had to leave. The apps that cannot be listed may hold more.
    pub fn leftovers(&self) -> io::Result<(Vec<Leftover>, Vec<AppId>)> {
        let open = self.core.folder.open()?;
        let (mut leftovers, mut unlisted) = (Vec::new(), Vec::new());
        for app in open.apps()? {
            let names = open.app(&app).and_then(|folder| folder.map_or(Ok(Vec::new()), |folder| folder.names()));
            match names {
                Ok(names) => {
                    let left = names.into_iter().filter(|name| self.core.is_temporary(name));
                    leftovers.extend(left.map(|name| Leftover { app: app.clone(), name }));
                }
                Err(error) => {
                    tracing::debug!(%error, %app, "temporary files of an earlier run could not be looked for yet");
                    unlisted.push(app);
                }
            }
        }
        let mut left = self.core.left.lock();
        leftovers.retain(|one| left.contains(one) || !self.core.is_of_this_run(&one.name));
        left.extend(leftovers.iter().cloned());
        Ok((leftovers, unlisted))
    }

    /// Whether any temporary file lies there that is to be recovered.
    pub fn has_left_any(&self) -> bool {
        !self.core.left.lock().is_empty()
    }

    /// Whether such a file belongs to this session, or may.
    pub fn has_left(&self, key: &SessionKey) -> bool {
        let is_of = |one: &Leftover| one.session().map_or(one.app == key.app, |session| session == *key);
        self.core.left.lock().iter().any(is_of)
    }

    /// Finds out whose bytes lie in a temporary file, and puts the newest version of the session under its name.
    /// `interrupted` are the changes without an outcome.
    pub fn recover(&self, leftover: &Leftover, interrupted: &[Interrupted]) -> Result<Recovered, WriteError> {
        let recovered = self.find_out(leftover, interrupted)?;
        if !matches!(recovered, Recovered::Older(..)) {
            self.core.left.lock().remove(leftover);
        }
        Ok(recovered)
    }

    fn find_out(&self, leftover: &Leftover, interrupted: &[Interrupted]) -> Result<Recovered, WriteError> {
        let Some(folder) = self.core.folder.open()?.app(&leftover.app)?.map(Arc::new) else {
            return Ok(Recovered::Removed);
        };
        let temporary = Temporary::found(&folder, &leftover.name);
        let Some(file) = temporary.open()? else { return Ok(Recovered::Unknown) };
        let bytes = file.bytes()?;
        let key = leftover.session().or_else(|| leftover.session_of(&bytes));
        let Some(key) = key else {
            return if bytes.is_empty() || leftover.name.ends_with(NEVER_EXCHANGED) {
                temporary.remove()?;
                Ok(Recovered::Removed)
            } else {
                Ok(Recovered::Unknown)
            };
        };
        let sides = Sides { interrupted, leftover, key: &key };
        let found = self.late.settled(&self.core, &key, |chain| {
            let mut replaced = Vec::new();
            let found = sides.recover(&folder, &temporary, &mut replaced);
            replaced.into_iter().for_each(|file| chain.push(file));
            found
        })?;
        let recovered = match found {
            Found::Ours => Recovered::Removed,
            Found::PutBack => Recovered::PutBack(key),
            Found::Older(file) => return Ok(Recovered::Older(key, file)),
        };
        temporary.remove()?;
        Ok(recovered)
    }

    /// Removes a temporary file whose bytes are kept elsewhere by now, if they still are the same.
    pub fn let_go(&self, leftover: &Leftover, kept: &Digest) -> Result<(), WriteError> {
        if let Some(folder) = self.core.folder.open()?.app(&leftover.app)?.map(Arc::new) {
            let temporary = Temporary::found(&folder, &leftover.name);
            match temporary.open()? {
                Some(file) if !file.has(kept)? => return Ok(()),
                _ => temporary.remove()?,
            }
        }
        self.core.left.lock().remove(leftover);
        Ok(())
    }
}

enum Found {
    Ours,
    PutBack,
    Older(Box<KeptFile>),
}

/// What is known of one session's changes.
struct Sides<'a> {
    interrupted: &'a [Interrupted],
    leftover: &'a Leftover,
    key: &'a SessionKey,
}

impl Sides<'_> {
    fn changes(&self) -> impl Iterator<Item = &Interrupted> {
        self.interrupted.iter().filter(|change| change.key == *self.key)
    }

    fn has_side(&self, digest: &Digest) -> bool {
        self.leftover.is_ours(digest)
            || self.changes().any(|change| [change.before, change.after].contains(&Some(*digest)))
    }

    fn is_ours(&self, digest: &Digest) -> bool {
        self.leftover.is_ours(digest) || self.changes().any(|change| change.after == Some(*digest))
    }

    /// Whether this is what stood there before, and what a power failure left in its place is no whole file.
    fn is_needed(&self, digest: &Digest, current: Option<&OpenFile>) -> Result<bool, WriteError> {
        let Some(current) = current.filter(|_| self.changes().any(|change| change.before == Some(*digest))) else {
            return Ok(false);
        };
        Ok(!is_whole(current, &current.bytes()?)?)
    }

    /// A file that has lost its name, or is to lose it: a program that has it open may write into it late.
    fn watched(&self, file: OpenFile, content: Digest) -> Replaced {
        let change = self.changes().find(|change| change.before == Some(content));
        Replaced { file, content, ours: change.map_or(Some(content), |change| change.after), merge: None }
    }

    fn recover(
        &self,
        folder: &Arc<AppFolder>,
        temporary: &Temporary,
        replaced: &mut Vec<Replaced>,
    ) -> Result<Found, WriteError> {
        let name = self.key.id.as_str();
        for _ in 0..TRIES {
            let Some(mut file) = temporary.open()? else { return Ok(Found::Ours) };
            let (bytes, current) = (file.bytes()?, OpenFile::open(folder, name)?);
            let digest = Digest::of(&bytes);
            if temporary.name().ends_with(NEVER_EXCHANGED) {
                return self.finish_restore(folder, temporary, &digest, current.as_ref());
            }
            if bytes.is_empty() || self.has_side(&digest) && !self.is_needed(&digest, current.as_ref())? {
                replaced.push(self.watched(file, digest));
                return Ok(Found::Ours);
            }
            let Some(current) = current else {
                // A delete of ours had taken it. Otherwise another program has taken the newer one away since.
                if !self.changes().any(|change| change.after.is_none()) {
                    return self.keep(file, digest, replaced);
                }
                match temporary.rename_to(name) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                    Err(error) => return Err(of_name(error)),
                    Ok(()) => file::sync(folder)?,
                }
                return Ok(Found::PutBack);
            };
            let bytes_now = current.bytes()?;
            let now = Digest::of(&bytes_now);
            if now == digest {
                return Ok(Found::Ours);
            }
            // After a power failure, the newer one may not have got to the disk.
            let is_newer = match (is_whole(&file, &bytes)?, is_whole(&current, &bytes_now)?) {
                (true, false) => true,
                (false, true) => false,
                _ => self.is_ours(&now) || file.times()? > current.times()?,
            };
            if !is_newer {
                return self.keep(file, digest, replaced);
            }
            match temporary.exchange(name, Some(&mut file)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) if error.kind() == io::ErrorKind::Unsupported => return self.keep(file, digest, replaced),
                Err(error) => return Err(of_name(error)),
            }
            file::sync(folder)?;
            if !temporary.is(&current)? || !current.has(&now)? {
                // Another program wrote between the look and the exchange: what came out is looked at anew.
                continue;
            }
            if !bytes_now.is_empty() && !self.has_side(&now) {
                return self.keep(current, now, replaced);
            }
            replaced.push(Replaced { file: current, content: now, ours: Some(digest), merge: None });
            return Ok(Found::PutBack);
        }
        Err(WriteError::Changed)
    }

    fn keep(&self, file: OpenFile, digest: Digest, replaced: &mut Vec<Replaced>) -> Result<Found, WriteError> {
        let kept = Box::new(file.keep()?);
        replaced.push(self.watched(file, digest));
        Ok(Found::Older(kept))
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
            temporary.rename_over(self.key.id.as_str()).map_err(of_name)?;
            file::sync(folder)?;
        }
        Ok(Found::Ours)
    }
}

/// Whether these bytes of a file are a whole document. Of one that another program is still writing, nobody can say.
fn is_whole(file: &OpenFile, bytes: &[u8]) -> Result<bool, WriteError> {
    let is_whole = Document::is_whole(bytes);
    match !is_whole && lease::is_named_open_for_writing(file.file()) == Some(true) {
        true => Err(WriteError::Changed),
        false => Ok(is_whole),
    }
}

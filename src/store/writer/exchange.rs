//! Puts new bytes in a file's place: the names of the two are exchanged at once, what comes out is looked at, and goes back
//! if another program has written in between.

use std::collections::HashSet;
use std::io;
use std::io::ErrorKind::{AlreadyExists, NotFound, Unsupported};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::time::SystemTime;

use parking_lot::Mutex;

use super::error::{WriteError, of_name};
use super::file::{self, MAYBE_EXCHANGED, OpenFile, Temporary};
use super::leftover::Leftover;
use super::replaced::{OnLateWrite, Replaced};
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::store::folder::{AppFolder, Folder};
use crate::store::lease;
use crate::store::os::Belongings;

/// How writes are guarded against another program's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Two names are exchanged at once: no write in between can be lost.
    Exclusive,
    /// The file system cannot exchange names: the file is compared right before it is replaced.
    Compared,
    /// There is no app folder yet in which it could be tried.
    Unknown,
}

/// New bytes in a temporary file beside the one that they are to replace, synced.
pub struct Prepared {
    pub(super) folder: Arc<AppFolder>,
    pub(super) temporary: Temporary,
    pub(super) file: OpenFile,
    bytes: Vec<u8>,
    /// Whether the bytes are on the disk.
    is_synced: bool,
    /// Those of the file that is to be replaced, when it was looked at.
    belongings: Belongings,
}

/// How often a file is exchanged back and forth with a program that writes all the time.
const EXCHANGES: usize = 64;

fn start_of_run() -> u128 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos()
}

/// Whether the file that was compared has the temporary name now, with the bytes that it was compared with.
fn came_out(temporary: &Temporary, file: &OpenFile, content: &Digest) -> io::Result<bool> {
    Ok(temporary.is(file)? && file.has(content)?)
}

/// A file that had the name for a moment can be open elsewhere.
fn gone_again((file, content): (OpenFile, Digest), replaced: &mut Vec<Replaced>) {
    replaced.push(Replaced { file, content, ours: Some(content), merge: None });
}

const UNKNOWN: u8 = 0;
const EXCLUSIVE: u8 = 1;
const COMPARED: u8 = 2;

/// What the writer and its watch over late writes share.
pub struct Core {
    pub folder: Arc<Folder>,
    installation: String,
    /// When this writer was made, in nanoseconds: the temporary files that say so are in use.
    run: u128,
    guard: AtomicU8,
    leases: AtomicBool,
    /// The temporary files that nobody works on any more, and of which nobody knows yet whose bytes they hold.
    pub left: Mutex<HashSet<Leftover>>,
}

impl Core {
    pub fn new(folder: Arc<Folder>, installation: String) -> Self {
        Self {
            folder,
            installation,
            run: start_of_run(),
            guard: AtomicU8::new(UNKNOWN),
            leases: AtomicBool::new(false),
            left: Mutex::default(),
        }
    }

    /// Never exchanges names from now on.
    pub fn compare_only(&self) {
        self.guard.store(COMPARED, Ordering::Relaxed);
    }

    /// Whether the system tells who has a file open to write.
    pub fn sees_who_writes(&self) -> bool {
        self.leases.load(Ordering::Relaxed)
    }

    pub fn guard(&self) -> Guard {
        match self.guard.load(Ordering::Relaxed) {
            EXCLUSIVE => Guard::Exclusive,
            COMPARED => Guard::Compared,
            _ => Guard::Unknown,
        }
    }

    pub fn app(&self, key: &SessionKey) -> Result<Arc<AppFolder>, WriteError> {
        self.folder.open()?.app(&key.app)?.map(Arc::new).ok_or(WriteError::Gone)
    }

    /// What the name of a temporary file begins with; it says which bytes are ours. Its end is an extension, so that
    /// nobody takes the file for a session.
    fn temporary_stem(&self, session: &str, ours: &str) -> io::Result<String> {
        /// A longer one leaves no room in a name.
        const LONGEST: usize = 128;
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let session = if session.len() <= LONGEST { session } else { "" };
        Ok(format!(".{}-{:x}-{:016x}-{session}-{ours}", self.installation, self.run, u64::from_ne_bytes(random)))
    }

    /// What lies under the temporary name can be another program's: it stays there until it is recovered.
    fn unsure(&self, temporary: &mut Temporary, error: io::Error) -> WriteError {
        tracing::error!(%error, file = temporary.name(), "a change went wrong half way, and this file was left there");
        self.leave(temporary);
        WriteError::Unsure(error)
    }

    fn leave(&self, temporary: &mut Temporary) {
        let (app, name) = temporary.leave();
        self.left.lock().insert(Leftover { app, name });
    }

    /// What the system says of a rename. One that failed, over a network for example, can have been made all the same:
    /// `is_made` looks.
    fn made(
        &self,
        renamed: io::Result<()>,
        temporary: &mut Temporary,
        is_made: impl FnOnce(&Temporary) -> io::Result<bool>,
    ) -> Result<(), WriteError> {
        let Err(error) = renamed else { return Ok(()) };
        match is_made(temporary) {
            Ok(true) => Ok(()),
            Ok(false) => Err(of_name(error)),
            Err(_) => Err(self.unsure(temporary, error)),
        }
    }

    pub fn prepare(
        &self,
        folder: &Arc<AppFolder>,
        key: &SessionKey,
        bytes: Vec<u8>,
        is_synced: bool,
    ) -> Result<Prepared, WriteError> {
        let original = OpenFile::open(folder, key.id.as_str())?.ok_or(WriteError::Gone)?;
        let belongings = original.belongings()?;
        let write = if is_synced { Temporary::write } else { Temporary::write_unsynced };
        let stem = self.temporary_stem(key.id.as_str(), &Digest::of(&bytes).short_hex())?;
        let (temporary, file) = write(folder, &stem, &bytes, &belongings)?;
        Ok(Prepared { folder: folder.clone(), temporary, file, bytes, is_synced, belongings })
    }

    /// Replaces the file; that its name lasts is left to the caller. Adds every file whose name this took away: the
    /// one that was there, or our own that had to go again.
    pub fn replace(
        &self,
        key: &SessionKey,
        expected: &Digest,
        prepared: Prepared,
        merge: Option<OnLateWrite>,
        replaced: &mut Vec<Replaced>,
    ) -> Result<(), WriteError> {
        let Prepared { folder, mut temporary, mut file, bytes, is_synced, belongings } = prepared;
        let (ours, name) = (Digest::of(&bytes), key.id.as_str());
        if self.guard() != Guard::Compared {
            temporary.may_be_exchanged()?;
        }
        // Again by its name: it may be another file by now.
        let original = OpenFile::open(&folder, name)?.ok_or(WriteError::Gone)?;
        if !original.has(expected)? || original.belongings()? != belongings {
            return Err(WriteError::Changed);
        }
        if self.guard() != Guard::Compared {
            match temporary.exchange(name, Some(&mut file)) {
                Err(error) if error.kind() == Unsupported => self.guard.store(COMPARED, Ordering::Relaxed),
                exchanged => {
                    self.made(exchanged, &mut temporary, |temporary| temporary.is(&file).map(|is_ours| !is_ours))?;
                    self.guard.store(EXCLUSIVE, Ordering::Relaxed);
                    match came_out(&temporary, &original, expected) {
                        Ok(true) => {}
                        Ok(false) => {
                            self.give_back(temporary, name, file, ours, replaced)?;
                            return Err(WriteError::Changed);
                        }
                        // Nobody knows what came out: it goes back.
                        Err(error) => {
                            self.give_back(temporary, name, file, ours, replaced)?;
                            return Err(error.into());
                        }
                    }
                    replaced.push(Replaced { file: original, content: *expected, ours: Some(ours), merge });
                    // Until then, what came out is all that the disk is sure to have.
                    if !is_synced && let Err(error) = temporary.sync(&file) {
                        return Err(self.unsure(&mut temporary, error));
                    }
                    return Ok(());
                }
            }
        }
        if !is_synced {
            temporary.sync(&file)?;
        }
        self.made(temporary.rename_over(name), &mut temporary, |temporary| Ok(!temporary.is(&file)?))?;
        replaced.push(Replaced { file: original, content: *expected, ours: Some(ours), merge });
        Ok(())
    }

    /// Another program wrote right before our exchange, and its file came out: the names are exchanged back until
    /// what comes out is what was put there last, as it was put there. Then nobody has written since, and what
    /// stands at the name is the newest. Adds every file that had the name for a moment: the other program can have
    /// opened it.
    pub fn give_back(
        &self,
        mut temporary: Temporary,
        name: &str,
        ours: OpenFile,
        new: Digest,
        replaced: &mut Vec<Replaced>,
    ) -> Result<(), WriteError> {
        let mut put = (ours, new);
        for _ in 0..EXCHANGES {
            // What cannot be read goes back all the same; only whether it is written into late is not watched.
            let newer = temporary.open().ok().flatten().and_then(|file| Some((Digest::of(&file.bytes().ok()?), file)));
            match temporary.exchange_back(name) {
                Ok(()) => {}
                // The other program took the name away: what came out goes back there.
                Err(error) if error.kind() == NotFound => match temporary.rename_to(name).map_err(of_name) {
                    Err(WriteError::AlreadyThere) => continue,
                    Ok(()) | Err(WriteError::Gone) => {
                        gone_again(put, replaced);
                        return Ok(());
                    }
                    Err(_) => return Err(self.unsure(&mut temporary, error)),
                },
                Err(error) => return Err(self.unsure(&mut temporary, error)),
            }
            match came_out(&temporary, &put.0, &put.1) {
                Ok(false) => {}
                Ok(true) => {
                    gone_again(put, replaced);
                    return Ok(());
                }
                Err(error) => return Err(self.unsure(&mut temporary, error)),
            }
            if let Some((digest, file)) = newer {
                gone_again(std::mem::replace(&mut put, (file, digest)), replaced);
            }
        }
        // What came out last may be newer than what was put there last: it is not written over, but looked at later.
        gone_again(put, replaced);
        self.leave(&mut temporary);
        Ok(())
    }

    pub fn remove(&self, folder: &Arc<AppFolder>, key: &SessionKey, expected: &Digest) -> Result<OpenFile, WriteError> {
        let name = key.id.as_str();
        let original = OpenFile::open(folder, name)?.ok_or(WriteError::Gone)?;
        if !original.has(expected)? {
            return Err(WriteError::Changed);
        }
        let mut temporary = Temporary::reserve(folder, &self.temporary_stem(name, "")?);
        self.made(temporary.take(name), &mut temporary, Temporary::is_there)?;
        match came_out(&temporary, &original, expected) {
            Ok(true) => Ok(original),
            Ok(false) => match temporary.rename_to(name) {
                Ok(()) => Err(WriteError::Changed),
                // A newer file has that name by now: what came out is recovered, and kept in the journal.
                Err(error) if error.kind() == AlreadyExists => {
                    self.leave(&mut temporary);
                    Err(WriteError::Changed)
                }
                Err(error) => Err(self.unsure(&mut temporary, error)),
            },
            Err(error) => Err(match temporary.rename_to(name) {
                Ok(()) => error.into(),
                Err(_) => self.unsure(&mut temporary, error),
            }),
        }
    }

    pub fn create(
        &self,
        folder: &Arc<AppFolder>,
        key: &SessionKey,
        bytes: &[u8],
        belongings: &Belongings,
    ) -> Result<(), WriteError> {
        let name = key.id.as_str();
        let stem = self.temporary_stem(name, &Digest::of(bytes).short_hex())?;
        let (mut temporary, file) = Temporary::write(folder, &stem, bytes, belongings)?;
        self.made(temporary.rename_to(name), &mut temporary, |_| file.has_name(folder, name))?;
        drop(temporary);
        file::sync(folder).map_err(WriteError::Unsure)
    }

    /// Puts what was written late, at this time, in the place of what stands there; `false` where that
    /// is newer and not ours. `ours` is what we left there, one after the other. Adds every file whose
    /// name this took away.
    pub fn put_on_top(
        &self,
        key: &SessionKey,
        bytes: &[u8],
        ours: &HashSet<Option<Digest>>,
        late: &OpenFile,
        replaced: &mut Vec<Replaced>,
    ) -> Result<bool, WriteError> {
        let folder = self.app(key)?;
        for _ in 0..EXCHANGES {
            let Some(current) = OpenFile::open(&folder, key.id.as_str())? else {
                if ours.iter().any(Option::is_some) {
                    // It was there after our change and is not now: somebody took it away since.
                    return Ok(false);
                }
                match self.create(&folder, key, bytes, &late.belongings()?) {
                    Err(WriteError::AlreadyThere) => continue,
                    other => return other.map(|()| true),
                }
            };
            let digest = Digest::of(&current.bytes()?);
            // Of two in the same tick of the clock, the one that has the name was opened later.
            let is_newer = !ours.contains(&Some(digest)) && current.modified()? >= late.modified()?;
            if is_newer || digest == Digest::of(bytes) {
                return Ok(false);
            }
            // Who wrote it reads it back at once: the disk is waited for when it stands there.
            let prepared = self.prepare(&folder, key, bytes.to_vec(), false);
            match prepared.and_then(|prepared| self.replace(key, &digest, prepared, None, replaced)) {
                Err(WriteError::Changed | WriteError::Gone) => {}
                Ok(()) => return file::sync(&folder).map(|()| true).map_err(WriteError::Unsure),
                Err(error) => return Err(error),
            }
        }
        Err(WriteError::Changed)
    }

    /// Exchanges two temporary files in the first app folder that takes them.
    pub fn try_exchange(&self) -> Result<(), WriteError> {
        let open = self.folder.open()?;
        for app in open.apps()? {
            let Some(folder) = open.app(&app)?.map(Arc::new) else { continue };
            let belongings = Belongings::private();
            let write = || Temporary::write(&folder, &self.temporary_stem("", "")?, b"", &belongings);
            let (Ok((one, mut file)), Ok((other, _))) = (write(), write()) else { continue };
            self.leases.store(lease::is_open_for_writing(file.file()).is_some(), Ordering::Relaxed);
            match one.exchange(other.name(), Some(&mut file)) {
                Ok(()) => self.guard.store(EXCLUSIVE, Ordering::Relaxed),
                Err(error) if error.kind() == Unsupported => self.guard.store(COMPARED, Ordering::Relaxed),
                Err(error) => return Err(error.into()),
            }
            return Ok(());
        }
        Ok(())
    }

    pub fn is_temporary(&self, name: &str) -> bool {
        let inner = name.strip_prefix('.').and_then(|name| name.strip_prefix(&self.installation));
        inner.is_some_and(|rest| rest.starts_with('-') && rest.ends_with(MAYBE_EXCHANGED))
    }

    pub fn is_of_this_run(&self, name: &str) -> bool {
        name.starts_with(&format!(".{}-{:x}-", self.installation, self.run))
    }
}

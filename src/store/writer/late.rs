//! Writes that come late: through a file that a program had open while we replaced it.
//!
//! Each session has a chain: the files whose name we took away within the last second, in that
//! order. Whoever writes the session's file holds its chain meanwhile, and looks at it first: a
//! write that came late is put on top before anything else is built on what stands there.

use std::collections::HashMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::file::OpenFile;
use super::{Core, OnLateWrite, WriteError};
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;

/// How long the old file is watched after its name is gone.
const WATCHED: Duration = Duration::from_secs(1);
/// How often it is looked at; a write is finished when nothing more comes for so long.
const LOOK: Duration = Duration::from_millis(50);
/// How many looks a change waits for a late write to be finished.
const LOOKS: u32 = 20;

/// A file whose name we have taken away.
pub struct Replaced {
    /// The file itself.
    pub file: OpenFile,
    /// What was in it when its name was taken.
    pub content: Digest,
    /// What we put in its place; `None` after a delete.
    pub ours: Option<Digest>,
    /// Puts our change on top of what is written late.
    pub merge: Option<OnLateWrite>,
}

struct Watched {
    replaced: Replaced,
    until: Instant,
    version: Option<(i64, i64, i64)>,
    /// Since when it has that version.
    since: Instant,
    /// A write was seen, and is not taken over yet.
    written: bool,
}

/// The files of one session whose names we have taken away, oldest first.
pub struct Chain {
    key: SessionKey,
    watched: Vec<Watched>,
}

/// What a look at a chain has found.
enum Found {
    Nothing,
    /// A program is writing.
    Writing,
    /// What was written late stands in the session's file now.
    TakenOver,
}

impl Chain {
    /// Watches this file for a second.
    pub fn push(&mut self, replaced: Replaced) {
        let now = Instant::now();
        // No version yet: a write that came before this line is found by the first look.
        self.watched.push(Watched { replaced, until: now + WATCHED, version: None, since: now, written: false });
    }

    fn look(&mut self, core: &Core) -> Found {
        let mut found = Found::Nothing;
        for place in 0..self.watched.len() {
            let one = &mut self.watched[place];
            let now = Instant::now();
            let version = one.replaced.file.version().ok();
            if version != one.version {
                (one.version, one.since) = (version, now);
                one.written = !one.replaced.file.has(&one.replaced.content).unwrap_or(false);
                if one.written {
                    // It gets its time, and the file is watched on.
                    one.until = now + WATCHED;
                    found = Found::Writing;
                }
            } else if one.written && now < one.since + LOOK {
                found = Found::Writing;
            } else if (std::mem::take(&mut one.written) || one.until <= now) && self.take_over(place, core) {
                // The last look is at the bytes: a clock can be too coarse to show a write.
                return Found::TakenOver;
            }
        }
        found
    }

    /// Puts what was written late into the file at this place on top; whether there was anything.
    fn take_over(&mut self, place: usize, core: &Core) -> bool {
        let Some((late, later)) = self.watched[place..].split_first() else { return false };
        let read = || -> std::io::Result<_> { Ok((late.replaced.file.bytes()?, late.replaced.file.modified()?)) };
        let (bytes, time) = match read() {
            Ok(read) => read,
            Err(error) => {
                tracing::warn!(%error, app = %self.key.app, session = %self.key.id, "a late write cannot be read");
                return false;
            }
        };
        let content = Digest::of(&bytes);
        if bytes.is_empty() || content == late.replaced.content {
            return false;
        }
        let mut ours = vec![late.replaced.ours];
        let mut is_old = false;
        for other in later.iter().map(|other| &other.replaced) {
            // Somebody else's, and younger than the late one: we have built on it since.
            let foreign = !ours.contains(&Some(other.content)) && other.ours != Some(other.content);
            is_old |= foreign && other.file.modified().is_ok_and(|other| other >= time);
            ours.push(other.ours);
        }
        let merges = || self.watched[place..].iter().filter_map(|other| other.replaced.merge.as_ref());
        let merged = merges().fold(bytes, |bytes, merge| merge(&bytes));
        let key = self.key.clone();
        let mut replaced = Vec::new();
        let put =
            if is_old { Ok(false) } else { core.put_on_top(&key, &merged, &ours, &late.replaced.file, &mut replaced) };
        match &put {
            Ok(true) => tracing::info!(app = %key.app, session = %key.id, "a late write by another program was kept"),
            Ok(false) => tracing::debug!(app = %key.app, session = %key.id, "a late write was overwritten already"),
            Err(error) => tracing::error!(%error, app = %key.app, session = %key.id, "a late write was lost"),
        }
        self.watched[place].replaced.content = content;
        // Another program can have opened what the late write was put in the place of.
        replaced.into_iter().for_each(|file| self.push(file));
        matches!(put, Ok(true))
    }
}

type Chains = HashMap<SessionKey, Arc<Mutex<Chain>>>;

#[derive(Default)]
struct Table {
    chains: Chains,
    closed: bool,
}

/// Watches replaced files, in a thread that starts with the first of them.
pub struct LateWrites {
    table: Arc<(Mutex<Table>, Condvar)>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl LateWrites {
    /// Nothing to watch yet.
    pub fn new() -> Self {
        Self { table: Arc::default(), thread: Mutex::default() }
    }

    /// Works on a session's file when every late write has been put on top. If one had to be, what
    /// the work was made for has changed.
    pub fn settled<T>(
        &self,
        core: &Arc<Core>,
        key: &SessionKey,
        work: impl FnOnce(&mut Chain) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        let chain = self.chain(core, key);
        for _ in 0..LOOKS {
            let mut held = lock(&chain);
            match held.look(core) {
                Found::Nothing => return work(&mut held),
                Found::TakenOver => return Err(WriteError::Changed),
                Found::Writing => {}
            }
            drop(held);
            std::thread::sleep(LOOK);
        }
        Err(WriteError::Changed)
    }

    fn chain(&self, core: &Arc<Core>, key: &SessionKey) -> Arc<Mutex<Chain>> {
        let (table, changed) = &*self.table;
        let chain = {
            let chains = &mut lock(table).chains;
            let new = || Arc::new(Mutex::new(Chain { key: key.clone(), watched: Vec::new() }));
            chains.entry(key.clone()).or_insert_with(new).clone()
        };
        changed.notify_all();
        let mut thread = lock(&self.thread);
        if thread.is_none() {
            let (table, core) = (self.table.clone(), core.clone());
            *thread = Some(std::thread::spawn(move || run(&table, &core)));
        }
        chain
    }

    /// Waits until no file is watched any more: a second at most after the last write.
    pub fn drain(&self) {
        let (table, changed) = &*self.table;
        let mut table = lock(table);
        while !table.chains.is_empty() {
            table = changed.wait(table).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for LateWrites {
    fn drop(&mut self) {
        let (table, changed) = &*self.table;
        lock(table).closed = true;
        changed.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of that thread has been printed; there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

fn run((table, changed): &(Mutex<Table>, Condvar), core: &Core) {
    loop {
        let chains: Vec<_> = {
            let mut table = lock(table);
            while table.chains.is_empty() {
                if table.closed {
                    return;
                }
                table = changed.wait(table).unwrap_or_else(PoisonError::into_inner);
            }
            table.chains.values().cloned().collect()
        };
        for chain in chains {
            let mut chain = lock(&chain);
            chain.look(core);
            let now = Instant::now();
            chain.watched.retain(|one| one.until > now || one.written);
        }
        // Chains are cloned only under the table's own lock: one left means that nobody works on it.
        lock(table).chains.retain(|_, chain| Arc::strong_count(chain) > 1 || !lock(chain).watched.is_empty());
        changed.notify_all();
        std::thread::sleep(LOOK);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

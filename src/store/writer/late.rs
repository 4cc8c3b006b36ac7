//! Writes that come late: through a file that a program had open while we replaced it.
//!
//! Each session has a chain: the files whose name we took away within the last second, or that another program still
//! has open to write, in that order. Whoever writes the session's file holds its chain meanwhile, and looks at it
//! first: a write that came late is put on top before anything else is built on what stands there.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use parking_lot::{Condvar, Mutex};

use super::error::WriteError;
use super::exchange::Core;
use super::replaced::{QUIET, Replaced, WATCHED};
use super::signals::Signals;
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;
use crate::store::os::Time;

/// How often a replaced file is looked at.
const LOOK: Duration = QUIET;
/// How many files of a session are looked at before those that the system tells of get their turn.
const AT_ONCE: usize = 64;
/// How many looks a change waits for a late write to be finished.
const LOOKS: u32 = 20;
/// How long is waited for a descriptor, or for somebody at work on a session, before the next try.
const PAUSE: Duration = Duration::from_millis(2);

struct Watched {
    replaced: Replaced,
    /// When its name was taken.
    taken: Instant,
    until: Instant,
    /// When it was last looked at.
    looked: Option<Instant>,
    version: Option<(Time, u64)>,
    /// Since when it has that version.
    since: Instant,
    /// A write was seen, and is not taken over yet.
    written: bool,
    /// By which the system tells of writes.
    signal: Option<i32>,
}

struct Shared {
    signals: Signals,
    /// How many files are watched, which is how many descriptors are held.
    watched: AtomicUsize,
    budget: AtomicUsize,
}

/// The files of one session whose names we have taken away, oldest first.
pub struct Chain {
    key: SessionKey,
    watched: Vec<Watched>,
    shared: Arc<Shared>,
}

/// What a look at a chain has found.
enum Found {
    Nothing,
    Writing,
    /// What was written late stands in the session's file now.
    TakenOver,
}

impl Chain {
    /// Watches this file for a second, and for as long as a program has it open to write.
    pub fn push(&mut self, replaced: Replaced) {
        let now = Instant::now();
        let signal = self.shared.signals.watch(replaced.file.file());
        self.shared.watched.fetch_add(1, Ordering::AcqRel);
        // No version yet: a write that came before this line is found by the first look.
        let (until, looked, version) = (now + WATCHED, None, None);
        self.watched.push(Watched { replaced, taken: now, until, looked, version, since: now, written: false, signal });
    }

    fn look(&mut self, core: &Core) -> Found {
        self.look_at(core, 0..self.watched.len())
    }

    /// Looks at the files of which the system has told that they are written into.
    fn look_at_written(&mut self, core: &Core, signals: &[i32]) {
        let is_written = |one: &Watched| one.signal.is_some_and(|signal| signals.contains(&signal));
        let places: Vec<usize> = (0..self.watched.len()).filter(|place| is_written(&self.watched[*place])).collect();
        self.look_at(core, places);
    }

    /// Looks at some files that were not looked at for a while, and lets those go whose time is over; whether there are more.
    fn look_at_due(&mut self, core: &Core, waits_for_writers: bool) -> bool {
        let now = Instant::now();
        let is_due = |one: &Watched| one.until <= now || one.looked.is_none_or(|looked| now - looked >= LOOK);
        let mut places: Vec<usize> = (0..self.watched.len()).filter(|place| is_due(&self.watched[*place])).collect();
        let has_more = places.len() > AT_ONCE;
        places.truncate(AT_ONCE);
        self.look_at(core, places);
        let is_over = |one: &Watched| one.looked >= Some(now) && one.until <= now && !one.written;
        for one in self.watched.iter_mut().filter(|one| is_over(one)) {
            if waits_for_writers && one.replaced.is_open() == Some(true) {
                one.until = now + LOOK;
            }
        }
        self.let_go(is_over);
        has_more
    }

    fn look_at(&mut self, core: &Core, places: impl IntoIterator<Item = usize>) -> Found {
        let mut found = Found::Nothing;
        for place in places {
            let one = &mut self.watched[place];
            let now = Instant::now();
            one.looked = Some(now);
            let version = one.replaced.file.version().ok();
            if version != one.version {
                (one.version, one.since) = (version, now);
                one.written = !one.replaced.file.has(&one.replaced.content).unwrap_or(false);
                if one.written {
                    // It gets its time, and the file is watched on.
                    one.until = now + WATCHED;
                }
            }
            if one.written && !one.replaced.is_finished(now - one.since) {
                found = Found::Writing;
            } else if (std::mem::take(&mut one.written) || one.until <= now) && self.take_over(place, core) {
                // The last look is at the bytes: a clock can be too coarse to show a write.
                return Found::TakenOver;
            }
        }
        found
    }

    /// Watches files no more for which that holds.
    fn let_go(&mut self, mut of: impl FnMut(&Watched) -> bool) {
        let shared = self.shared.clone();
        self.watched.retain(|one| {
            let stays = !of(one);
            if !stays {
                one.signal.into_iter().for_each(|signal| shared.signals.forget(signal));
                shared.watched.fetch_sub(1, Ordering::AcqRel);
            }
            stays
        });
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
        let mut ours = HashSet::from([late.replaced.ours]);
        let mut is_old = false;
        for other in later.iter().map(|other| &other.replaced) {
            // Somebody else's, and younger than the late one: we have built on it since.
            let foreign = !ours.contains(&Some(other.content)) && other.ours != Some(other.content);
            is_old |= foreign && other.file.modified().is_ok_and(|other| other >= time);
            ours.insert(other.ours);
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
    /// Nobody waits any more for programs that keep a file open.
    draining: bool,
}

/// Watches replaced files, in a thread that starts with the first of them.
pub struct LateWrites {
    table: Arc<(Mutex<Table>, Condvar)>,
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl LateWrites {
    /// Nothing to watch yet; at most so many files at once.
    pub fn new(budget: usize) -> Self {
        let shared = Shared { signals: Signals::default(), watched: AtomicUsize::new(0), budget: budget.into() };
        Self { table: Arc::default(), shared: Arc::new(shared), thread: Mutex::default() }
    }

    /// Works on a session's file when every late write has been put on top. If one had to be, what
    /// the work was made for has changed.
    pub fn settled<T>(
        &self,
        core: &Arc<Core>,
        key: &SessionKey,
        work: impl FnOnce(&mut Chain) -> Result<T, WriteError>,
    ) -> Result<T, WriteError> {
        self.make_room(core);
        let chain = self.chain(core, key);
        for _ in 0..LOOKS {
            let mut held = chain.lock();
            match held.look(core) {
                Found::Nothing => {
                    let done = work(&mut held);
                    // A write can have come before the system was asked to tell.
                    held.look(core);
                    return done;
                }
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
            let chains = &mut table.lock().chains;
            let new = || Chain { key: key.clone(), watched: Vec::new(), shared: self.shared.clone() };
            chains.entry(key.clone()).or_insert_with(|| Arc::new(Mutex::new(new()))).clone()
        };
        changed.notify_all();
        let mut thread = self.thread.lock();
        if thread.is_none() {
            let (table, core, shared) = (self.table.clone(), core.clone(), self.shared.clone());
            *thread = Some(std::thread::spawn(move || run(&table, &core, &shared)));
        }
        chain
    }

    /// Waits until another file may be watched: where too many are, the one goes first that has been watched longest,
    /// and of those that nobody has open, if there is one.
    fn make_room(&self, core: &Core) {
        while self.shared.watched.load(Ordering::Acquire) >= self.shared.budget.load(Ordering::Acquire) {
            if !self.give_up_oldest(core) {
                std::thread::sleep(PAUSE);
            }
        }
    }

    fn give_up_oldest(&self, core: &Core) -> bool {
        let chains: Vec<_> = self.table.0.lock().chains.values().cloned().collect();
        // Whoever is at work on a session needs its files.
        let oldest = |chain: &Arc<Mutex<Chain>>| chain.try_lock()?.watched.first().map(|one| one.taken);
        let mut aged: Vec<_> = chains.iter().filter_map(|chain| Some((oldest(chain)?, chain))).collect();
        aged.sort_by_key(|(taken, _)| *taken);
        let give_up = |chain: &Mutex<Chain>, whoever_has_it_open: bool| {
            let Some(mut chain) = chain.try_lock() else { return false };
            // Once more: afterwards, nobody looks.
            chain.look(core);
            let Some(first) = chain.watched.first() else { return false };
            let (taken, is_open) = (first.taken, first.written || first.replaced.is_open() == Some(true));
            if is_open && !whoever_has_it_open {
                return false;
            }
            if is_open {
                let (app, session) = (&chain.key.app, &chain.key.id);
                tracing::warn!(%app, %session, "too few files may be open to go on watching for a late write");
            }
            chain.let_go(|one| one.taken == taken);
            true
        };
        aged.iter().any(|(_, chain)| give_up(chain, false)) || aged.iter().any(|(_, chain)| give_up(chain, true))
    }

    /// Waits until no file is watched any more: a second at most after the last write. A program that keeps a file open
    /// for longer is not waited for.
    pub fn drain(&self) {
        let (table, changed) = &*self.table;
        let mut table = table.lock();
        table.draining = true;
        while !table.chains.is_empty() {
            changed.wait(&mut table);
        }
        table.draining = false;
    }
}

impl Drop for LateWrites {
    fn drop(&mut self) {
        let (table, changed) = &*self.table;
        table.lock().closed = true;
        changed.notify_all();
        if let Some(thread) = self.thread.lock().take() {
            // A panic of that thread has been printed; there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

fn run((table, changed): &(Mutex<Table>, Condvar), core: &Core, shared: &Shared) {
    let mut written = Vec::new();
    loop {
        let (chains, waits_for_writers): (Vec<_>, bool) = {
            let mut table = table.lock();
            while table.chains.is_empty() {
                if table.closed {
                    return;
                }
                changed.wait(&mut table);
            }
            (table.chains.values().cloned().collect(), !table.closed && !table.draining)
        };
        let (mut busy, mut more) = (false, false);
        for chain in chains {
            // Whoever works on it looks at it too, and may be held up by a disk that hangs.
            match chain.try_lock() {
                None => busy = true,
                Some(mut chain) => {
                    chain.look_at_written(core, &written);
                    more |= chain.look_at_due(core, waits_for_writers);
                }
            }
        }
        // Chains are cloned only under the table's own lock: one left means that nobody works on it.
        table.lock().chains.retain(|_, chain| Arc::strong_count(chain) > 1 || !chain.lock().watched.is_empty());
        changed.notify_all();
        // A file that is worked on can be one of those that were written into.
        if busy {
            written.sort_unstable();
            written.dedup();
        } else {
            written.clear();
        }
        let longest = match (more, written.is_empty()) {
            (true, _) => Duration::ZERO,
            (false, false) => PAUSE,
            (false, true) => LOOK,
        };
        written.extend(shared.signals.wait(longest));
    }
}

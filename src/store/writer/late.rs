//! Writes that come late: through a file that a program had open while we replaced it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::file::OpenFile;
use super::{Core, OnLateWrite};
use crate::domain::change::Digest;
use crate::domain::session::SessionKey;

/// How long the old file is watched after its name is gone.
const WATCHED: Duration = Duration::from_secs(1);
/// How often it is looked at; a write is finished when two looks see the same.
const LOOK: Duration = Duration::from_millis(50);

/// A file whose name we have taken away.
pub struct Replaced {
    /// Which session's it was.
    pub key: SessionKey,
    /// The file itself.
    pub file: OpenFile,
    /// What was in it when its name was taken.
    pub content: Digest,
    /// What we put in its place; `None` after a delete.
    pub ours: Option<Digest>,
    /// Puts our change on top of what is written late; `None` after a delete.
    pub merge: Option<OnLateWrite>,
}

struct Watched {
    replaced: Replaced,
    until: Instant,
    version: Option<(i64, i64, i64)>,
    /// A write was seen, and is not taken over yet.
    written: bool,
}

#[derive(Default)]
struct Queue {
    incoming: Vec<Watched>,
    /// How many files are watched, those in `incoming` too.
    watched: usize,
    closed: bool,
}

/// Watches replaced files, in a thread that starts with the first of them.
pub struct LateWrites {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl LateWrites {
    /// Nothing to watch yet.
    pub fn new() -> Self {
        Self { queue: Arc::default(), thread: Mutex::default() }
    }

    /// Watches this file for a second.
    pub fn watch(&self, core: &Arc<Core>, replaced: Replaced) {
        // No version yet: a write that came before this line is found by the first look.
        let watched = Watched { replaced, until: Instant::now() + WATCHED, version: None, written: false };
        let (queue, changed) = &*self.queue;
        {
            let mut queue = lock(queue);
            queue.incoming.push(watched);
            queue.watched += 1;
        }
        changed.notify_all();
        let mut thread = lock(&self.thread);
        if thread.is_none() {
            let (queue, core) = (self.queue.clone(), core.clone());
            *thread = Some(std::thread::spawn(move || run(&queue, &core)));
        }
    }

    /// Waits until no file is watched any more: a second at most after the last write.
    pub fn drain(&self) {
        let (queue, changed) = &*self.queue;
        let mut queue = lock(queue);
        while queue.watched > 0 {
            queue = changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Drop for LateWrites {
    fn drop(&mut self) {
        let (queue, changed) = &*self.queue;
        lock(queue).closed = true;
        changed.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A panic of that thread has been printed; there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

fn run((queue, changed): &(Mutex<Queue>, Condvar), core: &Core) {
    let mut watched: Vec<Watched> = Vec::new();
    loop {
        {
            let mut queue = lock(queue);
            while queue.watched == 0 {
                if queue.closed {
                    return;
                }
                queue = changed.wait(queue).unwrap_or_else(PoisonError::into_inner);
            }
            watched.append(&mut queue.incoming);
        }
        look(&mut watched, core);
        let before = watched.len();
        let now = Instant::now();
        watched.retain(|one| one.until > now || one.written);
        lock(queue).watched -= before - watched.len();
        changed.notify_all();
        std::thread::sleep(LOOK);
    }
}

fn look(all: &mut [Watched], core: &Core) {
    for place in 0..all.len() {
        let watched = &mut all[place];
        let version = watched.replaced.file.version().ok();
        if version != watched.version {
            // A program is writing: it gets its time, and the file is watched on.
            watched.version = version;
            watched.written = true;
            watched.until = Instant::now() + WATCHED;
        } else if std::mem::take(&mut watched.written) || watched.until <= Instant::now() {
            // The last look is at the bytes: a clock can be too coarse to show a write.
            if let Some(content) = take_over(&all[place..], core) {
                all[place].replaced.content = content;
            }
        }
    }
}

/// Puts what was written late on top: into `watched[0]`; the others came after it. The digest of
/// what was written, if anything was.
fn take_over(watched: &[Watched], core: &Core) -> Option<Digest> {
    let (written, later) = watched.split_first()?;
    let key = &written.replaced.key;
    let bytes = match written.replaced.file.bytes() {
        Ok(bytes) => bytes,
        Err(error) => {
            tracing::warn!(%error, app = %key.app, session = %key.id, "a late write cannot be read");
            return None;
        }
    };
    let content = Digest::of(&bytes);
    if bytes.is_empty() || content == written.replaced.content {
        return None;
    }
    let same = || std::iter::once(written).chain(later.iter().filter(|other| other.replaced.key == *key));
    let merged = same().filter_map(|other| other.replaced.merge.as_ref()).fold(bytes, |bytes, merge| merge(&bytes));
    let ours: Vec<Digest> = same().filter_map(|other| other.replaced.ours).collect();
    match core.put_on_top(key, &merged, &ours, &written.replaced.file) {
        Ok(()) => tracing::info!(app = %key.app, session = %key.id, "a late write by another program was kept"),
        Err(error) => tracing::error!(%error, app = %key.app, session = %key.id, "a late write was lost"),
    }
    Some(content)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

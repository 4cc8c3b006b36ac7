//! Looks at single sessions' files, and brings what they say into the database.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::stream::{self, StreamExt};
use parking_lot::Mutex;
use tokio::time::{sleep, timeout};

use super::apply::Applied;
use super::blocking::off_thread;
use super::reading;
use super::scan::{self, Found};
use super::service::Catalog;
use crate::domain::account::AppScope;
use crate::domain::session::SessionKey;
use crate::services::error::Error;
use crate::store::database::journal::End;
use crate::store::database::sessions::Observation;
use crate::store::folder::{Content, FileStat, OpenFolder};
use crate::store::watcher::Hint;

/// When a file that may be half-written is read again.
pub(super) const READ_AGAIN: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(150)];
/// How often is looked for a session that is not there and was a moment ago.
const WHILE_ABSENT: [Duration; 20] = [Duration::from_millis(20); 20];
/// How long a session is known that is not there.
const KNOWN_WHILE_ABSENT: Duration = Duration::from_secs(5);
/// How many single files are read at once.
const LOOKS_AT_ONCE: usize = 8;
/// How long whoever follows the disk waits for what it reads, before it goes on with the rest.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// What looking at one file came to.
#[derive(Default)]
pub(super) struct Looked {
    pub(super) content: Option<Content>,
    pub(super) unfinished: bool,
    pub(super) applied: Applied,
}

/// A session that was changed here, and whether that took its file away.
#[derive(Clone, Debug)]
pub struct OwnChange {
    pub key: SessionKey,
    pub is_deleted: bool,
}

/// What was found where a session's file is.
enum Seen {
    File(FileStat, Content),
    Nothing { is_gone: bool },
    Closed(io::Error),
}

impl Catalog {
    /// Looks at one session's file again. One that was deleted here is not waited for.
    pub async fn rescan(self: &Arc<Self>, key: &SessionKey, is_deleted: bool) -> Result<(), Error> {
        let looked = if is_deleted { self.look_at(key, true).await } else { self.look_until_settled(key).await };
        if is_deleted {
            self.absent.lock().remove(key);
        }
        looked.map(drop).map_err(|error| self.lost(&error))
    }

    /// Writes down how changes made here ended, together with what their files say now: lists show them from then on.
    pub async fn record_changes(self: &Arc<Self>, ends: Vec<(String, End)>, changed: &[OwnChange]) {
        let recorded = self.record_together(ends, changed).await;
        if let Err(error) = recorded {
            // The files and the intents are on disk: upkeep, or the next start, settles them.
            tracing::error!(%error, "the outcomes of changes could not be written and will be settled later");
        }
        for OwnChange { key, is_deleted } in changed {
            if *is_deleted {
                self.absent.lock().remove(key);
            }
        }
    }

    async fn record_together(self: &Arc<Self>, ends: Vec<(String, End)>, changed: &[OwnChange]) -> io::Result<()> {
        let seen = self.see_all(changed).await;
        let mut observation = Observation { ends, ..Observation::default() };
        let mut unsettled = Vec::new();
        let turn = self.applying.lock().await;
        for (change, (before, seen)) in changed.iter().zip(seen) {
            let key = change.key.clone();
            let now = self.files.read().reading(&key);
            match seen {
                Ok(Seen::File(stat, content)) => {
                    let read = reading::of_content(key, stat, &content, self.folder.terms());
                    match now {
                        _ if read.unfinished && now != Some(read.state()) => unsettled.push(change.key.clone()),
                        now if now == Some(read.state()) => observation.compare.push(change.key.clone()),
                        now if now == before => observation.found.push(read.reading),
                        _ => unsettled.push(change.key.clone()),
                    }
                }
                Ok(Seen::Nothing { is_gone: true }) if now.is_none() => observation.compare.push(key),
                Ok(Seen::Nothing { is_gone: true }) if change.is_deleted && now == before => observation.gone.push(key),
                _ => unsettled.push(key),
            }
        }
        observation.compare.extend(unsettled.iter().cloned());
        self.write(&turn, observation).await?;
        drop(turn);
        for key in unsettled {
            self.look_until_settled(&key).await?;
        }
        Ok(())
    }

    /// Reads these sessions' files, some at once; of each what was known of it before.
    async fn see_all(self: &Arc<Self>, changed: &[OwnChange]) -> Vec<(Option<(u64, u64)>, io::Result<Seen>)> {
        let keys: Vec<SessionKey> = changed.iter().map(|change| change.key.clone()).collect();
        let looks: Vec<_> = keys.into_iter().map(|key| self.clone().see_one(key)).collect();
        stream::iter(looks).buffered(LOOKS_AT_ONCE).collect().await
    }

    async fn see_one(self: Arc<Self>, key: SessionKey) -> (Option<(u64, u64)>, io::Result<Seen>) {
        let before = self.files.read().reading(&key);
        (before, off_thread(move || self.see(&self.open_root()?, &key)).await)
    }

    /// What stands in a session's file now; the lists know it before this returns.
    pub(super) async fn content(
        self: &Arc<Self>,
        scope: &AppScope,
        key: &SessionKey,
    ) -> Result<Option<Content>, Error> {
        self.availability()?;
        if !scope.allows(&key.app) {
            return Ok(None);
        }
        let looked = self.look_until_settled(key).await.map_err(|error| self.lost(&error))?;
        Ok(looked.content)
    }

    /// Looks at one session's file; one that may be half-written is read again, twice, before it is
    /// taken as it is, and one that was there a moment ago is looked for for a while.
    pub(super) async fn look_until_settled(self: &Arc<Self>, key: &SessionKey) -> io::Result<Looked> {
        let (mut half_written, mut absent) = (READ_AGAIN.iter(), WHILE_ABSENT.iter());
        loop {
            let looked = self.look_at(key, false).await?;
            let pause = match looked.content {
                _ if !looked.unfinished => return Ok(looked),
                Some(_) => half_written.next(),
                None => absent.next(),
            };
            let Some(pause) = pause else { return self.look_at(key, true).await };
            sleep(*pause).await;
        }
    }

    /// Looks at one session's file and writes down what it finds; a file that may be half-written only if
    /// `accept_unfinished`.
    pub(super) async fn look_at(self: &Arc<Self>, key: &SessionKey, accept_unfinished: bool) -> io::Result<Looked> {
        loop {
            let before = self.files.read().reading(key);
            let (this, of) = (self.clone(), key.clone());
            // No lock is held over this: a file whose read hangs keeps nobody waiting who wants another.
            let seen = off_thread(move || this.see(&this.open_root()?, &of)).await?;
            let (stat, content) = match seen {
                Seen::Closed(error) => return Ok(self.looked_at_closed(key, error)),
                Seen::File(stat, content) if self.files.read().is_known(key, stat.fingerprint) => {
                    return Ok(Looked { content: Some(content), ..Looked::default() });
                }
                Seen::File(stat, content) => (stat, content),
                // It may be in the middle of being deleted and made again.
                Seen::Nothing { .. } if !accept_unfinished && self.knows(key) => {
                    return Ok(Looked { unfinished: true, ..Looked::default() });
                }
                Seen::Nothing { is_gone } => {
                    let turn = self.applying.lock().await;
                    if self.files.read().reading(key) != before {
                        continue;
                    }
                    if is_gone && before.is_some() {
                        self.note_absent(std::iter::once(key.clone()));
                        self.write(&turn, Observation { gone: vec![key.clone()], ..Observation::default() }).await?;
                    }
                    return Ok(Looked::default());
                }
            };
            let read = reading::of_content(key.clone(), stat, &content, self.folder.terms());
            let turn = self.applying.lock().await;
            if self.files.read().reading(key) != before {
                // Somebody else has put a reading there meanwhile, perhaps a newer one.
                continue;
            }
            // What was taken for what it is once is not waited for again.
            if read.unfinished && !accept_unfinished && before != Some(read.state()) {
                return Ok(Looked { content: Some(content), unfinished: true, ..Looked::default() });
            }
            let observation = Observation { found: vec![read.reading], ..Observation::default() };
            let applied = self.write(&turn, observation).await?;
            return Ok(Looked { content: Some(content), unfinished: false, applied });
        }
    }

    fn see(&self, open: &OpenFolder, key: &SessionKey) -> io::Result<Seen> {
        let found = match scan::app_folder(open, &key.app)? {
            Found::Open(folder) => folder.read(&key.id)?,
            Found::Nothing => None,
            Found::Closed(error) => return Ok(Seen::Closed(error)),
        };
        Ok(match found {
            Some((stat, content)) => Seen::File(stat, content),
            None => Seen::Nothing { is_gone: self.folder.id()? == open.id() },
        })
    }

    /// Looks at many sessions' files, some at once. Those that may be half-written are given back; one that takes long
    /// is not waited for, and looked at to its end all the same. The error is of one that could not be looked at, which
    /// keeps none of the others waiting.
    pub(super) async fn look_at_all(self: &Arc<Self>, keys: Vec<SessionKey>) -> (Vec<SessionKey>, Option<io::Error>) {
        let this = self.clone();
        let looks = async move {
            let (unfinished, failed) = (Mutex::new(Vec::new()), Mutex::new(None));
            let look = async |key: SessionKey| match this.look_at(&key, false).await {
                Ok(looked) if looked.unfinished => unfinished.lock().push(key),
                Ok(_) => {}
                Err(error) => drop(failed.lock().replace(error)),
            };
            stream::iter(keys).for_each_concurrent(LOOKS_AT_ONCE, look).await;
            (std::mem::take(&mut *unfinished.lock()), failed.lock().take())
        };
        let this = self.clone();
        let mut looks = tokio::spawn(looks);
        match timeout(LONGEST_WAIT, &mut looks).await {
            Ok(Ok(found)) => found,
            Ok(Err(error)) => (Vec::new(), Some(io::Error::other(error))),
            Err(_) => {
                tracing::warn!("reading a session's file takes long: the others are not kept waiting");
                tokio::spawn(async move {
                    let (unfinished, failed) = looks.await.unwrap_or_default();
                    if failed.is_some() || this.settle(unfinished).await.is_err() {
                        let _ = this.hints.send(Hint::Everything);
                    }
                });
                (Vec::new(), None)
            }
        }
    }

    /// Reads half-written files again, twice, and then takes them as they are.
    pub(super) async fn settle(self: &Arc<Self>, mut keys: Vec<SessionKey>) -> io::Result<Applied> {
        let mut applied = Applied::default();
        for (attempt, pause) in READ_AGAIN.iter().enumerate() {
            if keys.is_empty() {
                break;
            }
            sleep(*pause).await;
            let last = attempt + 1 == READ_AGAIN.len();
            let mut still = Vec::new();
            for key in keys {
                let looked = self.look_at(&key, last).await?;
                applied.add(looked.applied);
                if looked.unfinished {
                    still.push(key);
                }
            }
            keys = still;
        }
        Ok(applied)
    }

    /// A session that is known, in an app that cannot be looked into now: a scan of the app shows it as unreadable.
    fn looked_at_closed(&self, key: &SessionKey, error: io::Error) -> Looked {
        let is_known = self.files.read().has(key);
        if is_known && !self.closed.lock().contains(&key.app) {
            // The receiver is gone only when the catalog is.
            let _ = self.hints.send(Hint::App(key.app.clone()));
        }
        Looked { content: is_known.then_some(Content::Unreadable(error)), ..Looked::default() }
    }

    /// Whether there is a session of this key, or was a moment ago, as far as is known.
    pub fn knows(&self, key: &SessionKey) -> bool {
        let is_recent = |since: &Instant| since.elapsed() < KNOWN_WHILE_ABSENT;
        self.files.read().has(key) || self.absent.lock().get(key).is_some_and(is_recent)
    }

    /// Remembers for some seconds that these sessions were there.
    pub(super) fn note_absent(&self, keys: impl Iterator<Item = SessionKey>) {
        let now = Instant::now();
        let mut absent = self.absent.lock();
        absent.retain(|_, since| now.duration_since(*since) < KNOWN_WHILE_ABSENT);
        absent.extend(keys.map(|key| (key, now)));
    }
}

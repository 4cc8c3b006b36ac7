//! What happened, remembered, numbered and told to everybody who listens.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{Notify, broadcast, mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::error::Error;
use crate::domain::event::Event;
use crate::store::database::Database;
use crate::store::database::events::{KEPT, Note, Recorded};
use crate::store::memory;

/// How many notes are written down with one commit.
const AT_ONCE: usize = 5000;
/// After so many notes, memory is given back.
const MANY: usize = 1000;
/// How many events a listener may be behind before it is dropped: more than one commit can tell of at once.
const MOST_BEHIND: usize = 2 * AT_ONCE;
/// The first and the longest pause before notes that could not be written down are tried again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(100), Duration::from_secs(5));

/// An event as listeners get it.
#[derive(Debug)]
pub struct Told {
    /// Larger than that of every event before; 0 for none.
    pub number: u64,
    pub event: Event,
}

pub struct Listening {
    /// What it has missed, oldest first; `None` when that is not known any more.
    pub missed: Option<Vec<Arc<Told>>>,
    /// The number of the newest event now; 0 if there was none yet.
    pub newest: u64,
    /// What happens from now on. A listener that is too far behind gets an error.
    pub next: broadcast::Receiver<Arc<Told>>,
}

/// Everything that is noticed goes through here, in order: into the database, then to listeners.
pub struct Events {
    notes: mpsc::UnboundedSender<Note>,
    /// How many notes there were.
    noted: AtomicU64,
    hub: Arc<Hub>,
    stopping: CancellationToken,
    finishing: CancellationToken,
    recorder: Mutex<Option<JoinHandle<()>>>,
}

/// What is told, and to whom.
struct Hub {
    kept: Mutex<VecDeque<Arc<Told>>>,
    listeners: broadcast::Sender<Arc<Told>>,
    arrivals: Notify,
    recorded: Notify,
    /// How many notes are written down.
    written: watch::Sender<u64>,
}

impl Events {
    /// Goes on from what this database has. To be called in a runtime.
    pub async fn start(database: Database) -> Result<Arc<Self>, Error> {
        database.reserve_event_numbers().await?;
        let kept = database.events().await?.into_iter().map(|(number, event)| Arc::new(Told { number, event }));
        let hub = Arc::new(Hub {
            kept: Mutex::new(kept.collect()),
            listeners: broadcast::Sender::new(MOST_BEHIND),
            arrivals: Notify::new(),
            recorded: Notify::new(),
            written: watch::Sender::new(0),
        });
        let (notes, noted) = mpsc::unbounded_channel();
        let (stopping, finishing) = (CancellationToken::new(), CancellationToken::new());
        let recorder = tokio::spawn(record_all(database, hub.clone(), noted, finishing.clone()));
        Ok(Arc::new(Self {
            notes,
            noted: AtomicU64::new(0),
            hub,
            stopping,
            finishing,
            recorder: Mutex::new(Some(recorder)),
        }))
    }

    /// Remembers something, and tells of it if it is news. Nobody waits for it.
    pub fn note(&self, note: Note) {
        self.noted.fetch_add(1, Ordering::AcqRel);
        // The receiver is gone only when the program ends: then it is noticed again at the next start.
        let _ = self.notes.send(note);
    }

    /// Listens from now on, or from after the event of this number.
    pub fn listen(&self, after: Option<u64>) -> Listening {
        // Under one lock with the beginning.
        let kept = self.hub.kept.lock();
        let missed = after.map_or_else(|| Some(Vec::new()), |after| behind(&kept, after));
        let newest = kept.back().map_or(0, |told| told.number);
        Listening { missed, newest, next: self.hub.listeners.subscribe() }
    }

    /// The number of the newest event; 0 if there was none yet.
    pub fn newest(&self) -> u64 {
        self.hub.kept.lock().back().map_or(0, |told| told.number)
    }

    /// What happened after the event of this number, oldest first; `None` when that is not known any more.
    pub fn since(&self, number: u64) -> Option<Vec<Arc<Told>>> {
        behind(&self.hub.kept.lock(), number)
    }

    pub fn listeners(&self) -> usize {
        self.hub.listeners.receiver_count()
    }

    /// Waits until everything that was noticed so far is written down; gives up on a database that does not take it.
    pub async fn settled(&self) {
        let noted = self.noted.load(Ordering::Acquire);
        let mut written = self.hub.written.subscribe();
        if tokio::time::timeout(PAUSES.1, written.wait_for(|written| *written >= noted)).await.is_err() {
            tracing::warn!("what was noticed is not written down yet");
        }
    }

    /// Waits until sessions came, or became, pending by no doing of this program's; they are in the database.
    /// One that waits is woken.
    pub async fn arrived(&self) {
        self.hub.arrivals.notified().await;
    }

    /// Waits until something more was written down: deliveries may wait in the database. One that waits is woken.
    pub async fn recorded(&self) {
        self.hub.recorded.notified().await;
    }

    /// Done when listeners are to be let go: the program ends.
    pub async fn stopping(&self) {
        self.stopping.cancelled().await;
    }

    /// Lets listeners go. What is noticed from now on is written down until [`Events::finish`].
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Waits until everything that was noticed is written down.
    pub async fn finish(&self) {
        self.stop();
        self.finishing.cancel();
        let recorder = self.recorder.lock().take();
        let Some(recorder) = recorder else { return };
        if let Err(error) = recorder.await {
            tracing::error!(%error, "what was noticed was not written down to its end");
        }
    }
}

impl Hub {
    /// Under one lock, so that nobody who begins to listen misses one or hears it twice.
    fn tell(&self, recorded: Recorded) {
        let mut kept = self.kept.lock();
        for numbered in recorded.events {
            let told = Arc::new(Told { number: numbered.number, event: numbered.event });
            kept.push_back(told.clone());
            // Nobody listens: nobody has to be told.
            let _ = self.listeners.send(told);
        }
        while kept.len() as u64 > KEPT {
            kept.pop_front();
        }
        drop(kept);
        if recorded.arrivals {
            self.arrivals.notify_one();
        }
        self.recorded.notify_one();
    }
}

/// Of these events, those after this number; `None` when they are not all there, or the number is none of theirs.
fn behind(kept: &VecDeque<Arc<Told>>, number: u64) -> Option<Vec<Arc<Told>>> {
    let newest = kept.back().map_or(0, |told| told.number);
    if number == newest {
        return Some(Vec::new());
    }
    let first = match kept.binary_search_by_key(&number, |told| told.number) {
        Ok(at) => at + 1,
        // The one before those that are kept, or before all.
        Err(0) if kept.front()?.number == number + 1 || number == 0 && (kept.len() as u64) < KEPT => 0,
        // A number that was never given, or that a power loss took away.
        Err(_) => return None,
    };
    Some(kept.range(first..).cloned().collect())
}

async fn record_all(
    database: Database,
    hub: Arc<Hub>,
    mut noted: mpsc::UnboundedReceiver<Note>,
    finishing: CancellationToken,
) {
    let mut batch = Vec::new();
    let mut since_given_back = 0;
    loop {
        tokio::select! {
            biased;
            got = noted.recv_many(&mut batch, AT_ONCE) => if got == 0 { return },
            () = finishing.cancelled() => return,
        }
        if let Some(recorded) = record(&database, &batch, &finishing).await {
            hub.tell(recorded);
        }
        hub.written.send_modify(|written| *written += batch.len() as u64);
        since_given_back += batch.len();
        batch.clear();
        if since_given_back > MANY && noted.is_empty() {
            batch.shrink_to_fit();
            memory::give_back();
            since_given_back = 0;
        }
    }
}

/// Tries until it is done: a disk that is full, or a database that is locked, comes back. `None` at the end of
/// the program: the next start notices the same again.
async fn record(database: &Database, batch: &[Note], finishing: &CancellationToken) -> Option<Recorded> {
    let mut pause = PAUSES.0;
    loop {
        match database.record(batch).await {
            Ok(recorded) => return Some(recorded),
            Err(error) => tracing::error!(%error, "what happened cannot be written down; it is tried again"),
        }
        tokio::select! {
            () = tokio::time::sleep(pause) => pause = (pause * 2).min(PAUSES.1),
            () = finishing.cancelled() => return None,
        }
    }
}

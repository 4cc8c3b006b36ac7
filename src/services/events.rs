//! What happened, numbered and told to everybody who listens.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use tokio::sync::{Notify, broadcast, mpsc};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::error::Error;
use crate::domain::event::{Event, Numbered};
use crate::domain::timestamp::Timestamp;
use crate::store::database::events::KEPT;
use crate::store::database::sessions::{Observation, Observed};
use crate::store::database::{self, Database};

/// How many events a listener may be behind before it is dropped: more than one commit can tell of at once.
const MOST_BEHIND: usize = 10_000;
/// The first and the longest pause before an event that could not be written down is tried again.
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

/// Every event is committed, in order, and then told.
pub struct Events {
    hub: Arc<Hub>,
    announcements: mpsc::UnboundedSender<Event>,
    stopping: CancellationToken,
    finishing: CancellationToken,
    announcer: Mutex<Option<JoinHandle<()>>>,
}

/// What is told, and to whom.
struct Hub {
    database: Database,
    /// Held from before a commit until its events are told, so that they are told in the order of their numbers.
    order: tokio::sync::Mutex<()>,
    kept: Mutex<VecDeque<Arc<Told>>>,
    listeners: broadcast::Sender<Arc<Told>>,
    arrivals: Notify,
    recorded: Notify,
}

impl Events {
    /// Goes on from what this database has. To be called in a runtime.
    pub async fn start(database: Database) -> Result<Arc<Self>, Error> {
        database.reserve_event_numbers().await?;
        let kept = database.events().await?.into_iter().map(|(number, event)| Arc::new(Told { number, event }));
        let hub = Arc::new(Hub {
            database,
            order: tokio::sync::Mutex::default(),
            kept: Mutex::new(kept.collect()),
            listeners: broadcast::Sender::new(MOST_BEHIND),
            arrivals: Notify::new(),
            recorded: Notify::new(),
        });
        let (announcements, announced) = mpsc::unbounded_channel();
        let (stopping, finishing) = (CancellationToken::new(), CancellationToken::new());
        let announcer = tokio::spawn(announce_all(hub.clone(), announced, finishing.clone()));
        Ok(Arc::new(Self { hub, announcements, stopping, finishing, announcer: Mutex::new(Some(announcer)) }))
    }

    /// Writes an observation of the folder down, and tells of it.
    pub async fn observe(&self, at: Timestamp, observation: Observation) -> Result<Observed, database::Error> {
        let _in_order = self.hub.order.lock().await;
        let observed = self.hub.database.observe(at, observation).await?;
        self.hub.tell(&observed.events);
        if observed.arrivals {
            self.hub.arrivals.notify_one();
        }
        Ok(observed)
    }

    /// Tells of something that is about no session and no app. Nobody waits for it.
    pub fn announce(&self, event: Event) {
        // The receiver is gone only when the program ends.
        let _ = self.announcements.send(event);
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

    /// Lets listeners go. What happens from now on is written down until [`Events::finish`].
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// Waits until everything that was announced is written down.
    pub async fn finish(&self) {
        self.stop();
        self.finishing.cancel();
        let announcer = self.announcer.lock().take();
        let Some(announcer) = announcer else { return };
        if let Err(error) = announcer.await {
            tracing::error!(%error, "events were not written down to their end");
        }
    }
}

impl Hub {
    /// Under one lock, so that nobody who begins to listen misses one or hears it twice.
    fn tell(&self, events: &[Numbered]) {
        let mut kept = self.kept.lock();
        for numbered in events {
            let told = Arc::new(Told { number: numbered.number, event: numbered.event.clone() });
            kept.push_back(told.clone());
            // Nobody listens: nobody has to be told.
            let _ = self.listeners.send(told);
        }
        while kept.len() as u64 > KEPT {
            kept.pop_front();
        }
        drop(kept);
        self.recorded.notify_one();
    }

    /// Tries until it is done: a disk that is full, or a database that is locked, comes back.
    async fn announce(&self, event: &Event, finishing: &CancellationToken) {
        let mut pause = PAUSES.0;
        loop {
            let in_order = self.order.lock().await;
            match self.database.add_event(event).await {
                Ok(numbered) => return self.tell(&[numbered]),
                Err(error) => tracing::error!(%error, "what happened cannot be written down; it is tried again"),
            }
            drop(in_order);
            tokio::select! {
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(PAUSES.1),
                () = finishing.cancelled() => return,
            }
        }
    }
}

async fn announce_all(hub: Arc<Hub>, mut announced: mpsc::UnboundedReceiver<Event>, finishing: CancellationToken) {
    loop {
        tokio::select! {
            biased;
            event = announced.recv() => match event {
                Some(event) => hub.announce(&event, &finishing).await,
                None => return,
            },
            () = finishing.cancelled() => return,
        }
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

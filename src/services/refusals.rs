//! Refused requests: each is told of while they are few, and counted where they are many. So whoever sends a burst of
//! them fills neither the log nor the access log.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use parking_lot::Mutex;

use super::accounts::address_text;
use super::tasks::Tasks;
use crate::domain::account::{Actor, ActorKind};
use crate::store::database::Database;
use crate::store::database::access_log::Access;

/// Refusals of one kind within this time are one entry of the access log.
const WINDOW: Duration = Duration::from_secs(60);
/// How many of them have a line each in the log.
const LINES: u64 = 10;
/// How many kinds are told apart; what comes on top counts as one.
const MOST: usize = 200;
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// A request does not wait longer for its entry, which is written all the same.
const PATIENCE: Duration = Duration::from_millis(500);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Refusal {
    pub status: u16,
    /// Who asked, if that is known.
    pub actor: Option<Actor>,
    pub network: Option<IpAddr>,
    /// Whether a token was shown, which is none, or not any more.
    pub by_token: bool,
    /// Whether a token was used from outside of the networks that it is limited to.
    pub elsewhere: bool,
    /// Whether an approval link or setup link was opened that is none.
    pub by_link: bool,
}

impl Refusal {
    /// What the access log says of it; `None` where that is not its business.
    fn action(&self) -> Option<&'static str> {
        match self.status {
            403 => Some("denied"),
            404 if self.by_link => Some("denied"),
            401 if self.elsewhere => Some("token_elsewhere"),
            401 if self.by_token => Some("token_refused"),
            _ => None,
        }
    }

    fn access(&self, action: &str, address: Option<IpAddr>, request: &str) -> Access {
        let kind = if self.by_token || self.elsewhere { ActorKind::Token } else { ActorKind::User };
        Access {
            id: 0,
            at: SystemTime::now().into(),
            actor: self.actor.clone().unwrap_or(Actor { kind, name: String::new() }),
            action: action.to_owned(),
            subject: None,
            detail: Some(request.to_owned()),
            count: 1,
            address: address.map(address_text),
        }
    }
}

/// What was refused in the last minute.
pub struct Refusals {
    database: Database,
    tasks: Tasks,
    tallies: Mutex<HashMap<Refusal, Tally>>,
}

struct Tally {
    since: Instant,
    count: u64,
    /// The id of its entry, and how many that says.
    entry: Option<(i64, u64)>,
}

impl Refusals {
    /// Entries are written by tasks of the current runtime.
    pub fn new(database: Database) -> Arc<Self> {
        Arc::new(Self { database, tasks: Tasks::here(), tallies: Mutex::default() })
    }

    /// One more, of this request; whether it has a line of its own in the log.
    pub async fn note(self: &Arc<Self>, refusal: Refusal, address: Option<IpAddr>, request: &str) -> bool {
        let (refusal, count) = self.count(refusal);
        if count == 1
            && let Some(action) = refusal.action()
        {
            let access = refusal.access(action, address, request);
            let this = self.clone();
            let written = self.tasks.to_the_end(async move { this.begin_entry(&refusal, &access).await });
            let _ = tokio::time::timeout(PATIENCE, written).await;
        }
        count <= LINES
    }

    fn count(&self, refusal: Refusal) -> (Refusal, u64) {
        let mut tallies = self.tallies.lock();
        let full = tallies.len() >= MOST && !tallies.contains_key(&refusal);
        let refusal = if full { Refusal { actor: None, network: None, ..refusal } } else { refusal };
        let tally =
            tallies.entry(refusal.clone()).or_insert_with(|| Tally { since: Instant::now(), count: 0, entry: None });
        tally.count += 1;
        (refusal, tally.count)
    }

    async fn begin_entry(&self, refusal: &Refusal, access: &Access) {
        match self.database.note_access(access).await {
            Ok(id) => {
                if let Some(tally) = self.tallies.lock().get_mut(refusal) {
                    tally.entry = Some((id, 1));
                }
            }
            Err(error) => tracing::warn!(%error, action = access.action, "the access log could not be written"),
        }
    }

    /// Never returns: writes down how many there were. To be spawned once.
    pub async fn upkeep(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            self.settle(WINDOW).await;
        }
    }

    /// Writes down all that is left. The end of the program.
    pub async fn finish(&self) {
        self.settle(Duration::ZERO).await;
        self.tasks.finish().await;
    }

    /// Brings the entries up to date, and lets go of what is older than this.
    async fn settle(&self, window: Duration) {
        let mut behind = Vec::new();
        self.tallies.lock().retain(|refusal, tally| {
            if let Some((id, written)) = &mut tally.entry
                && *written < tally.count
            {
                *written = tally.count;
                behind.push((*id, tally.count));
            }
            let is_over = tally.since.elapsed() >= window;
            if is_over && tally.count > LINES {
                log_more(refusal, tally.count - LINES);
            }
            !is_over
        });
        for (id, count) in behind {
            if let Err(error) = self.database.set_access_count(id, count).await {
                tracing::warn!(%error, "the access log could not be written");
            }
        }
    }
}

fn log_more(refusal: &Refusal, more: u64) {
    let client = refusal.network.map_or("-".to_owned(), |network| network.to_string());
    let caller = refusal.actor.as_ref().map_or("-".to_owned(), Actor::to_string);
    tracing::info!(more, status = refusal.status, %client, %caller, "refused as well, without a line each");
}

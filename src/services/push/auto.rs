//! Pushes of its own accord: at once, then after the last change; again while 4D is away, and never so that somebody is logged out
//! by the way. An option at the start asks for it, or an owner switches it on.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::{Push, Wish};
use crate::domain::account::{Actor, ActorKind, AppScope};
use crate::services::error::Error;

/// The name of its pushes in the journal.
const NAME: &str = "auto-push";
/// The quiet time where an owner switched it on.
pub(super) const QUIET: Duration = Duration::from_secs(2);
/// The first and the longest pause before 4D is asked again.
const PAUSES: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(5 * 60));
/// Devices wait at the longest this many times the quiet that is asked for.
const LATEST: u32 = 10;
/// How often it is looked whether something would still be dropped.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

impl Push {
    /// Pushes what was changed, whenever that is switched on. Runs until the program ends.
    pub async fn by_itself(self: Arc<Self>) {
        let stopping = self.stopping.clone();
        tokio::select! { () = stopping.cancelled() => {}, () = self.while_switched_on() => {} }
    }

    async fn while_switched_on(self: &Arc<Self>) {
        let mut automatic = self.automatic.subscribe();
        loop {
            let quiet = *automatic.borrow_and_update();
            let switched = async { automatic.changed().await.is_ok() };
            let goes_on = match quiet {
                Some(quiet) => tokio::select! { () = self.follow(quiet) => false, goes_on = switched => goes_on },
                None => switched.await,
            };
            self.waits.store(false, Ordering::Release);
            if !goes_on {
                return;
            }
        }
    }

    /// After how long a quiet time changes are pushed without anybody's asking; `None` where they are not.
    pub fn automatic(&self) -> Option<Duration> {
        *self.automatic.borrow()
    }

    /// Whether a change is pushed within moments by itself: not while that waits for a person, or 4D does not answer.
    pub fn pushes_soon(&self) -> bool {
        self.is_automatic() && !self.waits.load(Ordering::Acquire) && self.failure().is_none()
    }

    /// Whether changes are pushed without anybody's asking.
    pub fn is_automatic(&self) -> bool {
        self.automatic().is_some()
    }

    /// Whether an option says so: then nobody switches it.
    pub fn is_automatic_by_option(&self) -> bool {
        self.is_automatic_by_option
    }

    /// Switches it on or off, also for later starts. Without a connection, or where an option says so, nothing is done.
    pub async fn switch(&self, on: bool) -> Result<(), Error> {
        if self.is_automatic_by_option || !self.is_configured() {
            return Ok(());
        }
        self.database.set_auto_push(on).await?;
        self.automatic.send_replace(on.then_some(QUIET));
        Ok(())
    }

    /// Pushes at once after a quiet time, and then not before nothing was changed for so long.
    async fn follow(self: &Arc<Self>, quiet: Duration) {
        let mut changes = self.catalog.own_changes();
        let mut pause = PAUSES.0;
        let mut last: Option<Instant> = None;
        // What was not pushed when the program ended.
        if !self.has_something_left().await {
            let _ = changes.changed().await;
        }
        loop {
            // Somebody waits at the phone for the first change; what follows close behind goes together.
            if last.is_some_and(|last| last.elapsed() < quiet) {
                wait_for_quiet(&mut changes, quiet).await;
            }
            changes.mark_unchanged();
            let pushed = self.run(self.own_wish()).await;
            last = Some(Instant::now());
            match pushed {
                Ok(_) => {
                    pause = PAUSES.0;
                    // What 4D did not take is not sent again and again: a change brings the next push.
                    let _ = changes.changed().await;
                }
                Err(Error::PushWouldDrop { .. }) => self.wait_for_leave().await,
                Err(error) => {
                    tracing::info!(seconds = pause.as_secs(), "pushing again in a while: {error}");
                    tokio::time::sleep(pause).await;
                    pause = (pause * 2).min(PAUSES.1);
                }
            }
            // Somebody else may have pushed meanwhile.
            while !self.has_something_left().await {
                pause = PAUSES.0;
                let _ = changes.changed().await;
            }
        }
    }

    /// Until nothing would be dropped, or nothing is left to be pushed.
    async fn wait_for_leave(&self) {
        if !self.waits.swap(true, Ordering::AcqRel) {
            tracing::warn!("a push waits: 4D would drop files that it does not take. Mend them, or allow it on /push");
        }
        loop {
            tokio::time::sleep(LOOK_AGAIN).await;
            let clear = self.would_drop(&AppScope::all()).await.is_ok_and(|new| new.is_empty());
            if clear || !self.has_something_left().await {
                return self.waits.store(false, Ordering::Release);
            }
        }
    }

    /// Whether anything that was changed here is left to push; yes, while nobody can tell.
    async fn has_something_left(&self) -> bool {
        self.catalog.count_unpushed(&AppScope::all()).await.map_or(true, |count| count > 0)
    }

    fn own_wish(&self) -> Wish {
        Wish {
            actor: Actor { kind: ActorKind::Cli, name: NAME.to_owned() },
            scope: AppScope::all(),
            request_id: ulid::Ulid::generate().to_string(),
            allow_drops: false,
        }
    }
}

/// Until nothing was changed for so long; where something is changed all the time, until [`LATEST`] times that.
async fn wait_for_quiet(changes: &mut watch::Receiver<()>, quiet: Duration) {
    let latest = Instant::now() + quiet * LATEST;
    while Instant::now() < latest
        && let Ok(Ok(())) = tokio::time::timeout(quiet, changes.changed()).await
    {}
}

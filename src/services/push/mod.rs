//! Tells 4D that files were changed, and knows what it was not told of yet.

mod auto;
pub mod bridge;
mod preview;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime};

use parking_lot::Mutex;
use tokio::sync::{Semaphore, watch};
use tokio_util::sync::CancellationToken;

use self::bridge::{Action, Bridge, Item, Order, Reply};
use self::preview::Parts;
pub use self::preview::{Dropped, Named, Preview};
use super::catalog::Catalog;
use super::error::Error;
use super::events::Events;
use super::measures;
use super::tasks::Tasks;
use crate::domain::account::{Actor, AppScope, Caller};
use crate::domain::event::{Event, EventKind};
use crate::domain::push::{Completed, Failure, FailureKind, PushError, PushOutcome, without_words};
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::store::database::Database;
use crate::store::database::pushes::{LookedAt, Mark, Outside, Pushed};
use crate::store::database::sessions::Contents;

/// How long the end of the program waits for 4D's answer to a push in hand.
const LAST_WAIT: Duration = Duration::from_secs(3);
/// How many pushes there are at once: one that runs, and one that waits and will tell of all that was changed meanwhile.
const AT_ONCE: usize = 2;
/// How many sessions a refusal names.
const NAMED: usize = 10;

/// What waits for a push.
#[derive(Debug)]
pub struct PushState {
    pub configured: bool,
    pub unpushed: u64,
    pub preview: Preview,
    pub last: Option<Completed>,
}

/// How 4D answered to a test.
#[derive(Debug)]
pub struct Tested {
    pub outcome: PushOutcome,
    pub duration_ms: u64,
}

/// Pushes, one at a time: who comes while one runs waits for their own, unless somebody waits already.
pub struct Push {
    database: Database,
    catalog: Arc<Catalog>,
    events: Arc<Events>,
    bridge: Option<Bridge>,
    tasks: Tasks,
    turn: tokio::sync::Mutex<()>,
    places: Arc<Semaphore>,
    known: Mutex<Known>,
    /// What 4D would drop, as it was counted last.
    counted: Mutex<Option<Counted>>,
    last_test: Mutex<Option<LastTest>>,
    /// Whether a push of its own accord waits because something would be dropped.
    waits: AtomicBool,
    /// After how long a quiet time changes are pushed without anybody's asking, if they are.
    automatic: watch::Sender<Option<Duration>>,
    /// Whether an option says so: then nobody switches it.
    is_automatic_by_option: bool,
    stopping: CancellationToken,
}

/// What is known of earlier pushes, as the database has it.
struct Known {
    last: Option<Completed>,
    /// The files that were not compliant at the last push that 4D answered.
    dropped: Contents,
}

/// What 4D would drop, over all apps, while the catalogue is of this generation and this push the last.
#[derive(Clone)]
struct Counted {
    as_of: (u64, Option<Timestamp>),
    drops: Arc<[SessionKey]>,
    may_drop: Arc<[SessionKey]>,
}

/// How many sessions 4D would drop at the next push.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DropCount {
    pub drops: u64,
    pub may_drop: u64,
}

/// How the last test since the program began ended.
#[derive(Clone)]
pub struct LastTest {
    pub at: Timestamp,
    pub duration_ms: u64,
    /// Why 4D's answer was none, if it was.
    pub failure: Option<Failure>,
}

/// Who wants a push, and what they may do.
struct Wish {
    actor: Actor,
    scope: AppScope,
    request_id: String,
    allow_drops: bool,
}

/// What there is when a push begins.
struct Look {
    changed: Vec<ChangedHere>,
    some_are_not_compliant: bool,
    outside: Vec<Outside>,
    /// The files that 4D drops, or may drop.
    read: Contents,
    /// Of those that it drops, what it has not dropped yet.
    new: Vec<SessionKey>,
}

/// A session that was changed here.
struct ChangedHere {
    mark: Mark,
    /// Whether it is another file than 4D has read; not where the changes were taken back.
    differs: bool,
    /// Whether 4D takes its file; `None` when it was deleted.
    compliant: Option<bool>,
}

impl Push {
    /// Pushes over this bridge, if there is one, in tasks of the current runtime; by itself if an option says so, or an
    /// owner has switched it on.
    pub async fn start(
        database: Database,
        catalog: Arc<Catalog>,
        events: Arc<Events>,
        bridge: Option<Bridge>,
        auto_push: Option<Duration>,
    ) -> Result<Arc<Self>, Error> {
        let is_on = bridge.is_some() && database.is_auto_push_on().await?;
        let automatic = auto_push.or(is_on.then_some(auto::QUIET));
        let known = Known { last: database.last_push().await?, dropped: database.dropped().await? };
        Ok(Arc::new(Self {
            database,
            catalog,
            events,
            bridge,
            tasks: Tasks::here(),
            turn: tokio::sync::Mutex::default(),
            places: Arc::new(Semaphore::new(AT_ONCE)),
            known: Mutex::new(known),
            counted: Mutex::default(),
            last_test: Mutex::default(),
            waits: AtomicBool::new(false),
            automatic: watch::Sender::new(automatic),
            is_automatic_by_option: auto_push.is_some(),
            stopping: CancellationToken::new(),
        }))
    }

    /// Whether there is a connection to 4D.
    pub fn is_configured(&self) -> bool {
        self.bridge.is_some()
    }

    /// Where 4D is.
    pub fn url(&self) -> Option<&str> {
        self.bridge.as_ref().map(Bridge::url)
    }

    /// How the last push ended, as this caller may see it.
    pub fn last(&self, scope: &AppScope) -> Option<Completed> {
        self.known.lock().last.clone().map(|last| last.within(scope))
    }

    /// Why the last push failed, if it did.
    pub fn failure(&self) -> Option<Failure> {
        self.known.lock().last.as_ref().and_then(|last| last.detail.clone())
    }

    /// How many of the caller's files 4D would drop, while a push of its own accord waits because of that. 0 where
    /// it waits for others' alone.
    pub async fn waits_for(&self, scope: &AppScope) -> Option<u64> {
        match self.waits.load(Ordering::Acquire) {
            true => self.count_dropped(scope).await.map(|count| count.drops),
            false => None,
        }
    }

    /// How many of the caller's files 4D would drop at the next push; `None` while nobody knows. Every page asks, so
    /// they are looked for only where something has changed.
    pub async fn count_dropped(&self, scope: &AppScope) -> Option<DropCount> {
        self.catalog.availability().ok()?;
        let counted = self.count_all_dropped().await.ok()?;
        let of = |keys: &[SessionKey]| match scope.is_all() {
            true => keys.len() as u64,
            false => keys.iter().filter(|key| scope.allows(&key.app)).count() as u64,
        };
        Some(DropCount { drops: of(&counted.drops), may_drop: of(&counted.may_drop) })
    }

    async fn count_all_dropped(&self) -> Result<Counted, Error> {
        let as_of = (self.catalog.generation(), self.known.lock().last.as_ref().map(|last| last.at));
        if let Some(counted) = self.counted.lock().as_ref().filter(|counted| counted.as_of == as_of) {
            return Ok(counted.clone());
        }
        let all = AppScope::all();
        let (drops, may_drop) = (self.would_drop(&all).await?.into(), self.may_drop(&all).await?.into());
        let counted = Counted { as_of, drops, may_drop };
        *self.counted.lock() = Some(counted.clone());
        Ok(counted)
    }

    /// Whether the last push is known to have told 4D all that it needs.
    pub fn was_answered(&self) -> bool {
        self.known.lock().last.as_ref().is_some_and(|last| last.outcome != PushOutcome::Failed)
    }

    /// Whether 4D has read all of a batch.
    pub async fn has_read_batch(&self, batch_id: &str) -> Result<bool, Error> {
        Ok(self.database.is_batch_read(batch_id).await?)
    }

    /// Whether 4D did not take this session's file, as it is, at the last push.
    pub async fn was_refused(&self, key: &SessionKey) -> bool {
        let refused = self.known.lock().dropped.get(key).copied();
        refused.is_some() && refused == self.catalog.refused_content(key).await
    }

    /// How the last test ended.
    pub fn last_test(&self) -> Option<LastTest> {
        self.last_test.lock().clone()
    }

    /// What waits for a push, as this caller may see it.
    pub async fn state(&self, scope: &AppScope) -> Result<PushState, Error> {
        let marks = self.catalog.unpushed(scope).await?;
        let outside = self.database.changed_outside().await?;
        let outside = outside.into_iter().map(|outside| outside.key).filter(|key| scope.allows(&key.app)).collect();
        let unpushed = marks.len() as u64;
        let (drops, may_drop) = (self.would_drop(scope).await?, self.may_drop(scope).await?);
        let parts = Parts { marks, outside, drops, may_drop };
        Ok(PushState {
            configured: self.is_configured(),
            unpushed,
            preview: preview::of(&self.catalog, scope, parts).await?,
            last: self.last(scope),
        })
    }

    /// Pushes for a caller who may change sessions, and runs to its end whoever stops waiting. An answer that is none is
    /// [`Error::PushFailed`].
    pub async fn push(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        allow_drops: bool,
    ) -> Result<Completed, Error> {
        let wish = Wish {
            actor: caller.actor.clone(),
            scope: caller.apps.clone(),
            request_id: request_id.to_owned(),
            allow_drops,
        };
        self.run(wish).await
    }

    /// Asks 4D for an answer that changes nothing.
    pub async fn test(&self, caller: &Caller, request_id: &str) -> Result<Tested, Error> {
        let bridge = self.bridge.as_ref().ok_or(Error::PushNotConfigured)?;
        let begun = Instant::now();
        let reply = self.ask(bridge, &Order { request_id, sessions: Vec::new(), test: true }).await;
        let duration_ms = millis(begun);
        let counts = self.catalog.counts(&AppScope::all()).await;
        let some_are_not_compliant = counts.is_ok_and(|counts| counts.noncompliant > 0);
        let judged = judge(reply, some_are_not_compliant);
        let test = LastTest { at: SystemTime::now().into(), duration_ms, failure: judged.failure.clone() };
        *self.last_test.lock() = Some(test);
        match judged {
            Judged { failure: Some(failure), errors, .. } => Err(failed(failure, errors, &caller.apps)),
            Judged { outcome, .. } => Ok(Tested { outcome, duration_ms }),
        }
    }

    /// Begins no more pushes, and gives those that wait for 4D a short end.
    pub fn stop(&self) {
        self.stopping.cancel();
    }

    /// The same, and waits for them.
    pub async fn finish(&self) {
        self.stop();
        self.tasks.finish().await;
    }

    /// Asks 4D, and waits for its answer; not for long once the program was asked to stop.
    async fn ask(&self, bridge: &Bridge, order: &Order<'_>) -> Result<Reply, Failure> {
        let out_of_time = async {
            self.stopping.cancelled().await;
            tokio::time::sleep(LAST_WAIT).await;
        };
        tokio::select! {
            reply = bridge.send(order) => reply,
            () = out_of_time => Err(FailureKind::Stopped.into()),
        }
    }

    async fn run(self: &Arc<Self>, wish: Wish) -> Result<Completed, Error> {
        if self.bridge.is_none() {
            return Err(Error::PushNotConfigured);
        }
        let place = self.places.clone().try_acquire_owned().map_err(|_| Error::PushRunning)?;
        let (this, scope) = (self.clone(), wish.scope.clone());
        let run = async move {
            let _place = place;
            this.run_alone(&wish).await
        };
        let completed = self.tasks.to_the_end(run).await??;
        let completed = completed.within(&scope);
        match completed.detail {
            Some(failure) => Err(failed(failure, completed.push_errors, &scope)),
            None => Ok(completed),
        }
    }

    async fn run_alone(&self, wish: &Wish) -> Result<Completed, Error> {
        let _turn = self.turn.lock().await;
        let bridge = self.bridge.as_ref().ok_or(Error::PushNotConfigured)?;
        if self.stopping.is_cancelled() {
            return Err(failed(FailureKind::Stopped.into(), Vec::new(), &wish.scope));
        }
        // What 4D will read is what is on the disk now.
        self.catalog.refresh().await?;
        let look = self.look().await?;
        guard(&look.new, wish)?;
        let (at, begun) = (SystemTime::now().into(), Instant::now());
        let reply = self.ask(bridge, &order(&look.changed, &wish.request_id)).await;
        let judged = judge(reply, look.some_are_not_compliant);
        let completed = Completed {
            at,
            by: wish.actor.clone(),
            outcome: judged.outcome,
            detail: judged.failure,
            push_errors: judged.errors,
            duration_ms: millis(begun),
        };
        self.write_down(&completed, look).await;
        Ok(completed)
    }

    async fn look(&self) -> Result<Look, Error> {
        let all = AppScope::all();
        let marks = self.database.unpushed().await?;
        let keys: Vec<SessionKey> = marks.iter().map(|((key, _), _)| key.clone()).collect();
        let sessions = self.database.sessions(&keys).await?;
        let changed = |(mark, differs): (Mark, bool)| ChangedHere {
            compliant: sessions.get(&mark.0).map(|(session, _)| session.compliant),
            mark,
            differs,
        };
        let changed = marks.into_iter().map(changed).collect();
        let some_are_not_compliant = self.catalog.counts(&all).await?.noncompliant > 0;
        let (refused, doubted) = (self.catalog.refused(&all).await?, self.catalog.doubted(&all).await?);
        let outside = self.database.changed_outside().await?;
        Ok(Look {
            changed,
            some_are_not_compliant,
            outside,
            new: self.not_dropped_yet(&refused).await?,
            read: refused.into_iter().chain(doubted).collect(),
        })
    }

    /// Into the database, into what is known here, and to those who listen.
    async fn write_down(&self, completed: &Completed, look: Look) {
        let taken = |changed: &ChangedHere| match completed.outcome {
            PushOutcome::Ok => true,
            PushOutcome::Errors => changed.compliant != Some(false),
            PushOutcome::Failed => false,
        };
        let marks: Vec<Mark> = look.changed.into_iter().filter(taken).map(|changed| changed.mark).collect();
        let answered = completed.outcome != PushOutcome::Failed;
        let looked_at = answered.then_some(LookedAt { outside: &look.outside, dropped: &look.read });
        match self.database.record_push(&Pushed { completed, marks: &marks, looked_at }).await {
            Ok(()) => self.catalog.lists_changed(),
            // A push more than needed does no harm.
            Err(error) => tracing::error!(%error, "a push could not be written down: its changes stay unpushed"),
        }
        let mut known = self.known.lock();
        if answered {
            known.dropped = look.read;
        }
        known.last = Some(completed.clone());
        drop(known);
        measures::push(completed.outcome);
        let (outcome, errors, ms) = (completed.outcome.as_str(), completed.push_errors.len(), completed.duration_ms);
        match &completed.detail {
            Some(failure) => tracing::warn!(errors, ms, "a push failed: {}", failure.message()),
            None => tracing::info!(outcome, changes = marks.len(), errors, ms, by = completed.by.name, "pushed"),
        }
        self.events.announce(Event {
            status: Some(outcome.to_owned()),
            actor: Some(completed.by.clone()),
            ..Event::new(EventKind::PushCompleted, SystemTime::now().into())
        });
    }

    /// What 4D would drop now and has not dropped yet, by app then id.
    async fn would_drop(&self, scope: &AppScope) -> Result<Vec<SessionKey>, Error> {
        self.not_dropped_yet(&self.catalog.refused(scope).await?).await
    }

    /// What 4D may drop too: by findings that are assumed.
    async fn may_drop(&self, scope: &AppScope) -> Result<Vec<SessionKey>, Error> {
        self.not_dropped_yet(&self.catalog.doubted(scope).await?).await
    }

    /// Of these files, those whose sessions 4D may still have. It has dropped the others, whatever was changed here in
    /// them since: they hold up nobody.
    async fn not_dropped_yet(&self, refused: &Contents) -> Result<Vec<SessionKey>, Error> {
        let mut new = Vec::new();
        for (key, content) in self.differing(refused) {
            if !self.was_rewritten_here(&key, content).await? {
                new.push(key);
            }
        }
        new.sort_unstable();
        Ok(new)
    }

    /// Those that have other bytes than at the last push that 4D answered, or did not lie there.
    fn differing(&self, refused: &Contents) -> Vec<(SessionKey, u64)> {
        let known = self.known.lock();
        let differs = refused.iter().filter(|(key, content)| known.dropped.get(*key) != Some(*content));
        differs.map(|(key, content)| (key.clone(), *content)).collect()
    }

    /// Whether a file is one that 4D dropped at that push, and every difference since was made here.
    async fn was_rewritten_here(&self, key: &SessionKey, content: u64) -> Result<bool, Error> {
        let Some(dropped) = self.known.lock().dropped.get(key).copied() else { return Ok(false) };
        Ok(self.database.rewritten_here(key).await? == Some((dropped, content)))
    }
}

fn order<'a>(changed: &'a [ChangedHere], request_id: &'a str) -> Order<'a> {
    let item = |ChangedHere { mark: (key, _), compliant, .. }: &'a ChangedHere| Item {
        app: key.app.as_str(),
        id: key.id.as_str(),
        action: if compliant.is_some() { Action::Refresh } else { Action::Remove },
    };
    Order { request_id, sessions: changed.iter().filter(|changed| changed.differs).map(item).collect(), test: false }
}

/// Nobody's devices are logged out by the way, and those of others by no leave.
fn guard(new: &[SessionKey], wish: &Wish) -> Result<(), Error> {
    let (own, others): (Vec<&SessionKey>, Vec<&SessionKey>) = new.iter().partition(|key| wish.scope.allows(&key.app));
    if others.is_empty() && (own.is_empty() || wish.allow_drops) {
        return Ok(());
    }
    let named: Vec<String> = own.iter().take(NAMED).map(|key| format!("{}/{}", key.app, key.id)).collect();
    Err(Error::PushWouldDrop { named, more: own.len().saturating_sub(NAMED), others: !others.is_empty() })
}

/// An answer, judged by the contract.
struct Judged {
    outcome: PushOutcome,
    failure: Option<Failure>,
    errors: Vec<PushError>,
}

fn judge(reply: Result<Reply, Failure>, some_are_not_compliant: bool) -> Judged {
    let fail = |failure: Failure, errors| Judged { outcome: PushOutcome::Failed, failure: Some(failure), errors };
    match reply {
        Err(failure) => fail(failure, Vec::new()),
        Ok(Reply { success: true, errors }) => Judged { outcome: PushOutcome::Ok, failure: None, errors },
        Ok(Reply { errors, .. }) if errors.is_empty() => fail(FailureKind::NotSaid.into(), errors),
        Ok(Reply { errors, .. }) if !errors.iter().all(PushError::is_of_a_file) => {
            fail(FailureKind::OfItself.into(), errors)
        }
        Ok(Reply { errors, .. }) if !some_are_not_compliant => fail(FailureKind::OtherFolder.into(), errors),
        Ok(Reply { errors, .. }) => Judged { outcome: PushOutcome::Errors, failure: None, errors },
    }
}

fn failed(failure: Failure, errors: Vec<PushError>, scope: &AppScope) -> Error {
    Error::PushFailed { failure, push_errors: if scope.is_all() { errors } else { without_words(errors) } }
}

fn millis(since: Instant) -> u64 {
    u64::try_from(since.elapsed().as_millis()).unwrap_or(u64::MAX)
}

//! Batches: the same for many sessions, or one session in place of another.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::future::join_all;

use super::apply::{Done, PARALLEL, log_failure};
use super::plan::{Ask, Job, Origin, Plan};
use super::{BatchAction, BatchItem, BatchRequest, BatchResult, BatchTarget, Edits, ItemOutcome, ItemResult, origin};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::{Expectation, Patch, Reason};
use crate::domain::session::{SessionKey, Status};
use crate::services::error::Error;

/// The most sessions that a request can name.
pub const LARGEST_BATCH: usize = 10_000;
/// How many sessions share a synced commit.
const CHUNK: usize = 256;

/// How far a batch is. Clones watch the same one.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    total: Arc<AtomicU64>,
    done: Arc<AtomicU64>,
}

impl Progress {
    /// On how many sessions it is; 0 while they are being looked up.
    pub fn total(&self) -> u64 {
        self.total.load(Ordering::Relaxed)
    }

    /// How many of them are through.
    pub fn done(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }
}

/// The items of a result, as they come.
pub(super) struct Report {
    progress: Progress,
    dry_run: bool,
    items: Vec<ItemResult>,
    /// The first entry in the journal.
    entry: Option<String>,
}

/// One session as the caller named it; the key, if the name can be a session's of this caller.
struct Named {
    app: String,
    id: String,
    key: Option<SessionKey>,
    expected: Expectation,
}

/// A session to accept, and the one to delete then.
struct Pair {
    first: Named,
    other: Named,
}

impl Edits {
    /// Runs a batch to its end. `Batches` adds what requests by HTTP need: a retry that gets the
    /// first answer, and running on without the client.
    pub async fn batch(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        request: BatchRequest,
        reason: Option<Reason>,
        dry_run: bool,
    ) -> Result<BatchResult, Error> {
        self.check_batch(caller, &request)?;
        let id = self.new_batch_id();
        let (edits, caller, request_id) = (self.clone(), caller.clone(), request_id.to_owned());
        self.tasks
            .to_the_end(async move {
                edits.run_batch(&caller, &request_id, id, request, reason, dry_run, &Progress::default()).await
            })
            .await?
    }

    /// What stands against a batch before anything is done.
    pub fn check_batch(&self, caller: &Caller, request: &BatchRequest) -> Result<(), Error> {
        caller.require(Permission::Change)?;
        let items = match request {
            BatchRequest::Each(_, BatchTarget::Sessions(items)) => items,
            BatchRequest::Each(_, BatchTarget::Filter(_) | BatchTarget::Listed(_)) => {
                return self.catalog.availability();
            }
            BatchRequest::Replace(items) => items,
            // Each of them fails by itself while the folder is away.
            BatchRequest::Undo(_) => return Ok(()),
        };
        if items.len() > LARGEST_BATCH {
            return Err(Error::invalid("/sessions", "A batch takes at most 10,000 sessions: send it in parts."));
        }
        self.catalog.availability()
    }

    /// An id for a batch that is about to start.
    pub fn new_batch_id(&self) -> String {
        self.ids.next()
    }

    /// Runs a batch that was checked. To be run in a task of its own: it must not be cancelled.
    #[allow(clippy::too_many_arguments, reason = "a request's parts, each of its own type")]
    pub async fn run_batch(
        &self,
        caller: &Caller,
        request_id: &str,
        id: String,
        request: BatchRequest,
        reason: Option<Reason>,
        dry_run: bool,
        progress: &Progress,
    ) -> Result<BatchResult, Error> {
        let origin = origin(caller, request_id, reason, Some(id.clone()));
        let report = match request {
            BatchRequest::Each(action, target) => {
                let named = self.targets(caller, target)?;
                let report = Report::new(progress, dry_run, named.len());
                self.run_each(&origin, ask(action), &named, report).await
            }
            BatchRequest::Replace(items) => {
                let pairs = pairs(caller, items)?;
                let report = Report::new(progress, dry_run, pairs.len());
                self.run_pairs(&origin, &pairs, report).await
            }
            BatchRequest::Undo(undoing) => self.undo_all(&origin, undoing, progress).await,
        };
        Ok(report.finish(Some(&id)))
    }

    fn targets(&self, caller: &Caller, target: BatchTarget) -> Result<Vec<Named>, Error> {
        match target {
            BatchTarget::Sessions(items) => {
                Ok(items.into_iter().map(|item| Named::new(caller, item.app, item.id, item.expected)).collect())
            }
            BatchTarget::Filter(filter) => Ok(listed(caller, self.catalog.keys(&caller.apps, &filter)?)),
            BatchTarget::Listed(keys) => Ok(listed(caller, keys)),
        }
    }

    /// A session that is named twice gets one change, and both items tell of it.
    async fn run_each(&self, origin: &Origin, ask: Ask, named: &[Named], mut report: Report) -> Report {
        let mut first: HashMap<&SessionKey, usize> = HashMap::new();
        for chunk in named.chunks(CHUNK) {
            let start = report.items.len();
            let mut jobs = Vec::new();
            // For each item its job in this chunk, or the item before that named the same session.
            let mut place = Vec::with_capacity(chunk.len());
            for (n, one) in chunk.iter().enumerate() {
                place.push(one.key.as_ref().map(|key| match first.get(key) {
                    Some(&earlier) => Err(earlier),
                    None => {
                        first.insert(key, start + n);
                        jobs.push(Job { key: key.clone(), ask: ask.clone(), expected: one.expected.clone() });
                        Ok(())
                    }
                }));
            }
            let mut results = self.run_or_try(origin, &jobs, report.dry_run).await.into_iter();
            for (one, place) in chunk.iter().zip(place) {
                let item = match place {
                    None => failed(&one.app, &one.id, &Error::NotFound("session"), &origin.request_id),
                    Some(Err(earlier)) => repeated(&report.items[earlier]),
                    Some(Ok(())) => {
                        let done = results.next().unwrap_or_else(|| Err(Error::internal("a job without a result")));
                        report.entry_of(&done);
                        done.map_or_else(
                            |error| failed(&one.app, &one.id, &error, &origin.request_id),
                            |done| of_done(&one.app, &one.id, &done),
                        )
                    }
                };
                report.push(item);
            }
        }
        report
    }

    async fn run_pairs(&self, origin: &Origin, pairs: &[Pair], mut report: Report) -> Report {
        for chunk in distinct_chunks(pairs, |pair| [pair.first.key.as_ref(), pair.other.key.as_ref()]) {
            self.run_distinct_pairs(origin, chunk, &mut report).await;
        }
        report
    }

    /// First a look at both, so that nothing is accepted in place of what cannot be deleted; then
    /// accept; then delete where that went well.
    async fn run_distinct_pairs(&self, origin: &Origin, pairs: &[Pair], report: &mut Report) {
        let accept = Ask::Patch(Patch { status: Some(Status::Accepted), email: None });
        let mut results: Vec<Option<ItemResult>> = Vec::with_capacity(pairs.len());
        let (mut going, mut accepts, mut deletes) = (Vec::new(), Vec::new(), Vec::new());
        for (n, pair) in pairs.iter().enumerate() {
            match pair.jobs(&accept) {
                Ok((first, other)) => {
                    going.push(n);
                    accepts.push(first);
                    deletes.push(other);
                    results.push(None);
                }
                Err(error) => results.push(Some(pair.failed(&error, origin))),
            }
        }
        let looks = self.try_all(origin, &deletes).await;
        let accepted = {
            let free: Vec<Job> =
                accepts.iter().zip(&looks).filter(|(_, look)| look.is_ok()).map(|(job, _)| job.clone()).collect();
            self.run_or_try(origin, &free, report.dry_run).await
        };
        let mut accepted = accepted.into_iter();
        let mut last = Vec::new();
        for ((n, look), delete) in going.into_iter().zip(looks).zip(deletes) {
            let error = match look {
                Err(error) => Some(error),
                Ok(_) => match accepted.next() {
                    Some(Ok(done)) => {
                        report.entry_of(&Ok(done));
                        last.push((n, delete));
                        None
                    }
                    Some(Err(error)) => Some(error),
                    None => Some(Error::internal("a job without a result")),
                },
            };
            results[n] = error.map(|error| pairs[n].failed(&error, origin));
        }
        let (places, deletes): (Vec<_>, Vec<_>) = last.into_iter().unzip();
        let deleted = self.run_or_try(origin, &deletes, report.dry_run).await;
        for (n, done) in places.into_iter().zip(deleted) {
            report.entry_of(&done);
            let first = &pairs[n].first;
            results[n] = Some(match done {
                Ok(done) => of_done(&first.app, &first.id, &done),
                Err(error) => ItemResult {
                    note: Some("The session is accepted, but the one that it replaces was not deleted.".to_owned()),
                    ..pairs[n].failed(&error, origin)
                },
            });
        }
        results.into_iter().flatten().for_each(|item| report.push(item));
    }

    async fn run_or_try(&self, origin: &Origin, jobs: &[Job], dry_run: bool) -> Vec<Result<Done, Error>> {
        if dry_run { self.try_all(origin, jobs).await } else { self.run(origin, jobs).await }
    }

    /// What would become of jobs: nothing is written.
    async fn try_all(&self, origin: &Origin, jobs: &[Job]) -> Vec<Result<Done, Error>> {
        let mut results = Vec::with_capacity(jobs.len());
        for some in jobs.chunks(PARALLEL) {
            let plans = join_all(some.iter().map(|job| self.plan(origin, job, None))).await;
            results.extend(plans.into_iter().map(|plan| {
                plan.map(|plan| match plan {
                    Plan::Unchanged(digest) => Done::Unchanged(digest),
                    Plan::Change(planned) => Done::Changed { id: planned.intent.id, digest: None, note: planned.note },
                })
            }));
        }
        results
    }
}

fn ask(action: BatchAction) -> Ask {
    match action {
        BatchAction::SetStatus(status) => Ask::Patch(Patch { status: Some(status), email: None }),
        BatchAction::SetEmail(email) => Ask::Patch(Patch { status: None, email: Some(email) }),
        BatchAction::Delete => Ask::Delete,
    }
}

impl Named {
    fn new(caller: &Caller, app: String, id: String, expected: Expectation) -> Self {
        let key = SessionKey::parse(&app, &id).filter(|key| caller.apps.allows(&key.app));
        Self { app, id, key, expected }
    }
}

fn listed(caller: &Caller, keys: Vec<SessionKey>) -> Vec<Named> {
    let named = |key: SessionKey| {
        let (app, id) = (key.app.as_str().to_owned(), key.id.as_str().to_owned());
        let key = Some(key).filter(|key| caller.apps.allows(&key.app));
        Named { app, id, key, expected: Expectation::Nothing }
    };
    keys.into_iter().map(named).collect()
}

fn pairs(caller: &Caller, items: Vec<BatchItem>) -> Result<Vec<Pair>, Error> {
    let pair = |(n, item): (usize, BatchItem)| {
        let (app, id, expected) = item.replaces.ok_or_else(|| {
            Error::invalid(format!("/sessions/{n}/replaces"), "The session that is replaced must be named.")
        })?;
        let first = Named::new(caller, item.app, item.id, item.expected);
        Ok(Pair { first, other: Named::new(caller, app, id, expected) })
    };
    items.into_iter().enumerate().map(pair).collect()
}

impl Pair {
    /// Accept the one, delete the other.
    fn jobs(&self, accept: &Ask) -> Result<(Job, Job), Error> {
        let job = |named: &Named, ask: Ask| {
            let key = named.key.clone().ok_or(Error::NotFound("session"))?;
            Ok::<_, Error>(Job { key, ask, expected: named.expected.clone() })
        };
        let (first, other) = (job(&self.first, accept.clone())?, job(&self.other, Ask::Delete)?);
        if first.key == other.key {
            return Err(Error::invalid("/sessions", "A session cannot replace itself."));
        }
        Ok((first, other))
    }

    fn failed(&self, error: &Error, origin: &Origin) -> ItemResult {
        failed(&self.first.app, &self.first.id, error, &origin.request_id)
    }
}

impl Report {
    pub(super) fn new(progress: &Progress, dry_run: bool, total: usize) -> Self {
        progress.total.store(total as u64, Ordering::Relaxed);
        Self { progress: progress.clone(), dry_run, items: Vec::with_capacity(total), entry: None }
    }

    pub(super) fn push(&mut self, item: ItemResult) {
        self.items.push(item);
        self.progress.done.store(self.items.len() as u64, Ordering::Relaxed);
    }

    /// Takes note of what stands in the journal now.
    pub(super) fn entry_of(&mut self, done: &Result<Done, Error>) {
        if let (Ok(Done::Changed { id, .. }), false) = (done, self.dry_run) {
            self.entry.get_or_insert_with(|| id.clone());
        }
    }

    /// The change's id is the batch's, or that of its only entry.
    pub(super) fn finish(self, batch_id: Option<&str>) -> BatchResult {
        let count = |outcome| self.items.iter().filter(|item| item.outcome == outcome).count() as u64;
        BatchResult {
            total: self.items.len() as u64,
            changed: count(ItemOutcome::Changed),
            unchanged: count(ItemOutcome::Unchanged),
            failed: count(ItemOutcome::Failed),
            dry_run: self.dry_run,
            change_id: self.entry.map(|entry| batch_id.map_or(entry, str::to_owned)),
            items: self.items,
        }
    }
}

pub(super) fn failed(app: &str, id: &str, error: &Error, request_id: &str) -> ItemResult {
    log_failure(error, "a session of a batch could not be changed");
    ItemResult {
        app: app.to_owned(),
        id: id.to_owned(),
        outcome: ItemOutcome::Failed,
        problem: Some(error.problem(request_id)),
        note: None,
    }
}

pub(super) fn of_done(app: &str, id: &str, done: &Done) -> ItemResult {
    let (outcome, note) = match done {
        Done::Unchanged(_) => (ItemOutcome::Unchanged, None),
        Done::Changed { note, .. } => (ItemOutcome::Changed, note.map(str::to_owned)),
    };
    ItemResult { app: app.to_owned(), id: id.to_owned(), outcome, problem: None, note }
}

/// A session that was named before: it is so already, or fails for the same reason.
fn repeated(earlier: &ItemResult) -> ItemResult {
    match earlier.outcome {
        ItemOutcome::Failed => earlier.clone(),
        _ => ItemResult { outcome: ItemOutcome::Unchanged, note: None, ..earlier.clone() },
    }
}

/// Cuts a list so that no session stands twice in a part.
pub(super) fn distinct_chunks<'a, T>(
    list: &'a [T],
    keys: impl Fn(&'a T) -> [Option<&'a SessionKey>; 2],
) -> Vec<&'a [T]> {
    let mut chunks = Vec::new();
    let (mut start, mut seen) = (0, HashSet::new());
    for (n, one) in list.iter().enumerate() {
        let mut here = keys(one).into_iter().flatten().peekable();
        let again = keys(one).into_iter().flatten().any(|key| seen.contains(key));
        if n > start && (again || n - start >= CHUNK) {
            chunks.push(&list[start..n]);
            start = n;
            seen.clear();
        }
        seen.extend(here.by_ref());
    }
    if start < list.len() {
        chunks.push(&list[start..]);
    }
    chunks
}

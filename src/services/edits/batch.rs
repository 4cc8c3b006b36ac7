//! Batches: the same for many sessions, or one session in place of another.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use futures_util::future::join_all;

use super::chunks::{CHUNK, distinct_chunks};
use super::plan::{Ask, Job, Origin, Plan};
use super::request::{BatchAction, BatchItem, BatchRequest, BatchTarget, Selection};
use super::result::{BatchResult, Done, ItemOutcome, ItemResult, Report};
use super::service::{Edits, PARALLEL};
use super::supervision::{Progress, Supervision};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::{Action, Expectation, Patch, Reason};
use crate::domain::session::{SessionKey, Status};
use crate::i18n::Message;
use crate::services::error::Error;
use crate::store::root::Unavailable;

/// The most sessions that a request can name.
pub const LARGEST_BATCH: usize = 10_000;

/// A batch that was checked: what it does, for whom, and what may end it.
pub struct BatchRun {
    /// Shared by its entries in the journal; `None` for the undo of one change, which stands alone.
    pub id: Option<String>,
    pub caller: Caller,
    pub request_id: String,
    pub request: BatchRequest,
    pub reason: Option<Reason>,
    /// Write nothing, and say what would be.
    pub dry_run: bool,
    /// It goes on where a run of the same id was cut off.
    pub resumed: bool,
    pub progress: Progress,
    /// What may end it; `None` for what nobody asked for by a request.
    pub supervision: Option<Arc<Supervision>>,
}

/// What an earlier run of a batch has changed already.
#[derive(Default)]
struct Made {
    changed: HashSet<SessionKey>,
    deleted: HashSet<SessionKey>,
    undone: HashSet<String>,
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
    /// Runs a batch to its end, for what the program does by itself. `Batches` adds what requests need: that it ends
    /// with its caller's rights, and runs on without the client.
    pub async fn batch(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        request: BatchRequest,
        reason: Option<Reason>,
        dry_run: bool,
    ) -> Result<BatchResult, Error> {
        let request = self.checked(caller, request).await?;
        let run = BatchRun {
            id: self.id_for(&request),
            caller: caller.clone(),
            request_id: request_id.to_owned(),
            request,
            reason,
            dry_run,
            resumed: false,
            progress: Progress::default(),
            supervision: None,
        };
        self.run_to_the_end(run).await
    }

    /// Runs a batch that was checked, whoever stops waiting for it. In a task of its own, so that a fault in it is an
    /// error here.
    pub async fn run_to_the_end(self: &Arc<Self>, run: BatchRun) -> Result<BatchResult, Error> {
        let edits = self.clone();
        self.tasks.to_the_end(async move { edits.run_batch(run).await }).await?
    }

    /// What stands against a batch before anything is done; else the batch, with the sessions that it is on.
    pub async fn checked(&self, caller: &Caller, request: BatchRequest) -> Result<BatchRequest, Error> {
        caller.require(Permission::Change)?;
        let named = match &request {
            BatchRequest::Each(_, BatchTarget::Sessions(items)) | BatchRequest::Replace(items) => items.len(),
            BatchRequest::Each(_, BatchTarget::Filter(_) | BatchTarget::Listed(_)) => 0,
            // Each of them fails by itself while the folder is away.
            BatchRequest::Undo(_) => return Ok(request),
        };
        if named > LARGEST_BATCH {
            return Err(Error::invalid("/sessions", Message::new("value-batch-too-large")));
        }
        self.catalog.availability()?;
        match request {
            BatchRequest::Each(action, BatchTarget::Filter(selection)) => {
                Ok(BatchRequest::Each(action, BatchTarget::Listed(self.selected(caller, &selection).await?)))
            }
            request => Ok(request),
        }
    }

    /// An id for a batch that is about to start; none for the undo of one change.
    pub fn id_for(&self, request: &BatchRequest) -> Option<String> {
        let is_alone = matches!(request, BatchRequest::Undo(undoing) if undoing.is_single());
        (!is_alone).then(|| self.ids.next())
    }

    async fn run_batch(&self, run: BatchRun) -> Result<BatchResult, Error> {
        let BatchRun { id, caller, request_id, request, reason, dry_run, resumed, progress, supervision } = run;
        let made = match &id {
            Some(id) if resumed => self.made(id).await?,
            _ => Made::default(),
        };
        let origin = Origin { actor: caller.actor.clone(), request_id, reason, batch_id: id.clone(), supervision };
        let mut report = Report::new(&progress, dry_run);
        if made.is_something() {
            report.entry.clone_from(&id);
        }
        match request {
            BatchRequest::Each(action, target) => {
                let named = self.targets(&caller, target).await?;
                progress.begin(named.iter().map(|one| one.app.as_str()));
                self.run_each(&origin, ask(action), &named, &made, &mut report).await;
            }
            BatchRequest::Replace(items) => {
                let pairs = pairs(&caller, items)?;
                progress.begin(pairs.iter().map(|pair| pair.first.app.as_str()));
                self.run_pairs(&origin, &pairs, &made, &mut report).await;
            }
            BatchRequest::Undo(undoing) => {
                progress.begin(undoing.apps());
                self.undo_all(&origin, undoing, &made.undone, &mut report).await;
            }
        }
        Ok(report.finish(id.as_deref()))
    }

    /// What the journal has of a batch.
    async fn made(&self, id: &str) -> Result<Made, Error> {
        let mut made = Made::default();
        for change in self.database.changes_in(id).await? {
            made.undone.extend(change.undoes);
            match change.action {
                Action::Delete => made.deleted.insert(change.key),
                _ => made.changed.insert(change.key),
            };
        }
        Ok(made)
    }

    async fn targets(&self, caller: &Caller, target: BatchTarget) -> Result<Vec<Named>, Error> {
        match target {
            BatchTarget::Sessions(items) => {
                Ok(items.into_iter().map(|item| Named::new(caller, item.app, item.id, item.expected)).collect())
            }
            BatchTarget::Filter(selection) => Ok(listed(caller, self.selected(caller, &selection).await?)),
            BatchTarget::Listed(keys) => Ok(listed(caller, keys)),
        }
    }

    /// What a filter lets through now.
    async fn selected(&self, caller: &Caller, selection: &Selection) -> Result<Vec<SessionKey>, Error> {
        if self.catalog.reading().is_some() {
            // What is not read yet would be left out without a word.
            return Err(Error::FolderUnavailable {
                reason: Unavailable::Away("it is being read for the first time".into()),
            });
        }
        let keys = self.catalog.keys(&caller.apps, &selection.filter).await?;
        match selection.if_total {
            Some(expected) if expected != keys.len() as u64 => {
                Err(Error::TotalDiffers { expected, found: keys.len() as u64 })
            }
            _ => Ok(keys),
        }
    }

    /// A session that is named twice gets one change, and both items tell of it.
    async fn run_each(&self, origin: &Origin, ask: Ask, named: &[Named], made: &Made, report: &mut Report) {
        let mut first: HashMap<&SessionKey, usize> = HashMap::new();
        for chunk in named.chunks(CHUNK) {
            let start = report.items.len();
            let mut jobs = Vec::new();
            // For each item its job in this chunk, or the item before that named the same session.
            let mut place = Vec::with_capacity(chunk.len());
            for (n, one) in chunk.iter().enumerate() {
                place.push(one.key.as_ref().map(|key| match first.get(key) {
                    Some(&earlier) => Place::Repeated(earlier),
                    None => {
                        first.insert(key, start + n);
                        if made.has(key) {
                            return Place::Made;
                        }
                        jobs.push(Job { key: key.clone(), ask: ask.clone(), expected: one.expected.clone() });
                        Place::Job
                    }
                }));
            }
            let mut results = self.run_or_try(origin, &jobs, report.dry_run).await.into_iter();
            for (one, place) in chunk.iter().zip(place) {
                let item = match place {
                    None => ItemResult::failed(&one.app, &one.id, &Error::NotFound("session"), &origin.request_id),
                    Some(Place::Repeated(earlier)) => repeated(&report.items[earlier]),
                    Some(Place::Made) => ItemResult::new(&one.app, &one.id, ItemOutcome::Changed),
                    Some(Place::Job) => {
                        let done = results.next().unwrap_or_else(|| Err(Error::internal("a job without a result")));
                        report.entry_of(&done);
                        done.map_or_else(
                            |error| ItemResult::failed(&one.app, &one.id, &error, &origin.request_id),
                            |done| ItemResult::done(&one.app, &one.id, &done),
                        )
                    }
                };
                report.push(item);
            }
        }
    }

    async fn run_pairs(&self, origin: &Origin, pairs: &[Pair], made: &Made, report: &mut Report) {
        for chunk in distinct_chunks(pairs, |pair| [pair.first.key.as_ref(), pair.other.key.as_ref()]) {
            self.run_distinct_pairs(origin, chunk, made, report).await;
        }
    }

    /// First a look at both, so that nothing is accepted in place of what cannot be deleted; then
    /// accept; then delete where that went well.
    async fn run_distinct_pairs(&self, origin: &Origin, pairs: &[Pair], made: &Made, report: &mut Report) {
        let accept = Ask::Patch(Patch { status: Some(Status::Accepted), email: None });
        let mut results: Vec<Option<ItemResult>> = Vec::with_capacity(pairs.len());
        let (mut going, mut accepts, mut deletes) = (Vec::new(), Vec::new(), Vec::new());
        for (n, pair) in pairs.iter().enumerate() {
            match pair.jobs(&accept) {
                // Its last step was made before the batch was cut off.
                Ok((_, other)) if made.deleted.contains(&other.key) => results.push(Some(pair.changed())),
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
                Ok(done) => ItemResult::done(&first.app, &first.id, &done),
                Err(error) => ItemResult {
                    note: Some(Message::new("note-other-not-deleted").into()),
                    ..pairs[n].failed(&error, origin)
                },
            });
        }
        results.into_iter().flatten().for_each(|item| report.push(item));
    }

    pub(super) async fn run_or_try(&self, origin: &Origin, jobs: &[Job], dry_run: bool) -> Vec<Result<Done, Error>> {
        if !origin.may_go_on(jobs.iter().map(|job| &job.key)).await {
            return jobs.iter().map(|_| Err(Error::BatchStopped)).collect();
        }
        if dry_run { self.try_all(origin, jobs).await } else { self.run(origin, jobs).await }
    }

    /// What would become of jobs: nothing is written.
    async fn try_all(&self, origin: &Origin, jobs: &[Job]) -> Vec<Result<Done, Error>> {
        let mut results = Vec::with_capacity(jobs.len());
        for some in jobs.chunks(PARALLEL) {
            let plans = join_all(some.iter().map(|job| self.plan(origin, job, None))).await;
            results.extend(plans.into_iter().map(|plan| {
                plan.map(|plan| match plan {
                    Plan::Unchanged(bytes) => Done::Unchanged(bytes),
                    Plan::Change(planned) => Done::Changed { id: planned.intent.id, bytes: None, note: planned.note },
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
        BatchAction::Decide(decide) => Ask::Decide(decide),
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
        let (app, id, expected) = item
            .replaces
            .ok_or_else(|| Error::invalid(format!("/sessions/{n}/replaces"), Message::new("value-replaces-missing")))?;
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
            return Err(Error::invalid("/sessions", Message::new("value-replaces-itself")));
        }
        Ok((first, other))
    }

    fn changed(&self) -> ItemResult {
        ItemResult::new(&self.first.app, &self.first.id, ItemOutcome::Changed)
    }

    fn failed(&self, error: &Error, origin: &Origin) -> ItemResult {
        ItemResult::failed(&self.first.app, &self.first.id, error, &origin.request_id)
    }
}

impl Made {
    fn has(&self, key: &SessionKey) -> bool {
        self.changed.contains(key) || self.deleted.contains(key)
    }

    fn is_something(&self) -> bool {
        !(self.changed.is_empty() && self.deleted.is_empty())
    }
}

/// Where the result of an item comes from.
enum Place {
    /// From its job in this part.
    Job,
    /// From the item before that named the same session.
    Repeated(usize),
    /// From an earlier run of the same batch.
    Made,
}

/// A session that was named before: it is so already, or fails for the same reason.
fn repeated(earlier: &ItemResult) -> ItemResult {
    match earlier.outcome {
        ItemOutcome::Failed => earlier.clone(),
        _ => ItemResult { outcome: ItemOutcome::Unchanged, note: None, ..earlier.clone() },
    }
}

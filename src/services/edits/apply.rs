//! Carries changes out: intent on disk, file, outcome, list. In this order, for one as for many.

use std::collections::VecDeque;

use futures_util::future::join_all;
use tokio::task::JoinHandle;

use super::draft::Step;
use super::plan::{Job, Origin, Plan, Planned};
use super::reading::of_write;
use super::result::{Done, log_failure};
use super::service::{Edits, PARALLEL};
use crate::domain::change::{Action, Digest, Outcome};
use crate::domain::session::SessionKey;
use crate::domain::session::splice::{self, Splice};
use crate::services::catalog::OwnChange;
use crate::services::error::Error;
use crate::services::measures;
use crate::store::database::journal::{End, Intent};
use crate::store::writer::{OnLateWrite, Prepared, WriteError};

/// How often a change starts again from 4D's bytes before it gives up.
const TRIES: usize = 5;
/// Planned changes are carried out when they hold this many bytes: a batch's memory has a limit.
const HEAVY: usize = 8 * 1024 * 1024;

/// One job on its way.
#[derive(Default)]
struct Progress {
    /// Of the intent that is on disk, if one is.
    id: Option<String>,
    tries: usize,
    /// What was changed, once it is.
    made: Option<OwnChange>,
    result: Option<Result<Done, Error>>,
}

/// What is needed of a change once its intent is written.
struct Carried {
    job: usize,
    id: String,
    action: Action,
    bytes: Option<Vec<u8>>,
    note: Option<&'static str>,
    /// `None` where the file is not touched.
    made: Option<OwnChange>,
    /// `None` when nobody knows: the writer itself failed.
    written: Option<Result<(), WriteError>>,
}

/// Which file, from which bytes, and how the change is put on top of what another program wrote late.
struct Writing {
    key: SessionKey,
    before: Option<Digest>,
    splices: Vec<Splice>,
}

/// What is done to a file while its intent is written down.
enum Begun {
    /// The new bytes are put beside it.
    Beside(JoinHandle<Result<Prepared, WriteError>>),
    Not(Step),
}

impl Begun {
    /// Waits until nothing of it lies there any more.
    async fn undo(self) {
        if let Self::Beside(prepared) = self {
            // What was prepared is taken away when it is dropped; what could not be is not there.
            drop(prepared.await);
        }
    }
}

impl Edits {
    /// Runs jobs, no two of them on one session, and tells what became of each. To be run in a
    /// task of its own: it must not end before its end.
    pub(super) async fn run(&self, origin: &Origin, jobs: &[Job]) -> Vec<Result<Done, Error>> {
        let _held = self.locks.take(jobs.iter().map(|job| &job.key)).await;
        let mut progress: Vec<Progress> = jobs.iter().map(|_| Progress::default()).collect();
        let mut waiting: VecDeque<usize> = (0..jobs.len()).collect();
        while !waiting.is_empty() {
            let planned = self.plan_some(origin, jobs, &mut waiting, &mut progress).await;
            for job in self.carry_out(origin, planned, &mut progress).await {
                waiting.push_back(job);
            }
            let (ends, changed) = ends(&mut progress);
            self.catalog.record_changes(ends, &changed).await;
        }
        let untold = || Err(Error::internal("a change without a result"));
        progress.into_iter().map(|job| job.result.unwrap_or_else(untold)).collect()
    }

    /// Plans jobs until they are heavy; those that come to nothing get their result.
    async fn plan_some(
        &self,
        origin: &Origin,
        jobs: &[Job],
        waiting: &mut VecDeque<usize>,
        progress: &mut [Progress],
    ) -> Vec<(usize, Planned)> {
        let mut planned = Vec::new();
        let mut weight = 0;
        while weight < HEAVY && !waiting.is_empty() {
            let some: Vec<usize> = waiting.drain(..waiting.len().min(PARALLEL)).collect();
            let plans = join_all(some.iter().map(|&job| self.plan(origin, &jobs[job], progress[job].id.as_deref())));
            let plans = plans.await;
            for (job, plan) in some.into_iter().zip(plans) {
                match plan {
                    Ok(Plan::Change(plan)) => {
                        weight += plan.weight();
                        planned.push((job, *plan));
                    }
                    Ok(Plan::Unchanged(bytes)) => progress[job].result = Some(Ok(Done::Unchanged(bytes))),
                    Err(error) => progress[job].result = Some(Err(error)),
                }
            }
        }
        planned
    }

    /// Intents, then files. Gives the jobs that met another program's write and start again.
    async fn carry_out(
        &self,
        origin: &Origin,
        planned: Vec<(usize, Planned)>,
        progress: &mut [Progress],
    ) -> Vec<usize> {
        if planned.is_empty() {
            return Vec::new();
        }
        let parallel = planned.len().min(self.parallel);
        let descriptors = self.files.acquire_many(u32::try_from(parallel).unwrap_or(u32::MAX)).await;
        // What many are to become does not lie beside them all at once.
        let at_once = planned.len() == parallel;
        let alone = planned.len() == 1;
        let mut intents = Vec::with_capacity(planned.len());
        let mut steps = Vec::with_capacity(planned.len());
        for (job, Planned { intent, step, note }) in planned {
            let carried = Carried {
                job,
                id: intent.id.clone(),
                action: intent.action,
                bytes: step.bytes().filter(|_| alone).map(<[u8]>::to_vec),
                note,
                made: (!intent.action.is_decision())
                    .then(|| OwnChange { key: intent.key.clone(), is_deleted: intent.after.is_none() }),
                written: None,
            };
            let writing =
                Writing { key: intent.key.clone(), before: intent.digest_before, splices: intent.splices.clone() };
            steps.push((carried, writing, self.begin(&intent, step, at_once)));
            intents.push(intent);
        }
        if let Err(error) = self.intents.write(&self.database, intents).await {
            log_failure(&error, "intents could not be written");
            for (carried, _, begun) in steps {
                begun.undo().await;
                progress[carried.job].result = Some(Err(of_each(&error)));
            }
            return Vec::new();
        }
        let mut carried = Vec::with_capacity(steps.len());
        while !steps.is_empty() {
            let some: Vec<_> = steps.drain(..steps.len().min(parallel)).collect();
            if !origin.may_go_on(some.iter().map(|(_, writing, _)| &writing.key)).await {
                for (stopped, _, begun) in some {
                    begun.undo().await;
                    progress[stopped.job].id = Some(stopped.id);
                    progress[stopped.job].result = Some(Err(Error::BatchStopped));
                }
                continue;
            }
            let writes = some.into_iter().map(|(carried, writing, begun)| async move {
                Carried { written: self.write(writing, begun).await, ..carried }
            });
            carried.extend(join_all(writes).await);
        }
        drop(descriptors);
        let mut again = Vec::new();
        for carried in carried {
            let state = &mut progress[carried.job];
            state.id = Some(carried.id.clone());
            state.tries += 1;
            let Carried { id, action, bytes, note, made, .. } = carried;
            match carried.written {
                Some(Ok(())) => {
                    state.made = made;
                    state.result = Some(Ok(Done::Changed { id, bytes, note }));
                }
                // One that is gone may come again: it is waited for when the change is planned anew.
                Some(Err(WriteError::Changed | WriteError::Gone)) if state.tries < TRIES => again.push(carried.job),
                // The intent stays open until it is settled by the file.
                Some(Err(error @ WriteError::Unsure(_))) => {
                    state.id = None;
                    state.result = Some(Err(match of_write(&self.folder, error) {
                        Error::Unsure { reason, .. } => Error::Unsure { change: Some(id), reason },
                        other => other,
                    }));
                }
                // It was there when the change was planned, each time.
                Some(Err(WriteError::Gone)) if action != Action::Restore => state.result = Some(Err(Error::Busy)),
                Some(Err(error)) => state.result = Some(Err(of_write(&self.folder, error))),
                None => {
                    state.id = None;
                    state.result = Some(Err(Error::internal("the writer failed")));
                }
            }
            if let Some(result) = &state.result {
                measures::change(action.as_str(), result.is_ok());
            }
        }
        again
    }

    /// Begins what needs no intent: new bytes are put beside the file while the intent is written down.
    fn begin(&self, intent: &Intent, step: Step, at_once: bool) -> Begun {
        match step {
            Step::Replace(new) if at_once => {
                let (writer, key) = (self.writer.clone(), intent.key.clone());
                Begun::Beside(tokio::task::spawn_blocking(move || writer.prepare(&key, new)))
            }
            step => Begun::Not(step),
        }
    }

    /// Does it to the file; `None` when nobody knows what was done.
    async fn write(&self, writing: Writing, begun: Begun) -> Option<Result<(), WriteError>> {
        let Writing { key, before, splices } = writing;
        let prepared = match begun {
            Begun::Beside(prepared) => Ok(prepared.await.ok()?),
            Begun::Not(step) => Err(step),
        };
        let writer = self.writer.clone();
        let write = move || {
            let late: OnLateWrite = Box::new(move |late| splice::merge(late, &splices));
            let before = before.ok_or(WriteError::Gone);
            match prepared {
                Ok(prepared) => writer.replace(&key, &before?, prepared?, late),
                Err(Step::Replace(new)) => writer.replace(&key, &before?, writer.prepare(&key, new)?, late),
                Err(Step::Remove) => writer.remove(&key, &before?),
                Err(Step::Restore(file)) => writer.restore(&key, &file),
                Err(Step::Keep) => Ok(()),
            }
        };
        tokio::task::spawn_blocking(write).await.ok()
    }
}

/// How the intents of jobs that have their result ended, and the sessions that were changed, each by its change.
fn ends(progress: &mut [Progress]) -> (Vec<(String, End)>, Vec<OwnChange>) {
    let mut ends = Vec::new();
    let mut changed = Vec::new();
    for state in progress {
        let Some(result) = &state.result else { continue };
        let Some(id) = state.id.take() else { continue };
        match result {
            Ok(Done::Changed { .. }) => {
                changed.extend(state.made.take());
                ends.push((id, End::Outcome(Outcome::Done)));
            }
            _ => ends.push((id, End::NotDone)),
        }
    }
    (ends, changed)
}

/// The same error for each of the changes that shared a commit.
fn of_each(error: &Error) -> Error {
    match error {
        Error::NoSpace => Error::NoSpace,
        Error::StoreUnavailable { reason } => Error::StoreUnavailable { reason: reason.clone() },
        _ => Error::internal("intents could not be written"),
    }
}

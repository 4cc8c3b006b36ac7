//! Undo: of a change, of a batch, of an undo.

use std::collections::HashSet;

use super::batch::{Report, distinct_chunks, failed, item_of, of_done};
use super::plan::{Ask, Job, Origin};
use super::{Edits, ItemOutcome};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::Expectation;
use crate::domain::session::SessionKey;
use crate::services::error::Error;

/// What an undo is about: one change, or those of a batch that its caller may see.
#[derive(Clone, Debug)]
pub struct Undoing {
    /// The newest first, so that each meets what it left.
    changes: Vec<(String, SessionKey)>,
    single: bool,
}

impl Undoing {
    /// How many changes it takes back.
    pub fn count(&self) -> u64 {
        self.changes.len() as u64
    }

    /// Whether it takes back one change that is named by its own id.
    pub fn is_single(&self) -> bool {
        self.single
    }

    pub(super) fn apps(&self) -> impl Iterator<Item = &str> {
        self.changes.iter().map(|(_, key)| key.app.as_str())
    }
}

impl Edits {
    /// What the undo of this id would be about.
    pub async fn undoing(&self, caller: &Caller, id: &str) -> Result<Undoing, Error> {
        caller.require(Permission::Change)?;
        let mut changes = self.database.changes_of(id).await?;
        changes.retain(|(_, key)| caller.apps.allows(&key.app));
        if changes.is_empty() {
            return Err(Error::NotFound("change"));
        }
        let single = matches!(changes.as_slice(), [(only, _)] if only == id);
        Ok(Undoing { changes, single })
    }

    /// `made` are the changes that an earlier run of the same undo took back.
    pub(super) async fn undo_all(
        &self,
        origin: &Origin,
        undoing: Undoing,
        made: &HashSet<String>,
        report: &mut Report,
    ) {
        for chunk in distinct_chunks(&undoing.changes, |(_, key)| [Some(key), None]) {
            let (before, now): (Vec<_>, Vec<_>) = chunk.iter().partition(|(id, _)| made.contains(id));
            for (_, key) in before {
                report.push(item_of(key.app.as_str(), key.id.as_str(), ItemOutcome::Changed, None));
            }
            let job = |(id, key): &(String, SessionKey)| Job {
                key: key.clone(),
                ask: Ask::Undo(id.clone()),
                expected: Expectation::Nothing,
            };
            let jobs: Vec<Job> = now.into_iter().map(job).collect();
            for (job, done) in jobs.iter().zip(self.run_or_try(origin, &jobs, false).await) {
                let (app, id) = (job.key.app.as_str(), job.key.id.as_str());
                report.entry_of(&done);
                report.push(match done {
                    Ok(done) => of_done(app, id, &done),
                    Err(error) => failed(app, id, &error, &origin.request_id),
                });
            }
        }
    }
}

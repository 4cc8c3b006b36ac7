//! Undo: of a change, of a batch, of an undo.

use std::collections::HashSet;

use super::chunks::distinct_chunks;
use super::plan::{Ask, Job, Origin};
use super::request::Undoing;
use super::result::{ItemOutcome, ItemResult, Report};
use super::service::Edits;
use crate::domain::account::{Caller, Permission};
use crate::domain::change::Expectation;
use crate::domain::session::SessionKey;
use crate::services::error::Error;

impl Edits {
    /// What the undo of this id would be about.
    pub async fn undoing(&self, caller: &Caller, id: &str) -> Result<Undoing, Error> {
        caller.require(Permission::Change)?;
        self.catalog.availability()?;
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
                report.push(ItemResult::new(key.app.as_str(), key.id.as_str(), ItemOutcome::Changed));
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
                    Ok(done) => ItemResult::done(app, id, &done),
                    Err(error) => ItemResult::failed(app, id, &error, &origin.request_id),
                });
            }
        }
    }
}

//! Undo: of a change, of a batch, of an undo.

use std::sync::Arc;

use super::batch::{Progress, Report, distinct_chunks, failed, of_done};
use super::plan::{Ask, Job, Origin};
use super::{BatchResult, Edits, origin};
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
}

impl Edits {
    /// Undoes a change or a batch, by its id. What cannot be undone fails item by item.
    pub async fn undo(self: &Arc<Self>, caller: &Caller, request_id: &str, id: &str) -> Result<BatchResult, Error> {
        let undoing = self.undoing(caller, id).await?;
        self.undo_these(caller, request_id, undoing).await
    }

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

    /// Undoes this and waits for it; it runs to its end whoever stops waiting.
    pub async fn undo_these(
        self: &Arc<Self>,
        caller: &Caller,
        request_id: &str,
        undoing: Undoing,
    ) -> Result<BatchResult, Error> {
        let batch_id = (!undoing.single).then(|| self.ids.next());
        let origin = origin(caller, request_id, None, batch_id);
        let edits = self.clone();
        let work = async move {
            let report = edits.undo_all(&origin, undoing, &Progress::default()).await;
            report.finish(origin.batch_id.as_deref())
        };
        self.tasks.to_the_end(work).await
    }

    pub(super) async fn undo_all(&self, origin: &Origin, undoing: Undoing, progress: &Progress) -> Report {
        let changes = undoing.changes;
        let mut report = Report::new(progress, false, changes.len());
        for chunk in distinct_chunks(&changes, |(_, key)| [Some(key), None]) {
            let jobs: Vec<Job> = chunk
                .iter()
                .map(|(id, key)| Job { key: key.clone(), ask: Ask::Undo(id.clone()), expected: Expectation::Nothing })
                .collect();
            for (job, done) in jobs.iter().zip(self.run(origin, &jobs).await) {
                let (app, id) = (job.key.app.as_str(), job.key.id.as_str());
                report.entry_of(&done);
                report.push(
                    done.map_or_else(
                        |error| failed(app, id, &error, &origin.request_id),
                        |done| of_done(app, id, &done),
                    ),
                );
            }
        }
        report
    }
}

//! Undo: of a change, of a batch, of an undo.

use std::sync::Arc;

use super::batch::{Progress, Report, distinct_chunks, failed, of_done};
use super::plan::{Ask, Job, Origin};
use super::{BatchResult, Edits, origin};
use crate::domain::account::{Caller, Permission};
use crate::domain::change::Expectation;
use crate::domain::session::SessionKey;
use crate::services::error::Error;

impl Edits {
    /// Undoes a change or a batch, by its id. What cannot be undone fails item by item.
    pub async fn undo(self: &Arc<Self>, caller: &Caller, request_id: &str, id: &str) -> Result<BatchResult, Error> {
        caller.require(Permission::Change)?;
        let mut changes = self.database.changes_of(id).await?;
        changes.retain(|(_, key)| caller.apps.allows(&key.app));
        if changes.is_empty() {
            return Err(Error::NotFound("change"));
        }
        let single = matches!(changes.as_slice(), [(only, _)] if only == id);
        let batch_id = (!single).then(|| self.ids.next());
        let origin = origin(caller, request_id, None, batch_id);
        let edits = self.clone();
        self.tasks.to_the_end(async move { edits.undo_all(&origin, changes).await }).await
    }

    /// The newest first, so that each meets what it left.
    async fn undo_all(&self, origin: &Origin, changes: Vec<(String, SessionKey)>) -> BatchResult {
        let mut report = Report::new(&Progress::default(), false, changes.len());
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
        report.finish(origin.batch_id.as_deref())
    }
}

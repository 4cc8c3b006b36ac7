//! The change of one session.

use std::sync::Arc;

use super::plan::{Ask, Job, Origin};
use super::request::{ChangeContext, Decide};
use super::result::{Changed, Done};
use super::service::Edits;
use crate::domain::account::Permission;
use crate::domain::change::{Digest, Patch};
use crate::domain::session::SessionKey;
use crate::services::error::Error;

impl Edits {
    /// Sets status, e-mail or both.
    pub async fn change(
        self: &Arc<Self>,
        context: ChangeContext,
        key: SessionKey,
        patch: Patch,
    ) -> Result<Changed, Error> {
        self.single(context, key, Ask::Patch(patch)).await
    }

    /// Takes a session's file away and keeps its bytes.
    pub async fn delete(self: &Arc<Self>, context: ChangeContext, key: SessionKey) -> Result<Changed, Error> {
        self.single(context, key, Ask::Delete).await
    }

    /// Declines to let a session in, takes that back, or notes something of its device. Its file is not touched.
    pub async fn decide(
        self: &Arc<Self>,
        context: ChangeContext,
        key: SessionKey,
        decide: Decide,
    ) -> Result<Changed, Error> {
        self.single(context, key, Ask::Decide(decide)).await
    }

    async fn single(self: &Arc<Self>, context: ChangeContext, key: SessionKey, ask: Ask) -> Result<Changed, Error> {
        let ChangeContext { caller, request_id, reason, expected } = context;
        caller.require(Permission::Change)?;
        if !caller.apps.allows(&key.app) {
            return Err(Error::NotFound("session"));
        }
        let origin = Origin { actor: caller.actor, request_id, reason, batch_id: None, supervision: None };
        let job = Job { key: key.clone(), ask, expected };
        let edits = self.clone();
        let results = self.tasks.to_the_end(async move { edits.run(&origin, &[job]).await }).await?;
        let done = results.into_iter().next().unwrap_or_else(|| Err(Error::internal("a change without a result")))?;
        let (bytes, change_id) = match done {
            Done::Unchanged(bytes) => (bytes, None),
            Done::Changed { id, bytes, .. } => (bytes, Some(id)),
        };
        // What was written, not what is read again: another program may have written, or taken the file away, since.
        let session = match &bytes {
            Some(bytes) => Some(self.catalog.session_as_written(&key, bytes).await?),
            None => self.database.session(&key).await?.map(|(session, _)| session),
        };
        Ok(Changed { session, digest: bytes.as_deref().map(Digest::of), bytes, change_id })
    }
}

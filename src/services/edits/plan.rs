//! What has to be done to one session: its file is read, compared and judged. Nothing is written here.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::draft::{Draft, Drafted, Step, delete_of, draft_delete, draft_patch, draft_undo};
use super::request::Decide;
use super::service::Edits;
use super::supervision::Supervision;
use crate::domain::account::Actor;
use crate::domain::change::{Expectation, Patch, Reason, ReasonCode};
use crate::domain::decision::Decision;
use crate::domain::session::SessionKey;
use crate::domain::timestamp::Timestamp;
use crate::services::error::Error;
use crate::store::database::journal::{Intent, Recorded};
use crate::store::folder::Folder;
use crate::store::writer::{KeptFile, Writer};

/// Who asks for changes, and how the journal shall show them.
pub(super) struct Origin {
    pub(super) actor: Actor,
    pub(super) request_id: String,
    pub(super) reason: Option<Reason>,
    pub(super) batch_id: Option<String>,
    /// What may end it before its end.
    pub(super) supervision: Option<Arc<Supervision>>,
}

impl Origin {
    /// Whether these sessions may still be changed.
    pub(super) async fn may_go_on<'a>(&self, keys: impl IntoIterator<Item = &'a SessionKey>) -> bool {
        match &self.supervision {
            Some(supervision) => supervision.allows(keys).await,
            None => true,
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Ask {
    Patch(Patch),
    /// That the file is taken away.
    Delete,
    Decide(Decide),
    /// That this change is taken back.
    Undo(String),
}

/// One session, and what is asked for it.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) key: SessionKey,
    pub(super) ask: Ask,
    pub(super) expected: Expectation,
}

/// What has to be done.
pub(super) enum Plan {
    /// Nothing: it is so already; the file's bytes, where they were looked at.
    Unchanged(Option<Vec<u8>>),
    Change(Box<Planned>),
}

/// A change that can be carried out.
pub(super) struct Planned {
    pub(super) intent: Intent,
    pub(super) step: Step,
    /// The message of what the caller should know of it.
    pub(super) note: Option<&'static str>,
}

impl Planned {
    /// How much memory it holds, roughly.
    pub(super) fn weight(&self) -> usize {
        let kept = self.intent.kept.as_ref().map_or(0, |file| file.bytes.len());
        kept + self.step.bytes().map_or(0, <[u8]>::len)
    }
}

/// How long a known session is waited for that is not there.
const WHILE_ABSENT: [Duration; 20] = [Duration::from_millis(20); 20];
impl Edits {
    /// Works out what has to be done, from what stands on disk now. `id` is the change's, if it
    /// has one from an attempt before.
    pub(super) async fn plan(&self, origin: &Origin, job: &Job, id: Option<&str>) -> Result<Plan, Error> {
        let (ask, undoes) = match &job.ask {
            Ask::Patch(patch) => (BlockingAsk::Patch(patch.clone()), None),
            Ask::Delete => (BlockingAsk::Delete, None),
            Ask::Decide(decide) => return self.plan_decision(origin, job, decide, id).await,
            Ask::Undo(change) => {
                let recorded = self.undoable(change).await?;
                if recorded.entry.action.is_decision() {
                    return self.plan_decision_back(origin, job, &recorded.entry, id).await;
                }
                (BlockingAsk::Undo(Box::new(recorded)), Some(change.clone()))
            }
        };
        let undone = match &ask {
            BlockingAsk::Undo(recorded) => Some(recorded.entry.clone()),
            _ => None,
        };
        let draft = match self.draft(job, ask).await? {
            Ok(draft) => draft,
            Err(unchanged) => return Ok(Plan::Unchanged(Some(unchanged))),
        };
        let known = self.database.session(&job.key).await.ok().flatten().map(|(session, _)| session);
        let declined = known.as_ref().and_then(|known| known.declined.as_ref());
        if !job.expected.holds_decision(declined) {
            return Err(Error::PreconditionFailed);
        }
        if undone.is_some_and(|undone| undone.is_before_decline(declined)) {
            return Err(Error::ChangedSince);
        }
        let intent = Intent {
            id: id.map_or_else(|| self.ids.next(), str::to_owned),
            batch_id: origin.batch_id.clone(),
            at: SystemTime::now().into(),
            actor: origin.actor.clone(),
            action: draft.action,
            key: job.key.clone(),
            before: draft.before,
            after: draft.after,
            splices: draft.splices,
            digest_before: draft.digest_before,
            digest_after: draft.digest_after,
            reason: origin.reason.clone(),
            request_id: origin.request_id.clone(),
            undoes,
            kept: draft.kept,
            device: draft.device,
            waited_since: known.as_ref().and_then(|known| known.pending_since).map(Timestamp::millis),
            // Whoever is let in is not declined any more.
            decision_before: known.and_then(|known| known.declined).map(Decision::Declined),
            decision_after: None,
        };
        Ok(Plan::Change(Box::new(Planned { intent, step: draft.step, note: draft.note })))
    }

    /// A session that is known and not there may be in the middle of being deleted and made again: it is waited for.
    async fn draft(&self, job: &Job, ask: BlockingAsk) -> Drafted {
        let ask = Arc::new(ask);
        let mut pauses = if self.catalog.knows(&job.key) { WHILE_ABSENT.iter() } else { [].iter() };
        loop {
            let (folder, writer, ask) = (self.folder.clone(), self.writer.clone(), ask.clone());
            let (key, expected) = (job.key.clone(), job.expected.clone());
            let descriptors = self.files.acquire().await;
            let drafted = tokio::task::spawn_blocking(move || draft(&folder, &writer, &key, &ask, &expected));
            let drafted = drafted.await.map_err(Error::internal)?;
            drop(descriptors);
            match (drafted, pauses.next()) {
                (Err(Error::NotFound(_)), Some(pause)) => tokio::time::sleep(*pause).await,
                (drafted, _) => return drafted,
            }
        }
    }

    async fn undoable(&self, change: &str) -> Result<Recorded, Error> {
        let recorded = self.database.recorded(change).await?.ok_or(Error::NotFound("change"))?;
        match recorded.entry.undone_by {
            Some(_) => Err(Error::AlreadyUndone),
            None => Ok(recorded),
        }
    }
}

enum BlockingAsk {
    Patch(Patch),
    Delete,
    Undo(Box<Recorded>),
}

fn draft(folder: &Folder, writer: &Writer, key: &SessionKey, ask: &BlockingAsk, expected: &Expectation) -> Drafted {
    match ask {
        BlockingAsk::Patch(patch) => draft_patch(folder, key, patch, expected),
        BlockingAsk::Delete => draft_delete(folder, writer, key, expected),
        BlockingAsk::Undo(change) => draft_undo(folder, writer, key, change),
    }
}

/// The entry of a version of another program's that a newer one has taken the place of: a delete, whose undo brings it
/// back.
pub(super) fn kept_aside(id: String, key: SessionKey, actor: Actor, file: KeptFile) -> Intent {
    let Draft { action, before, digest_before, device, kept, .. } = delete_of(file);
    Intent {
        id,
        batch_id: None,
        at: SystemTime::now().into(),
        actor,
        action,
        key,
        before,
        after: None,
        splices: Vec::new(),
        digest_before,
        digest_after: None,
        reason: Some(ReasonCode::KeptAside.into()),
        request_id: String::new(),
        undoes: None,
        kept,
        device,
        waited_since: None,
        decision_before: None,
        decision_after: None,
    }
}

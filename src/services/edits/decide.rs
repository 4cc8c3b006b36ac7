//! What is decided on a session beside its file: it goes the way of every change, through the journal, and touches no
//! file.

use std::time::SystemTime;

use super::draft::Step;
use super::plan::{Job, Origin, Plan, Planned};
use super::request::Decide;
use super::service::Edits;
use crate::domain::account::AppScope;
use crate::domain::change::{Action, Expectation, Reason, Values};
use crate::domain::decision::{Decision, Declined, DeviceName, Note, NoteText};
use crate::domain::session::{Session, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::services::error::{Conflict, Error};
use crate::store::database::journal::{Entry, Intent};

/// What is to stand in the journal.
struct Decided {
    action: Action,
    before: Option<Decision>,
    after: Option<Decision>,
    undoes: Option<String>,
}

impl Edits {
    pub(super) async fn plan_decision(
        &self,
        origin: &Origin,
        job: &Job,
        decide: &Decide,
        id: Option<&str>,
    ) -> Result<Plan, Error> {
        let action = action(decide);
        let session = self.session_to_decide_on(job, action).await?;
        let before = standing(&session, action);
        let after = match decide {
            Decide::Decline if session.class() != StatusClass::Pending => {
                return Err(Conflict::NotToBeDeclined.into());
            }
            Decide::Decline => Some(Decision::Declined(declined(origin))),
            Decide::Undecline => None,
            Decide::Note(name, note) => noted(origin, name, note).map(Decision::Note),
        };
        let is_so = match (&before, &after) {
            (Some(before), Some(after)) => after.is_as(before),
            (before, after) => before.is_none() && after.is_none(),
        };
        if is_so {
            return Ok(Plan::Unchanged(None));
        }
        Ok(self.planned(origin, &session, Decided { action, before, after, undoes: None }, id))
    }

    /// Takes a decision back, if it still stands.
    pub(super) async fn plan_decision_back(
        &self,
        origin: &Origin,
        job: &Job,
        entry: &Entry,
        id: Option<&str>,
    ) -> Result<Plan, Error> {
        let session = self.session_to_decide_on(job, entry.action).await?;
        let now = standing(&session, entry.action);
        if now != entry.decision_after || by_status(entry.action) && session.class() != StatusClass::Pending {
            return Err(Error::ChangedSince);
        }
        let action = match entry.action {
            Action::Decline => Action::Undecline,
            Action::Undecline => Action::Decline,
            same => same,
        };
        let after = entry.decision_before.clone();
        Ok(self.planned(origin, &session, Decided { action, before: now, after, undoes: Some(entry.id.clone()) }, id))
    }

    /// The session as its file says it now: one that 4D has let in meanwhile is not declined.
    async fn session_to_decide_on(&self, job: &Job, action: Action) -> Result<Session, Error> {
        if let Some((session, digest)) = self.catalog.session_now(&job.key).await? {
            return if job.expected.holds(&digest) { Ok(session) } else { Err(Error::PreconditionFailed) };
        }
        let known = self.catalog.session(&AppScope::all(), &job.key).await?;
        let known = known.ok_or(Error::NotFound("session"))?;
        match (known.class(), &job.expected) {
            // Its file changes all the while.
            (StatusClass::Pending, _) if by_status(action) => Err(Error::Busy),
            (_, Expectation::Nothing | Expectation::Exists) => Ok(known),
            _ => Err(Error::PreconditionFailed),
        }
    }

    fn planned(&self, origin: &Origin, session: &Session, decided: Decided, id: Option<&str>) -> Plan {
        let values = Values { status: session.status.clone(), email: session.email.clone() };
        // By it, the queue keeps a session in its place for a moment that was declined.
        let since = session.pending_since.filter(|_| decided.action == Action::Decline).map(Timestamp::millis);
        let intent = Intent {
            id: id.map_or_else(|| self.new_id(), str::to_owned),
            batch_id: origin.batch_id.clone(),
            at: SystemTime::now().into(),
            actor: origin.actor.clone(),
            action: decided.action,
            key: session.key(),
            before: Some(values.clone()),
            after: Some(values),
            splices: Vec::new(),
            digest_before: None,
            digest_after: None,
            reason: origin.reason.clone(),
            request_id: origin.request_id.clone(),
            undoes: decided.undoes,
            kept: None,
            device: session.device.as_ref().and_then(|device| device.description.clone()),
            waited_since: since,
            decision_before: decided.before,
            decision_after: decided.after,
        };
        Plan::Change(Box::new(Planned { intent, step: Step::Keep, note: None }))
    }
}

fn action(decide: &Decide) -> Action {
    match decide {
        Decide::Decline => Action::Decline,
        Decide::Undecline => Action::Undecline,
        Decide::Note(..) => Action::SetNote,
    }
}

/// Whether it is for pending sessions alone.
fn by_status(action: Action) -> bool {
    matches!(action, Action::Decline | Action::Undecline)
}

/// What is decided on a session now, of what this action changes.
fn standing(session: &Session, action: Action) -> Option<Decision> {
    match action {
        Action::SetNote => session.note.clone().map(Decision::Note),
        _ => session.declined.clone().map(Decision::Declined),
    }
}

/// `None` where nothing is said any more.
fn noted(origin: &Origin, name: &DeviceName, note: &NoteText) -> Option<Note> {
    let (name, note) = (name.clone().into_text(), note.clone().into_text());
    let is_some = name.is_some() || note.is_some();
    is_some.then(|| Note { name, note, at: SystemTime::now().into(), by: origin.actor.clone() })
}

fn declined(origin: &Origin) -> Declined {
    Declined {
        at: SystemTime::now().into(),
        by: origin.actor.clone(),
        reason: origin.reason.as_ref().map(Reason::as_str).map(str::to_owned),
    }
}

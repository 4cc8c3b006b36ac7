//! Looks at sessions that came, or became, pending, and lets in those that a rule matches.
//!
//! What is to be looked at stands in the database until it was: a stop, a full disk or a folder that is away lose
//! none of it.

use std::sync::Arc;
use std::time::Duration;

use super::{Devices, Rules};
use crate::domain::account::{Actor, ActorKind, Caller, Role};
use crate::domain::change::{Digest, Expectation, Patch};
use crate::domain::rule::{Rule, first_match};
use crate::domain::session::{Session, SessionKey, Status, StatusClass};
use crate::services::accounts::{new_id, now};
use crate::services::edits::{
    BatchAction, BatchItem, BatchRequest, BatchTarget, ChangeContext, ItemOutcome, LARGEST_BATCH,
};
use crate::services::error::{Code, Error};
use crate::services::measures;

/// The first and the longest pause before what could not be done is tried again.
const PAUSES: (Duration, Duration) = (Duration::from_millis(200), Duration::from_secs(10));
/// In milliseconds: the event of a change is told within this time, or never.
const TOLD_WITHIN: i64 = 10_000;

/// Whether there is more to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Left {
    Nothing,
    /// What could not be done now.
    Something,
}

/// A session that a rule lets in, if it still has these bytes.
type Matched = (SessionKey, Digest);

impl Rules {
    /// Works until the program stops. To be spawned once.
    pub async fn work(self: Arc<Self>) {
        let mut pause = PAUSES.0;
        loop {
            let left = self.look().await.unwrap_or_else(|error| {
                log(&error);
                Left::Something
            });
            let wait = match left {
                Left::Nothing => Duration::MAX,
                Left::Something => pause,
            };
            pause = if left == Left::Nothing { PAUSES.0 } else { (pause * 2).min(PAUSES.1) };
            tokio::select! {
                biased;
                () = self.events.stopping() => return,
                () = self.events.arrived() => {}
                () = tokio::time::sleep(wait) => {}
            }
        }
    }

    /// One look at everything that waits for one.
    async fn look(&self) -> Result<Left, Error> {
        let arrivals = self.database.arrivals(now().plus_millis(-TOLD_WITHIN)).await?;
        let mut left = if arrivals.later { Left::Something } else { Left::Nothing };
        if arrivals.keys.is_empty() {
            return Ok(left);
        }
        let rules = self.acting().await?;
        if !rules.iter().any(|(rule, _)| rule.is_live(now())) {
            self.database.forget_arrivals(&arrivals.keys).await?;
            return Ok(left);
        }
        let mut pending: Vec<(Session, Digest)> = Vec::with_capacity(arrivals.keys.len());
        for key in &arrivals.keys {
            match self.catalog.session_now(key).await? {
                Some((session, digest)) if session.class() == StatusClass::Pending => pending.push((session, digest)),
                // Somebody was faster: whoever notes that takes it off the list.
                Some((session, _)) if session.class() == StatusClass::Accepted => {}
                // Gone, or not to be read: for a moment, or for good.
                _ => left = Left::Something,
            }
        }
        let asked = rules.iter().any(|(rule, _)| rule.when.known_device.is_some());
        let known = Devices::of(&self.catalog, asked, pending.iter().map(|(session, _)| session)).await?;
        let mut done = Vec::new();
        let mut matched: Vec<(&Rule, Vec<Matched>)> = rules.iter().map(|(rule, _)| (rule, Vec::new())).collect();
        for (session, digest) in &pending {
            let first = first_match(&rules, session, now(), |session, owner| known.has(session, owner));
            match first.and_then(|first| matched.iter_mut().find(|(rule, _)| rule.id == first.id)) {
                Some((_, sessions)) => sessions.push((session.key(), *digest)),
                None => done.push(session.key()),
            }
        }
        self.database.forget_arrivals(&done).await?;
        for (rule, sessions) in matched {
            for some in sessions.chunks(LARGEST_BATCH) {
                let refused = self.accept(rule, some, &mut left).await?;
                self.database.forget_arrivals(&refused).await?;
            }
        }
        Ok(left)
    }

    /// Lets sessions in by a rule, if they still are as they were judged. Gives those that can never be.
    async fn accept(&self, rule: &Rule, sessions: &[Matched], left: &mut Left) -> Result<Vec<SessionKey>, Error> {
        let caller = caller(rule);
        let request_id = new_id();
        let reason = rule.note.clone();
        if let [(key, digest)] = sessions {
            let patch = Patch { status: Some(Status::Accepted), email: None };
            let context = ChangeContext { caller, request_id, reason, expected: Expectation::exactly(digest) };
            let changed = self.edits.change(context, key.clone(), patch).await;
            return Ok(match changed {
                Ok(_) => {
                    measures::rule(1, true);
                    tracing::info!(rule = rule.name, app = %key.app, session = %key.id, "let in by a rule");
                    Vec::new()
                }
                Err(error) => {
                    measures::rule(1, false);
                    log(&error);
                    keep_or_drop(Some(error.code()), key, left).into_iter().collect()
                }
            });
        }
        if sessions.is_empty() {
            return Ok(Vec::new());
        }
        let item = |(key, digest): &Matched| BatchItem {
            app: key.app.as_str().to_owned(),
            id: key.id.as_str().to_owned(),
            expected: Expectation::exactly(digest),
            replaces: None,
        };
        let target = BatchTarget::Sessions(sessions.iter().map(item).collect());
        let request = BatchRequest::Each(BatchAction::SetStatus(Status::Accepted), target);
        let result = self.edits.batch(&caller, &request_id, request, reason, false).await?;
        measures::rule(result.changed, true);
        measures::rule(result.failed, false);
        tracing::info!(rule = rule.name, sessions = result.changed, failed = result.failed, "let in by a rule");
        let mut refused = Vec::new();
        for ((key, _), item) in sessions.iter().zip(&result.items) {
            if let (ItemOutcome::Failed, Some(problem)) = (item.outcome, &item.problem) {
                refused.extend(keep_or_drop(problem.code(), key, left));
            }
        }
        Ok(refused)
    }
}

/// A rule as somebody who changes sessions, within its apps.
fn caller(rule: &Rule) -> Caller {
    Caller {
        id: format!("rule:{}", rule.id),
        actor: Actor { kind: ActorKind::Rule, name: rule.name.clone() },
        role: Role::Operator,
        apps: rule.when.apps.clone(),
        secrets: false,
    }
}

/// Kinds of error that the session itself is the cause of: they stay. All else can pass: a lock, a full disk, a missing
/// right.
const STAYING: [Code; 3] = [Code::NotFound, Code::InvalidValue, Code::NotAnObject];

/// Gives back a session that can never be let in; otherwise notes that something is left to do.
fn keep_or_drop(code: Option<Code>, key: &SessionKey, left: &mut Left) -> Option<SessionKey> {
    if let Some(code) = code.filter(|code| STAYING.contains(code)) {
        tracing::warn!(app = %key.app, session = %key.id, code = code.as_str(), "a rule matches, but the session cannot be let in");
        return Some(key.clone());
    }
    *left = Left::Something;
    None
}

fn log(error: &Error) {
    match error {
        // Told by whoever looks at the folder.
        Error::FolderUnavailable { .. } => {}
        Error::Internal(cause) => tracing::warn!(%cause, "rules could not be gone by: it is tried again"),
        error => tracing::warn!(%error, "rules could not be gone by: it is tried again"),
    }
}

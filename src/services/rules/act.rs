//! What a rule does to the sessions that it matches: as a person would do it, in the rule's name.

use super::Rules;
use crate::domain::account::{Actor, ActorKind, Caller, Role};
use crate::domain::change::{Digest, Expectation, ExpectedState, Patch};
use crate::domain::rule::{Rule, RuleAction};
use crate::domain::session::{SessionKey, Status};
use crate::services::accounts::new_id;
use crate::services::edits::{BatchAction, BatchItem, BatchRequest, BatchTarget, ChangeContext, Decide, ItemOutcome};
use crate::services::error::{Code, Error};
use crate::services::measures;

/// A session that a rule acts on, if it still has these bytes.
pub(super) type Matched = (SessionKey, Digest);
/// One that it could not act on, and why.
pub(super) type Failed = (SessionKey, Option<Code>);

/// Kinds of error that the session itself is the cause of: they stay. All else can pass: a lock, a full disk, a missing
/// right.
const STAYING: [Code; 3] = [Code::NotFound, Code::InvalidValue, Code::NotAnObject];

impl Rules {
    /// Acts on at most 10,000 sessions, if they still are as they were judged. Deletes are one batch, so that they are
    /// undone as one.
    pub(super) async fn act(&self, rule: &Rule, sessions: &[Matched]) -> Result<Vec<Failed>, Error> {
        match (rule.action, sessions) {
            (_, []) => Ok(Vec::new()),
            (RuleAction::Accept | RuleAction::Decline, [one]) => Ok(self.act_on_one(rule, one).await),
            _ => self.act_on_all(rule, sessions).await,
        }
    }

    async fn act_on_one(&self, rule: &Rule, (key, digest): &Matched) -> Vec<Failed> {
        let expected = expectation(rule, digest);
        let context = ChangeContext { caller: caller(rule), request_id: new_id(), reason: rule.note.clone(), expected };
        let changed = match rule.action {
            RuleAction::Accept => {
                let patch = Patch { status: Some(Status::Accepted), email: None };
                self.edits.change(context, key.clone(), patch).await
            }
            RuleAction::Decline => self.edits.decide(context, key.clone(), Decide::Decline).await,
            RuleAction::Delete => self.edits.delete(context, key.clone()).await,
        };
        measures::rule(rule.action, 1, changed.is_ok());
        match changed {
            Ok(_) => {
                tracing::info!(rule = rule.name, app = %key.app, session = %key.id, "{}", done_words(rule.action));
                Vec::new()
            }
            Err(error) => {
                log(&error);
                vec![(key.clone(), Some(error.code()))]
            }
        }
    }

    async fn act_on_all(&self, rule: &Rule, sessions: &[Matched]) -> Result<Vec<Failed>, Error> {
        let item = |(key, digest): &Matched| BatchItem {
            app: key.app.as_str().to_owned(),
            id: key.id.as_str().to_owned(),
            expected: expectation(rule, digest),
            replaces: None,
        };
        let action = match rule.action {
            RuleAction::Accept => BatchAction::SetStatus(Status::Accepted),
            RuleAction::Decline => BatchAction::Decide(Decide::Decline),
            RuleAction::Delete => BatchAction::Delete,
        };
        let request = BatchRequest::Each(action, BatchTarget::Sessions(sessions.iter().map(item).collect()));
        let result = self.edits.batch(&caller(rule), &new_id(), request, rule.note.clone(), false).await?;
        measures::rule(rule.action, result.changed, true);
        measures::rule(rule.action, result.failed, false);
        let batch = result.change_id.as_deref().unwrap_or_default();
        let (sessions_changed, failed) = (result.changed, result.failed);
        tracing::info!(rule = rule.name, batch, sessions = sessions_changed, failed, "{}", done_words(rule.action));
        let items = sessions.iter().zip(&result.items);
        let failed = items.filter(|(_, item)| item.outcome == ItemOutcome::Failed);
        Ok(failed.map(|((key, _), item)| (key.clone(), item.problem.as_ref().and_then(|why| why.code()))).collect())
    }
}

/// Whether it stays so that a rule cannot act on this session.
pub(super) fn stays((key, code): &Failed) -> bool {
    let staying = code.filter(|code| STAYING.contains(code));
    if let Some(code) = staying {
        let code = code.as_str();
        tracing::warn!(app = %key.app, session = %key.id, code, "a rule matches, but cannot act on the session");
    }
    staying.is_some()
}

pub(super) fn log(error: &Error) {
    match error {
        // Told by whoever looks at the folder.
        Error::FolderUnavailable { .. } => {}
        Error::Internal(cause) => tracing::warn!(%cause, "rules could not be gone by: it is tried again"),
        error => tracing::warn!(%error, "rules could not be gone by: it is tried again"),
    }
}

fn done_words(action: RuleAction) -> &'static str {
    match action {
        RuleAction::Accept => "let in by a rule",
        RuleAction::Decline => "declined by a rule",
        RuleAction::Delete => "deleted by a rule",
    }
}

/// The session as the rule matched it: one that somebody declined since is not the rule's any more.
fn expectation(rule: &Rule, digest: &Digest) -> Expectation {
    match rule.when.declined {
        Some(true) => Expectation::exactly(digest),
        _ => Expectation::OneOf(vec![ExpectedState::undeclined(digest)]),
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

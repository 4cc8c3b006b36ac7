//! Which sessions a rule would act on now.

use std::collections::HashMap;

use super::Rules;
use crate::domain::account::{ActorKind, AppScope};
use crate::domain::query::{Filter, Query, Sort, SortKey};
use crate::domain::rule::{Conditions, RuleAction, device_id};
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::domain::timestamp::Timestamp;
use crate::services::accounts::now;
use crate::services::catalog::{AcceptedDevices, Catalog};
use crate::services::error::Error;
use crate::store::database::newest::NewestChange;

/// The most sessions that a preview shows.
const MOST_SHOWN: usize = 10_000;

/// Of some sessions, where their devices are let in.
pub(super) struct Devices(AcceptedDevices);

impl Rules {
    /// The sessions of which these conditions hold now, as far as `scope` reaches: for a rule that acts on arrivals,
    /// those that are pending. First those that it would act on first, at most 10,000; and how many there are. Nothing
    /// is changed.
    pub async fn preview(
        &self,
        scope: &AppScope,
        action: RuleAction,
        when: &Conditions,
    ) -> Result<(Vec<Session>, u64), Error> {
        let (mut sessions, _) = self.matching(scope, action, when).await?;
        let total = sessions.len() as u64;
        sessions.truncate(MOST_SHOWN);
        Ok((sessions, total))
    }

    pub(super) async fn matching(
        &self,
        scope: &AppScope,
        action: RuleAction,
        when: &Conditions,
    ) -> Result<(Vec<Session>, Devices), Error> {
        let now = now();
        let query = Query { limit: usize::MAX, ..candidates(action, when, now) };
        let mut sessions = self.catalog.list(&when.apps.within(scope), &query).await?.items;
        let known = Devices::of(&self.catalog, when.known_device.is_some(), sessions.iter()).await?;
        sessions.retain(|session| when.hold(session, now, |session| known.has(session, scope)));
        if when.is_timed() {
            let keys: Vec<SessionKey> = sessions.iter().map(Session::key).collect();
            let newest = self.database.newest_changes(&keys).await?;
            sessions.retain(|session| is_left_to_rules(action, when, newest.get(&session.key()), now));
        }
        Ok((sessions, known))
    }
}

/// Whether a rule does this to sessions of this kind. An unknown status, or a file that cannot be read, is a person's.
pub(super) fn acts_on(action: RuleAction, class: StatusClass) -> bool {
    match action {
        RuleAction::Accept | RuleAction::Decline => class == StatusClass::Pending,
        RuleAction::Delete => class != StatusClass::Other,
    }
}

/// The list in which a rule's sessions are, those that it acts on first in front.
fn candidates(action: RuleAction, when: &Conditions, now: Timestamp) -> Query {
    let is_pending = when.waiting_for.is_some();
    let classes = StatusClass::all().filter(|class| acts_on(action, *class));
    let status = classes.filter(|class| !is_pending || *class == StatusClass::Pending).collect();
    let modified_before = when.quiet_for.map(|span| span.before(now).plus_millis(1));
    let key = if when.quiet_for.is_some() { SortKey::Modified } else { SortKey::PendingSince };
    Query {
        filter: Filter { status, modified_before, ..Filter::default() },
        sort: Sort { key, descending: false },
        ..Query::default()
    }
}

/// Whether a rule that acts after some time may act, whatever was done here last. What a person set pending is a
/// person's. For a delete, whatever was done counts as a touch: what somebody brings back is not deleted again at once.
fn is_left_to_rules(action: RuleAction, when: &Conditions, newest: Option<&NewestChange>, now: Timestamp) -> bool {
    let Some(newest) = newest else { return true };
    match action {
        RuleAction::Delete => {
            let mut spans = [when.quiet_for, when.waiting_for].into_iter().flatten();
            spans.all(|span| newest.at <= span.before(now))
        }
        RuleAction::Accept | RuleAction::Decline => newest.by == ActorKind::Rule || !newest.is_pending,
    }
}

impl Devices {
    /// Nothing is looked up where nobody asks for it.
    pub(super) async fn of<'a>(
        catalog: &Catalog,
        asked: bool,
        sessions: impl Iterator<Item = &'a Session>,
    ) -> Result<Self, Error> {
        if !asked {
            return Ok(Self(HashMap::new()));
        }
        let devices = sessions.filter_map(|session| Some((session.app.clone(), device_id(session)?))).collect();
        catalog.accepted_devices(devices).await.map(Self)
    }

    /// Whether somebody who may see these apps knows this session's device.
    pub(super) fn has(&self, session: &Session, scope: &AppScope) -> bool {
        let folders = device_id(session).and_then(|device| self.0.get(&(session.app.clone(), device)));
        folders.is_some_and(|folders| folders.iter().any(|folder| scope.allows(folder)))
    }
}

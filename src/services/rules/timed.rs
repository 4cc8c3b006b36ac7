//! Rules that act once a session is quiet, or has been waiting, for long enough.

use std::collections::HashSet;
use std::time::Duration;

use super::Rules;
use super::act::{Matched, stays};
use super::matching::{Devices, acts_on};
use crate::domain::account::AppScope;
use crate::domain::change::Digest;
use crate::domain::rule::{Rule, RuleAction};
use crate::domain::session::{Session, SessionKey};
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;
use crate::services::accounts::now;
use crate::services::edits::LARGEST_BATCH;
use crate::services::error::Error;

/// How often rules look at what waits for long, at least and at most.
const OFTEN: Duration = Duration::from_mins(1);
const MOST_OFTEN: Duration = Duration::from_secs(1);

/// When rules that act after some time look again, and what they leave alone.
pub(super) struct Rounds {
    /// How often a rule deletes.
    deletes: Span,
    pub(super) pause: Duration,
    longest_pause: Duration,
    /// What a rule could not act on and never can, as long as the file is the same.
    given_up: HashSet<(String, Matched)>,
}

impl Rounds {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            deletes: Span::from(interval),
            pause: OFTEN.min(interval),
            longest_pause: OFTEN.min(interval),
            given_up: HashSet::new(),
        }
    }

    /// Short times are kept to within a half of them.
    fn pause_between<'a>(&self, rules: impl Iterator<Item = &'a Rule>) -> Duration {
        let spans = rules.flat_map(|rule| [rule.when.quiet_for, rule.when.waiting_for]).flatten();
        let half = spans.min().map_or(OFTEN, |shortest| Duration::from_secs(shortest.as_secs()) / 2);
        half.clamp(MOST_OFTEN, OFTEN).min(self.longest_pause)
    }

    fn is_due(&self, rule: &Rule, now: Timestamp) -> bool {
        // A clock that was ahead when it ran holds nothing up.
        let last = rule.ran_at.filter(|last| (rule.since..=now).contains(last));
        rule.action != RuleAction::Delete || last.is_none_or(|last| last <= self.deletes.before(now))
    }
}

/// The sessions that a rule matches now, without those of earlier rules.
struct Found<'a> {
    rule: &'a Rule,
    owner: &'a AppScope,
    keys: Vec<SessionKey>,
    known: Devices,
}

impl Rules {
    /// One look at what is quiet or waits for long. An earlier rule's sessions are not for a later one, whether or not
    /// the earlier one acts on them now.
    pub(super) async fn go_round(&self, rounds: &mut Rounds) -> Result<(), Error> {
        let now = now();
        let mut rules = self.acting().await?;
        rules.retain(|(rule, _)| rule.is_timed() && rule.is_live(now));
        rounds.pause = rounds.pause_between(rules.iter().map(|(rule, _)| rule));
        let due: Vec<bool> = rules.iter().map(|(rule, _)| rounds.is_due(rule, now)).collect();
        let Some(last) = due.iter().rposition(|is_due| *is_due) else { return Ok(()) };
        self.catalog.availability()?;
        let mut earlier = HashSet::new();
        for ((rule, owner), is_due) in rules[..=last].iter().zip(due) {
            let (sessions, known) = self.matching(owner, rule.action, &rule.when).await?;
            let keys = sessions.iter().map(Session::key).filter(|key| earlier.insert(key.clone())).collect();
            if is_due {
                self.act_after_time(&Found { rule, owner, keys, known }, rounds).await?;
            }
        }
        Ok(())
    }

    async fn act_after_time(&self, found: &Found<'_>, rounds: &mut Rounds) -> Result<(), Error> {
        let rule = found.rule;
        if rule.action == RuleAction::Delete {
            self.database.rule_runs(&rule.id, now()).await?;
        }
        let most = rule.at_most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX));
        let mut matched: Vec<Matched> = Vec::new();
        for key in &found.keys {
            if matched.len() >= most {
                break;
            }
            let Some(digest) = self.still_matches(found, key).await? else { continue };
            if !rounds.given_up.contains(&(rule.id.clone(), (key.clone(), digest))) {
                matched.push((key.clone(), digest));
            }
        }
        for some in matched.chunks(LARGEST_BATCH) {
            let failed = self.act(rule, some).await?;
            let given_up: HashSet<SessionKey> = failed.into_iter().filter(stays).map(|(key, _)| key).collect();
            let theirs = some.iter().filter(|(key, _)| given_up.contains(key));
            rounds.given_up.extend(theirs.map(|one| (rule.id.clone(), one.clone())));
        }
        Ok(())
    }

    /// The digest of a session's file, if the rule matches it as it is now on disk.
    async fn still_matches(&self, found: &Found<'_>, key: &SessionKey) -> Result<Option<Digest>, Error> {
        let Found { rule, owner, known, .. } = found;
        let Some((session, digest)) = self.catalog.session_now(key).await? else { return Ok(None) };
        let holds = acts_on(rule.action, session.class())
            && rule.when.hold(&session, now(), |session| known.has(session, owner));
        Ok(holds.then_some(digest))
    }
}

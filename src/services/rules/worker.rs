//! Looks at sessions that came, or became, pending, and does what the first rule that matches says.
//!
//! What is to be looked at stands in the database until it was: a stop, a full disk or a folder that is away lose
//! none of it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

use super::Rules;
use super::act::{Failed, Matched, log, stays};
use super::matching::Devices;
use super::timed::Rounds;
use crate::domain::change::Digest;
use crate::domain::rule::{Rule, RuleAction, first_match};
use crate::domain::session::{Session, SessionKey, StatusClass};
use crate::services::accounts::now;
use crate::services::edits::LARGEST_BATCH;
use crate::services::error::Error;

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

impl Rules {
    /// Works until the program stops; a rule that deletes does so once in this interval. To be spawned once.
    pub async fn work(self: Arc<Self>, interval: Duration) {
        let (mut pause, mut rounds) = (PAUSES.0, Rounds::new(interval));
        let mut next_round = Instant::now() + rounds.pause;
        loop {
            if next_round <= Instant::now() {
                self.go_round(&mut rounds).await.unwrap_or_else(|error| log(&error));
                next_round = Instant::now() + rounds.pause;
            }
            let left = self.look().await.unwrap_or_else(|error| {
                log(&error);
                Left::Something
            });
            let wake = match left {
                Left::Nothing => next_round,
                Left::Something => next_round.min(Instant::now() + pause),
            };
            pause = if left == Left::Nothing { PAUSES.0 } else { (pause * 2).min(PAUSES.1) };
            tokio::select! {
                biased;
                () = self.events.stopping() => return,
                () = self.events.arrived() => {}
                () = self.changed.notified() => next_round = Instant::now(),
                () = sleep_until(wake) => {}
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
                let failed = self.act(rule, some).await?;
                self.database.forget_arrivals(&looked_at(rule, some, failed, &mut left)).await?;
            }
        }
        Ok(left)
    }
}

/// The sessions that are done with; notes whether something is left to do. One that was accepted is no arrival any more.
fn looked_at(rule: &Rule, sessions: &[Matched], failed: Vec<Failed>, left: &mut Left) -> Vec<SessionKey> {
    let (never, again): (Vec<_>, Vec<_>) = failed.into_iter().partition(stays);
    if !again.is_empty() {
        *left = Left::Something;
    }
    if rule.action == RuleAction::Accept {
        return never.into_iter().map(|(key, _)| key).collect();
    }
    let again: HashSet<SessionKey> = again.into_iter().map(|(key, _)| key).collect();
    sessions.iter().map(|(key, _)| key).filter(|key| !again.contains(key)).cloned().collect()
}

//! What a rule may say.

use crate::domain::rule::{Conditions, Rule, RuleAction};
use crate::domain::span::Span;
use crate::i18n::Message;
use crate::services::error::Error;

/// How many sessions a rule deletes at a time, unless it says otherwise.
pub const USUAL_AT_MOST: u32 = 100;
/// The most sessions that a rule deletes at a time: one batch.
pub const LARGEST_AT_MOST: u32 = 10_000;
/// A rule deletes nothing that was touched within this time.
const SHORTEST_QUIET: Span = Span::from_secs(60 * 60);

/// What stands against a rule, with the pointer of what is to be changed.
pub(super) fn check(rule: &Rule) -> Result<(), Error> {
    if rule.action != RuleAction::Delete && rule.at_most.is_some() {
        return wrong("/at_most", "value-rule-at-most");
    }
    check_conditions(rule.action, &rule.when)
}

/// What stands against these conditions of a rule that does this.
pub fn check_conditions(action: RuleAction, when: &Conditions) -> Result<(), Error> {
    match action {
        RuleAction::Delete => {
            if !when.is_timed() {
                return wrong("/when", "value-rule-no-time");
            }
            for (pointer, span) in [("/when/quiet_for", when.quiet_for), ("/when/waiting_for", when.waiting_for)] {
                if span.is_some_and(|span| span < SHORTEST_QUIET) {
                    return wrong(pointer, "value-rule-too-soon");
                }
            }
            Ok(())
        }
        _ if when.quiet_for.is_some() => wrong("/when/quiet_for", "value-rule-quiet"),
        RuleAction::Decline if when.declined == Some(true) => wrong("/when/declined", "value-rule-declined"),
        _ => Ok(()),
    }
}

fn wrong(pointer: &str, why: &'static str) -> Result<(), Error> {
    Err(Error::invalid(pointer, Message::new(why)))
}

/// What a rule acts on.
pub(super) fn reach(rule: &Rule) -> impl PartialEq + use<> {
    (rule.enabled, rule.expires_at, rule.when.clone(), rule.action)
}

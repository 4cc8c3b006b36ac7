//! A rule as a sentence.

use super::text;
use crate::domain::rule::RuleAction;
use crate::domain::span::Span;
use crate::i18n::Locale;
use crate::services::rules::{Rule, When};

/// What a rule does, as a choice.
pub fn action_name(l: Locale, action: RuleAction) -> String {
    l.t(match action {
        RuleAction::Accept => "rule-action-accept",
        RuleAction::Decline => "rule-action-decline",
        RuleAction::Delete => "rule-action-delete",
    })
}

/// The whole rule.
pub fn sentence(l: Locale, rule: &Rule) -> String {
    let clauses = clauses(l, &rule.when);
    let all = clauses.into_iter().reduce(|a, b| l.args("rule-and", &[("a", a.into()), ("b", b.into())]));
    let most = u64::from(rule.at_most.unwrap_or_default());
    match (rule.action, all) {
        (RuleAction::Accept, None) => l.t("rule-says-accept-all"),
        (RuleAction::Accept, Some(when)) => l.s("rule-says-accept", when),
        (RuleAction::Decline, None) => l.t("rule-says-decline-all"),
        (RuleAction::Decline, Some(when)) => l.s("rule-says-decline", when),
        (RuleAction::Delete, when) => {
            let when = when.unwrap_or_default();
            l.args("rule-says-delete", &[("name", when.into()), ("most", l.number(most).into())])
        }
    }
}

/// Each condition, to stand behind "when".
fn clauses(l: Locale, when: &When) -> Vec<String> {
    let emails: Vec<String> =
        when.emails.iter().map(|email| if email.is_empty() { l.t("rule-no-email") } else { email.clone() }).collect();
    let lists = [
        ("rule-if-apps", &when.apps),
        ("rule-if-emails", &emails),
        ("rule-if-os", &when.os),
        ("rule-if-versions", &when.app_versions),
        ("rule-if-languages", &when.languages),
        ("rule-if-networks", &when.networks),
    ];
    let lists = lists.into_iter().filter(|(_, values)| !values.is_empty());
    let mut clauses: Vec<String> = lists.map(|(key, values)| l.s(key, either(l, values))).collect();
    let flags = [
        when.simulator.map(|yes| if yes { "rule-if-simulator" } else { "rule-if-no-simulator" }),
        when.jailbroken.map(|yes| if yes { "rule-if-jailbroken" } else { "rule-if-no-jailbroken" }),
        when.known_device.map(|yes| if yes { "rule-if-known" } else { "rule-if-unknown" }),
        when.declined.filter(|yes| *yes).map(|_| "rule-if-declined"),
    ];
    clauses.extend(flags.into_iter().flatten().map(|key| l.t(key)));
    clauses.extend(when.waiting_for.map(|span| l.s("rule-if-waiting", span_words(l, span))));
    clauses.extend(when.quiet_for.map(|span| l.s("rule-if-quiet", span_words(l, span))));
    clauses
}

/// Some values, one of which has to hold.
fn either(l: Locale, values: &[String]) -> String {
    let shown = values.iter().map(|value| text::one_line(value).into_owned());
    let all = shown.reduce(|a, b| l.args("rule-or", &[("a", a.into()), ("b", b.into())]));
    text::one_line(&all.unwrap_or_default()).into_owned()
}

fn span_words(l: Locale, span: Span) -> String {
    let (number, unit) = span.parts();
    match unit {
        'd' => l.n("rule-span-d", number),
        'h' => l.n("rule-span-h", number),
        'm' => l.n("rule-span-m", number),
        _ => l.n("rule-span-s", number),
    }
}

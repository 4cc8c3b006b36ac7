//! The form of a rule: as it is, as it was typed, and what that means.

use serde::Deserialize;

use super::choices::Choice;
use super::forms::ticked;
use super::page::Page;
use super::rights::AppsField;
use super::rule_conditions::{ConditionRow, Field, Read, read_conditions, rows_of};
use super::rule_words::action_name;
use crate::config::parse_duration;
use crate::domain::account::AppScope;
use crate::domain::change::Reason;
use crate::domain::name::Name;
use crate::domain::rule::{Conditions, RuleAction};
use crate::domain::session::App;
use crate::domain::span::Span;
use crate::domain::timestamp::Timestamp;
use crate::i18n::Locale;
use crate::services::rules::{LARGEST_AT_MOST, Rule, USUAL_AT_MOST, WhenChange, check_conditions};

const UNITS: [(&str, &str); 4] =
    [("d", "rule-unit-d"), ("h", "rule-unit-h"), ("m", "rule-unit-m"), ("s", "rule-unit-s")];

pub struct RuleForm {
    pub name: String,
    pub name_error: Option<String>,
    pub actions: Vec<Choice>,
    pub apps: AppsField,
    pub conditions: Vec<ConditionRow>,
    pub spans: Vec<SpanField>,
    pub at_most: String,
    pub at_most_error: Option<String>,
    pub enabled: bool,
    pub expires: String,
    pub expires_error: Option<String>,
    pub note: String,
    pub note_error: Option<String>,
}

/// How long a session has been waiting or quiet: a number and its unit.
pub struct SpanField {
    pub key: &'static str,
    pub label: String,
    pub number: String,
    pub units: Vec<Choice>,
    pub error: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentRule {
    #[serde(rename = "do")]
    pub purpose: Purpose,
    name: String,
    #[serde(default)]
    action: RuleAction,
    apps: String,
    #[serde(default)]
    field: Vec<Field>,
    #[serde(default)]
    value: Vec<String>,
    #[serde(default)]
    quiet_for: String,
    #[serde(default)]
    quiet_for_unit: String,
    #[serde(default)]
    waiting_for: String,
    #[serde(default)]
    waiting_for_unit: String,
    #[serde(default)]
    at_most: String,
    #[serde(default, deserialize_with = "ticked")]
    enabled: bool,
    expires: String,
    note: String,
}

/// What a form is sent for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(try_from = "String")]
pub enum Purpose {
    Preview,
    Save,
    /// One more row for a condition.
    Add,
    /// Without the row of this number, from 1 on.
    Remove(u64),
}

impl TryFrom<String> for Purpose {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        match text.as_str() {
            "preview" => Ok(Self::Preview),
            "save" => Ok(Self::Save),
            "add" => Ok(Self::Add),
            other => {
                let number = other.strip_prefix("remove-").and_then(|number| number.parse().ok());
                number.map(Self::Remove).ok_or("preview, save, add or remove-N")
            }
        }
    }
}

/// What was typed: as it is shown again, and what it stands for as far as it is good.
pub struct Typed {
    pub form: RuleForm,
    pub action: RuleAction,
    pub when: Option<WhenChange>,
    pub rest: Option<RuleFields>,
}

pub struct RuleFields {
    pub name: Name,
    /// Whether it is looked at; `None` for a rule that deletes, which is switched on by itself.
    pub enabled: Option<bool>,
    pub at_most: Option<u32>,
    pub expires_at: Option<Timestamp>,
    pub note: Option<Reason>,
}

impl RuleForm {
    pub fn new(page: &Page, here: &[App]) -> Self {
        let l = page.locale;
        Self {
            name: String::new(),
            name_error: None,
            actions: actions(l, RuleAction::Accept),
            apps: AppsField::new(page, here, &[]),
            conditions: vec![ConditionRow::new(l, 1, Field::Unset)],
            spans: vec![SpanField::new(l, "quiet_for", None), SpanField::new(l, "waiting_for", None)],
            at_most: USUAL_AT_MOST.to_string(),
            at_most_error: None,
            enabled: true,
            expires: String::new(),
            expires_error: None,
            note: String::new(),
            note_error: None,
        }
    }

    /// A rule as it is.
    pub fn of(page: &Page, here: &[App], rule: &Rule) -> Self {
        let (l, when) = (page.locale, &rule.when);
        Self {
            name: rule.name.clone(),
            actions: actions(l, rule.action),
            apps: AppsField::new(page, here, &when.apps),
            conditions: rows_of(l, when),
            spans: vec![
                SpanField::new(l, "quiet_for", when.quiet_for),
                SpanField::new(l, "waiting_for", when.waiting_for),
            ],
            at_most: rule.at_most.unwrap_or(USUAL_AT_MOST).to_string(),
            enabled: rule.enabled,
            expires: rule.expires_at.map(day).unwrap_or_default(),
            note: rule.note.as_ref().map(|note| note.as_str().to_owned()).unwrap_or_default(),
            ..Self::new(page, here)
        }
    }

    pub fn typed(page: &Page, here: &[App], sent: &SentRule) -> Typed {
        let l = page.locale;
        let mut form = Self::new(page, here);
        let when = form.read_when(l, here, sent);
        form.actions = actions(l, sent.action);
        form.enabled = sent.enabled;
        let rest = form.read_rest(l, sent);
        match sent.purpose {
            Purpose::Add => form.add_row(l),
            Purpose::Remove(number) => form.remove_row(l, number),
            Purpose::Preview | Purpose::Save => {}
        }
        Typed { form, action: sent.action, when, rest }
    }

    fn read_when(&mut self, l: Locale, here: &[App], sent: &SentRule) -> Option<WhenChange> {
        let apps = self.apps.read(l, here, &sent.apps);
        let Read { rows, when } = read_conditions(l, &sent.field, &sent.value);
        self.conditions = rows;
        let deletes = sent.action == RuleAction::Delete;
        // What only a rule that deletes asks for stands in the form of every rule.
        let quiet = if deletes { sent.quiet_for.as_str() } else { "" };
        let quiet = self.spans[0].read(l, quiet, &sent.quiet_for_unit);
        let waiting = self.spans[1].read(l, &sent.waiting_for, &sent.waiting_for_unit);
        let when =
            WhenChange { apps: AppScope::parse(&apps?), quiet_for: Some(quiet?), waiting_for: Some(waiting?), ..when? };
        self.check(l, sent.action, &when).then_some(when)
    }

    /// What its conditions cannot say together is said where it is to be mended.
    fn check(&mut self, l: Locale, action: RuleAction, when: &WhenChange) -> bool {
        let conditions = when.clone().apply(Conditions::default());
        if check_conditions(action, &conditions).is_ok() {
            return true;
        }
        if action == RuleAction::Decline {
            for row in self.conditions.iter_mut().filter(|row| row.field == Field::Declined) {
                row.error = Some(l.t("rule-declined-already"));
            }
            return false;
        }
        let is_said = self.spans.iter().any(|span| !span.number.is_empty());
        let why = if is_said { "rule-span-short" } else { "rule-span-missing" };
        self.spans[0].error = Some(l.t(why));
        false
    }

    fn read_rest(&mut self, l: Locale, sent: &SentRule) -> Option<RuleFields> {
        self.name = sent.name.trim().to_owned();
        self.expires = sent.expires.trim().to_owned();
        self.note = sent.note.trim().to_owned();
        let (name, expires, note) = (Name::parse(&self.name), expires(&self.expires), Reason::parse(&self.note));
        let deletes = sent.action == RuleAction::Delete;
        let at_most = if deletes { at_most(&sent.at_most).map(Some) } else { Some(None) };
        if deletes {
            self.at_most = sent.at_most.trim().to_owned();
        }
        self.name_error = name.is_none().then(|| l.t("invalid-name"));
        self.at_most_error = at_most.is_none().then(|| l.t("invalid-at-most"));
        self.expires_error = expires.is_none().then(|| l.t("invalid-day"));
        if note.is_none() {
            let length = self.note.chars().count();
            let longest = Reason::LONGEST;
            self.note_error = Some(l.args("invalid-reason", &[("length", length.into()), ("longest", longest.into())]));
        }
        Some(RuleFields {
            name: name?,
            enabled: (!deletes).then_some(sent.enabled),
            at_most: at_most?,
            expires_at: expires?,
            note: Some(note?).filter(|note| !note.as_str().is_empty()),
        })
    }

    fn add_row(&mut self, l: Locale) {
        let number = self.conditions.last().map_or(1, |row| row.number + 1);
        self.conditions.push(ConditionRow { begins: true, ..ConditionRow::new(l, number, Field::Unset) });
    }

    fn remove_row(&mut self, l: Locale, number: u64) {
        self.conditions.retain(|row| row.number != number);
        if self.conditions.is_empty() {
            self.conditions.push(ConditionRow::new(l, 1, Field::Unset));
        }
        for (number, row) in (1..).zip(&mut self.conditions) {
            row.number = number;
        }
        if let Some(next) = self.conditions.iter_mut().rfind(|row| row.number <= number) {
            next.begins = true;
        }
    }
}

impl SpanField {
    fn new(l: Locale, key: &'static str, span: Option<Span>) -> Self {
        let (number, unit) =
            span.map(Span::parts).map_or((String::new(), 'd'), |(number, unit)| (number.to_string(), unit));
        let label = l.t(if key == "quiet_for" { "rule-quiet-for" } else { "rule-waiting-for" });
        Self { key, label, number, units: units(l, &unit.to_string()), error: None }
    }

    /// Takes what was typed; the outer `None` where that is no length of time.
    fn read(&mut self, l: Locale, number: &str, unit: &str) -> Option<Option<Span>> {
        self.number = number.trim().to_owned();
        self.units = units(l, unit);
        if self.number.is_empty() {
            return Some(None);
        }
        let span = parse_duration(&format!("{}{unit}", self.number))
            .ok()
            .filter(|_| UNITS.iter().any(|(one, _)| *one == unit));
        self.error = span.is_none().then(|| l.t("invalid-span"));
        span.map(|span| Some(Span::from(span)))
    }
}

fn actions(l: Locale, chosen: RuleAction) -> Vec<Choice> {
    RuleAction::all().map(|action| Choice::new(action.as_str(), action_name(l, action), action == chosen)).collect()
}

fn units(l: Locale, chosen: &str) -> Vec<Choice> {
    UNITS.map(|(unit, word)| Choice::new(unit, l.t(word), unit == chosen)).into()
}

fn at_most(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|most| (1..=LARGEST_AT_MOST).contains(most))
}

/// The beginning of a day, in UTC; the outer `None` for what is no day.
fn expires(text: &str) -> Option<Option<Timestamp>> {
    if text.is_empty() { Some(None) } else { Timestamp::parse(&format!("{text}T00:00:00Z")).map(Some) }
}

/// As a field for a day holds it.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_refused() {
        assert_eq!((at_most(" 7 "), at_most("0"), at_most("10001"), at_most("x")), (Some(7), None, None, None));
        assert_eq!(expires("2026-12-01").unwrap().map(day).as_deref(), Some("2026-12-01"));
        assert_eq!((expires(""), expires("soon")), (Some(None), None));
        let purpose = |text: &str| Purpose::try_from(text.to_owned()).ok();
        assert_eq!((purpose("remove-2"), purpose("remove-x"), purpose("x")), (Some(Purpose::Remove(2)), None, None));
    }
}

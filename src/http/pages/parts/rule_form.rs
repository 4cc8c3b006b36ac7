//! The form of a rule: as it is, as it was typed, and what that means.

use serde::Deserialize;

use super::choices::Choice;
use super::forms::ticked;
use super::page::Page;
use super::rights::AppsField;
use super::text;
use crate::config::parse_network;
use crate::domain::account::AppScope;
use crate::domain::change::Reason;
use crate::domain::name::Name;
use crate::domain::session::App;
use crate::domain::timestamp::Timestamp;
use crate::i18n::Locale;
use crate::services::rules::{LARGEST_ORDER, MOST_GLOBS, Rule, WhenChange, is_glob};

pub struct RuleForm {
    pub name: String,
    pub name_error: Option<String>,
    pub order: String,
    pub order_error: Option<String>,
    pub enabled: bool,
    pub apps: AppsField,
    pub lists: Vec<List>,
    pub no_email: bool,
    pub simulator: Vec<Choice>,
    pub jailbroken: Vec<Choice>,
    pub known_device: Vec<Choice>,
    pub declined: bool,
    pub expires: String,
    pub expires_error: Option<String>,
    pub note: String,
    pub note_error: Option<String>,
}

/// A condition with one value a line.
pub struct List {
    pub key: &'static str,
    pub label: String,
    pub help: String,
    pub value: String,
    pub error: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize)]
pub struct SentRule {
    #[serde(rename = "do")]
    pub action: RuleAction,
    name: String,
    #[serde(default, deserialize_with = "ticked")]
    enabled: bool,
    order: String,
    apps: String,
    emails: String,
    #[serde(default, deserialize_with = "ticked")]
    no_email: bool,
    os: String,
    app_versions: String,
    languages: String,
    networks: String,
    #[serde(default)]
    simulator: YesNo,
    #[serde(default)]
    jailbroken: YesNo,
    #[serde(default)]
    known_device: YesNo,
    #[serde(default, deserialize_with = "ticked")]
    declined: bool,
    expires: String,
    note: String,
}

/// What a form is sent for.
#[derive(Clone, Copy, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RuleAction {
    Preview,
    Save,
}

/// A condition that can be left open.
#[derive(Clone, Copy, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum YesNo {
    #[default]
    Any,
    Yes,
    No,
}

impl YesNo {
    fn of(value: Option<bool>) -> Self {
        value.map_or(Self::Any, |value| if value { Self::Yes } else { Self::No })
    }

    fn value(self) -> Option<bool> {
        (self != Self::Any).then_some(self == Self::Yes)
    }
}

/// What was typed: as it is shown again, and what it stands for as far as it is good.
pub struct Typed {
    pub form: RuleForm,
    pub when: Option<WhenChange>,
    pub rest: Option<RuleFields>,
}

pub struct RuleFields {
    pub name: Name,
    pub enabled: bool,
    /// `None` for behind the last.
    pub order: Option<i64>,
    pub expires_at: Option<Timestamp>,
    pub note: Option<Reason>,
}

impl RuleForm {
    pub fn new(page: &Page, here: &[App]) -> Self {
        let l = page.locale;
        let list =
            |key, label: &str, help: String| List { key, label: l.t(label), help, value: String::new(), error: None };
        Self {
            name: String::new(),
            name_error: None,
            order: String::new(),
            order_error: None,
            enabled: true,
            apps: AppsField::new(page, here, &[]),
            lists: vec![
                list("emails", "col-email", l.t("rule-emails-help")),
                list("os", "col-os", l.t("rule-os-help")),
                list("app_versions", "rule-versions", l.t("rule-versions-help")),
                list("languages", "field-language", l.t("rule-languages-help")),
                list("networks", "rule-networks", l.t("rule-networks-help")),
            ],
            no_email: false,
            simulator: choices(l, YesNo::Any),
            jailbroken: choices(l, YesNo::Any),
            known_device: choices(l, YesNo::Any),
            declined: false,
            expires: String::new(),
            expires_error: None,
            note: String::new(),
            note_error: None,
        }
    }

    /// A rule as it is.
    pub fn of(page: &Page, here: &[App], rule: &Rule) -> Self {
        let (l, when) = (page.locale, &rule.when);
        let mut form = Self::new(page, here);
        form.apps = AppsField::new(page, here, &when.apps);
        let named: Vec<String> = when.emails.iter().filter(|email| !email.is_empty()).cloned().collect();
        form.no_email = named.len() < when.emails.len();
        let values = [&named, &when.os, &when.app_versions, &when.languages, &when.networks];
        for (list, values) in form.lists.iter_mut().zip(values) {
            list.value = values.join("\n");
        }
        form.name = rule.name.clone();
        form.order = rule.order.to_string();
        form.enabled = rule.enabled;
        form.simulator = choices(l, YesNo::of(when.simulator));
        form.jailbroken = choices(l, YesNo::of(when.jailbroken));
        form.known_device = choices(l, YesNo::of(when.known_device));
        form.declined = when.declined == Some(true);
        form.expires = rule.expires_at.map(day).unwrap_or_default();
        form.note = rule.note.as_ref().map(|note| note.as_str().to_owned()).unwrap_or_default();
        form
    }

    pub fn typed(page: &Page, here: &[App], sent: &SentRule) -> Typed {
        let l = page.locale;
        let mut form = Self::new(page, here);
        let when = form.read_conditions(l, here, sent);
        form.enabled = sent.enabled;
        form.name = sent.name.trim().to_owned();
        form.order = sent.order.trim().to_owned();
        form.expires = sent.expires.trim().to_owned();
        form.note = sent.note.trim().to_owned();
        let (name, order) = (Name::parse(&form.name), order(&form.order));
        let (expires, note) = (expires(&form.expires), Reason::parse(&form.note));
        form.name_error = name.is_none().then(|| l.t("invalid-name"));
        form.order_error = order.is_none().then(|| l.t("invalid-order"));
        form.expires_error = expires.is_none().then(|| l.t("invalid-day"));
        if note.is_none() {
            let length = form.note.chars().count();
            let longest = Reason::LONGEST;
            form.note_error = Some(l.args("invalid-reason", &[("length", length.into()), ("longest", longest.into())]));
        }
        let rest = match (name, order, expires, note) {
            (Some(name), Some(order), Some(expires_at), Some(note)) => {
                let note = Some(note).filter(|note| !note.as_str().is_empty());
                Some(RuleFields { name, enabled: sent.enabled, order, expires_at, note })
            }
            _ => None,
        };
        Typed { form, when, rest }
    }

    fn read_conditions(&mut self, l: Locale, here: &[App], sent: &SentRule) -> Option<WhenChange> {
        let apps = self.apps.read(l, here, &sent.apps);
        let texts = [&sent.emails, &sent.os, &sent.app_versions, &sent.languages, &sent.networks];
        let mut lists = Vec::new();
        for (list, text) in self.lists.iter_mut().zip(texts) {
            list.value = text.clone();
            let values = values(list.key, text);
            let why = if list.key == "networks" { "invalid-networks" } else { "invalid-list" };
            list.error = values.is_none().then(|| l.t(why));
            lists.extend(values);
        }
        self.no_email = sent.no_email;
        self.simulator = choices(l, sent.simulator);
        self.jailbroken = choices(l, sent.jailbroken);
        self.known_device = choices(l, sent.known_device);
        self.declined = sent.declined;
        let [mut emails, os, app_versions, languages, networks] = <[Vec<String>; 5]>::try_from(lists).ok()?;
        emails.extend(self.no_email.then(String::new));
        Some(WhenChange {
            apps: AppScope::parse(&apps?),
            emails: Some(emails),
            os: Some(os),
            app_versions: Some(app_versions),
            languages: Some(languages),
            networks: Some(networks.iter().filter_map(|net| parse_network(net).ok()).collect()),
            simulator: Some(sent.simulator.value()),
            jailbroken: Some(sent.jailbroken.value()),
            known_device: Some(sent.known_device.value()),
            declined: Some(sent.declined.then_some(true)),
        })
    }
}

/// The values of a list, one a line; `None` where one is none.
fn values(key: &str, text: &str) -> Option<Vec<String>> {
    let values: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let is_good = values.iter().all(|value| match key {
        "networks" => parse_network(value).is_ok(),
        _ => is_glob(value) && !value.contains(text::is_unprintable),
    });
    (values.len() <= MOST_GLOBS && is_good).then_some(values)
}

/// The outer `None` for what is no place.
fn order(text: &str) -> Option<Option<i64>> {
    if text.is_empty() {
        return Some(None);
    }
    let order = text.parse().ok().filter(|order| (0..=LARGEST_ORDER).contains(order));
    order.map(Some)
}

/// The beginning of a day, in UTC; the outer `None` for what is no day.
fn expires(text: &str) -> Option<Option<Timestamp>> {
    if text.is_empty() { Some(None) } else { Timestamp::parse(&format!("{text}T00:00:00Z")).map(Some) }
}

/// As a field for a day holds it.
pub fn day(at: Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}

fn choices(l: Locale, chosen: YesNo) -> Vec<Choice> {
    let all = [("any", "rule-any", YesNo::Any), ("yes", "yes", YesNo::Yes), ("no", "no", YesNo::No)];
    all.map(|(value, word, one)| Choice::new(value, l.t(word), one == chosen)).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_or_refused() {
        assert_eq!(values("emails", " *@x.example \n\n"), Some(vec!["*@x.example".to_owned()]));
        assert_eq!(values("networks", "10.0.0.0/8\r\n::1"), Some(vec!["10.0.0.0/8".to_owned(), "::1".to_owned()]));
        assert_eq!(
            (values("networks", "x"), values("os", "a\u{202e}b"), values("os", &"a\n".repeat(101))),
            Default::default()
        );
        assert_eq!((order(""), order("7"), order("-1"), order("x")), (Some(None), Some(Some(7)), None, None));
        assert_eq!(expires("2026-12-01").unwrap().map(day).as_deref(), Some("2026-12-01"));
        assert_eq!((expires(""), expires("soon")), (Some(None), None));
    }
}

//! The form of a rule: as it is, as it was typed, and what that means.

use super::choices::Choice;
use super::forms::Form;
use super::page::Page;
use super::rights::AppsField;
use super::rows;
use crate::config::parse_network;
use crate::domain::account::{AppScope, Caller};
use crate::domain::change::Reason;
use crate::domain::name::Name;
use crate::domain::timestamp::Timestamp;
use crate::i18n::Locale;
use crate::services::error::Error;
use crate::services::rules::{LARGEST_ORDER, MOST_GLOBS, Rule, WhenChange, is_glob};

/// Every field.
pub struct RuleForm {
    pub name: String,
    pub name_error: Option<String>,
    pub order: String,
    pub order_error: Option<String>,
    pub enabled: bool,
    pub apps: AppsField,
    /// The other conditions.
    pub lists: Vec<List>,
    pub no_email: bool,
    pub simulator: Vec<Choice>,
    pub jailbroken: Vec<Choice>,
    pub known_device: Vec<Choice>,
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

/// What was typed: as it is shown again, and what it means as far as it is good.
pub struct Typed {
    pub form: RuleForm,
    pub when: Option<WhenChange>,
    pub rest: Option<Meant>,
}

/// All but the conditions.
pub struct Meant {
    pub name: Name,
    pub enabled: bool,
    /// `None` for behind the last.
    pub order: Option<i64>,
    pub expires_at: Option<Timestamp>,
    pub note: Option<Reason>,
}

const ANY: &str = "any";

impl RuleForm {
    /// An empty one.
    pub fn new(page: &Page, caller: &Caller) -> Self {
        let l = page.locale;
        let list =
            |key, label: &str, help: String| List { key, label: l.t(label), help, value: String::new(), error: None };
        Self {
            name: String::new(),
            name_error: None,
            order: String::new(),
            order_error: None,
            enabled: true,
            apps: AppsField::new(page, caller, &[]),
            lists: vec![
                list("emails", "col-email", l.t("rule-emails-help")),
                list("os", "col-os", l.t("rule-os-help")),
                list("app_versions", "rule-versions", l.t("rule-versions-help")),
                list("languages", "field-language", l.t("rule-languages-help")),
                list("networks", "rule-networks", l.t("rule-networks-help")),
            ],
            no_email: false,
            simulator: choices(l, ANY),
            jailbroken: choices(l, ANY),
            known_device: choices(l, ANY),
            expires: String::new(),
            expires_error: None,
            note: String::new(),
            note_error: None,
        }
    }

    /// A rule as it is.
    pub fn of(page: &Page, caller: &Caller, rule: &Rule) -> Self {
        let (l, when) = (page.locale, &rule.when);
        let mut form = Self::new(page, caller);
        form.apps = AppsField::new(page, caller, &when.apps);
        let named: Vec<String> = when.emails.iter().filter(|email| !email.is_empty()).cloned().collect();
        form.no_email = named.len() < when.emails.len();
        let values = [&named, &when.os, &when.app_versions, &when.languages, &when.networks];
        for (list, values) in form.lists.iter_mut().zip(values) {
            list.value = values.join("\n");
        }
        form.name = rule.name.clone();
        form.order = rule.order.to_string();
        form.enabled = rule.enabled;
        form.simulator = choices(l, spelled(when.simulator));
        form.jailbroken = choices(l, spelled(when.jailbroken));
        form.known_device = choices(l, spelled(when.known_device));
        form.expires = rule.expires_at.map(day).unwrap_or_default();
        form.note = rule.note.as_ref().map(|note| note.as_str().to_owned()).unwrap_or_default();
        form
    }

    /// As it was typed.
    pub fn typed(page: &Page, caller: &Caller, form: &Form) -> Result<Typed, Error> {
        let l = page.locale;
        let mut typed = Self::new(page, caller);
        typed.enabled = form.ticked("enabled")?;
        let when = typed.type_conditions(page, form)?;
        let text = |key: &str| Ok::<_, Error>(form.one(key)?.trim().to_owned());
        (typed.name, typed.order, typed.expires) = (text("name")?, text("order")?, text("expires")?);
        typed.note = text("note")?;
        let (name, order) = (Name::parse(&typed.name), order(&typed.order));
        let (expires, note) = (expires(&typed.expires), Reason::parse(&typed.note));
        typed.name_error = name.is_none().then(|| l.t("invalid-name"));
        typed.order_error = order.is_none().then(|| l.t("invalid-order"));
        typed.expires_error = expires.is_none().then(|| l.t("invalid-day"));
        let length = typed.note.chars().count();
        let too_long = || l.args("invalid-reason", &[("length", length.into()), ("longest", Reason::LONGEST.into())]);
        typed.note_error = note.is_none().then(too_long);
        let rest = match (name, order, expires, note) {
            (Some(name), Some(order), Some(expires_at), Some(note)) => {
                let note = Some(note).filter(|note| !note.as_str().is_empty());
                Some(Meant { name, enabled: typed.enabled, order, expires_at, note })
            }
            _ => None,
        };
        Ok(Typed { form: typed, when, rest })
    }

    fn type_conditions(&mut self, page: &Page, form: &Form) -> Result<Option<WhenChange>, Error> {
        let l = page.locale;
        let apps = self.apps.type_in(page, form.one("apps")?);
        let mut lists = Vec::new();
        for list in &mut self.lists {
            list.value = form.one(list.key)?.to_owned();
            let values = values(list.key, &list.value);
            list.error = values.is_none().then(|| match list.key {
                "networks" => l.t("invalid-networks"),
                _ => l.t("invalid-list"),
            });
            lists.extend(values);
        }
        self.no_email = form.ticked("no_email")?;
        let simulator = type_choice(l, form, "simulator", &mut self.simulator)?;
        let jailbroken = type_choice(l, form, "jailbroken", &mut self.jailbroken)?;
        let known_device = type_choice(l, form, "known_device", &mut self.known_device)?;
        let lists = <[Vec<String>; 5]>::try_from(lists);
        let (Some(apps), Ok([mut emails, os, app_versions, languages, networks])) = (apps, lists) else {
            return Ok(None);
        };
        emails.extend(self.no_email.then(String::new));
        Ok(Some(WhenChange {
            apps: AppScope::parse(&apps),
            emails: Some(emails),
            os: Some(os),
            app_versions: Some(app_versions),
            languages: Some(languages),
            networks: Some(networks.iter().filter_map(|net| parse_network(net).ok()).collect()),
            simulator: Some(simulator),
            jailbroken: Some(jailbroken),
            known_device: Some(known_device),
        }))
    }
}

/// The values of a list, one a line; `None` where one is none.
fn values(key: &str, text: &str) -> Option<Vec<String>> {
    let values: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let good = |value: &String| match key {
        "networks" => parse_network(value).is_ok(),
        _ => is_glob(value) && !value.contains(rows::odd),
    };
    (values.len() <= MOST_GLOBS && values.iter().all(good)).then_some(values)
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

fn spelled(value: Option<bool>) -> &'static str {
    value.map_or(ANY, |value| if value { "yes" } else { "no" })
}

/// The outer `None` for what is no choice.
fn choice(text: &str) -> Option<Option<bool>> {
    match text {
        ANY => Some(None),
        "yes" => Some(Some(true)),
        "no" => Some(Some(false)),
        _ => None,
    }
}

/// What was chosen, kept in the form as it was.
fn type_choice(l: Locale, form: &Form, key: &str, field: &mut Vec<Choice>) -> Result<Option<bool>, Error> {
    let chosen = choice(form.all(key).next().unwrap_or(ANY));
    let chosen = chosen.ok_or_else(|| Error::MalformedBody("a choice is none of those that there are".into()))?;
    *field = choices(l, spelled(chosen));
    Ok(chosen)
}

fn choices(l: Locale, chosen: &str) -> Vec<Choice> {
    let choice = |value: &str, word: String| Choice { value: value.to_owned(), word, on: value == chosen };
    vec![choice(ANY, l.t("rule-any")), choice("yes", l.t("yes")), choice("no", l.t("no"))]
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

//! What a form lets people choose from.

use super::named_apps::{NamedApp, names};
use super::text;
use crate::domain::timestamp::Timestamp;
use crate::i18n::Locale;

/// One option of a choice.
pub struct Choice {
    pub value: String,
    pub word: String,
    pub on: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, word: impl Into<String>, on: bool) -> Self {
        Self { value: value.into(), word: word.into(), on }
    }
}

/// The options of a filter with what was chosen, also where it is none of them.
pub fn choices<'a>(options: impl IntoIterator<Item = (&'a str, String)>, chosen: Option<&str>) -> Vec<Choice> {
    let mut choices: Vec<Choice> =
        options.into_iter().map(|(value, word)| Choice::new(value, word, chosen == Some(value))).collect();
    if let Some(other) = chosen.filter(|_| !choices.iter().any(|choice| choice.on)) {
        choices.push(Choice::new(other, text::one_line(other), true));
    }
    choices
}

/// A day, as a browser's field gives it or somebody types it, is a moment: its start, or for `until` the next one's.
pub fn moment(key: &str, value: &str) -> String {
    match (key, Timestamp::parse(&format!("{value}T00:00:00Z"))) {
        ("since" | "modified_since" | "modified_before", Some(start)) => start.to_string(),
        ("until", Some(start)) => start.plus_millis(24 * 60 * 60 * 1000).to_string(),
        _ => value.to_owned(),
    }
}

/// How many apps a page has.
pub const APPS_ON_A_PAGE: usize = 50;
/// How many apps a choice has.
const APPS_TO_CHOOSE_FROM: usize = 200;

/// Of very many apps, those in which most wait, and then the largest; and the way to all.
pub fn most_important(l: Locale, mut apps: Vec<NamedApp>) -> (Vec<NamedApp>, Option<String>) {
    let every = every(l, apps.len(), APPS_ON_A_PAGE);
    if every.is_some() {
        // Stable: apps with the same numbers stay in the order of their names.
        apps.sort_by_cached_key(|app| std::cmp::Reverse((app.counts().waiting(), app.counts().total)));
        apps.truncate(APPS_ON_A_PAGE);
    }
    (apps, every)
}

/// Apps to choose from, by their ids; of very many the first and the one that is chosen. And the way to all.
pub fn app_choices(l: Locale, apps: &[NamedApp], chosen: Option<&str>) -> (Vec<Choice>, Option<String>) {
    let choices = apps.iter().zip(names(apps)).enumerate().filter_map(|(nth, (app, name))| {
        let value = app.value();
        let is_chosen = chosen == Some(value.as_str());
        (nth < APPS_TO_CHOOSE_FROM || is_chosen).then(|| Choice::new(value, name, is_chosen))
    });
    (choices.collect(), every(l, apps.len(), APPS_TO_CHOOSE_FROM))
}

fn every(l: Locale, all: usize, most: usize) -> Option<String> {
    (all > most).then(|| l.n("apps-every", all as u64))
}

//! What a form lets people choose from.

use super::text;
use crate::domain::timestamp::Timestamp;

/// One option of a choice.
pub struct Choice {
    pub value: String,
    pub word: String,
    pub on: bool,
}

/// The options of a filter with what was chosen, also where it is none of them.
pub fn choices<'a>(options: impl IntoIterator<Item = (&'a str, String)>, chosen: Option<&str>) -> Vec<Choice> {
    let choice = |(value, word): (&str, String)| Choice { on: chosen == Some(value), value: value.to_owned(), word };
    let mut choices: Vec<Choice> = options.into_iter().map(choice).collect();
    if let Some(other) = chosen.filter(|_| !choices.iter().any(|choice| choice.on)) {
        choices.push(Choice { value: other.to_owned(), word: text::one_line(other).into_owned(), on: true });
    }
    choices
}

/// A day, as a browser's field gives it or somebody types it, is a moment: its start, or for `until` the next one's.
pub fn moment(key: &str, value: &str) -> String {
    let start = |value: &str| Timestamp::parse(&format!("{value}T00:00:00Z"));
    match (key, start(value)) {
        ("since" | "modified_since" | "modified_before", Some(start)) => start.to_string(),
        ("until", Some(start)) => start.plus_millis(24 * 60 * 60 * 1000).to_string(),
        _ => value.to_owned(),
    }
}

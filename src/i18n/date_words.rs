//! What a language needs to write points in time, asked for once: lists are full of them.

use fluent_bundle::FluentValue;
use time::OffsetDateTime;

use crate::domain::timestamp::Timestamp;

/// A unit of time that has passed.
struct Unit {
    seconds: i64,
    /// From then on, in seconds, the next unit takes over; after the last one, the date.
    end: i64,
    /// Its message alone, in a table. Many languages have other words for it within a sentence.
    ago: &'static str,
    past: &'static str,
}

const UNITS: [Unit; 4] = [
    Unit { seconds: 1, end: 60, ago: "ago-seconds", past: "past-seconds" },
    Unit { seconds: 60, end: 3600, ago: "ago-minutes", past: "past-minutes" },
    Unit { seconds: 3600, end: 86_400, ago: "ago-hours", past: "past-hours" },
    Unit { seconds: 86_400, end: 30 * 86_400, ago: "ago-days", past: "past-days" },
];

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

/// Stand for the arguments of a message that are put in later. No message holds one.
const PLACES: [char; 3] = ['\u{f8fd}', '\u{f8fe}', '\u{f8ff}'];

/// How a language says a message with these arguments.
type Say<'a> = &'a dyn Fn(&str, &[(&'static str, FluentValue<'_>)]) -> String;

pub struct DateWords {
    months: [String; 12],
    /// French counts the first of a month: "1er mars".
    first_day: String,
    date: String,
    date_time: String,
    /// Of each unit, by how many have passed.
    ago: [Vec<String>; 4],
    past: [Vec<String>; 4],
}

impl DateWords {
    pub fn new(say: Say<'_>) -> Self {
        Self {
            months: MONTHS.map(|month| say(month, &[])),
            first_day: say("day-1", &[]),
            date: with_places(say, "date", &["day", "month", "year"]),
            date_time: with_places(say, "date-time", &["date", "time", "zone"]),
            ago: UNITS.each_ref().map(|unit| counted(say, unit.ago, unit)),
            past: UNITS.each_ref().map(|unit| counted(say, unit.past, unit)),
        }
    }

    /// The names of the months, with a bar between.
    pub fn months(&self) -> String {
        self.months.join("|")
    }

    /// How long ago, alone; `None` where a date says it: long ago, or by a clock that is ahead.
    pub fn ago(&self, then: Timestamp, now: Timestamp) -> Option<&str> {
        let (unit, count) = elapsed(then, now)?;
        self.ago[unit].get(count).map(String::as_str)
    }

    /// The same within a sentence.
    pub fn past(&self, then: Timestamp, now: Timestamp) -> Option<&str> {
        let (unit, count) = elapsed(then, now)?;
        self.past[unit].get(count).map(String::as_str)
    }

    pub fn date(&self, at: OffsetDateTime) -> String {
        let day = if at.day() == 1 { self.first_day.clone() } else { at.day().to_string() };
        let month = &self.months[usize::from(u8::from(at.month()) - 1)];
        // As text: a year has no groups of digits.
        filled(&self.date, &[&day, month, &at.year().to_string()])
    }

    pub fn date_time(&self, at: OffsetDateTime) -> String {
        let time = format!("{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second());
        filled(&self.date_time, &[&self.date(at), &time, "UTC"])
    }
}

/// Which unit, and how many of it.
fn elapsed(then: Timestamp, now: Timestamp) -> Option<(usize, usize)> {
    let seconds = (now.millis() - then.millis()) / 1000;
    let unit = UNITS.iter().position(|unit| seconds < unit.end)?;
    Some((unit, usize::try_from(seconds / UNITS[unit].seconds).ok()?))
}

/// A message for each number of a unit.
fn counted(say: Say<'_>, key: &str, unit: &Unit) -> Vec<String> {
    (0..unit.end / unit.seconds).map(|count| say(key, &[("count", FluentValue::from(count))])).collect()
}

fn with_places(say: Say<'_>, key: &str, names: &[&'static str]) -> String {
    let places = names.iter().zip(PLACES).map(|(name, place)| (*name, FluentValue::from(place.to_string())));
    say(key, &places.collect::<Vec<_>>())
}

/// A message with these texts in its places.
fn filled(message: &str, texts: &[&str]) -> String {
    let mut text = String::with_capacity(48);
    for part in message.split_inclusive(PLACES) {
        let last = part.char_indices().next_back();
        let place = last.and_then(|(at, last)| Some((at, PLACES.iter().position(|place| *place == last)?)));
        let (words, argument) = place.map_or((part, None), |(at, place)| (&part[..at], texts.get(place)));
        text.push_str(words);
        text.push_str(argument.unwrap_or(&""));
    }
    text
}

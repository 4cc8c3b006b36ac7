//! Points in time as a reader's language writes them.

use fluent_bundle::FluentValue;
use time::OffsetDateTime;

use super::locale::Locale;
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

static UNITS: [Unit; 4] = [
    Unit { seconds: 1, end: 60, ago: "ago-seconds", past: "past-seconds" },
    Unit { seconds: 60, end: 3600, ago: "ago-minutes", past: "past-minutes" },
    Unit { seconds: 3600, end: 86_400, ago: "ago-hours", past: "past-hours" },
    Unit { seconds: 86_400, end: 30 * 86_400, ago: "ago-days", past: "past-days" },
];

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

/// How long ago it was; `None` where a date says it: long ago, or by a clock that is ahead.
fn elapsed(then: Timestamp, now: Timestamp) -> Option<(&'static Unit, u64)> {
    let seconds = (now.millis() - then.millis()) / 1000;
    let unit = UNITS.iter().find(|unit| seconds < unit.end)?;
    Some((unit, u64::try_from(seconds / unit.seconds).ok()?))
}

fn utc(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.millis().div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

impl Locale {
    /// How long ago, in the shortest words that are exact enough: "4 min".
    pub fn ago(self, then: Timestamp, now: Timestamp) -> String {
        match elapsed(then, now) {
            Some((unit, count)) => self.n(unit.ago, count),
            None => self.date(then),
        }
    }

    /// When it was, within a sentence: "4 min ago", "just now", "on 22 Nov 2026".
    pub fn past(self, then: Timestamp, now: Timestamp) -> String {
        match elapsed(then, now) {
            Some((unit, count)) => self.n(unit.past, count),
            None => self.s("past-date", self.date(then)),
        }
    }

    /// The day: "22 Nov 2026".
    pub fn date(self, at: Timestamp) -> String {
        let at = utc(at);
        // French counts the first of a month: "1er mars".
        let day = if at.day() == 1 { self.word("day-1").into() } else { FluentValue::from(at.day()) };
        let month = self.word(MONTHS[usize::from(u8::from(at.month()) - 1)]);
        // As text: a year has no groups of digits.
        self.args("date", &[("day", day), ("month", month.into()), ("year", at.year().to_string().into())])
    }

    /// Day and time in UTC: "22 Nov 2026, 21:55:00 UTC".
    pub fn exact(self, at: Timestamp) -> String {
        let time = utc(at);
        let time = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        self.args("date-time", &[("date", self.date(at).into()), ("time", time.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_each_language_does() {
        let now = Timestamp::parse("2026-11-22T21:55:00Z").unwrap();
        let old = Timestamp::parse("2026-03-01T21:55:00Z").unwrap();
        for (code, days, date) in [
            ("de", "vor 3 Tagen", "am 1. März 2026"),
            ("en", "3 days ago", "on 1 Mar 2026"),
            ("es", "hace 3 días", "el 1 mar 2026"),
            ("fr", "il y a 3 jours", "le 1er mars 2026"),
            ("ja", "3日前", "2026年3月1日"),
            ("pt", "há 3 dias", "em 1 mar. 2026"),
        ] {
            let l = Locale::of(code).unwrap();
            assert_eq!((l.past(now.plus_millis(-3 * 86_400_000), now), l.past(old, now)), (days.into(), date.into()));
        }
    }

    #[test]
    fn ago_is_short_and_then_a_date() {
        let en = Locale::default();
        let now = Timestamp::parse("2026-11-22T21:55:00Z").unwrap();
        for (seconds, ago, past) in [
            (0, "just now", "just now"),
            (50, "50 s", "50 s ago"),
            (240, "4 min", "4 min ago"),
            (7200, "2 h", "2 h ago"),
            (86_400 * 3, "3 days", "3 days ago"),
            (86_400 * 31, "22 Oct 2026", "on 22 Oct 2026"),
            (-86_400, "23 Nov 2026", "on 23 Nov 2026"),
        ] {
            let then = now.plus_millis(-1000 * seconds);
            assert_eq!((en.ago(then, now), en.past(then, now)), (ago.into(), past.into()));
        }
        assert_eq!(en.exact(now), "22 Nov 2026, 21:55:00 UTC");
    }
}

//! Points in time as a reader's language writes them.

use time::OffsetDateTime;

use super::locale::Locale;
use crate::domain::timestamp::Timestamp;

fn utc(at: Timestamp) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp(at.millis().div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH)
}

impl Locale {
    /// How long ago, in the shortest words that are exact enough: "4 min".
    pub fn ago(self, then: Timestamp, now: Timestamp) -> String {
        self.date_words().ago(then, now).map_or_else(|| self.date(then), str::to_owned)
    }

    /// When it was, within a sentence: "4 min ago", "just now", "on 22 Nov 2026".
    pub fn past(self, then: Timestamp, now: Timestamp) -> String {
        self.date_words().past(then, now).map_or_else(|| self.s("past-date", self.date(then)), str::to_owned)
    }

    /// The day: "22 Nov 2026".
    pub fn date(self, at: Timestamp) -> String {
        self.date_words().date(utc(at))
    }

    /// Day and time in UTC: "22 Nov 2026, 21:55:00 UTC".
    pub fn exact(self, at: Timestamp) -> String {
        self.date_words().date_time(utc(at))
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

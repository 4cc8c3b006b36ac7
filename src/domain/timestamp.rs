//! Points in time as the API shows them: RFC 3339 in UTC with `Z`, to the millisecond.

use std::fmt;
use std::time::SystemTime;

use serde::{Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The first and last millisecond that RFC 3339 can say (years 0000 to 9999).
const RANGE: (i64, i64) = (-62_167_219_200_000, 253_402_300_799_999);

impl Timestamp {
    /// Clamped to the years 0000 to 9999: a file can carry any time.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(RANGE.0, RANGE.1))
    }

    /// Milliseconds since 1970.
    pub fn millis(self) -> i64 {
        self.0
    }

    /// `None` for anything that is not RFC 3339.
    ///
    /// ```
    /// use mobile_sessions::domain::timestamp::Timestamp;
    /// let t = Timestamp::parse("2026-11-22T22:55:00.1234+01:00").unwrap();
    /// assert_eq!(t.to_string(), "2026-11-22T21:55:00.123Z");
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let time = OffsetDateTime::parse(text, &Rfc3339).ok()?;
        let millis = time.unix_timestamp_nanos().div_euclid(1_000_000);
        Some(Self::from_millis(i64::try_from(millis).ok()?))
    }

    /// This many milliseconds later (earlier if negative).
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let millis = match time.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => i64::try_from(before.duration().as_millis()).map_or(i64::MIN, |ms| -ms),
        };
        Self::from_millis(millis)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.div_euclid(1000);
        let millis = self.0.rem_euclid(1000);
        let t = OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| fmt::Error)?;
        // By hand, a digit at a time: lists are full of times.
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let mut put = |end: usize, mut number: u16| {
            let mut at = end;
            while number > 0 {
                at -= 1;
                text[at] += (number % 10) as u8;
                number /= 10;
            }
        };
        put(4, t.year().unsigned_abs() as u16);
        for (end, part) in [(7, t.month().into()), (10, t.day()), (13, t.hour()), (16, t.minute()), (19, t.second())] {
            put(end, u16::from(part));
        }
        put(23, millis as u16);
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_file_time_prints() {
        for millis in [i64::MIN, -1, 0, 1, i64::MAX] {
            let text = Timestamp::from_millis(millis).to_string();
            assert_eq!(Timestamp::parse(&text).unwrap(), Timestamp::from_millis(millis), "{text}");
        }
        assert_eq!(Timestamp::from_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    }
}

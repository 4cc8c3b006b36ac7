//! Lengths of time as bodies and pages spell them: `90d`, `12h`.

use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

use super::timestamp::Timestamp;

const UNITS: [(u64, char); 4] = [(86_400, 'd'), (3600, 'h'), (60, 'm'), (1, 's')];

/// A length of time in whole seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span(u64);

impl Span {
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds)
    }

    pub fn as_secs(self) -> u64 {
        self.0
    }

    /// The time that lies so long before `now`.
    pub fn before(self, now: Timestamp) -> Timestamp {
        let millis = i64::try_from(self.0).unwrap_or(i64::MAX).saturating_mul(1000);
        now.plus_millis(-millis)
    }

    /// A number and the largest unit that it is a whole number of.
    pub fn parts(self) -> (u64, char) {
        let fits = UNITS.into_iter().find(|(seconds, _)| self.0 > 0 && self.0.is_multiple_of(*seconds));
        fits.map_or((self.0, 's'), |(seconds, unit)| (self.0 / seconds, unit))
    }
}

impl From<Duration> for Span {
    fn from(duration: Duration) -> Self {
        Self(duration.as_secs())
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, unit) = self.parts();
        write!(f, "{number}{unit}")
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_spelled_by_its_largest_whole_unit() {
        for (seconds, spelled) in [(90 * 86_400, "90d"), (43_200, "12h"), (90_000, "25h"), (60, "1m"), (61, "61s")] {
            assert_eq!(Span::from_secs(seconds).to_string(), spelled);
        }
        let now = Timestamp::from_millis(10_000);
        assert_eq!(Span::from_secs(3).before(now), Timestamp::from_millis(7000));
    }
}

//! ULIDs that only ever grow, even within a millisecond or when the clock is set back.

use parking_lot::Mutex;
use ulid::Ulid;

/// Hands out the ids of changes and batches.
#[derive(Debug, Default)]
pub(super) struct Ids {
    last: Mutex<Ulid>,
}

impl Ids {
    pub(super) fn next(&self) -> String {
        let mut last = self.last.lock();
        let fresh = Ulid::generate();
        *last = if fresh > *last { fresh } else { following(*last) };
        last.to_string()
    }

    /// Later ids will be larger than this one.
    pub(super) fn go_on_after(&self, id: &str) {
        if let Ok(id) = Ulid::from_string(id) {
            let mut last = self.last.lock();
            *last = id.max(*last);
        }
    }
}

fn following(id: Ulid) -> Ulid {
    id.increment().unwrap_or_else(|_| Ulid::from_parts(id.timestamp_ms() + 1, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_grow_even_when_the_clock_does_not() {
        let ids = Ids::default();
        let mut last = ids.next();
        let future = Ulid::from_parts(u64::from(u32::MAX) * 1000, (1 << 80) - 3).to_string();
        for round in 0..1000 {
            if round == 500 {
                ids.go_on_after(&future);
            }
            let next = ids.next();
            assert!(next > last, "{next} after {last}");
            last = next;
        }
        assert!(last > future);
    }
}

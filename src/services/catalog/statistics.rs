//! How sessions spread over systems and over the days on which they were first seen. Counted as they come and go, so
//! that nothing is walked over when somebody asks.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use super::lists::Apps;
use super::record::Record;
use super::table::Table;
use super::{Catalog, Error};
use crate::domain::account::AppScope;
use crate::domain::app_id::AppId;
use crate::domain::timestamp::Timestamp;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// What a caller's sessions are like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statistics {
    /// How many sessions run on which system, the most frequent first; without a name, those that say none.
    pub systems: Vec<(String, u64)>,
    /// The start of each day in UTC, the oldest first, and how many of the sessions were first seen on it.
    pub first_seen: Vec<(Timestamp, u64)>,
}

/// The counts of some sessions.
#[derive(Clone, Debug, Default)]
pub struct Spread {
    systems: HashMap<Box<str>, u64>,
    jailbroken: u64,
    /// By the number of the day since 1970.
    days: BTreeMap<i64, u64>,
}

impl Spread {
    /// Counts a session in, or out again.
    pub fn count(&mut self, record: &Record, by: i64) {
        if record.jailbroken() == Some(true) {
            self.jailbroken = self.jailbroken.saturating_add_signed(by);
        }
        let system = record.system();
        match self.systems.get_mut(&*system) {
            Some(count) if count.checked_add_signed(by).is_none_or(|left| left == 0) => {
                self.systems.remove(&*system);
            }
            Some(count) => *count = count.saturating_add_signed(by),
            None if by > 0 => drop(self.systems.insert(system.into(), by.unsigned_abs())),
            None => {}
        }
        let day = record.first_seen.div_euclid(DAY);
        let count = self.days.entry(day).or_default();
        *count = count.saturating_add_signed(by);
        if *count == 0 {
            self.days.remove(&day);
        }
    }

    /// Counts all of another in.
    pub fn add(&mut self, other: &Self) {
        self.jailbroken += other.jailbroken;
        for (system, count) in &other.systems {
            *self.systems.entry(system.clone()).or_default() += count;
        }
        for (day, count) in &other.days {
            *self.days.entry(*day).or_default() += count;
        }
    }
}

impl Catalog {
    /// How many sessions that the caller may see, in all apps or one, are of a jailbroken device.
    pub fn count_jailbroken(&self, scope: &AppScope, app: Option<&AppId>) -> Result<u64, Error> {
        let table = self.available()?;
        let asked: Vec<String> = app.iter().map(|app| app.to_string()).collect();
        Ok(spreads(&table, &Apps::of(&table, scope, &asked)).iter().map(|spread| spread.jailbroken).sum())
    }

    /// What the sessions are like that a caller may see; first seen over so many days, of which `now` is the last.
    pub fn statistics(&self, scope: &AppScope, now: Timestamp, days: i64) -> Result<Statistics, Error> {
        let table = self.available()?;
        Ok(statistics(&table, &Apps::of(&table, scope, &[]), now, days))
    }
}

fn spreads<'t>(table: &'t Table, apps: &Apps) -> Vec<&'t Spread> {
    match apps {
        Apps::All => vec![table.spread()],
        Apps::Some(numbers) => numbers.iter().filter_map(|&app| Some(table.app(app)?.spread())).collect(),
    }
}

fn statistics(table: &Table, apps: &Apps, now: Timestamp, days: i64) -> Statistics {
    let spreads = spreads(table, apps);
    let mut systems: HashMap<&str, u64> = HashMap::new();
    for (system, count) in spreads.iter().flat_map(|spread| &spread.systems) {
        *systems.entry(system).or_default() += count;
    }
    let mut systems: Vec<(String, u64)> = systems.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
    systems.sort_unstable_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
    let today = now.millis().div_euclid(DAY);
    let on = |day: i64| spreads.iter().filter_map(|spread| spread.days.get(&day)).sum();
    let first_seen = (today - days + 1..=today).map(|day| (Timestamp::from_millis(day * DAY), on(day))).collect();
    Statistics { systems, first_seen }
}

#[cfg(test)]
mod tests {
    use super::super::lists::tests::{Put, Random, random_table};
    use super::*;

    #[test]
    fn running_counts_equal_a_full_count() {
        for put in [Put::OneByOne, Put::AtOnce] {
            let table = random_table(&mut Random(11), put);
            let all: Vec<_> = table.apps().map(|(number, _)| number).collect();
            for apps in [Apps::All, Apps::Some(all.clone()), Apps::Some(all[1..].to_vec())] {
                let held = |record: &Record| match &apps {
                    Apps::All => true,
                    Apps::Some(numbers) => numbers.contains(&record.app),
                };
                let found = statistics(&table, &apps, Timestamp::from_millis(DAY - 1), 3);
                let mut systems: HashMap<String, u64> = HashMap::new();
                let mut days = [0; 3];
                for (_, record) in table.records().filter(|(_, record)| held(record)) {
                    *systems.entry(record.system().into_owned()).or_default() += 1;
                    days[(record.first_seen.div_euclid(DAY) + 2) as usize] += 1;
                }
                assert_eq!(found.systems.iter().cloned().collect::<HashMap<_, _>>(), systems);
                assert!(found.systems.is_sorted_by_key(|(_, count)| Reverse(*count)));
                assert_eq!(found.first_seen.iter().map(|(_, count)| *count).collect::<Vec<_>>(), days);
                assert!(days[1] > 0 && days[2] > 0 && systems.len() > 2, "{days:?} {systems:?}");
            }
        }
    }
}

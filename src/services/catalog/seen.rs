//! Who was seen before: other sessions of the same app with the same device, or the same e-mail.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::index::Number;
use super::record::{AppNumber, Record};
use super::table::Table;
use super::{Catalog, Error};
use crate::domain::account::AppScope;
use crate::domain::session::{Session, SessionKey, StatusClass, folded};

/// How many others are told of one session.
pub const MOST_SEEN: usize = 8;

/// The other sessions of one session's device and e-mail.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Those of the same device first, accepted ones before others, then the last changed: at most [`MOST_SEEN`].
    pub others: Vec<Other>,
    /// How many others have the same device.
    pub of_device: u64,
    /// How many others have the same e-mail.
    pub of_email: u64,
}

/// Another session of the same device, or of the same e-mail, or of both.
#[derive(Clone, Debug)]
pub struct Other {
    /// The other session.
    pub session: Session,
    /// Whether it has the same device.
    pub device: bool,
    /// Whether it has the same e-mail.
    pub email: bool,
    /// Whether it was there first.
    pub older: bool,
    /// See [`crate::domain::change::Digest::content`]: which bytes it has.
    pub content: u64,
}

/// By which two sessions can be alike, in the order of [`Mark`]s.
const FIELDS: [fn(&Record) -> Option<&str>; 2] = [Record::device_id, Record::email];

/// A number for each of [`FIELDS`] that those which are alike share; 0 for what is like nothing. Kept beside the
/// records: looking for a few among 100,000 reads little memory.
pub type Mark = [u32; FIELDS.len()];

/// The marks of a record.
pub fn mark(record: &Record) -> Mark {
    FIELDS.map(|field| {
        let text = field(record).map(str::trim).filter(|text| !text.is_empty());
        text.map_or(0, |text| match text.is_ascii() {
            true => hash(text.bytes().map(|byte| byte.to_ascii_lowercase())),
            false => hash(text.to_lowercase().bytes()),
        })
    })
}

/// FNV-1a, and never 0.
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)).max(1)
}

/// All sessions of one app with one device, or one e-mail.
struct Group {
    app: AppNumber,
    field: usize,
    text: String,
    count: u64,
    /// The first few, in the order of [`rank`].
    first: Vec<Number>,
}

/// Accepted ones first, then the last changed.
fn rank(record: &Record) -> (Reverse<bool>, Reverse<i64>) {
    (Reverse(record.class() == StatusClass::Accepted), Reverse(record.modified()))
}

impl Group {
    fn has(&self, record: &Record) -> bool {
        record.app == self.app && folded(FIELDS[self.field](record)).as_deref() == Some(&*self.text)
    }

    fn take(&mut self, table: &Table, number: Number) {
        let Some(record) = table.record(number).filter(|record| self.has(record)) else { return };
        self.count += 1;
        let place = self.first.partition_point(|&other| table.record(other).is_some_and(|o| rank(o) <= rank(record)));
        // One more than is told: the session itself is among them.
        if place <= MOST_SEEN {
            self.first.insert(place, number);
            self.first.truncate(MOST_SEEN + 1);
        }
    }
}

/// Which marks are looked for, a bit for each of their low ends: nearly every session is passed over at one look.
struct Sieve([u64; 64]);

impl Sieve {
    fn place(mark: u32) -> (usize, u64) {
        ((mark >> 6) as usize % 64, 1 << (mark % 64))
    }

    fn put(&mut self, mark: u32) {
        let (word, bit) = Self::place(mark);
        self.0[word] |= bit;
    }

    fn may_have(&self, mark: u32) -> bool {
        let (word, bit) = Self::place(mark);
        self.0[word] & bit != 0
    }
}

/// The groups that some sessions belong to, filled by one pass over the marks of all.
struct Groups {
    all: Vec<Group>,
    /// By field and mark. Those of other apps, or of other texts with the same mark, stand there too.
    places: HashMap<(usize, u32), Vec<usize>>,
    sieves: [Sieve; FIELDS.len()],
}

impl Groups {
    fn of<'a>(table: &Table, records: impl Iterator<Item = &'a Record>) -> Self {
        let sieves = std::array::from_fn(|_| Sieve([0; 64]));
        let mut groups = Self { all: Vec::new(), places: HashMap::new(), sieves };
        records.for_each(|record| groups.begin(record));
        for (number, mark) in (0..).zip(table.marks()) {
            for (field, &mark) in mark.iter().enumerate() {
                if groups.sieves[field].may_have(mark)
                    && let Some(places) = groups.places.get(&(field, mark))
                {
                    places.iter().for_each(|&place| groups.all[place].take(table, number));
                }
            }
        }
        groups
    }

    /// The record's groups, empty still.
    fn begin(&mut self, record: &Record) {
        for (field, mark) in mark(record).into_iter().enumerate().filter(|(_, mark)| *mark != 0) {
            let places = self.places.entry((field, mark)).or_default();
            if places.iter().any(|&place| self.all[place].has(record)) {
                continue;
            }
            if let Some(text) = folded(FIELDS[field](record)) {
                places.push(self.all.len());
                self.all.push(Group { app: record.app, field, text, count: 0, first: Vec::new() });
                self.sieves[field].put(mark);
            }
        }
    }

    fn find(&self, field: usize, record: &Record) -> Option<&Group> {
        let places = self.places.get(&(field, mark(record)[field]))?;
        places.iter().map(|&place| &self.all[place]).find(|group| group.has(record))
    }
}

impl Catalog {
    /// For each of these sessions the others of its device and e-mail, in one pass for all of them. Of a session that
    /// is not there for this caller, nothing.
    pub fn seen_before(&self, scope: &AppScope, keys: &[SessionKey]) -> Result<Vec<Seen>, Error> {
        let table = self.available()?;
        let number = |key: &SessionKey| table.find(&key.app, key.id.as_str()).filter(|_| scope.allows(&key.app));
        let numbers: Vec<Option<Number>> = keys.iter().map(number).collect();
        let groups = Groups::of(&table, numbers.iter().flatten().filter_map(|&number| table.record(number)));
        Ok(numbers.iter().map(|number| number.map(|n| self.seen(&table, &groups, n)).unwrap_or_default()).collect())
    }

    fn seen(&self, table: &Table, groups: &Groups, number: Number) -> Seen {
        let Some(record) = table.record(number) else { return Seen::default() };
        let [device, email] = [0, 1].map(|field| groups.find(field, record));
        let mut others: Vec<(Number, &Record)> = [device, email]
            .into_iter()
            .flatten()
            .flat_map(|group| &group.first)
            .filter(|&&other| other != number)
            .filter_map(|&other| Some((other, table.record(other)?)))
            .collect();
        let is_of = |group: Option<&Group>, other: &Record| group.is_some_and(|group| group.has(other));
        others.sort_by_key(|(number, other)| (!is_of(device, other), rank(other), *number));
        others.dedup_by_key(|(number, _)| *number);
        let age = |record: &Record| (record.first_seen, record.modified());
        let other = |(number, other): (Number, &Record)| {
            Some(Other {
                session: self.show(table, number)?,
                device: is_of(device, other),
                email: is_of(email, other),
                older: (age(other), other.id()) < (age(record), record.id()),
                content: other.content,
            })
        };
        let count = |group: Option<&Group>| group.map_or(0, |group| group.count.saturating_sub(1));
        Seen {
            others: others.into_iter().take(MOST_SEEN).filter_map(other).collect(),
            of_device: count(device),
            of_email: count(email),
        }
    }
}

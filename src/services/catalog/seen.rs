//! Who was seen before: other sessions of the same app, in all of its folders, with the same device or e-mail.

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
    /// One of the app's folders.
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
    fn has(&self, table: &Table, record: &Record) -> bool {
        // Nearly all are ASCII: they are compared as they stand.
        let is_it =
            |text: &str| text.eq_ignore_ascii_case(&self.text) || !text.is_ascii() && text.to_lowercase() == self.text;
        table.are_one_app(record.app, self.app) && FIELDS[self.field](record).is_some_and(|text| is_it(text.trim()))
    }

    fn take(&mut self, table: &Table, scope: &AppScope, number: Number) {
        let Some(record) = table.record(number).filter(|record| self.has(table, record)) else { return };
        if !table.app(record.app).is_some_and(|app| scope.allows(&app.id)) {
            return;
        }
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
    fn of<'a>(table: &Table, scope: &AppScope, records: impl Iterator<Item = &'a Record>) -> Self {
        let sieves = std::array::from_fn(|_| Sieve([0; 64]));
        let mut groups = Self { all: Vec::new(), places: HashMap::new(), sieves };
        records.for_each(|record| groups.begin(table, record));
        for (number, mark) in (0..).zip(table.marks()) {
            for (field, &mark) in mark.iter().enumerate() {
                if groups.sieves[field].may_have(mark)
                    && let Some(places) = groups.places.get(&(field, mark))
                {
                    places.iter().for_each(|&place| groups.all[place].take(table, scope, number));
                }
            }
        }
        groups
    }

    /// The record's groups, empty still.
    fn begin(&mut self, table: &Table, record: &Record) {
        for (field, mark) in mark(record).into_iter().enumerate().filter(|(_, mark)| *mark != 0) {
            let places = self.places.entry((field, mark)).or_default();
            if places.iter().any(|&place| self.all[place].has(table, record)) {
                continue;
            }
            if let Some(text) = folded(FIELDS[field](record)) {
                places.push(self.all.len());
                self.all.push(Group { app: record.app, field, text, count: 0, first: Vec::new() });
                self.sieves[field].put(mark);
            }
        }
    }

    fn find(&self, table: &Table, field: usize, record: &Record) -> Option<&Group> {
        let places = self.places.get(&(field, mark(record)[field]))?;
        places.iter().map(|&place| &self.all[place]).find(|group| group.has(table, record))
    }
}

impl Catalog {
    /// For each of these sessions the others, which the caller may see, of its device and e-mail, in one pass for all of them. Of a session that
    /// is not there for this caller, nothing.
    pub fn seen_before(&self, scope: &AppScope, keys: &[SessionKey]) -> Result<Vec<Seen>, Error> {
        let table = self.available()?;
        let number = |key: &SessionKey| table.find(&key.app, key.id.as_str()).filter(|_| scope.allows(&key.app));
        let numbers: Vec<Option<Number>> = keys.iter().map(number).collect();
        Ok(seen_by(&table, scope, &numbers))
    }
}

fn seen_by(table: &Table, scope: &AppScope, numbers: &[Option<Number>]) -> Vec<Seen> {
    let groups = Groups::of(table, scope, numbers.iter().flatten().filter_map(|&number| table.record(number)));
    numbers.iter().map(|number| number.map(|number| seen(table, &groups, number)).unwrap_or_default()).collect()
}

fn seen(table: &Table, groups: &Groups, number: Number) -> Seen {
    let Some(record) = table.record(number) else { return Seen::default() };
    let [device, email] = [0, 1].map(|field| groups.find(table, field, record));
    let mut others: Vec<(Number, &Record)> = [device, email]
        .into_iter()
        .flatten()
        .flat_map(|group| &group.first)
        .filter(|&&other| other != number)
        .filter_map(|&other| Some((other, table.record(other)?)))
        .collect();
    let is_of = |group: Option<&Group>, other: &Record| group.is_some_and(|group| group.has(table, other));
    others.sort_by_key(|(number, other)| (!is_of(device, other), rank(other), *number));
    others.dedup_by_key(|(number, _)| *number);
    let age = |record: &Record| (record.first_seen, record.modified());
    let other = |(_, other): (Number, &Record)| {
        Some(Other {
            session: other.session(&table.app(other.app)?.id)?,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::app_id::AppId;
    use crate::domain::timestamp::Timestamp;
    use crate::services::catalog::scan;
    use crate::store::folder::{Content, FileStat, Terms};

    fn record(table: &mut Table, n: u64, device: &str, email: &str) -> Record {
        let app = AppId::parse(["com.a", "com.b"][(n % 2) as usize]).unwrap();
        let number = table.put_app(&app);
        let key = SessionKey::parse(app.as_str(), &format!("{n:08x}")).unwrap();
        let status = ["accepted", "pending", "banned"][(n / 2 % 3) as usize];
        let text = serde_json::json!({ "status": status, "email": email, "device": { "id": device } }).to_string();
        let stat = FileStat {
            modified: Timestamp::from_millis((n as i64 * 7919) % 1000),
            size: text.len() as u64,
            fingerprint: n,
            racy: false,
        };
        let terms = Terms { limit: 1 << 20, schema: Default::default() };
        let mut record = scan::pack(key.clone(), number, stat, &Content::Bytes(text.into_bytes()), &terms).record;
        record.carry_over(n as i64 % 13, None, 0);
        record
    }

    /// 600 sessions of few devices and addresses in two apps, some of them changed and removed since.
    fn table(at_once: bool) -> Table {
        const DEVICES: [&str; 7] = ["", " ", "D-1", "d-1 ", "Δ-2", " δ-2", "D-3"];
        const EMAILS: [&str; 6] = ["", "a@x.example", "A@x.example ", "É@x.example", "é@x.example", "b@x.example"];
        let mut table = Table::default();
        let device = |n: u64| match n % 5 {
            0 => DEVICES[(n / 5 % 7) as usize].to_owned(),
            _ => format!("own-{n}"),
        };
        let email = |n: u64| match n % 3 {
            0 => EMAILS[(n / 3 % 6) as usize].to_owned(),
            _ => String::new(),
        };
        let records: Vec<Record> = (0..600).map(|n| record(&mut table, n, &device(n), &email(n))).collect();
        match at_once {
            true => table.put_all(records, &[]),
            false => records.into_iter().for_each(|record| table.put(record)),
        }
        for n in (0..600).step_by(11) {
            let app = AppId::parse(["com.a", "com.b"][(n % 2) as usize]).unwrap();
            match (n % 3, table.find(&app, &format!("{n:08x}"))) {
                (0, Some(number)) => table.remove(number),
                _ => {
                    let changed = record(&mut table, n, "D-3", "b@x.example");
                    table.put(changed);
                }
            }
        }
        table
    }

    #[test]
    fn those_that_are_alike_are_found_and_no_others() {
        for table in [table(false), table(true)] {
            let numbers: Vec<Option<Number>> = table.records().map(|(number, _)| Some(number)).collect();
            let all = seen_by(&table, &AppScope::all(), &numbers);
            let mut found = 0;
            for (number, seen) in numbers.iter().flatten().zip(&all) {
                let one = table.record(*number).unwrap();
                let same = |field: usize, other: &Record| {
                    let text = folded(FIELDS[field](one));
                    text.is_some() && text == folded(FIELDS[field](other))
                };
                let mut alike: Vec<(Number, &Record)> = table
                    .records()
                    .filter(|(other, record)| other != number && record.app == one.app)
                    .filter(|(_, record)| same(0, record) || same(1, record))
                    .collect();
                let count = |field| alike.iter().filter(|(_, record)| same(field, record)).count() as u64;
                assert_eq!((seen.of_device, seen.of_email), (count(0), count(1)));
                alike.sort_by_key(|(number, record)| (!same(0, record), rank(record), *number));
                let key = |record: &Record| (record.id().to_owned(), same(0, record), same(1, record));
                let expected: Vec<_> = alike.iter().take(MOST_SEEN).map(|(_, record)| key(record)).collect();
                let told = seen.others.iter().map(|o| (o.session.id.to_string(), o.device, o.email));
                assert_eq!(told.collect::<Vec<_>>(), expected, "of {}", one.id());
                found += expected.len();
                assert_eq!(seen_by(&table, &AppScope::all(), &[Some(*number)])[0].others.len(), expected.len());
            }
            assert!(found > 500, "{found}");
        }
    }

    #[test]
    fn of_two_one_alone_is_older() {
        let table = table(true);
        let numbers: Vec<Option<Number>> = table.records().map(|(number, _)| Some(number)).collect();
        let mut pairs = std::collections::HashMap::new();
        for (number, seen) in numbers.iter().flatten().zip(seen_by(&table, &AppScope::all(), &numbers)) {
            let one = table.key_of(table.record(*number).unwrap()).unwrap();
            for other in seen.others {
                pairs.insert((one.clone(), other.session.key()), other.older);
            }
        }
        let both =
            pairs.iter().filter_map(|((one, other), older)| Some((*older, *pairs.get(&(other.clone(), one.clone()))?)));
        assert!(both.clone().count() > 50);
        assert!(both.into_iter().all(|(older, back)| older != back));
    }
}

//! Makes the indexes of a whole table, sort key by sort key.

use super::index::{Number, Ordered};
use super::record::{AppNumber, Record};
use super::table::{APP_SORTS, AppEntry, Table};
use crate::domain::query::{SortKey, SortValue};

/// The indexes for one sort key.
pub struct Made {
    /// Of the table at this version.
    pub version: u64,
    /// By what they are sorted.
    pub sort: SortKey,
    pub all: Ordered,
    /// App by app, if there are such lists.
    pub by_app: Option<Ordered>,
}

/// What decides every tie: made once for all sort keys.
pub struct Ties {
    version: u64,
    /// All numbers by app then id.
    base: Vec<Number>,
    /// The place of each number in `base`.
    ranks: Vec<u32>,
    /// The app of each number.
    apps: Vec<AppNumber>,
}

impl Ties {
    /// Of a table as it is now.
    pub fn of(table: &Table) -> Self {
        let base = by_app_then_id(table);
        let mut ranks = vec![0_u32; table.numbers()];
        let mut apps = vec![0; table.numbers()];
        for (rank, &number) in (0..).zip(&base) {
            ranks[number as usize] = rank;
            apps[number as usize] = table.record(number).map_or(0, |record| record.app);
        }
        Self { version: table.version(), base, ranks, apps }
    }

    /// Whether they are of the table as it is now.
    pub fn are_of(&self, table: &Table) -> bool {
        self.version == table.version()
    }

    /// The indexes for this sort key.
    pub fn make(&self, table: &Table, sort: SortKey) -> Made {
        let sorted = self.sorted(table, sort);
        let by_app = APP_SORTS.contains(&sort).then(|| Ordered::from_sorted(&self.grouped_by_app(table, &sorted)));
        Made { version: self.version, sort, all: Ordered::from_sorted(&sorted), by_app }
    }

    /// All numbers by class and the start of the key, then, where that is cut off and alike, by the whole key;
    /// ties by their rank.
    fn sorted(&self, table: &Table, sort: SortKey) -> Vec<Number> {
        let mut entries: Vec<(u128, u32)> = self
            .base
            .iter()
            .filter_map(|&number| {
                let record = table.record(number)?;
                let (prefix, cut) = match sort {
                    SortKey::Id => id_prefix(record.id()),
                    _ => record.key(sort).prefix(),
                };
                let mut bytes = [0; 16];
                bytes[0] = record.class() as u8;
                bytes[1..15].copy_from_slice(&prefix);
                bytes[15] = u8::from(cut);
                Some((u128::from_be_bytes(bytes), self.ranks[number as usize]))
            })
            .collect();
        entries.sort_unstable_by(|a, b| (a.0 >> 8).cmp(&(b.0 >> 8)).then(a.1.cmp(&b.1)));
        for alike in entries.chunk_by_mut(|a, b| a.0 >> 8 == b.0 >> 8) {
            if alike.len() > 1 && alike.iter().any(|entry| entry.0 & 1 == 1) {
                alike.sort_by_cached_key(|&(_, rank)| {
                    let record = table.record(self.base[rank as usize]);
                    let whole = record.map_or(SortValue::Null, |record| match sort {
                        SortKey::Id => SortValue::Text(record.id().to_owned()),
                        _ => record.key(sort).to_value(),
                    });
                    (whole, rank)
                });
            }
        }
        entries.into_iter().map(|(_, rank)| self.base[rank as usize]).collect()
    }

    /// The same order within each app, app by app.
    fn grouped_by_app(&self, table: &Table, sorted: &[Number]) -> Vec<Number> {
        let mut starts = vec![0_usize; table.apps().count() + 1];
        for &number in sorted {
            starts[self.apps[number as usize] as usize + 1] += 1;
        }
        for app in 1..starts.len() {
            starts[app] += starts[app - 1];
        }
        let mut grouped = vec![0; sorted.len()];
        for &number in sorted {
            let place = &mut starts[self.apps[number as usize] as usize];
            grouped[*place] = number;
            *place += 1;
        }
        grouped
    }
}

fn by_app_then_id(table: &Table) -> Vec<Number> {
    let mut apps: Vec<(AppNumber, &AppEntry)> = table.apps().collect();
    apps.sort_unstable_by(|a, b| a.1.id.cmp(&b.1.id));
    let mut app_ranks = vec![0_u32; apps.len()];
    for (rank, (number, _)) in (0..).zip(&apps) {
        app_ranks[*number as usize] = rank;
    }
    let mut entries: Vec<(u32, u128, Number)> = table
        .records()
        .map(|(number, record)| {
            let mut start = [0; 16];
            for (to, from) in start.iter_mut().zip(record.id().bytes()) {
                *to = from;
            }
            (app_ranks[record.app as usize], u128::from_be_bytes(start), number)
        })
        .collect();
    let id_of = |number: Number| table.record(number).map_or("", Record::id);
    entries.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| id_of(a.2).cmp(id_of(b.2))));
    entries.into_iter().map(|(_, _, number)| number).collect()
}

fn id_prefix(id: &str) -> ([u8; 14], bool) {
    let mut prefix = [0; 14];
    for (to, from) in prefix.iter_mut().zip(id.bytes()) {
        *to = from;
    }
    (prefix, id.len() > prefix.len())
}

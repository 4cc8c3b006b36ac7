//! All sessions and apps in memory, with an index for every order that a list can have.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use hashbrown::HashTable;

use super::index::{Number, Ordered};
use super::record::{AppNumber, Key, Record};
use crate::domain::app_id::AppId;
use crate::domain::query::{SortKey, SortValue};
use crate::domain::session::{App, Counts, SessionId, SessionKey, StatusClass};

/// How many of an app's latest sessions are asked for the app's name.
const ASKED_FOR_NAME: usize = 16;

/// The orders that lists of one app have (there, the order by app is that by id).
const APP_SORTS: [SortKey; 8] = [
    SortKey::Device,
    SortKey::Status,
    SortKey::Os,
    SortKey::Email,
    SortKey::Modified,
    SortKey::PendingSince,
    SortKey::FirstSeen,
    SortKey::Id,
];

/// What an app's manifest says that lists show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ManifestSummary {
    /// The app's name.
    pub name: Option<String>,
    /// `ios`, `android`.
    pub targets: Vec<String>,
}

/// An app in memory.
#[derive(Debug)]
pub struct AppEntry {
    /// Its folder.
    pub id: AppId,
    manifest: Option<ManifestSummary>,
    /// Of the manifest's file, as it was read; `None` where there is none.
    pub manifest_fingerprint: Option<u64>,
    counts: Counts,
    /// As its latest session gives it.
    name: Option<String>,
}

/// All sessions and apps.
#[derive(Default)]
pub struct Table {
    records: Vec<Option<Record>>,
    free: Vec<Number>,
    names: HashTable<Number>,
    hasher: RandomState,
    /// None is ever taken away: a scan that runs knows apps by their numbers. One that holds nothing
    /// any more is not listed.
    apps: Vec<AppEntry>,
    app_numbers: HashMap<AppId, AppNumber>,
    counts: Counts,
    /// By class, then by a sort key; ties by app then id.
    all: [Ordered; SortKey::ALL.len()],
    /// By app, then class, then a sort key; ties by id.
    by_app: [Ordered; APP_SORTS.len()],
}

/// The place of a session in an order, or of one that was there.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// What it is sorted by.
    pub key: Key<'a>,
    /// Its app's folder.
    pub app: &'a str,
    /// Its file's name.
    pub id: &'a str,
}

impl Spot<'_> {
    /// Ties go by app then id; the order by id has them the other way round.
    pub fn compare(&self, other: &Spot<'_>, sort: SortKey) -> Ordering {
        let by_app = || self.app.cmp(other.app);
        let by_id = || self.id.cmp(other.id);
        match sort {
            SortKey::Id => by_id().then_with(by_app),
            SortKey::App => by_app().then_with(by_id),
            _ => self.key.compare(other.key).then_with(by_app).then_with(by_id),
        }
    }
}

impl Table {
    /// The record of a number that an index holds.
    pub fn record(&self, number: Number) -> Option<&Record> {
        self.records.get(number as usize)?.as_ref()
    }

    /// All records with their numbers, in the order of memory.
    pub fn records(&self) -> impl Iterator<Item = (Number, &Record)> {
        (0..).zip(&self.records).filter_map(|(number, record)| Some((number, record.as_ref()?)))
    }

    /// One more than the largest number.
    pub fn numbers(&self) -> usize {
        self.records.len()
    }

    /// The number of a session.
    pub fn find(&self, app: &AppId, id: &str) -> Option<Number> {
        self.find_in(self.app_number(app)?, id)
    }

    /// The number of a session in an app.
    pub fn find_in(&self, app: AppNumber, id: &str) -> Option<Number> {
        let is_it = |&number: &Number| self.record(number).is_some_and(|record| record.app == app && record.id() == id);
        self.names.find(self.hash(app, id), is_it).copied()
    }

    /// Which session a record is of.
    pub fn key_of(&self, record: &Record) -> Option<SessionKey> {
        Some(SessionKey { app: self.app(record.app)?.id.clone(), id: SessionId::parse(record.id())? })
    }

    /// The number of an app.
    pub fn app_number(&self, app: &AppId) -> Option<AppNumber> {
        self.app_numbers.get(app).copied()
    }

    /// The app of a number.
    pub fn app(&self, number: AppNumber) -> Option<&AppEntry> {
        self.apps.get(number as usize)
    }

    /// All apps with their numbers.
    pub fn apps(&self) -> impl Iterator<Item = (AppNumber, &AppEntry)> {
        (0..).zip(&self.apps)
    }

    /// The counts of all sessions.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The index for an order, of all apps or within one.
    pub fn index(&self, sort: SortKey, of_one_app: bool) -> &Ordered {
        if of_one_app {
            let sort = if sort == SortKey::App { SortKey::Id } else { sort };
            let place = APP_SORTS.iter().position(|&other| other == sort).unwrap_or(0);
            &self.by_app[place]
        } else {
            &self.all[sort as usize]
        }
    }

    /// Where a record stands in an order.
    pub fn spot<'a>(&'a self, record: &'a Record, sort: SortKey) -> Spot<'a> {
        let app = self.app(record.app).map_or("", |app| app.id.as_str());
        Spot { key: record.key(sort), app, id: record.id() }
    }

    /// The number of an app, which becomes known by this.
    pub fn put_app(&mut self, id: &AppId) -> AppNumber {
        if let Some(number) = self.app_number(id) {
            return number;
        }
        let number = self.apps.len() as AppNumber;
        self.apps.push(AppEntry {
            id: id.clone(),
            manifest: None,
            manifest_fingerprint: None,
            counts: Counts::default(),
            name: None,
        });
        self.app_numbers.insert(id.clone(), number);
        number
    }

    /// Keeps what an app's manifest says, if it has one, and if it can be read.
    pub fn set_manifest(&mut self, app: AppNumber, manifest: Option<ManifestSummary>, fingerprint: Option<u64>) {
        if let Some(app) = self.apps.get_mut(app as usize) {
            app.manifest = manifest;
            app.manifest_fingerprint = fingerprint;
        }
    }

    /// Puts a record in the place of the one of the same session, or as a new one.
    pub fn put(&mut self, record: Record) {
        let app = record.app;
        let number = match self.find_in(app, record.id()) {
            Some(number) => {
                self.unlink(number);
                number
            }
            None => self.take_number(&record),
        };
        self.records[number as usize] = Some(record);
        self.link(number);
        self.name_app(app);
    }

    /// Forgets a session.
    pub fn remove(&mut self, number: Number) {
        self.unlink(number);
        let Some(record) = self.record(number) else { return };
        let (app, hash) = (record.app, self.hash(record.app, record.id()));
        if let Ok(entry) = self.names.find_entry(hash, |&other| other == number) {
            entry.remove();
        }
        self.records[number as usize] = None;
        self.free.push(number);
        self.name_app(app);
    }

    /// Changes what no order and no count depends on.
    pub fn touch(&mut self, number: Number, change: impl FnOnce(&mut Record)) {
        if let Some(Some(record)) = self.records.get_mut(number as usize) {
            change(record);
        }
    }

    /// Puts many records at once: the indexes are made anew, which is much faster from about one
    /// record in eight on.
    pub fn put_all(&mut self, records: Vec<Record>, removed: &[Number]) {
        for &number in removed {
            let Some(record) = self.record(number) else { continue };
            let hash = self.hash(record.app, record.id());
            if let Ok(entry) = self.names.find_entry(hash, |&other| other == number) {
                entry.remove();
            }
            self.records[number as usize] = None;
            self.free.push(number);
        }
        self.records.reserve(records.len());
        self.reserve_names(records.len());
        for record in records {
            let number = match self.find_in(record.app, record.id()) {
                Some(number) => number,
                None => self.take_number(&record),
            };
            self.records[number as usize] = Some(record);
        }
        self.count_anew();
        self.index_anew();
        for app in 0..self.apps.len() {
            self.name_app(app as AppNumber);
        }
    }

    fn reserve_names(&mut self, more: usize) {
        let Self { names, records, hasher, .. } = self;
        names.reserve(more, |&other| {
            records[other as usize].as_ref().map_or(0, |other| hasher.hash_one((other.app, other.id())))
        });
    }

    fn take_number(&mut self, record: &Record) -> Number {
        let number = self.free.pop().unwrap_or_else(|| {
            self.records.push(None);
            (self.records.len() - 1) as Number
        });
        let hash = self.hash(record.app, record.id());
        let Self { names, records, hasher, .. } = self;
        names.insert_unique(hash, number, |&other| {
            records[other as usize].as_ref().map_or(0, |other| hasher.hash_one((other.app, other.id())))
        });
        number
    }

    fn hash(&self, app: AppNumber, id: &str) -> u64 {
        self.hasher.hash_one((app, id))
    }

    fn link(&mut self, number: Number) {
        self.count(number, 1);
        self.reindex(number, |index, number, at| index.insert(number, at));
    }

    fn unlink(&mut self, number: Number) {
        self.count(number, -1);
        self.reindex(number, |index, number, at| index.remove(number, at));
    }

    fn reindex(&mut self, number: Number, act: impl Fn(&mut Ordered, Number, &dyn Fn(Number) -> Ordering)) {
        let mut all = std::mem::take(&mut self.all);
        let mut by_app = std::mem::take(&mut self.by_app);
        if let Some(record) = self.record(number) {
            for (index, sort) in all.iter_mut().zip(SortKey::ALL) {
                let spot = self.spot(record, sort);
                act(index, number, &|other| self.order(other, None, record.class(), &spot, sort));
            }
            for (index, sort) in by_app.iter_mut().zip(APP_SORTS) {
                let spot = self.spot(record, sort);
                act(index, number, &|other| self.order(other, Some(record.app), record.class(), &spot, sort));
            }
        }
        self.all = all;
        self.by_app = by_app;
    }

    /// How a session stands to a spot: by app (within one), class, and the sort's own order.
    pub fn order(
        &self,
        number: Number,
        app: Option<AppNumber>,
        class: StatusClass,
        spot: &Spot<'_>,
        sort: SortKey,
    ) -> Ordering {
        // An index holds the numbers of records alone.
        let Some(record) = self.record(number) else { return Ordering::Less };
        app.map_or(Ordering::Equal, |app| record.app.cmp(&app))
            .then_with(|| record.class().cmp(&class))
            .then_with(|| self.spot(record, sort).compare(spot, sort))
    }

    fn count(&mut self, number: Number, by: i64) {
        let Some(Some(record)) = self.records.get(number as usize) else { return };
        let app = self.apps.get_mut(record.app as usize);
        for counts in [Some(&mut self.counts), app.map(|app| &mut app.counts)].into_iter().flatten() {
            add(counts, record, by);
        }
    }

    fn count_anew(&mut self) {
        self.counts = Counts::default();
        for app in &mut self.apps {
            app.counts = Counts::default();
        }
        for number in 0..self.records.len() {
            self.count(number as Number, 1);
        }
    }

    /// The app's name is that of its latest session that gives one.
    fn name_app(&mut self, app: AppNumber) {
        let latest = StatusClass::ALL
            .into_iter()
            .filter_map(|class| {
                self.latest(app, class)
                    .take(ASKED_FOR_NAME)
                    .find(|record| record.application_name().is_some_and(|name| !name.is_empty()))
            })
            .max_by_key(|record| record.modified());
        let name = latest.and_then(Record::application_name).map(str::to_owned);
        if let Some(entry) = self.apps.get_mut(app as usize) {
            entry.name = name;
        }
    }

    fn latest(&self, app: AppNumber, class: StatusClass) -> impl Iterator<Item = &Record> {
        let index = self.index(SortKey::Modified, true);
        let behind = index.lower_bound(|number| match self.record(number) {
            Some(record) if (record.app, record.class()) > (app, class) => Ordering::Greater,
            _ => Ordering::Less,
        });
        let mut place = index.before(behind);
        std::iter::from_fn(move || {
            let here = place?;
            place = index.before(here);
            self.record(index.at(here)?).filter(|record| (record.app, record.class()) == (app, class))
        })
    }

    fn index_anew(&mut self) {
        let base = self.by_app_then_id();
        let mut ranks = vec![0_u32; self.records.len()];
        for (rank, &number) in (0..).zip(&base) {
            ranks[number as usize] = rank;
        }
        let apps: Vec<AppNumber> =
            self.records.iter().map(|record| record.as_ref().map_or(0, |record| record.app)).collect();
        let next = AtomicUsize::new(0);
        let work = || {
            let mut done = Vec::new();
            while let Some(&sort) = SortKey::ALL.get(next.fetch_add(1, Relaxed)) {
                let sorted = self.sorted(sort, &base, &ranks);
                let by_app = APP_SORTS.contains(&sort).then(|| self.grouped_by_app(&sorted, &apps));
                done.push((sort, Ordered::from_sorted(&sorted), by_app.map(|sorted| Ordered::from_sorted(&sorted))));
            }
            done
        };
        let done = std::thread::scope(|scope| {
            let other = scope.spawn(work);
            let mut done = work();
            // A panic there is a panic here.
            done.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
            done
        });
        for (sort, all, by_app) in done {
            self.all[sort as usize] = all;
            if let Some((place, by_app)) = APP_SORTS.iter().position(|&other| other == sort).zip(by_app) {
                self.by_app[place] = by_app;
            }
        }
    }

    /// All numbers by app then id, from which every tie is decided.
    fn by_app_then_id(&self) -> Vec<Number> {
        let mut apps: Vec<(AppNumber, &AppEntry)> = self.apps().collect();
        apps.sort_unstable_by(|a, b| a.1.id.cmp(&b.1.id));
        let mut app_ranks = vec![0_u32; self.apps.len()];
        for (rank, (number, _)) in (0..).zip(&apps) {
            app_ranks[*number as usize] = rank;
        }
        let mut entries: Vec<(u32, u128, Number)> = self
            .records()
            .map(|(number, record)| {
                let mut start = [0; 16];
                for (to, from) in start.iter_mut().zip(record.id().bytes()) {
                    *to = from;
                }
                (app_ranks[record.app as usize], u128::from_be_bytes(start), number)
            })
            .collect();
        entries.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| self.id_of(a.2).cmp(self.id_of(b.2))));
        entries.into_iter().map(|(_, _, number)| number).collect()
    }

    fn id_of(&self, number: Number) -> &str {
        self.record(number).map_or("", Record::id)
    }

    /// All numbers in the order of `all[sort]`: by class and the start of the key, then, where that
    /// is cut off and alike, by the whole key; ties by their rank in `base`.
    fn sorted(&self, sort: SortKey, base: &[Number], ranks: &[u32]) -> Vec<Number> {
        let mut entries: Vec<(u128, u32)> = base
            .iter()
            .filter_map(|&number| {
                let record = self.record(number)?;
                let (prefix, cut) = match sort {
                    SortKey::Id => id_prefix(record.id()),
                    _ => record.key(sort).prefix(),
                };
                let mut bytes = [0; 16];
                bytes[0] = record.class() as u8;
                bytes[1..15].copy_from_slice(&prefix);
                bytes[15] = u8::from(cut);
                Some((u128::from_be_bytes(bytes), ranks[number as usize]))
            })
            .collect();
        entries.sort_unstable_by(|a, b| (a.0 >> 8).cmp(&(b.0 >> 8)).then(a.1.cmp(&b.1)));
        for alike in entries.chunk_by_mut(|a, b| a.0 >> 8 == b.0 >> 8) {
            if alike.len() > 1 && alike.iter().any(|entry| entry.0 & 1 == 1) {
                alike.sort_by_cached_key(|&(_, rank)| {
                    let record = self.record(base[rank as usize]);
                    let whole = record.map_or(SortValue::Null, |record| match sort {
                        SortKey::Id => SortValue::Text(record.id().to_owned()),
                        _ => record.key(sort).to_value(),
                    });
                    (whole, rank)
                });
            }
        }
        entries.into_iter().map(|(_, rank)| base[rank as usize]).collect()
    }

    /// The same order within each app, app by app.
    fn grouped_by_app(&self, sorted: &[Number], apps: &[AppNumber]) -> Vec<Number> {
        let mut starts = vec![0_usize; self.apps.len() + 1];
        for &number in sorted {
            starts[apps[number as usize] as usize + 1] += 1;
        }
        for app in 1..starts.len() {
            starts[app] += starts[app - 1];
        }
        let mut grouped = vec![0; sorted.len()];
        for &number in sorted {
            let place = &mut starts[apps[number as usize] as usize];
            grouped[*place] = number;
            *place += 1;
        }
        grouped
    }
}

fn id_prefix(id: &str) -> ([u8; 14], bool) {
    let mut prefix = [0; 14];
    for (to, from) in prefix.iter_mut().zip(id.bytes()) {
        *to = from;
    }
    (prefix, id.len() > prefix.len())
}

fn add(counts: &mut Counts, record: &Record, by: i64) {
    let step = |count: &mut u64| *count = count.saturating_add_signed(by);
    step(&mut counts.total);
    step(match record.class() {
        StatusClass::Accepted => &mut counts.accepted,
        StatusClass::Pending => &mut counts.pending,
        StatusClass::Other => &mut counts.other,
    });
    if !record.compliant() {
        step(&mut counts.noncompliant);
    }
}

impl AppEntry {
    /// Whether it holds a session or a manifest, and so is an app.
    pub fn is_listed(&self) -> bool {
        self.counts.total > 0 || self.manifest_fingerprint.is_some()
    }

    /// How many sessions it has.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// The name of its latest session, else the manifest's, else the folder's.
    pub fn name(&self) -> &str {
        let manifest = || self.manifest.as_ref()?.name.as_deref();
        self.name.as_deref().or_else(manifest).unwrap_or_else(|| self.id.as_str())
    }

    /// The app as the API shows it.
    pub fn show(&self) -> App {
        let name = self.name().to_owned();
        App {
            id: self.id.clone(),
            team_id: self.id.team_id().map(str::to_owned),
            bundle_id: self.id.bundle_id().to_owned(),
            label: format!("{name} ({})", self.id),
            name,
            targets: self.manifest.as_ref().map(|manifest| manifest.targets.clone()).unwrap_or_default(),
            has_manifest: self.manifest.is_some(),
            sessions: self.counts,
        }
    }
}

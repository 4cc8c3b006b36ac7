//! All sessions and apps in memory, with an index for every order that a list can have.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use hashbrown::HashTable;

use super::index::{Number, Ordered};
use super::names::{Names, is_bare_version, name_of};
use super::orders::{Made, Ties};
use super::record::{AppNumber, Key, Record};
use super::seen::{self, Mark};
use super::statistics::Spread;
use crate::domain::app_id::{AppId, Belongs};
use crate::domain::query::SortKey;
use crate::domain::session::{App, Counts, SessionId, SessionKey, StatusClass};

/// How many of an app's latest sessions are asked for the app's name.
const ASKED_FOR_NAME: usize = 16;

/// The orders that lists of one app have (there, the order by app is that by id).
pub const APP_SORTS: [SortKey; 8] = [
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
    pub name: Option<String>,
    /// `ios`, `android`.
    pub targets: Vec<String>,
}

#[derive(Debug)]
pub struct AppEntry {
    pub id: AppId,
    manifest: Option<ManifestSummary>,
    /// Of the manifest's file, as it was read; `None` where there is none.
    pub manifest_fingerprint: Option<u64>,
    counts: Counts,
    spread: Spread,
    names: Names,
    /// As its latest session gives it.
    name: Option<String>,
    /// What stands behind the team in the folder's name, folded.
    bundle: String,
}

#[derive(Default)]
pub struct Table {
    records: Vec<Option<Record>>,
    /// Of each record, by its number.
    marks: Vec<Mark>,
    free: Vec<Number>,
    names: HashTable<Number>,
    hasher: RandomState,
    /// None is ever taken away: a scan that runs knows apps by their numbers. One that holds nothing
    /// any more is not listed.
    apps: Vec<AppEntry>,
    app_numbers: HashMap<AppId, AppNumber>,
    /// The folders of one app, by its bundle id.
    bundles: HashMap<String, Vec<AppNumber>>,
    counts: Counts,
    spread: Spread,
    /// By class, then by a sort key; ties by app then id.
    all: [Ordered; SortKey::ALL.len()],
    /// By app, then class, then a sort key; ties by id.
    by_app: [Ordered; APP_SORTS.len()],
    /// Whether the indexes for a sort key are still to be made anew.
    stale: [bool; SortKey::ALL.len()],
    /// Larger after everything that an order depends on.
    version: u64,
}

/// The place of a session in an order, or of one that was there.
#[derive(Clone, Copy)]
pub struct Spot<'a> {
    /// What it is sorted by.
    pub key: Key<'a>,
    pub app: &'a str,
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

    /// What tells which records can be alike, by their numbers.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// One more than the largest number.
    pub fn numbers(&self) -> usize {
        self.records.len()
    }

    /// The number of a session.
    pub fn find(&self, app: &AppId, id: &str) -> Option<Number> {
        self.find_in(self.app_number(app)?, id)
    }

    /// The record of a session, if it is known.
    pub fn record_of(&self, key: &SessionKey) -> Option<&Record> {
        self.find(&key.app, key.id.as_str()).and_then(|number| self.record(number))
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

    /// All folders of an app, this one among them: it can have had other teams, or none.
    pub fn folders_of(&self, number: AppNumber) -> &[AppNumber] {
        self.app(number).and_then(|app| self.bundles.get(&app.bundle)).map_or(&[], Vec::as_slice)
    }

    /// Whether two folders are of one app.
    pub fn are_one_app(&self, one: AppNumber, other: AppNumber) -> bool {
        one == other || self.app(one).zip(self.app(other)).is_some_and(|(one, other)| one.bundle == other.bundle)
    }

    /// The counts of all sessions.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// What all sessions are like.
    pub fn spread(&self) -> &Spread {
        &self.spread
    }

    /// The index for an order, of all apps or within one; `None` where it is still to be made.
    pub fn index(&self, sort: SortKey, of_one_app: bool) -> Option<&Ordered> {
        let sort = if of_one_app && sort == SortKey::App { SortKey::Id } else { sort };
        let index = if of_one_app {
            let place = APP_SORTS.iter().position(|&other| other == sort).unwrap_or(0);
            &self.by_app[place]
        } else {
            &self.all[sort as usize]
        };
        (!self.stale[sort as usize]).then_some(index)
    }

    /// The sort key whose indexes are to be made next.
    pub fn stale_sort(&self) -> Option<SortKey> {
        SortKey::all().find(|&sort| self.stale[sort as usize])
    }

    /// What an order is good for: it is the one of this table as long as this number stays.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Takes indexes that were made of this table, unless it has changed since.
    pub fn take_indexes(&mut self, made: Made) {
        if made.version == self.version {
            self.stale[made.sort as usize] = false;
            self.all[made.sort as usize] = made.all;
            if let Some((place, by_app)) = APP_SORTS.iter().position(|&other| other == made.sort).zip(made.by_app) {
                self.by_app[place] = by_app;
            }
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
        let bundle = id.bundle_id().to_lowercase();
        self.bundles.entry(bundle.clone()).or_default().push(number);
        self.apps.push(AppEntry {
            id: id.clone(),
            bundle,
            manifest: None,
            manifest_fingerprint: None,
            counts: Counts::default(),
            spread: Spread::default(),
            names: Names::default(),
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
        self.learn_bundle(&record);
        self.set(number, record);
        self.link(number);
        self.name_app(app);
    }

    pub fn remove(&mut self, number: Number) {
        self.unlink(number);
        let Some(record) = self.record(number) else { return };
        let (app, hash) = (record.app, self.hash(record.app, record.id()));
        if let Ok(entry) = self.names.find_entry(hash, |&other| other == number) {
            entry.remove();
        }
        self.unset(number);
        self.free.push(number);
        self.name_app(app);
    }

    /// Changes what no order and no count depends on.
    pub fn touch(&mut self, number: Number, change: impl FnOnce(&mut Record)) {
        if let Some(Some(record)) = self.records.get_mut(number as usize) {
            change(record);
        }
    }

    /// Moves what these records hold in memory to where there is room for all of it side by side.
    pub fn move_together(&mut self, numbers: Range<usize>) {
        self.records[numbers].iter_mut().flatten().for_each(Record::move_in_memory);
    }

    /// Puts many records at once: the indexes are made anew, which is much faster from about one
    /// record in eight on. The usual order is there at once; until somebody has made the others
    /// ([`Table::stale_sort`]), lists by them are sorted.
    pub fn put_all(&mut self, records: Vec<Record>, removed: &[Number]) {
        for &number in removed {
            let Some(record) = self.record(number) else { continue };
            let hash = self.hash(record.app, record.id());
            if let Ok(entry) = self.names.find_entry(hash, |&other| other == number) {
                entry.remove();
            }
            self.unset(number);
            self.free.push(number);
        }
        self.records.reserve(records.len());
        self.marks.reserve(records.len());
        self.reserve_names(records.len());
        for record in records {
            let number = match self.find_in(record.app, record.id()) {
                Some(number) => number,
                None => self.take_number(&record),
            };
            self.learn_bundle(&record);
            self.records[number as usize] = Some(record);
        }
        self.version += 1;
        (self.all, self.by_app) = Default::default();
        self.stale = [true; SortKey::ALL.len()];
        // Neither needs the other, and whoever asks for a list waits for both.
        let (made, (marks, counts)) = std::thread::scope(|scope| {
            let made = scope.spawn(|| Ties::of(self).make(self, SortKey::Modified));
            let counted = (self.all_marks(), self.all_counts());
            (made.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)), counted)
        });
        self.take_indexes(made);
        self.marks = marks;
        (self.counts, self.spread) = Default::default();
        for (app, (of_app, spread, names)) in self.apps.iter_mut().zip(counts) {
            self.counts += of_app;
            self.spread.add(&spread);
            (app.counts, app.spread, app.names) = (of_app, spread, names);
        }
        for app in 0..self.apps.len() {
            self.name_app(app as AppNumber);
        }
    }

    /// The team of a folder can be the team's name, which only a session tells from the bundle id.
    fn learn_bundle(&mut self, record: &Record) {
        let Some(entry) = self.apps.get_mut(record.app as usize) else { return };
        let (Some(team), Some(application)) = (record.team_id(), record.application_id()) else { return };
        let bundle = application.to_lowercase();
        if team.is_empty() || entry.bundle == bundle || entry.id.belongs_to(Some(team), application) != Belongs::Exactly
        {
            return;
        }
        let before = std::mem::replace(&mut entry.bundle, bundle.clone());
        if let Some(folders) = self.bundles.get_mut(&before) {
            folders.retain(|&folder| folder != record.app);
        }
        self.bundles.entry(bundle).or_default().push(record.app);
    }

    fn set(&mut self, number: Number, record: Record) {
        self.marks[number as usize] = seen::mark(&record);
        self.records[number as usize] = Some(record);
    }

    fn unset(&mut self, number: Number) {
        self.marks[number as usize] = Mark::default();
        self.records[number as usize] = None;
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
            self.marks.push(Mark::default());
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
        self.version += 1;
        self.count(number, 1);
        self.reindex(number, |index, number, at| index.insert(number, at));
    }

    fn unlink(&mut self, number: Number) {
        self.version += 1;
        self.count(number, -1);
        self.reindex(number, |index, number, at| index.remove(number, at));
    }

    fn reindex(&mut self, number: Number, act: impl Fn(&mut Ordered, Number, &dyn Fn(Number) -> Ordering)) {
        let mut all = std::mem::take(&mut self.all);
        let mut by_app = std::mem::take(&mut self.by_app);
        if let Some(record) = self.record(number) {
            let is_kept = |sort: &SortKey| !self.stale[*sort as usize];
            for (index, sort) in all.iter_mut().zip(SortKey::all()).filter(|(_, sort)| is_kept(sort)) {
                let spot = self.spot(record, sort);
                act(index, number, &|other| self.order(other, None, record.class(), &spot, sort));
            }
            for (index, sort) in by_app.iter_mut().zip(APP_SORTS).filter(|(_, sort)| is_kept(sort)) {
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
        add(&mut self.counts, record, by);
        self.spread.count(record, by);
        if let Some(app) = self.apps.get_mut(record.app as usize) {
            add(&mut app.counts, record, by);
            app.spread.count(record, by);
            app.names.count(record, by);
        }
    }

    fn all_marks(&self) -> Vec<Mark> {
        self.records.iter().map(|record| record.as_ref().map_or(Mark::default(), seen::mark)).collect()
    }

    /// What each app's sessions are like, by the apps' numbers.
    fn all_counts(&self) -> Vec<(Counts, Spread, Names)> {
        let mut all = vec![<(Counts, Spread, Names)>::default(); self.apps.len()];
        for (_, record) in self.records() {
            if let Some((counts, spread, names)) = all.get_mut(record.app as usize) {
                add(counts, record, 1);
                spread.count(record, 1);
                names.count(record, 1);
            }
        }
        all
    }

    /// The app's name is that of its latest session that gives one.
    fn name_app(&mut self, app: AppNumber) {
        let latest = StatusClass::all()
            .filter_map(|class| {
                self.latest(app, class)
                    .take(ASKED_FOR_NAME)
                    .find(|record| name_of(record).is_some_and(|name| !is_bare_version(name)))
            })
            .max_by_key(|record| record.modified());
        let name = latest.and_then(name_of).map(str::to_owned);
        if let Some(entry) = self.apps.get_mut(app as usize) {
            entry.name = name;
        }
    }

    fn latest(&self, app: AppNumber, class: StatusClass) -> impl Iterator<Item = &Record> {
        // The index by time is never stale.
        let place = APP_SORTS.iter().position(|&sort| sort == SortKey::Modified).unwrap_or(0);
        let index = &self.by_app[place];
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

    /// What its sessions are like.
    pub fn spread(&self) -> &Spread {
        &self.spread
    }

    /// The name of its latest session, else the manifest's. Where sessions give a bare version for a name, the
    /// manifest's, else their commonest.
    pub fn own_name(&self) -> Option<&str> {
        let manifest = self.manifest.as_ref().and_then(|manifest| manifest.name.as_deref());
        match self.names.instead_of_version() {
            Some(commonest) => manifest.or(commonest),
            None => self.name.as_deref().or(manifest),
        }
    }

    pub fn name(&self) -> &str {
        self.own_name().unwrap_or_else(|| self.id.as_str())
    }

    /// The app as the API shows it, by this name and with its other folders.
    pub fn show(&self, name: String, also_in: Vec<AppId>) -> App {
        App {
            id: self.id.clone(),
            team_id: self.id.team_id().map(str::to_owned),
            bundle_id: self.id.bundle_id().to_owned(),
            label: format!("{name} ({})", self.id),
            name,
            also_in,
            targets: self.manifest.as_ref().map(|manifest| manifest.targets.clone()).unwrap_or_default(),
            has_manifest: self.manifest.is_some(),
            sessions: self.counts,
        }
    }
}

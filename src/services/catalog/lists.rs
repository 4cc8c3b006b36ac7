//! Answers lists from the table: from an index where app and status are all that is asked for,
//! else by one look at every session.

use std::cmp::Ordering;

use memchr::{memchr_iter, memchr2_iter};

use super::index::{Number, Ordered, Place};
use super::record::{AppNumber, Key, Record, hash_secret};
use super::table::{AppEntry, Spot, Table};
use crate::domain::account::AppScope;
use crate::domain::app_id::AppId;
use crate::domain::query::{Cursor, Filter, Query, SortKey};
use crate::domain::session::{Counts, StatusClass};

/// Up to this many matches are sorted; more are found by walking an index, if it is there.
const SORTED_AT_ONCE: usize = 2048;

/// The numbers of one page, and how many sessions the whole list has.
pub struct Page {
    pub numbers: Vec<Number>,
    pub total: u64,
    /// Whether there is more behind this page.
    pub more: bool,
}

/// Which apps a list is over.
pub enum Apps {
    All,
    Some(Vec<AppNumber>),
}

impl Apps {
    /// The apps that a caller may see and a filter asks for.
    pub fn of(table: &Table, scope: &AppScope, asked: &[String]) -> Self {
        if scope.is_all() && asked.is_empty() {
            return Apps::All;
        }
        // A name with a comma in it is one name, where there is such an app.
        let whole = asked.first().and_then(|whole| AppId::parse(whole)).filter(|id| scope.allows(id));
        let is_there = |id: &AppId| table.app_number(id).and_then(|n| table.app(n)).is_some_and(AppEntry::is_listed);
        let asked = if whole.as_ref().is_some_and(is_there) { &asked[..1] } else { asked };
        let wanted = |id: &str| asked.is_empty() || asked.iter().any(|app| app == id);
        let apps = table.apps().filter(|(_, entry)| entry.is_listed());
        let numbers = apps.filter(|(_, entry)| wanted(entry.id.as_str()) && scope.allows(&entry.id));
        Apps::Some(numbers.map(|(number, _)| number).collect())
    }

    /// How many sessions these apps have.
    pub fn counts(&self, table: &Table) -> Counts {
        match self {
            Apps::All => table.counts(),
            Apps::Some(numbers) => {
                let mut sum = Counts::default();
                numbers.iter().filter_map(|&number| table.app(number)).for_each(|app| sum += app.counts());
                sum
            }
        }
    }
}

/// One page of a list.
pub fn page(table: &Table, apps: &Apps, query: &Query) -> Page {
    let classes: &[StatusClass] = match query.filter.status.as_slice() {
        [] => StatusClass::ALL,
        classes => classes,
    };
    // Few apps are walked one beside the other; many are sieved out of all.
    let walkable = !matches!(apps, Apps::Some(numbers) if numbers.len() > 8);
    // The sieve knows the apps: all of them share one walk unless few were asked for.
    let over = if walkable { apps } else { &Apps::All };
    let index = table.index(query.sort.key, matches!(over, Apps::Some(_)));
    if let Some(index) = index.filter(|_| query.filter.is_indexed() && walkable) {
        let counts = apps.counts(table);
        let total = classes.iter().map(|class| count_of(&counts, *class)).sum();
        return walk(table, index, apps, query, classes, total, |_| true);
    }
    let matches = Matches::find(table, apps, &query.filter);
    match index.filter(|_| matches.count > SORTED_AT_ONCE) {
        Some(index) => walk(table, index, over, query, classes, matches.count as u64, |number| matches.has(number)),
        None => sort(table, query, &matches),
    }
}

/// All that a filter lets through, in no order.
pub fn all(table: &Table, apps: &Apps, filter: &Filter) -> Vec<Number> {
    Matches::find(table, apps, filter).iter().collect()
}

fn count_of(counts: &Counts, class: StatusClass) -> u64 {
    match class {
        StatusClass::Accepted => counts.accepted,
        StatusClass::Pending => counts.pending,
        StatusClass::Other => counts.other,
    }
}

/// A session in the order of a list: descending turns the keys round, never the ties.
fn compare(a: &Spot<'_>, b: &Spot<'_>, query: &Query) -> Ordering {
    let sort = query.sort;
    match (sort.descending, sort.key) {
        (false, key) => a.compare(b, key),
        (true, SortKey::Id) => b.id.cmp(a.id).then_with(|| a.app.cmp(b.app)),
        (true, SortKey::App) => b.app.cmp(a.app).then_with(|| a.id.cmp(b.id)),
        (true, _) => b.key.compare(a.key).then_with(|| a.app.cmp(b.app)).then_with(|| a.id.cmp(b.id)),
    }
}

fn spot_of(cursor: &Cursor) -> Spot<'_> {
    Spot { key: Key::from_value(&cursor.value), app: &cursor.app, id: &cursor.id }
}

fn sort(table: &Table, query: &Query, matches: &Matches) -> Page {
    let after = query.cursor.as_ref().map(spot_of);
    let mut found: Vec<(Number, Spot<'_>)> = matches
        .iter()
        .filter_map(|number| Some((number, table.spot(table.record(number)?, query.sort.key))))
        .filter(|(_, spot)| after.is_none_or(|after| compare(spot, &after, query) == Ordering::Greater))
        .collect();
    let more = found.len() > query.limit;
    if more {
        found.select_nth_unstable_by(query.limit, |a, b| compare(&a.1, &b.1, query));
        found.truncate(query.limit);
    }
    found.sort_unstable_by(|a, b| compare(&a.1, &b.1, query));
    Page { numbers: found.into_iter().map(|(number, _)| number).collect(), total: matches.count as u64, more }
}

/// Walks one index per app and class side by side, always taking the first in order.
fn walk(
    table: &Table,
    index: &Ordered,
    apps: &Apps,
    query: &Query,
    classes: &[StatusClass],
    total: u64,
    wanted: impl Fn(Number) -> bool,
) -> Page {
    let apps: Vec<Option<AppNumber>> = match apps {
        Apps::All => vec![None],
        Apps::Some(numbers) => numbers.iter().copied().map(Some).collect(),
    };
    let mut lanes: Vec<Lane<'_>> = apps
        .iter()
        .flat_map(|&app| classes.iter().map(move |&class| (app, class)))
        .map(|(app, class)| Lane::new(table, index, app, class, query))
        .collect();
    let mut heads: Vec<Option<(Number, Spot<'_>)>> = lanes.iter_mut().map(|lane| lane.next(&wanted)).collect();
    let mut numbers = Vec::with_capacity(query.limit.min(64));
    loop {
        let first = heads
            .iter()
            .enumerate()
            .filter_map(|(lane, head)| Some((lane, head.as_ref()?)))
            .min_by(|(_, a), (_, b)| compare(&a.1, &b.1, query));
        let Some((lane, &(number, _))) = first else { return Page { numbers, total, more: false } };
        if numbers.len() == query.limit {
            return Page { numbers, total, more: true };
        }
        numbers.push(number);
        heads[lane] = lanes[lane].next(&wanted);
    }
}

/// The sessions of one class (in one app, or all) in the order of a list.
struct Lane<'t> {
    table: &'t Table,
    index: &'t Ordered,
    app: Option<AppNumber>,
    class: StatusClass,
    sort: SortKey,
    descending: bool,
    /// Where the lane's part of the index begins.
    start: Place,
    /// What comes next, up to `group_end`. Descending, these are sessions with one key, and the
    /// group before them comes after them.
    next: Place,
    group_start: Place,
    group_end: Place,
}

impl<'t> Lane<'t> {
    fn new(table: &'t Table, index: &'t Ordered, app: Option<AppNumber>, class: StatusClass, query: &Query) -> Self {
        let lane_order = |number: Number| {
            table.record(number).map_or(Ordering::Less, |record| {
                app.map_or(Ordering::Equal, |app| record.app.cmp(&app)).then_with(|| record.class().cmp(&class))
            })
        };
        let start = index.lower_bound(lane_order);
        let end =
            index.lower_bound(|number| if lane_order(number).is_gt() { Ordering::Greater } else { Ordering::Less });
        let mut lane = Lane {
            table,
            index,
            app,
            class,
            sort: query.sort.key,
            descending: query.sort.descending,
            start,
            next: start,
            group_start: start,
            group_end: end,
        };
        match (&query.cursor, lane.descending) {
            (None, false) => {}
            (None, true) => lane.jump_behind(end),
            (Some(cursor), false) => lane.next = lane.behind(&spot_of(cursor)),
            (Some(cursor), true) => lane.resume(&spot_of(cursor)),
        }
        lane
    }

    /// Descending: nothing is left of the group, the next one ends here.
    fn jump_behind(&mut self, place: Place) {
        (self.next, self.group_start, self.group_end) = (place, place, place);
    }

    /// Descending: what is left of the cursor's group comes first.
    fn resume(&mut self, spot: &Spot<'_>) {
        let (start, end) = (self.group_border(spot, false), self.group_border(spot, true));
        self.next = self.behind(spot).clamp(start, end);
        self.group_start = start;
        self.group_end = end;
    }

    /// The place right behind a spot, within the lane.
    fn behind(&self, spot: &Spot<'_>) -> Place {
        self.index.lower_bound(|number| match self.table.order(number, self.app, self.class, spot, self.sort) {
            Ordering::Greater => Ordering::Greater,
            _ => Ordering::Less,
        })
    }

    /// Where the sessions with a spot's key begin, or end.
    fn group_border(&self, spot: &Spot<'_>, end: bool) -> Place {
        self.index.lower_bound(|number| {
            let Some(record) = self.table.record(number) else { return Ordering::Less };
            let order = self
                .app
                .map_or(Ordering::Equal, |app| record.app.cmp(&app))
                .then_with(|| record.class().cmp(&self.class))
                .then_with(|| self.compare_group(&self.table.spot(record, self.sort), spot));
            if end && order.is_eq() { Ordering::Less } else { order }
        })
    }

    /// What descending turns round: the key without its ties.
    fn compare_group(&self, a: &Spot<'_>, b: &Spot<'_>) -> Ordering {
        match self.sort {
            SortKey::Id => a.id.cmp(b.id),
            SortKey::App => a.app.cmp(b.app),
            _ => a.key.compare(b.key),
        }
    }

    fn next(&mut self, wanted: impl Fn(Number) -> bool) -> Option<(Number, Spot<'t>)> {
        loop {
            if self.next >= self.group_end && !(self.descending && self.step_back()) {
                return None;
            }
            let number = self.index.at(self.next)?;
            self.next = self.index.after(self.next);
            if wanted(number) {
                return Some((number, self.table.spot(self.table.record(number)?, self.sort)));
            }
        }
    }

    /// Goes to the group before; `false` at the lane's start.
    fn step_back(&mut self) -> bool {
        let end = self.group_start;
        if end <= self.start {
            return false;
        }
        let Some(last) = self.index.before(end) else { return false };
        let Some(spot) = self.spot_at(last) else { return false };
        let alone = match self.index.before(last).filter(|&place| place >= self.start) {
            None => true,
            Some(place) => self.spot_at(place).is_none_or(|other| self.compare_group(&other, &spot).is_ne()),
        };
        self.group_start = if alone { last } else { self.group_border(&spot, false) };
        self.next = self.group_start;
        self.group_end = end;
        true
    }

    fn spot_at(&self, place: Place) -> Option<Spot<'t>> {
        Some(self.table.spot(self.table.record(self.index.at(place)?)?, self.sort))
    }
}

/// A bit for each session: whether the filter lets it through.
struct Matches {
    bits: Vec<u64>,
    count: usize,
}

impl Matches {
    fn find(table: &Table, apps: &Apps, filter: &Filter) -> Self {
        let mut matches = Matches { bits: vec![0; table.numbers().div_ceil(64)], count: 0 };
        let mut in_scope =
            vec![matches!(apps, Apps::All); table.apps().map(|(n, _)| n as usize + 1).max().unwrap_or(0)];
        if let Apps::Some(numbers) = apps {
            for &number in numbers {
                in_scope[number as usize] = true;
            }
        }
        let sieve = Sieve::new(table, filter);
        for (number, record) in table.records() {
            if in_scope[record.app as usize] && sieve.lets_through(record) {
                matches.bits[number as usize / 64] |= 1 << (number % 64);
                matches.count += 1;
            }
        }
        matches
    }

    fn has(&self, number: Number) -> bool {
        self.bits.get(number as usize / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    fn iter(&self) -> impl Iterator<Item = Number> {
        (0..)
            .zip(&self.bits)
            .flat_map(|(place, &word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| place * 64 + bit))
    }
}

/// A filter, made ready for many sessions.
struct Sieve<'f> {
    filter: &'f Filter,
    needle: Option<Needle<'f>>,
    /// Apps whose own name or id holds the searched text: all of their sessions match it.
    named: Vec<bool>,
    push_token: Option<String>,
}

impl<'f> Sieve<'f> {
    fn new(table: &Table, filter: &'f Filter) -> Self {
        let needle = filter.q.as_deref().map(Needle::new);
        let mut named = vec![false; table.apps().map(|(number, _)| number as usize + 1).max().unwrap_or(0)];
        if let Some(q) = &filter.q {
            for (number, app) in table.apps() {
                let holds = |text: &str| text.to_lowercase().contains(q.as_str());
                named[number as usize] = holds(app.id.as_str()) || holds(app.name());
            }
        }
        let push_token = filter.push_token.as_ref().map(|token| hash_secret(token.expose()));
        Self { filter, needle, named, push_token }
    }

    fn lets_through(&self, record: &Record) -> bool {
        let filter = self.filter;
        let is = |wanted: &Option<String>, text: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| text.is_some_and(|text| equal_folded(wanted, text)))
        };
        (filter.status.is_empty() || filter.status.contains(&record.class()))
            && filter.compliant.is_none_or(|compliant| compliant == record.compliant())
            && filter.unpushed.is_none_or(|unpushed| unpushed == record.unpushed)
            && filter.simulator.is_none_or(|simulator| record.simulator() == Some(simulator))
            && filter.jailbroken.is_none_or(|jailbroken| record.jailbroken() == Some(jailbroken))
            && filter.modified_since.is_none_or(|since| record.modified() >= since.millis())
            && filter.modified_before.is_none_or(|before| record.modified() < before.millis())
            && (filter.email.is_none() || is(&filter.email, record.email()))
            && (filter.os.is_empty() || filter.os.iter().any(|os| record.has_system(os)))
            && (filter.device_id.is_none() || is(&filter.device_id, record.device_id()))
            && self.push_token.as_deref().is_none_or(|hash| record.has_this_push_token(hash))
            && self.needle.as_ref().is_none_or(|needle| self.named[record.app as usize] || needle.is_in(record))
    }
}

/// `wanted` is in lower case already.
fn equal_folded(wanted: &str, text: &str) -> bool {
    wanted.eq_ignore_ascii_case(text) || (!text.is_ascii() && text.to_lowercase() == wanted)
}

/// A searched text in lower case.
struct Needle<'q> {
    text: &'q str,
    first: (u8, u8),
}

impl<'q> Needle<'q> {
    fn new(text: &'q str) -> Self {
        let first = text.bytes().next().unwrap_or(0);
        Self { text, first: (first, first.to_ascii_uppercase()) }
    }

    /// Bytes are compared with ASCII's letter case aside; only a text with other letters is
    /// brought to lower case as a whole.
    fn is_in(&self, record: &Record) -> bool {
        let hay = record.searched();
        let needle = self.text.as_bytes();
        let at = |place: usize| {
            hay.get(place..place + needle.len()).is_some_and(|window| window.eq_ignore_ascii_case(needle))
        };
        let found = match self.first {
            (lower, upper) if lower == upper => memchr_iter(lower, hay).any(at),
            (lower, upper) => memchr2_iter(lower, upper, hay).any(at),
        };
        found
            || record.has_other_letters()
                && record.searched_fields().any(|field| !field.is_ascii() && field.to_lowercase().contains(self.text))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::domain::change::Digest;
    use crate::domain::query::Sort;
    use crate::domain::session::{Session, SessionKey};
    use crate::domain::timestamp::Timestamp;
    use crate::services::catalog::orders::Ties;
    use crate::services::catalog::scan;
    use crate::store::folder::{Content, FileStat};

    /// splitmix64: enough to shuffle.
    pub(in super::super) struct Random(pub(in super::super) u64);

    impl Random {
        fn below(&mut self, n: u64) -> u64 {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            (z ^ (z >> 31)) % n
        }

        fn one_of<'a>(&mut self, texts: &[&'a str]) -> &'a str {
            texts[self.below(texts.len() as u64) as usize]
        }
    }

    fn record(table: &mut Table, random: &mut Random) -> Record {
        let app = AppId::parse(random.one_of(&["com.b", "com.a", "UTT7VDX8W5.com.c"])).unwrap();
        let number = table.put_app(&app);
        let digest = Digest::of(&random.below(400).to_le_bytes()).short_hex();
        let key = SessionKey::parse(app.as_str(), &digest).unwrap();
        let text = match random.below(9) {
            0 => "not json".to_owned(),
            1 => r#"{"status":"pending"}"#.to_owned(),
            _ => serde_json::json!({
                "status": random.one_of(&["accepted", "pending", "banned"]),
                "email": random.one_of(&["", "a@corp.example", "A@corp.example", "É@corp.example"]),
                "device": {
                    "description": random.one_of(&["iPhone 13", "iphone 13", "Nexus", "an unusually long description a", "an unusually long description B"]),
                    "os": random.one_of(&["iOS", "Android"]), "version": random.one_of(&["9", "15.4"]),
                    "simulator": random.below(2) == 1,
                },
            })
            .to_string(),
        };
        let time = |random: &mut Random| random.below(7) as i64 * 1000 - 3000;
        let stat = FileStat {
            modified: Timestamp::from_millis(time(random)),
            size: text.len() as u64,
            fingerprint: random.below(u64::MAX),
            racy: false,
        };
        let terms = crate::store::folder::Terms { limit: 1 << 20, schema: Default::default() };
        let mut record = scan::pack(key.clone(), number, stat, &Content::Bytes(text.into_bytes()), &terms).record;
        record.carry_over(time(random), None, time(random));
        record
    }

    /// How the records come into a table.
    #[derive(Clone, Copy, PartialEq)]
    pub(in super::super) enum Put {
        OneByOne,
        /// The usual index alone is there.
        AtOnce,
        /// And then all indexes are made.
        AtOnceAndTidied,
    }

    pub(in super::super) fn random_table(random: &mut Random, put: Put) -> Table {
        let mut table = Table::default();
        let records: Vec<Record> = (0..700).map(|_| record(&mut table, random)).collect();
        if put == Put::OneByOne {
            records.into_iter().for_each(|record| table.put(record));
        } else {
            table.put_all(records, &[]);
        }
        if put == Put::AtOnceAndTidied {
            make_all_indexes(&mut table);
        }
        for _ in 0..150 {
            let number = random.below(table.numbers() as u64) as Number;
            if table.record(number).is_some() {
                table.remove(number);
            }
            let again = record(&mut table, random);
            table.put(again);
        }
        table
    }

    fn make_all_indexes(table: &mut Table) {
        let ties = Ties::of(table);
        while let Some(sort) = table.stale_sort() {
            table.take_indexes(ties.make(table, sort));
        }
    }

    fn sessions(table: &Table, numbers: &[Number]) -> Vec<Session> {
        let show = |&number: &Number| {
            let record = table.record(number).unwrap();
            record.session(&table.app(record.app).unwrap().id).unwrap()
        };
        numbers.iter().map(show).collect()
    }

    /// The contract's order, written once more as plainly as possible.
    fn expected(table: &Table, query: &Query, wanted: impl Fn(&Session) -> bool) -> Vec<Session> {
        let all: Vec<Number> = table.records().map(|(number, _)| number).collect();
        let mut sessions = sessions(table, &all);
        sessions.retain(wanted);
        let text = |text: Option<String>| (text.is_none(), text.unwrap_or_default().to_lowercase(), 0);
        let time = |time: Option<Timestamp>| (time.is_none(), String::new(), time.map_or(0, Timestamp::millis));
        let key = |s: &Session| match query.sort.key {
            SortKey::Device => text(s.device.as_ref().and_then(|d| d.description.clone())),
            SortKey::Status => text(s.status.clone()),
            SortKey::Os => text(s.device.as_ref().map(|d| d.system()).filter(|os| !os.is_empty())),
            SortKey::Email => text(s.email.clone()),
            SortKey::App => text(Some(s.app.to_string())),
            SortKey::Id => text(Some(s.id.to_string())),
            SortKey::Modified => time(Some(s.modified_at)),
            SortKey::PendingSince => time(s.pending_since),
            SortKey::FirstSeen => time(Some(s.first_seen_at)),
        };
        sessions.sort_by(|a, b| {
            let order = if query.sort.key == SortKey::App { a.app.cmp(&b.app) } else { key(a).cmp(&key(b)) };
            let order = if query.sort.descending { order.reverse() } else { order };
            order.then_with(|| a.app.cmp(&b.app)).then_with(|| a.id.cmp(&b.id))
        });
        sessions
    }

    fn walked(table: &Table, apps: &Apps, query: &Query) -> (Vec<Session>, u64) {
        let mut query = query.clone();
        let mut numbers = Vec::new();
        loop {
            let page = page(table, apps, &query);
            numbers.extend(&page.numbers);
            if !page.more {
                return (sessions(table, &numbers), page.total);
            }
            let last = table.record(*page.numbers.last().unwrap()).unwrap();
            query.cursor = Some(crate::services::catalog::cursor_behind(table, last, &query));
        }
    }

    #[test]
    fn every_list_has_the_documented_order_page_by_page() {
        let mut random = Random(7);
        for put in [Put::OneByOne, Put::AtOnce, Put::AtOnceAndTidied] {
            let table = random_table(&mut random, put);
            assert_eq!(table.stale_sort().is_some(), put == Put::AtOnce);
            for key in SortKey::all() {
                for descending in [false, true] {
                    for limit in [1, 7, 500] {
                        let mut query = Query { sort: Sort { key, descending }, limit, ..Query::default() };
                        let all = expected(&table, &query, |_| true);
                        assert_eq!(
                            walked(&table, &Apps::All, &query),
                            (all.clone(), all.len() as u64),
                            "{}",
                            query.sort
                        );
                        query.filter.status = vec![StatusClass::Pending];
                        let pending = expected(&table, &query, |s| s.class() == StatusClass::Pending);
                        assert_eq!(walked(&table, &Apps::All, &query).0, pending, "pending by {}", query.sort);
                        query.filter.status.clear();
                        let apps = Apps::of(&table, &AppScope::parse(&["com.*".into()]).unwrap(), &[]);
                        let own = expected(&table, &query, |s| s.app.as_str().starts_with("com."));
                        assert_eq!(
                            walked(&table, &apps, &query),
                            (own.clone(), own.len() as u64),
                            "own by {}",
                            query.sort
                        );
                        query.filter.q = Some("iphone".into());
                        let found = expected(&table, &query, |s| {
                            s.device
                                .as_ref()
                                .and_then(|d| d.description.as_ref())
                                .is_some_and(|d| d.contains("hone 13"))
                        });
                        assert_eq!(walked(&table, &Apps::All, &query).0, found, "found by {}", query.sort);
                    }
                }
            }
        }
    }

    #[test]
    fn walking_an_index_equals_sorting_the_matches() {
        let mut random = Random(11);
        let table = random_table(&mut random, Put::AtOnceAndTidied);
        for key in SortKey::all() {
            for descending in [false, true] {
                let mut query = Query { sort: Sort { key, descending }, limit: 9, ..Query::default() };
                query.filter.simulator = Some(true);
                let matches = Matches::find(&table, &Apps::All, &query.filter);
                let sorted = sort(&table, &query, &matches).numbers;
                let index = table.index(key, false).unwrap();
                let has = |number| matches.has(number);
                let walk = walk(&table, index, &Apps::All, &query, StatusClass::ALL, 0, has).numbers;
                assert_eq!(sorted, walk, "{}", query.sort);
            }
        }
    }

    #[test]
    fn indexes_of_a_table_that_has_changed_are_not_taken() {
        let mut random = Random(13);
        let mut table = random_table(&mut random, Put::AtOnce);
        let ties = Ties::of(&table);
        let made = ties.make(&table, SortKey::Email);
        let more = record(&mut table, &mut random);
        table.put(more);
        assert!(!ties.are_of(&table));
        table.take_indexes(made);
        assert!(table.index(SortKey::Email, false).is_none());
        make_all_indexes(&mut table);
        assert!(table.index(SortKey::Email, false).is_some());
    }

    #[test]
    fn counts_and_names_stay_true() {
        let mut random = Random(3);
        let table = random_table(&mut random, Put::OneByOne);
        let all: Vec<Number> = table.records().map(|(number, _)| number).collect();
        let sessions = sessions(&table, &all);
        let count = |class| sessions.iter().filter(|s| s.class() == class).count() as u64;
        let counts = table.counts();
        assert_eq!(counts.total, sessions.len() as u64);
        assert_eq!(counts.accepted, count(StatusClass::Accepted));
        assert_eq!(counts.pending, count(StatusClass::Pending));
        assert_eq!(counts.other, count(StatusClass::Other));
        assert_eq!(counts.noncompliant, sessions.iter().filter(|s| !s.compliant).count() as u64);
        for session in &sessions {
            let number = table.find(&session.app, session.id.as_str()).unwrap();
            assert_eq!(table.record(number).unwrap().id(), session.id.as_str());
        }
    }

    #[test]
    fn letters_beyond_ascii_are_found_in_either_case() {
        let mut random = Random(5);
        let table = random_table(&mut random, Put::AtOnce);
        let find = |q: &str| {
            Matches::find(&table, &Apps::All, &Filter { q: Some(q.to_lowercase()), ..Filter::default() }).count
        };
        assert!(find("É@CORP") > 0);
        assert_eq!(find("É@CORP"), find("é@corp"));
        assert_eq!(find("unusually LONG description b"), find("unusually long description B"));
        assert_eq!(find("nothing has this"), 0);
    }
}

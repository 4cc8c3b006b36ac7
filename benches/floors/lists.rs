//! Lists: by every sort, by status, by search, on the first page and in the middle.

use std::time::Duration;

use mobile_sessions::domain::account::AppScope;
use mobile_sessions::domain::query::{Query, SortKey};
use mobile_sessions::http::api::session_query;
use mobile_sessions::services::catalog::Catalog;
use tokio::runtime::Runtime;

use crate::table::Table;
use crate::{Layout, folder, median, time};

const RUNS: usize = 25;
/// What takes less than this is not told apart from the clock and the caches.
const NOTICED: Duration = Duration::from_micros(20);
const STATUSES: [Option<&str>; 4] = [None, Some("accepted"), Some("pending"), Some("other")];
/// What has no index, with words that many or no sessions have.
const SIEVED: [(&str, &str); 7] = [
    ("q", "iphone"),
    ("q", "nothing has this"),
    ("q", "e"),
    ("email", "nobody@nowhere.example"),
    ("simulator", "true"),
    ("compliant", "false"),
    ("modified_since", "2020-01-01T00:00:00Z"),
];

/// A list, and its pages that are asked for.
type List = (String, Vec<Query>);
/// The time of each list, by its name.
type Times = Vec<(String, Duration)>;

pub fn measure(runtime: &Runtime, layout: &Layout, table: &mut Table) {
    let (_data, catalog) = runtime.block_on(folder::open(layout));
    let sieved = SIEVED.iter().map(|&pair| list(runtime, &catalog, &[pair])).collect();
    for (lists, name, limit) in
        [(indexed(runtime, &catalog), "slowest list by app or status", 1), (sieved, "slowest search or filter", 30)]
    {
        let [times] = times(runtime, [(&catalog, lists)]);
        let slowest = times.iter().max_by_key(|(_, time)| *time).unwrap();
        table.at_most(&format!("{name} (`{}`)", slowest.0), slowest.1, Duration::from_millis(limit));
    }
}

/// The list that grew most with the folder, both folders asked in turn.
pub fn compare(runtime: &Runtime, small: &Layout, large: &Layout, table: &mut Table) {
    let opened = [small, large].map(|layout| runtime.block_on(folder::open(layout)));
    let [small, large] = times(runtime, opened.each_ref().map(|(_, catalog)| (&**catalog, indexed(runtime, catalog))));
    let grown = small.iter().zip(&large).map(|(small, large)| {
        assert_eq!(small.0, large.0);
        (large.1.max(NOTICED).as_secs_f64() / small.1.max(NOTICED).as_secs_f64(), small, large)
    });
    let (ratio, small, large) = grown.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    table.ratio(&format!("list that grew most (`{}`)", small.0), large.1, small.1, ratio, 1.5);
}

/// Those that an index answers.
fn indexed(runtime: &Runtime, catalog: &Catalog) -> Vec<List> {
    let mut lists = Vec::new();
    for key in SortKey::all() {
        for sort in [key.as_str().to_owned(), format!("-{}", key.as_str())] {
            for status in STATUSES {
                let mut pairs = vec![("sort", sort.as_str())];
                pairs.extend(status.map(|status| ("status", status)));
                lists.push(list(runtime, catalog, &pairs));
            }
        }
    }
    lists
}

/// The first page and the one behind it, if there is one.
fn list(runtime: &Runtime, catalog: &Catalog, pairs: &[(&str, &str)]) -> List {
    let name = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
    let first = session_query(pairs.iter().copied()).unwrap();
    let next = runtime.block_on(catalog.list(&AppScope::all(), &first)).unwrap().next_cursor;
    let second = next.map(|cursor| {
        let pairs = pairs.iter().copied().chain([("cursor", cursor.as_str())]);
        session_query(pairs).unwrap()
    });
    (name, [first].into_iter().chain(second).collect())
}

/// The median time of each list's slower page. All are asked for in turn, round by round: what disturbs the machine for
/// a millisecond meets one round of many lists, not all rounds of one.
fn times<const N: usize>(runtime: &Runtime, mut asked: [(&Catalog, Vec<List>); N]) -> [Times; N] {
    let scope = AppScope::all();
    let mut taken = asked.each_ref().map(|(_, lists)| {
        lists.iter().map(|(_, pages)| vec![Vec::with_capacity(RUNS); pages.len()]).collect::<Vec<Vec<Vec<Duration>>>>()
    });
    for _ in 0..RUNS {
        for ((catalog, lists), taken) in asked.iter().zip(&mut taken) {
            for ((_, pages), taken) in lists.iter().zip(taken) {
                for (query, taken) in pages.iter().zip(taken) {
                    // Once to have it at hand, as where many ask for it.
                    runtime.block_on(catalog.list(&scope, query)).unwrap();
                    taken.push(time(|| runtime.block_on(catalog.list(&scope, query)).unwrap()));
                }
            }
        }
    }
    std::array::from_fn(|n| {
        let slower = taken[n].iter_mut().map(|pages| pages.iter_mut().map(|times| median(times)).max().unwrap());
        std::mem::take(&mut asked[n].1).into_iter().map(|(name, _)| name).zip(slower).collect()
    })
}

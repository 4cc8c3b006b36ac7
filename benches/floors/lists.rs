//! Lists: by every sort, by status, by search, on the first page and in the middle.

use std::time::Duration;

use mobile_sessions::domain::account::AppScope;
use mobile_sessions::domain::query::{Query, SortKey};
use mobile_sessions::services::catalog::Catalog;
use tokio::runtime::Runtime;

use crate::table::Table;
use crate::{Layout, folder, median, time};

const RUNS: usize = 15;
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

/// The time of each list that an index answers, by its name.
pub type Times = Vec<(String, Duration)>;

pub fn measure(runtime: &Runtime, layout: &Layout, table: &mut Table) -> Times {
    let (_data, catalog) = runtime.block_on(folder::open(layout));
    let mut times = Times::new();
    for key in SortKey::ALL {
        for sort in [key.as_str().to_owned(), format!("-{}", key.as_str())] {
            for status in STATUSES {
                let mut pairs = vec![("sort", sort.as_str())];
                pairs.extend(status.map(|status| ("status", status)));
                let name = pairs.iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>().join("&");
                times.push((name, page(&catalog, &pairs)));
            }
        }
    }
    let slowest = times.iter().max_by_key(|(_, time)| *time).unwrap();
    table.at_most(&format!("slowest indexed list (`{}`)", slowest.0), slowest.1, Duration::from_millis(20));
    let sieved = SIEVED.iter().map(|&pair| (pair, page(&catalog, &[pair])));
    let ((key, value), slowest) = sieved.max_by_key(|(_, time)| *time).unwrap();
    table.at_most(&format!("slowest search or filter (`{key}={value}`)"), slowest, Duration::from_millis(20));
    times
}

/// The slower of the first page and the one behind it.
fn page(catalog: &Catalog, pairs: &[(&str, &str)]) -> Duration {
    let scope = AppScope::all();
    let first = Query::from_pairs(pairs.iter().copied()).unwrap();
    let next = catalog.list(&scope, &first).unwrap().next_cursor;
    let of = |query: &Query| median(RUNS, || time(|| catalog.list(&scope, query).unwrap()));
    let second = next.map(|cursor| {
        let pairs = pairs.iter().copied().chain([("cursor", cursor.as_str())]);
        of(&Query::from_pairs(pairs).unwrap())
    });
    of(&first).max(second.unwrap_or_default())
}

/// The list that grew most with the folder.
pub fn compare(name: &str, small: &Times, large: &Times, table: &mut Table) {
    let grown = small.iter().zip(large).map(|(small, large)| {
        assert_eq!(small.0, large.0);
        (large.1.max(NOTICED).as_secs_f64() / small.1.max(NOTICED).as_secs_f64(), small, large)
    });
    let (ratio, small, large) = grown.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
    table.ratio(&format!("list that grew most, {name} (`{}`)", small.0), large.1, small.1, ratio, 1.5);
}
